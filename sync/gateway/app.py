"""The service: paths, answers, and the order in which a request meets doors, session and rule.

Requests are read in the event loop and worked on in a few threads, one database transaction each; a rule never
knows that it is served over HTTP.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, TypeVar

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from sync.contract import PROTOCOL, paths
from sync.contract.codec import MalformedMessage, loads
from sync.contract.feed import FeedPage, OperationsPage
from sync.contract.limits import FEED_ENTRIES, MAX_BODY, MAX_FEED_ENTRIES, MAX_MESSAGE
from sync.contract.messages import EnrolAnswer, EnrolRequest, EpochAnswer, Hello, HelloAnswer, NewEpoch
from sync.contract.problems import Code
from sync.contract.push import Outcome, PushAnswer
from sync.gateway import openapi
from sync.gateway.answers import json_answer
from sync.gateway.author_keys import take_back_author
from sync.gateway.custody import take_push
from sync.gateway.custody_paths import add_custody_paths
from sync.gateway.database import Database
from sync.gateway.doors import Doors, Quota
from sync.gateway.enrolment import enrol, take_new_epoch
from sync.gateway.envelope import Envelope, no_answer
from sync.gateway.feed import feed_page, own_operations
from sync.gateway.file_paths import add_file_paths
from sync.gateway.file_store import FileStore
from sync.gateway.following import Arrivals, place_of, reached, until_held
from sync.gateway.greeting import backlog_of, greet
from sync.gateway.logs import say
from sync.gateway.metrics import Metrics
from sync.gateway.packages import zipped_package
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal
from sync.gateway.reading import read_push, unzip
from sync.gateway.recovery_paths import add_recovery_path
from sync.gateway.sessions import Session, bearer, session_of
from sync.gateway.signature_gate import SignatureGate
from sync.gateway.signatures import Rule, Signatures
from sync.gateway.times import Clock, stamp
from sync.gateway.turnstile import Shares, Turnstile
from sync.gateway.watching import WATCHED_FREELY, Watch, add_watching_paths, keeping

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Gateway:
    """What every path needs; made once a process."""

    database: Database
    seal: Seal
    clock: Clock
    doors: Doors
    verifiers: ThreadPoolExecutor
    metrics: Metrics
    arrivals: Arrivals = field(default_factory=Arrivals)


def create_app(
    database: Database, seal: Seal, files: FileStore, *, clock: Clock, quota: Quota | None = None,
    signed: Rule = Rule.KNOWN, watch: Watch | None = None,
) -> FastAPI:
    """The ASGI application on a prepared database (`schema.prepare_schema`). `signed`: who must sign requests;
    `watch`: who may read the figures."""
    verifiers = ThreadPoolExecutor(thread_name_prefix="verify")
    quota, watch = quota or Quota(), watch or Watch(Metrics())
    gateway = Gateway(database, seal, clock, Doors(quota), verifiers, watch.metrics)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with keeping(watch.metrics):
            yield
        verifiers.shutdown()
        files.close()
        database.close()

    app = FastAPI(title="Quầy Một Cửa gateway", version=str(PROTOCOL), lifespan=lifespan, docs_url=None,
                  redoc_url=None, responses=openapi.PROBLEMS, redirect_slashes=False)
    app.add_middleware(SignatureGate, signatures=Signatures(database, signed), doors=gateway.doors, clock=clock)
    app.add_middleware(Turnstile, shares=Shares(quota), free=WATCHED_FREELY)
    app.add_middleware(Envelope, metrics=watch.metrics)    # added last, so outside
    app.add_exception_handler(ProblemRaised, _problem)
    app.add_exception_handler(MalformedMessage, _malformed)
    app.add_exception_handler(RequestValidationError, _bad_query)
    app.add_exception_handler(HTTPException, _http)
    _add_paths(app, gateway)
    add_watching_paths(app, database, clock, watch, partial(_inside, gateway, "health"))
    add_file_paths(app, database, files, clock, gateway.doors)
    add_custody_paths(app, database, seal, clock, gateway.doors, verifiers)
    add_recovery_path(app, database, seal, clock, gateway.doors)
    return app


def _add_paths(app: FastAPI, gateway: Gateway) -> None:
    async def ask(request: Request, work: Callable[[Connection, Session], T], *, writes: bool = False) -> T:
        token = bearer(request.headers.get("authorization"))
        return await _inside(gateway, token, partial(_with_session, gateway, token, work, writes))

    @app.post(paths.ENROL, responses=openapi.answer(EnrolAnswer), openapi_extra=openapi.body(EnrolRequest))
    async def post_enrol(request: Request) -> Response:
        """Redeem a one-time code."""
        body = await gateway.doors.body_of(request, MAX_MESSAGE)
        asked = loads(EnrolRequest, body)
        caller = request.client.host if request.client else ""
        answer = await _inside(gateway, f"enrol {caller}", partial(_enrol, gateway, asked))
        return await json_answer(request, answer)

    @app.post(paths.HELLO, responses=openapi.answer(HelloAnswer), openapi_extra=openapi.body(Hello))
    async def post_hello(request: Request) -> Response:
        """First word of every contact."""
        hello = loads(Hello, await gateway.doors.body_of(request, MAX_MESSAGE))
        answer, exhausted = await ask(
            request, lambda connection, session: greet(connection, gateway.seal, session, hello, gateway.clock()),
            writes=True,
        )
        if exhausted:
            say("slots_exhausted", agencies=exhausted, device=hello.device)
        gateway.doors.send_away(hello.device, backlog_of(hello, answer))
        return await json_answer(request, answer)

    @app.post(paths.PUSH, responses=openapi.answer(PushAnswer), openapi_extra=openapi.PUSH_BODY)
    async def post_push(request: Request) -> Response:
        """Operations into custody, one answer an item."""
        token = bearer(request.headers.get("authorization"))
        async with gateway.doors.enter(token):
            body = await gateway.doors.body_of(request, MAX_BODY)
            encoding = request.headers.get("content-encoding", "").lower()
            place = place_of(request.headers.get(paths.FOLLOWS, ""))
            if place is not None:
                await until_held(place, partial(_reached, gateway, token), partial(gateway.arrivals.pause, token))
            try:
                async with gateway.doors.work_on_push():
                    began = time.monotonic()
                    answer = await run_in_threadpool(_push, gateway, token, body, encoding)
                    worked = time.monotonic() - began
            finally:
                gateway.arrivals.taken(token)      # also when it was refused: nobody waits for it any more
        taken = sum(item.outcome == Outcome.TAKEN for item in answer.items)
        gateway.doors.appointments.took(taken, worked)
        gateway.metrics.pushed(item.outcome for item in answer.items)
        return await json_answer(request, answer)

    @app.get(paths.FEED, responses=openapi.answer(FeedPage))
    async def get_feed(
        request: Request, incarnation: Annotated[str, Query(max_length=64)],
        position: Annotated[int, Query(ge=0, lt=2**63)],
        limit: Annotated[int, Query(ge=1, le=MAX_FEED_ENTRIES)] = FEED_ENTRIES, own_runs: bool = False,
    ) -> Response:
        """Entries of the office's feed after a position."""
        return await json_answer(request, await ask(
            request, lambda connection, session: feed_page(
                connection, gateway.seal, session, incarnation, position, limit, own_runs=own_runs),
        ))

    @app.get(paths.OPERATIONS, responses=openapi.answer(OperationsPage))
    async def get_operations(
        request: Request, epoch: Annotated[int, Query(ge=0, lt=2**31)],
        after: Annotated[int, Query(ge=0, lt=2**53)],
        limit: Annotated[int, Query(ge=1, le=MAX_FEED_ENTRIES)] = FEED_ENTRIES,
    ) -> Response:
        """Our own operations, for a disk that is older than the province."""
        return await json_answer(request, await ask(
            request, lambda connection, session: own_operations(connection, session, epoch, after, limit),
        ))

    @app.post(paths.EPOCH, responses=openapi.answer(EpochAnswer), openapi_extra=openapi.body(NewEpoch))
    async def post_epoch(request: Request) -> Response:
        """End this epoch and begin the next: other numbers, other token."""
        asked = loads(NewEpoch, await gateway.doors.body_of(request, MAX_MESSAGE))
        return await json_answer(request, await ask(
            request, lambda connection, session: take_new_epoch(
                connection, gateway.seal, session, asked, gateway.clock()), writes=True,
        ))

    @app.get(paths.PACKAGES, responses=openapi.PACKAGE)
    async def get_package(request: Request, kind: str, version: str) -> Response:
        """A catalogue or calendar; hello tells its sha256 and signature."""
        zipped = await ask(request, lambda connection, _: zipped_package(connection, kind, version))
        return Response(zipped, media_type="application/json", headers={"Content-Encoding": "gzip"})


async def _inside(gateway: Gateway, caller: str, work: Callable[[], T]) -> T:
    async with gateway.doors.enter(caller), gateway.doors.work():
        return await run_in_threadpool(work)


def _with_session(gateway: Gateway, token: str, work: Callable[[Connection, Session], T], writes: bool) -> T:
    with gateway.database.writing() if writes else gateway.database.reading() as connection:
        return work(connection, session_of(connection, token))


def _enrol(gateway: Gateway, asked: EnrolRequest) -> EnrolAnswer:
    refused: ProblemRaised | None = None
    with gateway.database.writing() as connection:
        try:
            return enrol(connection, gateway.seal, asked, gateway.clock())
        except ProblemRaised as problem:
            refused = problem                      # committed all the same: a wrong try counts
    raise refused


async def _reached(gateway: Gateway, token: str, epoch: int) -> int | None:
    async with gateway.doors.work():
        return await run_in_threadpool(
            _with_session, gateway, token, lambda connection, session: reached(connection, session, epoch), False)


def _push(gateway: Gateway, token: str, body: bytes, encoding: str) -> PushAnswer:
    with gateway.database.reading() as connection:
        session = session_of(connection, token)    # before anything is unzipped for a stranger
    head, items = read_push(unzip(body, encoding))
    if head.author_key is not None:
        with suppress(IntegrityError), gateway.database.writing() as connection:   # another neighbour was quicker
            take_back_author(
                connection, gateway.seal, session, head.device, head.author_key, stamp(gateway.clock()))
    return take_push(gateway.database, session, head, items, gateway.clock(), gateway.verifiers)


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemRaised)
    return no_answer(error)


async def _malformed(_: Request, error: Exception) -> Response:
    assert isinstance(error, MalformedMessage)
    return no_answer(ProblemRaised(Code.MALFORMED, 400, where=error.where, what=error.what))


async def _bad_query(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    where = ".".join(str(part) for part in error.errors()[0]["loc"])
    return no_answer(ProblemRaised(Code.MALFORMED, 400, where=where, what="not_allowed"))


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return no_answer(ProblemRaised(Code.UNKNOWN_PATH, error.status_code))
