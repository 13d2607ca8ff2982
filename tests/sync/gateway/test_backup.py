"""The drill of the backup page: base backup and write-ahead log, a crash, back to a moment, and the counters give
the rest back, their own and their neighbours'."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from sync.contract.messages import PastEpoch
from sync.gateway.times import business_day
from tests.gateway_process import running_gateway
from tests.postgres import PostgresServer, running_postgres
from tests.sync.gateway.conftest import HttpLine
from tests.sync.gateway.counterpart import FakeCounter, Op, SaidNo, outcomes

ARCHIVING = ("archive_mode=on", "wal_level=replica", "synchronous_commit=on",
             "archive_command=test ! -f {folder}/archive/%f && cp %p {folder}/archive/%f.part"
             " && mv {folder}/archive/%f.part {folder}/archive/%f")


@pytest.fixture
def archiving() -> Iterator[PostgresServer]:
    with running_postgres(settings=ARCHIVING) as server:
        archive = server.folder / "archive"
        archive.mkdir()
        shutil.chown(archive, server.folder.owner(), server.folder.group())
        yield server


def ask(server: PostgresServer, url: str, question: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[call-overload]
        assert row is not None
        return str(row[0])


def restore(server: PostgresServer, base: Path, moment: str) -> None:
    """The documented steps: the base in an empty folder, where the log lies, up to which moment."""
    (base / "recovery.signal").touch()
    with (base / "postgresql.auto.conf").open("a") as file:
        file.write(f"restore_command = 'cp {server.folder}/archive/%f %p'\n"
                   f"recovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n"
                   "archive_mode = off\n")
    for path in (base / "recovery.signal", base / "postgresql.auto.conf"):
        shutil.chown(path, server.folder.owner(), server.folder.group())
    server.start_again(base)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        while connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
            connection.execute("SELECT pg_sleep(0.05)")


class Books:
    """What the counters hold: every operation of their own, and those of neighbours that came with the feed."""

    def __init__(self) -> None:
        self.of: dict[str, list[Op]] = {}

    def write(self, counter: FakeCounter, count: int) -> list[Op]:
        held = self.of.setdefault(counter.device, [])
        today, first = business_day(datetime.now(UTC)), counter.first_number("cong-an")
        fresh = [counter.write(number=counter.number(first + len(held) + n, day=today)) for n in range(count)]
        held += fresh
        return fresh


def meet_again(counter: FakeCounter, books: Books) -> None:
    """The first contact with a province of another incarnation: leases, own operations, neighbours'."""
    assert counter.answer is not None
    met = counter.hello(held_leases=counter.answer.leases)
    object.__setattr__(counter.answer, "incarnation", met.incarnation)
    for device, heads in {counter.device: met.have, **met.office_heads}.items():
        rest = books.of.get(device, [])[heads[1].seq:]
        if rest:
            assert set(outcomes(counter.push(rest, author=device))) == {"taken"}


def test_restored_to_a_moment_everything_the_counters_hold_is_back(
    archiving: PostgresServer, tmp_path: Path,
) -> None:
    url = archiving.create_database()
    base = archiving.folder / "base"
    books = Books()
    with running_gateway(tmp_path, url) as process:
        line = HttpLine(process.url)
        alive, dead, late = (FakeCounter(line) for _ in range(3))
        for counter, name in ((alive, "Quầy 1"), (dead, "Quầy 2")):
            counter.enrol(process.mint_code("bc-mau", name))
            counter.push(books.write(counter, 5))
        archiving.run("pg_basebackup", "-D", base, "-X", "none", "-c", "fast", "--no-sync")
        for counter in (alive, dead):              # in the write-ahead log only
            counter.push(books.write(counter, 5))
        moment = ask(archiving, url, "SELECT clock_timestamp()")
        for counter in (alive, dead):              # behind the moment: nowhere but at the counters
            counter.push(books.write(counter, 5))
        late.enrol(process.mint_code("bc-mau", "Quầy 3"))
        late.push(books.write(late, 5))
        _archive_all(archiving, url)
        archiving.crash()
        process.stop()
        shutil.rmtree(archiving.folder / "data")
        restore(archiving, base, moment)
        process.operate("restored")
        assert process.report()["operations"] == 20
        process.start()

        # The second counter's PC died with the server; the third is unknown to the province.
        meet_again(alive, books)
        with pytest.raises(SaidNo, match="not_enrolled"):
            late.hello()
        assert late.answer is not None
        name, past, leases = late.device, (PastEpoch(1, late.public),), late.answer.leases
        held = books.of[name]
        late.enrol(process.mint_code("bc-mau", "Quầy 3"), device=name, past=past, held_leases=leases)
        # Its own days go on; what it lacks would come from the reserve.
        assert late.device == name and late.answer.leases
        assert set(outcomes(late.push(held))) == {"taken"}
        process.operate("settle-leases")
        assert late.hello().leases

        report = process.report()
        assert (report["operations"], report["dossiers"], report["branches"]) == (35, 35, 0)
        assert report["unsettled"] == []
        entries = late.whole_feed()
        assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
        line.close()


def _archive_all(server: PostgresServer, url: str) -> None:
    """Close the segment that is being written and wait until it lies in the archive."""
    wanted = ask(server, url, "SELECT pg_walfile_name(pg_switch_wal())")
    with psycopg.connect(url, autocommit=True) as connection:
        while not (server.folder / "archive" / wanted).exists():
            connection.execute("SELECT pg_sleep(0.05)")
