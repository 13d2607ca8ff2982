"""One counter's side of the wire: requests in, messages out, every foreign error named at this border."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests

from app.errors import KnownError
from app.practice import refuse_outside
from sync.contract import files as tus
from sync.contract import paths, sealed
from sync.contract.codec import MalformedMessage, dumps, loads
from sync.contract.feed import FeedPage, OperationsPage
from sync.contract.files import FILE, FILES, HAVE, FileState, Have, HaveAnswer
from sync.contract.messages import EnrolAnswer, EnrolRequest, EpochAnswer, Hello, HelloAnswer, NewEpoch
from sync.contract.problems import Code, Problem, read_problem
from sync.contract.push import CONTENT_TYPE, Item, PushAnswer, PushHead, pack
from sync.contract.reconcile import RECONCILE_DAY, DayList, ReconcileAnswer
from sync.contract.recovery import RECOVERY_KEY, RecoveryKey, RecoveryProof
from sync.contract.sealed import SealedAnswer
from sync.contract.signatures import SignatureCode
from sync.errors import CallPerson, HelloAgain, ItemRefused, TryLater
from sync.line_sockets import LineAdapter
from sync.signing import Bearer, SignedBearer, Signer
from sync.tls import NewestTls

T = TypeVar("T")

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0

CALL = frozenset(
    {Code.NOT_ENROLLED, Code.DEVICE_REVOKED, Code.STALE_EPOCH, Code.WRONG_OFFICE, Code.UNKNOWN_DEVICE,
     Code.PROTOCOL_UNKNOWN, Code.CODE_WRONG, Code.CODE_EXPIRED, Code.CODE_USED, Code.CODE_LOCKED,
     Code.WRONG_COUNTER, Code.PROOF_WRONG, SignatureCode.MISSING, SignatureCode.WRONG}
)
REREAD = frozenset({Code.INCARNATION_CHANGED, Code.UNKNOWN_CURSOR, Code.UNKNOWN_EPOCH})
SAY_AGAIN = frozenset({SignatureCode.CLOCK_DIFFERS, SignatureCode.REPLAYED, SignatureCode.BODY_ALTERED})
RETRY_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT = 3600.0
"""Seconds; a server that asks for more is asked again all the same."""

_NO_ADDRESS = (
    requests.exceptions.MissingSchema, requests.exceptions.InvalidSchema, requests.exceptions.InvalidURL,
)

_TUS = {tus.TUS_RESUMABLE: tus.TUS}


@dataclass(frozen=True, slots=True)
class Reached:
    """`offset` bytes of a file are on the province's disk; `is_complete`: it has checked the whole."""

    offset: int
    is_complete: bool


LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


MakeClient = Callable[[str, str], "GatewayClient"]


def signing(make_client: MakeClient, signer: Signer, ca_file: str | None = None) -> MakeClient:
    """`make_client` whose clients sign, and believe only that CA where one is named."""

    def made(url: str, token: str) -> GatewayClient:
        client = make_client(url, token)
        client.sign_with(signer)
        if ca_file is not None:
            client.trust(ca_file)
        return client

    return made


class GatewayClient:
    """Speaks to one gateway; keeps its connection. Use as a context manager.

    Raises TryLater, HelloAgain, CallPerson or ItemRefused, never an error of `requests`. Only one layer
    retries: the engine.
    """

    def __init__(
        self, url: str, token: str = "", *, ca_file: str | None = None, signer: Signer | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        if _host(self._url) not in LOOPBACK:
            refuse_outside()                       # practice speaks to a province on this machine, to no other
        self._token = token
        # Said with each request: the session's own word gives way to REQUESTS_CA_BUNDLE.
        self._verify: str | bool = ca_file or True
        self._session = requests.Session()
        self._session.mount("http://", LineAdapter())
        self._session.mount("https://", NewestTls())
        if token:
            self._session.auth = Bearer(token)
        if signer is not None:
            self.sign_with(signer)
        if _host(self._url) in LOOPBACK:
            self._session.trust_env = False        # an office's web proxy does not know this machine's own ports

    def trust(self, ca_file: str) -> None:
        """From now on nobody's word for the gateway counts but that of this CA (a PEM file)."""
        self._verify = ca_file

    def sign_with(self, signer: Signer) -> None:
        """From now on every request is signed; the token still says who asks."""
        self._session.auth = SignedBearer(self._token, signer)

    def __enter__(self) -> GatewayClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._session.close()

    def cut(self) -> None:
        """Break off a request that another thread has under way; it raises TryLater there, or CallPerson."""
        for adapter in self._session.adapters.values():
            if isinstance(adapter, LineAdapter):
                adapter.cut()

    def is_there(self) -> bool:
        """Whether a gateway answers at all; for set-up screens, not for deciding what to send."""
        try:
            self.ask_health()
        except KnownError:
            return False
        return True

    def ask_health(self) -> None:
        """Returns when a gateway answers; raises what stands in the way."""
        self._request("GET", paths.HEALTH)

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        return self._message(EnrolAnswer, "POST", paths.ENROL, data=dumps(request))

    def hello(self, hello: Hello) -> HelloAnswer:
        return self._message(HelloAnswer, "POST", paths.HELLO, data=dumps(hello))

    def push(self, head: PushHead, items: Iterable[Item]) -> PushAnswer:
        return self.push_packed(pack(head, items))

    def push_packed(self, body: bytes, follows: tuple[int, int] | None = None) -> PushAnswer:
        """A push in the bytes that go over the line; `follows`: epoch and seq before it, still on their way."""
        headers = {"Content-Type": CONTENT_TYPE, "Content-Encoding": "gzip"}
        if follows is not None:
            headers[paths.FOLLOWS] = "{}.{}".format(*follows)
        return self._message(PushAnswer, "POST", paths.PUSH, data=body, headers=headers)

    def sealed(self, body: bytes, incarnation: str) -> SealedAnswer:
        """Records of a second copy (`sealed.bodies`), one answer a record."""
        return self._message(
            SealedAnswer, "POST", paths.SEALED, params={"incarnation": incarnation}, data=body,
            headers={"Content-Type": sealed.CONTENT_TYPE},
        )

    def feed(self, incarnation: str, position: int, *, own_runs: bool = False) -> FeedPage:
        """Entries behind that position; our own operations in runs where we ask for it and the gateway can."""
        asked: dict[str, str | int] = {"incarnation": incarnation, "position": position}
        if own_runs:
            asked["own_runs"] = "true"
        return self._message(FeedPage, "GET", paths.FEED, params=asked)

    def own_operations(self, epoch: int, after: int, limit: int) -> OperationsPage:
        """Our own operations of an epoch behind a seq, as the province has them."""
        asked: dict[str, str | int] = {"epoch": epoch, "after": after, "limit": limit}
        return self._message(OperationsPage, "GET", paths.OPERATIONS, params=asked)

    def reconcile(self, first: date, last: date) -> ReconcileAnswer:
        """What the province counts of our office on these days, at most `reconcile.MAX_DAYS`."""
        asked = {"from": first.isoformat(), "to": last.isoformat()}
        return self._message(ReconcileAnswer, "GET", paths.RECONCILE, params=asked)

    def day_list(self, day: str, after: int) -> DayList:
        """The dossiers of one day behind that position, a page."""
        return self._message(DayList, "GET", RECONCILE_DAY.format(day=day), params={"after": after})

    def new_epoch(self, request: NewEpoch) -> EpochAnswer:
        """The same request again gets the same epoch."""
        return self._message(EpochAnswer, "POST", paths.EPOCH, data=dumps(request))

    def recovery_key(self, key: RecoveryKey) -> RecoveryProof:
        """The key of our book, sealed; the answer is the province's proof that it can open it."""
        return self._message(RecoveryProof, "PUT", RECOVERY_KEY, data=dumps(key))

    def package(self, kind: str, version: str) -> bytes:
        """The package's JSON bytes; the caller checks them against the note's sha256 and signature."""
        return self._request("GET", paths.PACKAGES.format(kind=kind, version=version)).content

    def have(self, incarnation: str, sha256s: Sequence[str]) -> tuple[FileState, ...]:
        """What the province has of each. Raises HelloAgain when it is another than the one we spoke to."""
        answer = self._message(HaveAnswer, "POST", HAVE, data=dumps(Have(tuple(sha256s))))
        if answer.incarnation != incarnation:
            raise HelloAgain("incarnation_changed")
        if tuple(state.sha256 for state in answer.files) != tuple(sha256s):
            raise TryLater("answer_unreadable", where="files", what="of_others")
        return answer.files

    def begin_file(self, sha256: str, size: int) -> Reached:
        """Ask for a place; says where a file that was begun before stands."""
        headers = {**_TUS, tus.LENGTH: str(size), tus.METADATA: tus.metadata_text(sha256)}
        return _reached(self._request("POST", FILES, headers=headers), sha256, size)

    def send_chunk(self, sha256: str, size: int, offset: int, chunk: bytes) -> Reached:
        """One chunk of a file of `size` bytes."""
        digest = hashlib.sha256(chunk).digest()
        headers = {**_TUS, tus.OFFSET: str(offset), tus.CHECKSUM: tus.checksum_text(digest),
                   "Content-Type": tus.CHUNK_TYPE}
        answer = self._request("PATCH", FILE.format(sha256=sha256), data=chunk, headers=headers)
        found = _reached(answer, sha256, size)
        if not found.is_complete and found.offset != offset + len(chunk):
            raise TryLater("answer_unreadable", where=tus.OFFSET, what="of_others")
        return found

    def _message(self, kind: type[T], method: str, path: str, **request: Any) -> T:
        answer = self._request(method, path, **request)
        try:
            return loads(kind, answer.content)
        except MalformedMessage as error:
            # A cut answer or a proxy's page in between: ask again, nothing was decided by it.
            raise TryLater("answer_unreadable", where=error.where, what=error.what) from error

    def _request(self, method: str, path: str, **request: Any) -> requests.Response:
        request.setdefault("headers", {"Content-Type": "application/json"})
        try:
            answer = self._session.request(
                method, self._url + path, timeout=(CONNECT_SECONDS, READ_SECONDS), allow_redirects=False,
                verify=self._verify, **request,
            )
        except _NO_ADDRESS as error:
            raise CallPerson("gateway_address_wrong", url=self._url[:200]) from error
        except requests.exceptions.SSLError as error:
            raise CallPerson("tls_refused") from error
        except requests.exceptions.Timeout as error:
            raise TryLater("line_timeout") from error
        except requests.exceptions.ConnectionError as error:
            raise TryLater("line_down") from error
        except (requests.exceptions.RequestException, UnicodeError) as error:
            raise TryLater("line_broken", kind=type(error).__name__) from error
        if answer.status_code // 100 == 2:
            return answer
        raise self._refusal(answer)

    def _refusal(self, answer: requests.Response) -> Exception:
        problem = self._problem(answer)
        values = {name: value for name, value in problem.values.items() if isinstance(value, str | int)}
        if problem.code in REREAD:
            return HelloAgain(problem.code, **values)
        if problem.code in CALL:
            return CallPerson(problem.code, **values)
        is_to_say_again = problem.code in SAY_AGAIN or problem.status in RETRY_STATUS
        if is_to_say_again or problem.status == 409 or problem.status // 100 == 5:
            return TryLater(problem.code, after=_seconds(answer.headers.get(paths.RETRY_AFTER)), **values)
        return ItemRefused(problem.code, **values)

    def _problem(self, answer: requests.Response) -> Problem:
        try:
            return read_problem(answer.json())
        except (ValueError, RecursionError):       # no JSON, or none of ours
            # Not our gateway speaking: a proxy, a captive portal. Its words decide nothing.
            return Problem("not_a_gateway", answer.status_code if answer.status_code >= 500 else 503, {})


def _reached(answer: requests.Response, sha256: str, size: int) -> Reached:
    """Raises TryLater when the answer is not the gateway's word on this very file."""
    offset = answer.headers.get(tus.OFFSET, "")
    is_ours = answer.headers.get(tus.TUS_RESUMABLE) == tus.TUS and offset.isascii() and offset.isdigit()
    if not is_ours or len(offset) > 15 or int(offset) > size:
        raise TryLater("answer_unreadable", where=tus.OFFSET, what="missing")
    is_complete = answer.headers.get(tus.COMPLETE) == "?1"
    if is_complete and (int(offset) != size or answer.headers.get(tus.DIGEST) != tus.digest_text(sha256)):
        raise TryLater("answer_unreadable", where=tus.DIGEST, what="of_others")
    return Reached(int(offset), is_complete)


def _seconds(header: str | None) -> float | None:
    is_number = header is not None and header.isascii() and header.isdigit()
    return min(float(header), LONGEST_WAIT) if header and is_number else None


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
