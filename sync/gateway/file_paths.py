"""The paths of files: tus 1.0 in headers, the rules in `files.py`, one database transaction each."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from fastapi import FastAPI, Request, Response
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from sync.contract import files as wire
from sync.contract.codec import dumps, loads
from sync.contract.files import FILE, FILES, HAVE, MAX_CHUNK, MAX_FILE, TUS, Have, HaveAnswer
from sync.contract.limits import MAX_MESSAGE
from sync.contract.problems import Code
from sync.gateway import openapi
from sync.gateway.database import Database
from sync.gateway.doors import Doors
from sync.gateway.file_store import FileStore, StoreAway
from sync.gateway.files import Chunk, Standing, begin_file, standing_of, take_chunk, what_we_have
from sync.gateway.logs import say
from sync.gateway.problem import ProblemRaised
from sync.gateway.sessions import Session, bearer, session_of
from sync.gateway.times import Clock, stamp

T = TypeVar("T")

_CAN = {wire.TUS_VERSION: TUS, wire.TUS_EXTENSION: "creation,checksum", wire.TUS_MAX_SIZE: str(MAX_FILE),
        wire.TUS_CHECKSUM_ALGORITHM: "sha256"}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What these paths need of the gateway."""

    database: Database
    store: FileStore
    clock: Clock
    doors: Doors

    async def ask(self, request: Request, work: Callable[[Connection, Session], T], *, writes: bool) -> T:
        """Inside one transaction, behind the doors of files: they never take a record's place."""
        token = bearer(request.headers.get("authorization"))
        async with self.doors.enter_with_file(token), self.doors.work_on_files():
            return await run_in_threadpool(self._inside, token, work, writes)

    def _inside(self, token: str, work: Callable[[Connection, Session], T], writes: bool) -> T:
        try:
            with self.database.writing() if writes else self.database.reading() as connection:
                return work(connection, session_of(connection, token))
        except StoreAway as error:
            say("file_store_away", what=str(error)[:64])
            raise ProblemRaised(Code.STORE_UNAVAILABLE, 503, retry_after=2 + secrets.randbelow(8)) from error

    async def take(self, request: Request, sha256: str) -> Standing | ProblemRaised:
        token = bearer(request.headers.get("authorization"))
        async with self.doors.enter_with_file(token):
            content = await self.doors.body_of(request, MAX_CHUNK)
            chunk = Chunk(_whole_number(request, wire.OFFSET), content)
            digest = _digest(request)
            async with self.doors.work_on_files():
                return await run_in_threadpool(self._take, token, sha256, chunk, digest)

    def _take(self, token: str, sha256: str, chunk: Chunk, digest: bytes) -> Standing | ProblemRaised:
        if hashlib.sha256(chunk.content).digest() != digest:
            raise ProblemRaised(Code.CHECKSUM_DIFFERS, wire.CHECKSUM_STATUS, offset=chunk.offset)
        return self._inside(token, lambda connection, session: take_chunk(
            connection, self.store, session, sha256, chunk, stamp(self.clock())), writes=True)


def add_file_paths(app: FastAPI, database: Database, store: FileStore, clock: Clock, doors: Doors) -> None:
    """POST, HEAD, PATCH and OPTIONS of files, and the one question for many."""
    desk = _Desk(database, store, clock, doors)

    @app.post(HAVE, responses=openapi.answer(HaveAnswer), openapi_extra=openapi.body(Have))
    async def post_have(request: Request) -> Response:
        """Which files are complete, and how far the others are."""
        asked = loads(Have, await doors.body_of(request, MAX_MESSAGE))
        answer = await desk.ask(request, lambda connection, session: what_we_have(
            connection, store, session, asked), writes=False)
        return Response(dumps(answer), media_type="application/json", headers={"Cache-Control": "no-store"})

    @app.post(FILES, status_code=201, responses=openapi.FILE_BEGUN, openapi_extra=openapi.FILE_HEADERS)
    async def post_file(request: Request) -> Response:
        """Begin a file that an operation in custody names; one that was begun goes on where it stands."""
        _speaks_tus(request)
        await doors.body_of(request, 0)
        size = _whole_number(request, wire.LENGTH)
        try:
            sha256 = wire.read_metadata(request.headers.get(wire.METADATA, ""))
        except ValueError as error:
            raise ProblemRaised(Code.MALFORMED, 400, where=wire.METADATA, what=str(error)) from error
        found = await desk.ask(request, lambda connection, session: begin_file(
            connection, store, session, sha256, size, stamp(clock())), writes=True)
        return _standing(found, sha256, 201, Location=FILE.format(sha256=sha256))

    @app.head(FILE, responses=openapi.FILE_STANDING, openapi_extra=openapi.TUS_HEADERS)
    async def head_file(request: Request, sha256: str) -> Response:
        """Where the next chunk belongs."""
        _speaks_tus(request)
        found = await desk.ask(request, lambda connection, session: standing_of(
            connection, store, session, sha256), writes=False)
        return _standing(found, sha256, 200, **{wire.LENGTH: str(found.size), "Cache-Control": "no-store"})

    @app.patch(FILE, status_code=204, responses=openapi.FILE_STANDING, openapi_extra=openapi.CHUNK)
    async def patch_file(request: Request, sha256: str) -> Response:
        """The next chunk; it is on the disk when the answer says so."""
        _speaks_tus(request)
        if request.headers.get("content-type") != wire.CHUNK_TYPE:
            raise ProblemRaised(Code.MALFORMED, 400, where="Content-Type", what="not_a_chunk")
        found = await desk.take(request, sha256)
        if isinstance(found, ProblemRaised):
            raise found
        return _standing(found, sha256, 204)

    @app.options(FILES, status_code=204, responses={204: {"description": "What of tus is spoken here"}})
    async def options_files() -> Response:
        """What of tus is spoken here."""
        return Response(status_code=204, headers={wire.TUS_RESUMABLE: TUS, **_CAN})


def _standing(found: Standing, sha256: str, status: int, **more: str) -> Response:
    headers = {wire.TUS_RESUMABLE: TUS, wire.OFFSET: str(found.offset), **more}
    if found.is_complete:
        headers |= {wire.COMPLETE: "?1", wire.DIGEST: wire.digest_text(sha256)}
    return Response(status_code=status, headers=headers)


def _speaks_tus(request: Request) -> None:
    said = request.headers.get(wire.TUS_RESUMABLE, "")
    if said != TUS:
        raise ProblemRaised(Code.PROTOCOL_UNKNOWN, 412, headers={wire.TUS_VERSION: TUS}, protocol=said[:20])


def _whole_number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise ProblemRaised(Code.MALFORMED, 400, where=header, what="not_a_number")
    return int(text)


def _digest(request: Request) -> bytes:
    try:
        return wire.read_checksum(request.headers.get(wire.CHECKSUM, ""))
    except ValueError as error:
        raise ProblemRaised(Code.MALFORMED, 400, where=wire.CHECKSUM, what=str(error)) from error
