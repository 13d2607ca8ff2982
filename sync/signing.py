"""Requests signed with the device's key (`sync.contract.signatures`), in time with the province's clock."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from requests.auth import AuthBase

from app.services.counter import Counter
from sync.contract import paths
from sync.contract import signatures as rfc
from sync.contract.problems import read_problem

_NONCE_BYTES = 24


class ProvinceTime:
    """What time it is at the province, as far as we know.

    It starts from the PC's clock, set right by what the last contact found, and runs by seconds that never go
    back: a clock that somebody sets in the middle of a contact changes nothing. The province's word replaces it.
    """

    def __init__(self, start: datetime, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._learnt = (start, monotonic())

    def now(self) -> datetime:
        moment, at = self._learnt
        return moment + timedelta(seconds=self._monotonic() - at)

    def learn(self, server_time: datetime) -> None:
        self._learnt = (server_time, self._monotonic())


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs for one (device, epoch). Several connections may share it: what one learns of the time, all know."""

    device: str
    epoch: int
    key: Ed25519PrivateKey
    time: ProvinceTime
    random: Callable[[int], bytes] = secrets.token_bytes

    def sign(self, request: requests.PreparedRequest) -> None:
        """Put Content-Digest, Signature-Input and Signature into the headers, instead of any that were there."""
        for name in (rfc.SIGNATURE, rfc.SIGNATURE_INPUT):
            request.headers.pop(name, None)
        request.headers[rfc.CONTENT_DIGEST] = rfc.digest_value(hashlib.sha256(_body(request)).digest())
        asked = _asked(request)
        created = int(self.time.now().timestamp())
        note = rfc.note_of(asked, self.device, self.epoch, created, rfc.nonce_text(self.random(_NONCE_BYTES)))
        request.headers[rfc.SIGNATURE_INPUT] = rfc.input_text(note)
        request.headers[rfc.SIGNATURE] = rfc.signature_value(self.key.sign(rfc.signed_text(asked, note)))


def signer_of(counter: Counter, now: datetime, monotonic: Callable[[], float] = time.monotonic) -> Signer:
    """The signer of an enrolled counter; `now` is the PC's clock."""
    start = now + timedelta(milliseconds=counter.clock_offset_ms or 0)
    return Signer(counter.device, counter.epoch, counter.key, ProvinceTime(start, monotonic))


class Bearer(AuthBase):
    """As `auth`, because a header set by hand gives way to what the account's .netrc says for the host."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers[paths.AUTHORIZATION] = f"Bearer {self._token}"
        return request


class SignedBearer(Bearer):
    """A token and the device's signature; said once more, at once, when only clock or nonce stood in the way."""

    def __init__(self, token: str, signer: Signer) -> None:
        super().__init__(token)
        self._signer = signer

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        super().__call__(request)
        self._signer.sign(request)
        request.register_hook("response", self._again)  # type: ignore[no-untyped-call]
        return request

    def _again(self, answer: requests.Response, **sending: Any) -> requests.Response:
        code, told = _word_against(answer)
        if code not in (rfc.SignatureCode.CLOCK_DIFFERS, rfc.SignatureCode.REPLAYED):
            return answer
        if told is not None:
            self._signer.time.learn(told)
        again = answer.request.copy()
        self._signer.sign(again)
        answer.close()
        # Past the session's hooks: a province that says so again is asked no third time here.
        second: requests.Response = answer.connection.send(again, **sending)
        second.history.append(answer)
        second.request = again
        return second


def _word_against(answer: requests.Response) -> tuple[str, datetime | None]:
    """The code of a 401 and the time it tells; "" for every other answer."""
    if answer.status_code != 401:
        return "", None
    try:
        problem = read_problem(answer.json())
    except (ValueError, RecursionError):               # not our gateway speaking
        return "", None
    try:
        told = datetime.fromisoformat(str(problem.values.get("server_time", "")))
    except ValueError:
        return problem.code, None
    return problem.code, told if told.tzinfo is not None else None


def _body(request: requests.PreparedRequest) -> bytes:
    body: object = request.body
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if not isinstance(body, bytes | bytearray):
        raise TypeError("a signed body is known before it is sent")
    return bytes(body)


def _asked(request: requests.PreparedRequest) -> rfc.Asked:
    parts = urlsplit(request.url or "")
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        headers[name.lower()] = value.decode("latin-1") if isinstance(value, bytes) else value
    return rfc.Asked(request.method or "", parts.path, parts.query, headers)
