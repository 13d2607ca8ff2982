"""S1 and S2: fsyncs of a stored dossier; durable intake beside the same statements in raw plain SQLite."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import event, select

from app.store.migrations.versions.v0001_first_book import GUARDS, INDEXES, ROLLUPS, SEARCH, TABLES
from app.store.tables import leases
from tests.benchmarks.table import Row, interleaved, median, shown
from tests.office import make_office, sample_intake

COUNTED = 200
_DAY = timedelta(days=1)


def rows(rounds: int = 300) -> Iterator[Row]:
    yield from _fsyncs()
    yield from _durable_intake(rounds)


def _fsyncs() -> Iterator[Row]:
    if shutil.which("strace") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        code = f"from tests.benchmarks.store import receive_many; receive_many({folder!r}, {COUNTED})"
        subprocess.run(
            ["strace", "-f", "-e", "trace=fsync,fdatasync,write", "-o", str(trace), sys.executable, "-c", code],
            check=True, stdout=subprocess.DEVNULL,
        )
        text = trace.read_text(errors="replace")
    inside = text.split("BEGIN-COUNT")[1].split("END-COUNT")[0]
    syncs = len(re.findall(r"\bf(?:data)?sync\(", inside))
    yield Row("S1", "fsyncs per stored dossier", f"{syncs} in {COUNTED}", "1 each", syncs / COUNTED, at_most=1.05)


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


def _durable_intake(rounds: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        said = _record(folder / "recorded", rounds)
        plain = _plain_copy(folder / "plain.db")
        office = make_office(folder / "timed")
        turns, replays = count(), iter(said)
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        blob = os.urandom(60_000)

        def ours() -> None:
            office.receive(sample_intake(f"d{next(turns)}"))

        def raw_sqlite() -> None:
            plain.execute("BEGIN IMMEDIATE")
            for statement, values in next(replays):
                plain.execute(statement, values).fetchall()
            plain.execute("COMMIT")

        def disk() -> None:
            os.write(log, blob)
            os.fdatasync(log)

        taken = interleaved({"ours": ours, "sqlite": raw_sqlite, "disk": disk}, rounds)
        plain.close()
        os.close(log)
        office.application.close()
    ours_s, sqlite_s, disk_s = (median(taken[name]) for name in ("ours", "sqlite", "disk"))
    yield Row("S2", "durable intake, full schema, signed, encrypted", shown(ours_s),
              f"the same statements, raw plain SQLite {shown(sqlite_s)}", sqlite_s / ours_s, at_least=0.60)
    # A disk whose fsync takes 8 ms, computed: its wait in place of this machine's own.
    slow = 8e-3
    yield Row("S2", "the same on a disk with 8 ms fsync (computed)", shown(ours_s - disk_s + slow),
              f"write + fdatasync {shown(slow)}", slow / (ours_s - disk_s + slow), at_least=0.85)


def _record(folder: Path, rounds: int) -> list[list[tuple[str, tuple[object, ...]]]]:
    """The statements of `rounds` receptions with their values, as our own store runs them."""
    office = make_office(folder)
    said: list[list[tuple[str, tuple[object, ...]]]] = []

    def note(_connection: object, _cursor: object, statement: str, values: tuple[object, ...], *_: object) -> None:
        said[-1].append((statement, values))

    engine = office.application.database._engine
    event.listen(engine, "before_cursor_execute", note)
    for turn in range(rounds):
        said.append([])
        office.receive(sample_intake(f"d{turn}"))
    event.remove(engine, "before_cursor_execute", note)
    office.application.close()
    return [[line for line in round_ if not line[0].startswith("BEGIN")] for round_ in said]


def _plain_copy(path: Path) -> sqlite3.Connection:
    """The same tables, guards, indexes and leases in an unencrypted file of Python's own SQLite."""
    office = make_office(path.with_suffix(".office"))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    for statement in (*TABLES, *INDEXES, *SEARCH, *GUARDS, *ROLLUPS):
        connection.execute(statement)
    with office.application.database.reading() as held:
        for row in held.execute(select(leases)):
            connection.execute(f"INSERT INTO leases VALUES({','.join('?' * len(row))})", tuple(row))
    office.application.close()
    return connection
