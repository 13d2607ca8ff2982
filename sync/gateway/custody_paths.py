"""The paths beside push by which a counter makes sure: records of a second copy in, and the daily comparison."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar

from fastapi import FastAPI, Query, Request, Response
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from sync.contract import paths
from sync.contract.problems import Code
from sync.contract.reconcile import LIST_LINES, MAX_LIST_LINES, RECONCILE_DAY, DayList, ReconcileAnswer
from sync.contract.sealed import MAX_SEALED_BODY, SealedAnswer, read_records
from sync.gateway import openapi
from sync.gateway.answers import json_answer
from sync.gateway.database import Database
from sync.gateway.doors import Doors
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal
from sync.gateway.reconcile import day_list, reconcile
from sync.gateway.sealed import take_sealed
from sync.gateway.sessions import Session, bearer, session_of
from sync.gateway.times import Clock

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Desk:
    """What these paths need of the gateway."""

    database: Database
    seal: Seal
    clock: Clock
    doors: Doors
    workers: Executor

    async def read(self, request: Request, work: Callable[[Connection, Session], T]) -> T:
        token = bearer(request.headers.get("authorization"))
        async with self.doors.enter(token), self.doors.work():
            return await run_in_threadpool(self._reading, token, work)

    def _reading(self, token: str, work: Callable[[Connection, Session], T]) -> T:
        with self.database.reading() as connection:
            return work(connection, session_of(connection, token))

    async def take(self, request: Request, incarnation: str, is_unread: bool) -> SealedAnswer:
        token = bearer(request.headers.get("authorization"))
        async with self.doors.enter(token):
            body = await self.doors.body_of(request, MAX_SEALED_BODY)
            async with self.doors.work_on_push():
                return await run_in_threadpool(self._take, token, body, incarnation, is_unread)

    def _take(self, token: str, body: bytes, incarnation: str, is_unread: bool) -> SealedAnswer:
        session = self._reading(token, lambda _, session: session)     # before anything is opened for a stranger
        try:
            records = read_records(body)
        except ValueError as error:
            raise ProblemRaised(Code.MALFORMED, 400, where="body", what=str(error)) from error
        return take_sealed(self.database, self.seal.opening_key, session, records, incarnation, self.clock(),
                           self.workers, is_unread=is_unread)


def add_custody_paths(
    app: FastAPI, database: Database, seal: Seal, clock: Clock, doors: Doors, workers: Executor,
) -> None:
    """POST sealed, GET reconcile and GET reconcile of one day."""
    desk = _Desk(database, seal, clock, doors, workers)

    @app.post(paths.SEALED, responses=openapi.answer(SealedAnswer), openapi_extra=openapi.SEALED_BODY)
    async def post_sealed(
        request: Request, incarnation: Annotated[str, Query(max_length=64)], unread: bool = False,
    ) -> Response:
        """Records of a second copy into custody, one answer a record."""
        return await json_answer(request, await desk.take(request, incarnation, unread))

    @app.get(paths.RECONCILE, responses=openapi.answer(ReconcileAnswer))
    async def get_reconcile(
        request: Request, first: Annotated[date, Query(alias="from")], last: Annotated[date, Query(alias="to")],
    ) -> Response:
        """Figures of the office's days, by agency and counter."""
        return await json_answer(request, await desk.read(
            request, lambda connection, session: reconcile(connection, session, first, last, clock())))

    @app.get(RECONCILE_DAY, responses=openapi.answer(DayList))
    async def get_reconcile_day(
        request: Request, day: date, after: Annotated[int, Query(ge=0, lt=2**53)] = 0,
        limit: Annotated[int, Query(ge=1, le=MAX_LIST_LINES)] = LIST_LINES,
    ) -> Response:
        """The dossiers received on one day, so that each difference has a name."""
        return await json_answer(request, await desk.read(
            request, lambda connection, session: day_list(connection, session, day, after, limit, clock())))
