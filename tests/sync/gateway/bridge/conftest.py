"""A province with one counter, and the national adapter beside it; the worker's line is real HTTP."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sync.gateway.bridge.configuration import read_settings
from sync.gateway.bridge.figures import bridge_figures
from sync.gateway.bridge.line import HttpLine
from sync.gateway.bridge.tables import exchanges, queue
from sync.gateway.bridge.worker import Bridge, Round
from tests.postgres import PostgresServer, postgres
from tests.sync.gateway.bridge.national import National, running_national
from tests.sync.gateway.conftest import InProcess, gateway
from tests.sync.gateway.counterpart import FakeCounter

__all__ = ["gateway", "postgres"]

DAY = date(2026, 9, 21)


# Here the file is enough, and quicker; where workers meet or things break (`test_worker_breaks`) it is PostgreSQL.
@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    if request.param == "sqlite":
        yield None
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.create_prepared_database()
    yield url
    server.drop_database(url)


@pytest.fixture
def national() -> Iterator[National]:
    with running_national() as here:
        yield here


def write_configuration(folder: Path, national: National, **changes: Any) -> Path:
    """The province's file and the password beside it."""
    (folder / "mat-khau").write_text(national.password + "\n", encoding="utf-8")
    path = folder / "bridge.json"
    path.write_text(json.dumps({
        "login_url": f"{national.url}/login", "service_url": f"{national.url}/service",
        "unit": "000.00.00.H47", "username": "mau", "password_file": "mat-khau", "timeout_seconds": 5, **changes,
    }), encoding="utf-8")
    return path


@dataclass
class Trial:
    """One counter, the province, its bridge, the nation."""

    gateway: InProcess
    national: National
    folder: Path
    counter: FakeCounter
    changes: dict[str, Any] = field(default_factory=dict)
    _lines: list[HttpLine] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _names: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def number(self) -> str:
        return self.counter.number(self.counter.first_number("cong-an") - 1 + next(self._numbers), day=DAY)

    def bridge(self) -> Bridge:
        """A worker that has just been started."""
        settings = read_settings(write_configuration(self.folder, self.national, **self.changes))
        line = HttpLine(settings)
        self._lines.append(line)
        return Bridge(self.gateway.opened.database, line, settings.configuration, lambda: self.gateway.now,
                      lambda: f"w{next(self._names)}")

    def run(self) -> Round:
        return self.bridge().run()

    def until_quiet(self, hours: int = 30) -> None:
        """Rounds an hour apart, so that whatever waits is tried again."""
        for _ in range(hours):
            self.run()
            self.gateway.advance(hours=1)

    def figures(self) -> dict[str, Any]:
        with self.gateway.opened.database.reading() as connection:
            return bridge_figures(connection)

    def row(self, service: str = "dossier") -> Any:
        with self.gateway.opened.database.reading() as connection:
            return connection.execute(select(queue).where(queue.c.service == service)).one()

    def exchanges(self) -> list[tuple[str, str, str]]:
        with self.gateway.opened.database.reading() as connection:
            rows = connection.execute(select(exchanges).order_by(exchanges.c.id)).all()
        return [(row.ask, row.outcome, row.code) for row in rows]

    def close(self) -> None:
        for line in self._lines:
            line.close()


@pytest.fixture
def trial(gateway: InProcess, national: National, tmp_path: Path) -> Iterator[Trial]:
    here = Trial(gateway, national, tmp_path, gateway.counter())
    yield here
    here.close()
