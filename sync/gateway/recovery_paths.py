"""The path by which a counter brings the key of its book, sealed."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from sync.contract.codec import loads
from sync.contract.limits import MAX_MESSAGE
from sync.contract.recovery import RECOVERY_KEY, RecoveryKey, RecoveryProof
from sync.contract.signatures import SIGNATURE, SignatureCode
from sync.gateway import openapi
from sync.gateway.answers import json_answer
from sync.gateway.database import Database
from sync.gateway.doors import Doors
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal
from sync.gateway.recovery import take_recovery_key
from sync.gateway.sessions import bearer, session_of
from sync.gateway.times import Clock


def add_recovery_path(app: FastAPI, database: Database, seal: Seal, clock: Clock, doors: Doors) -> None:
    """PUT recovery-key. Signed always, also where other requests need not be: whoever holds a stolen token alone
    must not put a key of his own in front of the right one."""

    def take(token: str, asked: RecoveryKey) -> RecoveryProof:
        with database.writing() as connection:
            return take_recovery_key(connection, seal, session_of(connection, token), asked, clock())

    @app.put(RECOVERY_KEY, responses=openapi.answer(RecoveryProof), openapi_extra=openapi.body(RecoveryKey))
    async def put_recovery_key(request: Request) -> Response:
        """The key of this counter's book, sealed; the answer proves that the province can open it."""
        token = bearer(request.headers.get("authorization"))
        if SIGNATURE not in request.headers:       # one that is there was checked by `SignatureGate`
            raise ProblemRaised(SignatureCode.MISSING, 401)
        async with doors.enter(token), doors.work():
            asked = loads(RecoveryKey, await doors.body_of(request, MAX_MESSAGE))
            answer = await run_in_threadpool(take, token, asked)
        return await json_answer(request, answer)
