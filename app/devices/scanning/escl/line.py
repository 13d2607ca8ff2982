"""The line to one network scanner: HTTP with time and size limits, to that machine and to no other."""

from __future__ import annotations

import hashlib
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, Self
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError as BrokenLine  # what the raw stream of `requests` raises
from urllib3.exceptions import ReadTimeoutError

from app.devices.scanning.escl.address import is_in_the_office
from app.devices.scanning.port import ScanTrouble, trouble_error

_CONNECT_SECONDS = 5.0
_GOODBYE_SECONDS = 1.5
_PART = 1 << 16
_MOST_MOVES = 3
_MOVED = {301, 302, 307, 308}
_REST = 1 << 16


class Answer(NamedTuple):
    """`content` is empty unless `code` is 200."""

    code: int
    headers: Mapping[str, str]
    content: bytes


class ScannerLine:
    """Requests to the scanner at `root` (which may move to another port or scheme of the same machine).

    No answer may take longer than `patience` seconds from the question to its last byte. Raises EnvironmentFault
    "scanner_not_found" (it was never reached), "scanner_silent", "scanner_io" (the line broke, or the answer was
    longer than allowed).
    """

    def __init__(self, root: str, *, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.root = root
        self._patience = patience
        self._clock = clock
        self._is_met = False
        self._host_header: dict[str, str] = {}
        self._adapters: dict[str, HTTPAdapter] = {}
        self._session = self._new_session()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def meet(self, place: str, *, most_bytes: int) -> Answer:
        """The first request of all, a GET, which settles where the root is: some scanners send every request on
        from http to https of their own. Raises Refusal("scanner_refused") when it leads to another machine."""
        for _ in range(_MOST_MOVES):
            answer = self.ask("GET", place, most_bytes=most_bytes)
            if answer.code not in _MOVED:
                return answer
            there = urljoin(urljoin(self.root, place), answer.headers.get("location", ""))
            parts = urlsplit(there)
            if (
                parts.scheme not in {"http", "https"} or parts.hostname != urlsplit(self.root).hostname
                or not parts.path.endswith(f"/{place}")
            ):
                break
            self.root = there[:-len(place)]
        raise trouble_error(ScanTrouble.REFUSED, detail="redirect")

    def call_it_localhost(self) -> None:
        """Some of HP's only take jobs that pretend to come through their USB cable."""
        self._host_header = {"Host": "localhost"}

    def ask(
        self, verb: str, place: str, body: bytes | None = None, *, most_bytes: int,
        progress: Callable[[], None] | None = None,
    ) -> Answer:
        """One request to `place`, relative to the root; at most `most_bytes` of its answer are taken, 0: none."""
        end = self._clock() + self._patience
        url = urljoin(self.root, place)
        self._trust(url)
        try:
            with self._send(self._session, verb, url, body, self._patience) as answer:
                self._is_met = True
                content = b""
                if answer.status_code == 200:
                    content = self._taken(answer, most_bytes, end, progress) if most_bytes else b""
                else:
                    _drain(answer)
                return Answer(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, content)
        except requests.ConnectTimeout as error:
            raise self._fault(ScanTrouble.NOT_FOUND, error) from error
        except requests.Timeout as error:
            raise self._fault(ScanTrouble.SILENT, error) from error
        except requests.exceptions.SSLError as error:
            raise self._fault(ScanTrouble.IO, error) from error
        except requests.ConnectionError as error:
            raise self._fault(ScanTrouble.IO if self._is_met else ScanTrouble.NOT_FOUND, error) from error
        except (requests.RequestException, OSError, ValueError) as error:
            raise self._fault(ScanTrouble.IO, error) from error

    def give_up(self, place: str) -> None:
        """Tell the scanner to forget a job, on a fresh connection: the other may be in the middle of a page.

        It is the last word before the process ends, so it is short, and no answer is no news."""
        session = self._new_session()
        try:
            with self._send(session, "DELETE", urljoin(self.root, place), None, _GOODBYE_SECONDS):
                pass
        except (requests.RequestException, OSError, ValueError):
            pass
        finally:
            session.close()

    def _new_session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False                          # a proxy has no business between a desk and its scanner
        session.headers.update({"Accept-Encoding": "identity", "User-Agent": "QuayMotCua"})
        for prefix, adapter in self._adapters.items():
            session.mount(prefix, adapter)
        return session

    def _send(
        self, session: requests.Session, verb: str, url: str, body: bytes | None, seconds: float,
    ) -> requests.Response:
        headers = dict(self._host_header) if verb == "POST" else {}
        if body is not None:
            headers["Content-Type"] = "text/xml"
        return session.request(
            verb, url, data=body, headers=headers, timeout=(min(_CONNECT_SECONDS, seconds), seconds),
            allow_redirects=False, stream=True,
        )

    def _taken(
        self, answer: requests.Response, most_bytes: int, end: float, progress: Callable[[], None] | None,
    ) -> bytes:
        taken = bytearray()
        try:
            # read1 comes back with whatever is there: a scanner that sends a byte each minute is noticed.
            while part := answer.raw.read1(_PART):
                taken += part
                if len(taken) > most_bytes:
                    raise trouble_error(ScanTrouble.IO, detail="too long")
                if self._clock() > end:
                    raise trouble_error(ScanTrouble.SILENT, detail="too slow")
                if progress is not None:
                    progress()
        except BrokenLine as error:
            trouble = ScanTrouble.SILENT if isinstance(error, ReadTimeoutError) else ScanTrouble.IO
            raise self._fault(trouble, error) from error
        return bytes(taken)

    def _trust(self, url: str) -> None:
        """Encrypted and inside the office: whoever shows a certificate first is held to it until the job's end."""
        parts = urlsplit(url)
        prefix = f"https://{parts.netloc}/"
        if parts.scheme != "https" or prefix in self._adapters or not is_in_the_office(parts.hostname or ""):
            return
        adapter = _Pinned(self._certificate(parts.hostname or "", parts.port or 443))
        self._adapters[prefix] = adapter
        self._session.mount(prefix, adapter)

    def _certificate(self, host: str, port: int) -> str:
        try:
            with (
                socket.create_connection((host, port), timeout=min(_CONNECT_SECONDS, self._patience)) as plain,
                _any_certificate().wrap_socket(plain, server_hostname=host) as encrypted,
            ):
                shown = encrypted.getpeercert(binary_form=True) or b""
        except ssl.SSLError as error:
            raise self._fault(ScanTrouble.IO, error) from error
        except OSError as error:
            raise self._fault(ScanTrouble.NOT_FOUND, error) from error
        return hashlib.sha256(shown).hexdigest()

    def _fault(self, trouble: ScanTrouble, error: Exception) -> Exception:
        return trouble_error(trouble, detail=type(error).__name__)


def _drain(answer: requests.Response) -> None:
    """Take the rest of a short answer, or its connection could not be used again. Some hang up instead."""
    length = answer.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= _REST:
        with suppress(BrokenLine):
            answer.raw.read(int(length) or None)


class _Pinned(HTTPAdapter):
    """Accepts one certificate, whoever signed it."""

    def __init__(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        super().__init__()

    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        super().init_poolmanager(
            *args, **named, ssl_context=_any_certificate(), assert_fingerprint=self._fingerprint,
            assert_hostname=False,
        )

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing to verify it against: the fingerprint is compared after the handshake."""
        conn.cert_reqs = "CERT_NONE"
        conn.ca_certs = conn.ca_cert_dir = None


def _any_certificate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("DEFAULT@SECLEVEL=1")              # 1024-bit keys and SHA-1 are common in scanners
    return context
