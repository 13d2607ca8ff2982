"""The gate before all paths: no request with a counter's token passes unless its signature holds.

As middleware, so that a path that is added later cannot forget it. The head is judged before a byte of the body is
read; the body is hashed while the path reads it and ends in `body_altered` when it is another than was signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.contract.problems import Code
from sync.contract.signatures import EMPTY_DIGEST, Asked, SignatureCode, digest_value
from sync.gateway.doors import Doors
from sync.gateway.envelope import no_answer
from sync.gateway.logs import say
from sync.gateway.problem import ProblemRaised
from sync.gateway.sessions import bearer
from sync.gateway.signatures import Signatures
from sync.gateway.times import Clock

_BODILESS = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})


class SignatureGate:
    """ASGI middleware inside the envelope."""

    def __init__(self, app: ASGIApp, signatures: Signatures, doors: Doors, clock: Clock) -> None:
        self._app = app
        self._signatures = signatures
        self._doors = doors
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = asked_of(scope)
        if sum(name == b"authorization" for name, _ in scope["headers"]) > 1:
            # A path would read the first of them, and here both: nobody is one thing to it and another to us.
            await no_answer(ProblemRaised(Code.NOT_ENROLLED, 401))(scope, receive, send)
            return
        try:
            token = bearer(asked.headers.get("authorization"))
        except ProblemRaised:                      # nobody; whether that is enough is the path's to say
            await self._app(scope, receive, send)
            return
        try:
            async with self._doors.enter_to_be_known(token), self._doors.work():
                digest = await run_in_threadpool(self._signatures.admit, token, asked, self._clock())
            if digest is not None:
                receive = _whole_or_nothing(asked, digest, receive)
        except ProblemRaised as problem:
            if problem.problem.status == 401:
                say("signature_refused", code=problem.problem.code, what=problem.problem.values.get("what", ""))
            await no_answer(problem)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def asked_of(scope: Scope) -> Asked:
    """The request's head as the counter signed it."""
    headers: dict[str, str] = {}
    lines: Iterable[tuple[bytes, bytes]] = scope["headers"]
    for raw_name, raw_value in lines:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1").strip(" \t")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return Asked(scope["method"], scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1"),
                 headers)


def _whole_or_nothing(asked: Asked, digest: str, receive: Receive) -> Receive:
    """`receive` that raises `body_altered` at the end of other bytes than were signed.

    A path that reads no body would not notice one: where none is due, none may be announced.
    """
    has_body = asked.headers.get("content-length", "0") != "0" or "transfer-encoding" in asked.headers
    if (asked.method in _BODILESS) if has_body else (digest != EMPTY_DIGEST):
        raise _altered("head")
    found = hashlib.sha256()

    async def hashed() -> Message:
        message = await receive()
        if message["type"] == "http.request":
            found.update(message.get("body", b""))
            if not message.get("more_body", False) and digest_value(found.digest()) != digest:
                raise _altered("body")
        return message

    return hashed


def _altered(where: str) -> ProblemRaised:
    return ProblemRaised(SignatureCode.BODY_ALTERED, 400, where=where)
