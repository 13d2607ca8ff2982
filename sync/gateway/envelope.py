"""Every request ends in an answer of ours and one log line, whatever happens underneath."""

from __future__ import annotations

import secrets
import time

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.contract.codec import dumps
from sync.contract.problems import Code
from sync.gateway.logs import say, say_fault
from sync.gateway.metrics import Metrics
from sync.gateway.problem import ProblemRaised

_METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})
_AWAY = (OperationalError, InterfaceError, PoolTimeout)


def no_answer(problem: ProblemRaised) -> Response:
    """A problem as a response."""
    return Response(dumps(problem.problem.to_json()), problem.problem.status, dict(problem.headers),
                    media_type="application/problem+json")


class Envelope:
    """ASGI middleware around all paths."""

    def __init__(self, app: ASGIApp, metrics: Metrics | None = None) -> None:
        self._app = app
        self._metrics = metrics or Metrics()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.monotonic()
        self._metrics.began()
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            problem = _problem_of(error)
            if status:
                raise                              # the answer had begun; the server cuts the connection
            await no_answer(problem)(scope, receive, noted)
        finally:
            path, seconds = getattr(scope.get("route"), "path", ""), time.monotonic() - began
            self._metrics.answered(_method_of(scope), path, status, seconds)
            say("request", method=_method_of(scope), path=path, status=status, ms=round(seconds * 1000))


def _method_of(scope: Scope) -> str:
    """One that exists; a stranger may write anything there."""
    return scope["method"] if scope["method"] in _METHODS else "other"


def _problem_of(error: Exception) -> ProblemRaised:
    if isinstance(error, _AWAY):
        return ProblemRaised(Code.STORE_UNAVAILABLE, 503, retry_after=2 + secrets.randbelow(8))
    reference = secrets.token_hex(4)
    say_fault(reference, error)
    return ProblemRaised(Code.INTERNAL, 500, reference=reference)
