"""Each test here runs on both databases: a database of its own on a real PostgreSQL, and a SQLite file."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import uvicorn
from requests.adapters import HTTPAdapter

from sync.gateway.app import create_app
from sync.gateway.codes import mint_code
from sync.gateway.doors import Quota
from sync.gateway.offices import keep_office
from sync.gateway.opening import Opened, open_gateway
from sync.gateway.serve import listening_socket
from tests.gateway_process import office
from tests.postgres import PostgresServer, postgres
from tests.sync.gateway.counterpart import FakeCounter

__all__ = ["postgres"]

MORNING = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)            # Monday 08:00 at the counter


# The file is for a first try; each test on it again doubles the room's time, so that is the long suite's.
@pytest.fixture(params=["postgresql", pytest.param("sqlite", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """None stands for the SQLite file in the data folder."""
    if request.param == "sqlite":
        yield None
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.create_prepared_database()
    yield url
    server.drop_database(url)


class HttpLine:
    """`requests` towards one gateway."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.mount("http://", HTTPAdapter(pool_maxsize=16))

    def request(self, method: str, path: str, **more: Any) -> requests.Response:
        return self._session.request(method, self.url + path, timeout=60, **more)

    def close(self) -> None:
        self._session.close()


class PromptServer(uvicorn.Server):
    """Ends when it is told to. uvicorn itself looks every 0.1 s whether it should, and lets 0.1 s pass then: a
    fifth of a second at the end of each of hundreds of tests."""

    def __init__(self, app: Any) -> None:
        super().__init__(uvicorn.Config(app, log_config=None, access_log=False))
        self._is_serving = threading.Event()
        self._is_told = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def end(self) -> None:
        assert self._is_serving.wait(20) and self._loop is not None
        self._loop.call_soon_threadsafe(self._is_told.set)

    async def main_loop(self) -> None:
        await self.on_tick(0)                      # the date in each answer
        self._loop = asyncio.get_running_loop()
        self._is_serving.set()
        await self._is_told.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for each in self.servers:
            each.close()
        for bound in sockets or []:
            bound.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(0.001)
        await self.lifespan.shutdown()


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The application's URL while a server thread of this process runs it."""
    bound = listening_socket("127.0.0.1", 0)
    server = PromptServer(app)
    thread = threading.Thread(target=server.run, args=([bound],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.end()
        thread.join(20)


@dataclass
class InProcess:
    """The application on a loopback port in this process, with a clock that stands where it is put."""

    line: HttpLine
    opened: Opened
    now: datetime = MORNING
    _counters: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def code(self, counter: str = "Quầy 1", office_id: str = "bc-mau",
             choose: Callable[[str], str] = secrets.choice) -> str:
        with self.opened.database.writing() as connection:
            return mint_code(connection, self.opened.seal, office_id, counter, self.now, choose)

    def counter(self, name: str | None = None, office_id: str = "bc-mau") -> FakeCounter:
        """A newly enrolled machine at a counter."""
        fresh = FakeCounter(self.line, office_id)
        fresh.enrol(self.code(name or f"Quầy {next(self._counters)}", office_id))
        return fresh

    def advance(self, **step: float) -> None:
        self.now += timedelta(**step)

    def add_office(self, **changes: Any) -> None:
        with self.opened.database.writing() as connection:
            keep_office(connection, office(**changes))


@pytest.fixture
def gateway(database_url: str | None, tmp_path: Path) -> Iterator[InProcess]:
    opened = open_gateway(tmp_path / "gateway", database_url, MORNING)
    here: InProcess
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: here.now,
                     quota=Quota(per_device=16))
    with served(app) as url:
        here = InProcess(HttpLine(url), opened)
        here.add_office()
        yield here
        here.line.close()
