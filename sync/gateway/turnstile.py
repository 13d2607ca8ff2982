"""How much one counter may ask for in a minute: requests and bytes, each refilled evenly.

Counted in each process for itself and by the token as it is shown, before anybody is known: a counter that runs
wild, or a stranger with guessed tokens, costs neither a signature check nor the database. What has begun is never
cut; who took more than his share waits the longer afterwards, and is told how long.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.contract.problems import Code
from sync.gateway.doors import Quota
from sync.gateway.envelope import no_answer
from sync.gateway.problem import ProblemRaised

_MOST_CALLERS = 20_000
_JITTER = 4
_MINUTE = 60.0


@dataclass(slots=True)
class _Share:
    requests: float
    content: float                                 # bytes; below 0 after a body larger than what was left
    at: float


class Shares:
    """What each caller has left. Lives in one event loop, so it needs no lock."""

    def __init__(self, quota: Quota, seconds: Callable[[], float] = time.monotonic) -> None:
        self._quota = quota
        self._seconds = seconds
        self._shares: dict[bytes, _Share] = {}

    def spend_request(self, caller: str) -> None:
        """Raises ProblemRaised `device_busy` with the seconds after which there is something left again."""
        share = self._share_of(caller)
        lacking = max((1 - share.requests) / self._quota.requests_per_minute,
                      -share.content / self._quota.bytes_per_minute)
        if lacking > 0:
            raise ProblemRaised(Code.DEVICE_BUSY, 429,
                                retry_after=math.ceil(lacking * _MINUTE) + secrets.randbelow(_JITTER))
        share.requests -= 1

    def spend_bytes(self, caller: str, count: int) -> None:
        self._share_of(caller).content -= count

    def _share_of(self, caller: str) -> _Share:
        now, key = self._seconds(), hashlib.sha256(caller.encode()).digest()[:16]
        whole = _Share(self._quota.requests_per_minute, self._quota.bytes_per_minute, now)
        share = self._shares.pop(key, None)
        if share is None:
            share = whole
            while len(self._shares) >= _MOST_CALLERS:    # the one that has been away for longest
                del self._shares[next(iter(self._shares))]
        else:
            part = (now - share.at) / _MINUTE
            share.requests = min(whole.requests, share.requests + part * whole.requests)
            share.content = min(whole.content, share.content + part * whole.content)
            share.at = now
        self._shares[key] = share                  # at the end: callers stand in the order of their last request
        return share


class Turnstile:
    """ASGI middleware inside the envelope, before the gate of signatures."""

    def __init__(self, app: ASGIApp, shares: Shares, free: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._shares = shares
        self._free = free                          # paths that watch over us

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._free:
            await self._app(scope, receive, send)
            return
        caller = _caller_of(scope)
        try:
            self._shares.spend_request(caller)
        except ProblemRaised as problem:
            await no_answer(problem)(scope, receive, send)
            return

        async def counted() -> Message:
            message = await receive()
            self._shares.spend_bytes(caller, len(message.get("body", b"")))
            return message

        await self._app(scope, counted, send)


def _caller_of(scope: Scope) -> str:
    """The token that is shown, else the address it comes from (behind a proxy: one for all who show none)."""
    token = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
    if token:
        return str(token[:300].decode("latin-1"))
    client = scope.get("client")
    return f"from {client[0]}" if client else "from nowhere"
