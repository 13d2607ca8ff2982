"""S1 and S2: fsyncs of a stored dossier; durable intake beside the same statements in raw plain SQLite."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, event, select, text
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.intake import Intake
from app.store import prepared
from app.store.tables import leases
from tests.benchmarks.ground import Ground
from tests.benchmarks.table import Row, interleaved, median, shown
from tests.office import make_office, sample_intake

SLOW_DISK = 8e-3
Said = tuple[str, tuple[Any, ...]]


def rows(ground: Ground) -> Iterator[Row]:
    yield from _fsyncs(ground.folder / "fsyncs", ground.rounds(200))
    yield from _durable_intake(ground.folder / "intake", ground.rounds(300))


def _fsyncs(folder: Path, amount: int) -> Iterator[Row]:
    if shutil.which("strace") is None:
        return
    folder.mkdir()
    trace = folder / "trace"
    code = f"from tests.benchmarks.store import receive_many; receive_many({str(folder)!r}, {amount})"
    subprocess.run(
        ["strace", "-f", "-e", "trace=fsync,fdatasync,write", "-o", str(trace), sys.executable, "-c", code],
        check=True, stdout=subprocess.DEVNULL,
    )
    text = trace.read_text(errors="replace")
    inside = text.split("BEGIN-COUNT")[1].split("END-COUNT")[0]
    syncs = len(re.findall(r"\bf(?:data)?sync\(", inside))
    yield Row("S1", "fsyncs per stored dossier", f"{syncs} in {amount}", "1 each", syncs / amount, at_most=1.05)


def receive_many(folder: str, amount: int) -> None:
    """Store `amount` dossiers, framed by two marks that the trace can see."""
    office = make_office(Path(folder) / "office")
    office.receive(sample_intake("warm"))
    null = os.open(os.devnull, os.O_WRONLY)
    os.write(null, b"BEGIN-COUNT")
    for turn in range(amount):
        office.receive(sample_intake(f"i{turn}"))
    os.write(null, b"END-COUNT")
    office.application.close()


def _durable_intake(folder: Path, rounds: int) -> Iterator[Row]:
    folder.mkdir()
    intakes = [sample_intake(f"d{turn}") for turn in range(rounds)]
    said = _record(folder / "recorded", intakes)
    plain = _copy(sqlite3.connect(folder / "plain.db", isolation_level=None))
    sealed = sqlcipher.connect(str(folder / "sealed.db"), isolation_level=None)
    sealed.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
    _copy(sealed)
    office = make_office(folder / "timed")
    forms, in_plain, in_sealed = iter(intakes), iter(said), iter(said)
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    written = os.urandom(100_000)          # what the write-ahead log takes for one dossier: some 25 pages

    busy: list[float] = []

    def ours() -> None:
        before = time.thread_time()
        office.receive(next(forms))
        busy.append(time.thread_time() - before)

    def disk() -> None:
        os.write(log, written)
        os.fdatasync(log)

    taken = interleaved({
        "ours": ours,
        "plain": lambda: _replay(plain, next(in_plain)),
        "sealed": lambda: _replay(sealed, next(in_sealed)),
        "disk": disk,
    }, rounds)
    plain.close()
    sealed.close()
    os.close(log)
    office.application.close()
    saved, in_clear, encrypted, disk_s = (median(taken[name]) for name in ("ours", "plain", "sealed", "disk"))
    what = "durable intake, full schema, signed, encrypted"
    yield Row("S2", what, shown(saved), f"the same statements, raw plain SQLite {shown(in_clear)}",
              in_clear / saved, at_least=0.60)
    yield Row("S2", "the same beside raw SQLCipher", shown(saved),
              f"the same statements, raw SQLCipher {shown(encrypted)}", encrypted / saved)
    # A disk whose fsync takes 8 ms, computed: its wait, and what the processor did for ours.
    slow = median(busy) + SLOW_DISK
    yield Row("S2", "the same on a disk with 8 ms fsync (computed)", shown(slow),
              f"write + fdatasync {shown(SLOW_DISK)} (here {shown(disk_s)})", SLOW_DISK / slow, at_least=0.85)


_SCHEMA = """
    SELECT sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT GLOB 'dossier_names_*' ORDER BY rowid
"""
"""Without the tables that the name index makes for itself."""


def _replay(connection: Any, statements: list[Said]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for sql, values in statements:
        connection.execute(sql, values).fetchall()
    connection.execute("COMMIT")


def _record(folder: Path, intakes: list[Intake]) -> list[list[Said]]:
    """The statements of each reception with their values, as our own store runs them."""
    office = make_office(folder)
    said: list[list[Said]] = []

    def note(sql: str, values: tuple[Any, ...]) -> None:
        if not sql.startswith("BEGIN"):
            said[-1].append((sql, values))

    with _overheard(office.application.database._engine, note):
        for intake in intakes:
            said.append([])
            office.receive(intake)
    office.application.close()
    return said


@contextmanager
def _overheard(engine: Engine, note: Callable[[str, tuple[Any, ...]], None]) -> Iterator[None]:
    """Tells `note` of each statement, on whichever of the store's two ways it goes to the driver."""
    direct = prepared.run_text

    def listening(connection: Connection, sql: str, values: tuple[Any, ...] = ()) -> Any:
        note(sql, values)
        return direct(connection, sql, values)

    def heard(_connection: object, _cursor: object, sql: str, values: tuple[Any, ...], *_: object) -> None:
        note(sql, values)

    event.listen(engine, "before_cursor_execute", heard)
    prepared.run_text = listening
    try:
        yield
    finally:
        prepared.run_text = direct
        event.remove(engine, "before_cursor_execute", heard)


def _copy(connection: Any) -> Any:
    """The same tables, guards, indexes and leases in another file, as durable as ours."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    with TemporaryDirectory() as folder:
        office = make_office(Path(folder))
        with office.application.database.reading() as held:
            for (statement,) in held.execute(text(_SCHEMA)):
                connection.execute(statement)
            for row in held.execute(select(leases)):
                connection.execute(f"INSERT INTO leases VALUES({','.join('?' * len(row))})", tuple(row))
        office.application.close()
    return connection
