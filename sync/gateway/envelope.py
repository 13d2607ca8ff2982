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
from sync.gateway.problem import ProblemRaised

_AWAY = (OperationalError, InterfaceError, PoolTimeout)


def no_answer(problem: ProblemRaised) -> Response:
    """A problem as a response."""
    return Response(dumps(problem.problem.to_json()), problem.problem.status, dict(problem.headers),
                    media_type="application/problem+json")


class Envelope:
    """ASGI middleware around all paths."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.monotonic()
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
            say("request", method=scope["method"], path=getattr(scope.get("route"), "path", ""), status=status,
                ms=round((time.monotonic() - began) * 1000))


def _problem_of(error: Exception) -> ProblemRaised:
    if isinstance(error, _AWAY):
        return ProblemRaised(Code.STORE_UNAVAILABLE, 503, retry_after=2 + secrets.randbelow(8))
    reference = secrets.token_hex(4)
    say_fault(reference, error)
    return ProblemRaised(Code.INTERNAL, 500, reference=reference)
