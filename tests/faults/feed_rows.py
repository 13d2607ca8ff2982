"""P14: no row of the feed is ever skipped, however many write and read at once.

Writers post to one office in transactions that last, break off and commit in any order; pullers follow with their
cursor and look at every row once. The same is done with a cursor on a sequence, as one would write it without
thinking: it must skip rows, or this shows nothing.

    python -m tests.faults.feed_rows [--rows 1000000] [--writers 8] [--pullers 4] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text

from sync.contract.feed import Kind
from sync.gateway.database import Database, insert_many, open_database
from sync.gateway.feed import FEED_COLUMNS, advance_feed, feed_page
from sync.gateway.offices import keep_office
from sync.gateway.opening import open_gateway
from sync.gateway.province import Seal
from sync.gateway.sessions import Session
from sync.gateway.tables import feed_entries
from sync.gateway.times import stamp
from tests.gateway_process import OFFICE
from tests.postgres import running_postgres

NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
MOST_AT_ONCE = 200
LASTING, BROKEN_OFF = 0.1, 0.03                    # shares of the transactions
_PAUSE = 0.005

Post = Callable[[Connection, list[int]], None]
Pull = Callable[[Connection, int], tuple[int, list[int]]]
"""(connection, cursor) → (next cursor, numbers of the rows)"""


@dataclass
class Followed:
    """What one puller saw."""

    cursor: int = 0
    seen: bytearray = field(default_factory=bytearray)
    doubled: int = 0
    pages: int = 0


@dataclass
class Outcome:
    rows: int
    seconds: float
    skipped: list[int]                             # of each puller
    doubled: int
    wrong: list[str]


class Flood:
    """Writers and pullers on one database."""

    def __init__(self, url: str, rows: int, seed: int, post: Post, pull: Pull) -> None:
        self.url = url
        self.rows = rows
        self.seed = seed
        self.post = post
        self.pull = pull
        self.wrong: list[str] = []
        self._next = 0
        self._lock = threading.Lock()
        self._written = threading.Event()

    def run(self, writers: int, pullers: int) -> Outcome:
        began = time.monotonic()
        followed = [Followed(seen=bytearray(self.rows)) for _ in range(pullers)]
        writing = [threading.Thread(target=self._guarded, args=(self._write, n)) for n in range(writers)]
        pulling = [threading.Thread(target=self._guarded, args=(self._follow, each)) for each in followed]
        for thread in (*writing, *pulling):
            thread.start()
        for thread in writing:
            thread.join()
        self._written.set()
        for thread in pulling:
            thread.join()
        return Outcome(self.rows, time.monotonic() - began, [each.seen.count(0) for each in followed],
                       sum(each.doubled for each in followed), self.wrong)

    def _guarded(self, work: Callable[[Database, object], None], what: object) -> None:
        database = open_database(self.url)
        try:
            work(database, what)
        except Exception as error:
            self.wrong.append(f"{type(error).__name__}: {error}")
        finally:
            database.close()

    def _take(self, chance: random.Random) -> list[int]:
        with self._lock:
            first = self._next
            self._next = min(self.rows, first + chance.randint(1, MOST_AT_ONCE))
            return list(range(first, self._next))

    def _write(self, database: Database, what: object) -> None:
        chance = random.Random(f"{self.seed} {what}")
        while numbers := self._take(chance):
            if chance.random() < BROKEN_OFF:
                self._break_off(database, numbers)
            with database.writing() as connection:
                self.post(connection, numbers)
                if chance.random() < LASTING:
                    connection.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": chance.random() * _PAUSE})

    def _break_off(self, database: Database, numbers: list[int]) -> None:
        with database.engine.connect() as connection:
            transaction = connection.begin()
            self.post(connection, numbers)
            transaction.rollback()

    def _follow(self, database: Database, what: object) -> None:
        assert isinstance(what, Followed)
        while True:
            is_last = self._written.is_set()
            with database.reading() as connection:
                cursor, numbers = self.pull(connection, what.cursor)
            for number in numbers:
                what.doubled += what.seen[number]
                what.seen[number] = 1
            what.pages += 1
            if cursor == what.cursor:
                if is_last:
                    return
                self._written.wait(_PAUSE)
            what.cursor = cursor


def post_rows(connection: Connection, numbers: list[int]) -> None:
    """As the gateway does it: positions from the office's own row, inside the transaction that writes."""
    first = advance_feed(connection, OFFICE["id"], len(numbers))
    insert_many(connection, feed_entries, FEED_COLUMNS, [
        (OFFICE["id"], first + offset, Kind.NOTICE, "province", stamp(NOW), None, f'{{"n": {number}}}')
        for offset, number in enumerate(numbers)
    ])


def pull_rows(seal: Seal, incarnation: str) -> Pull:
    session = Session("c0", 1, OFFICE["id"], "Quầy 1", 1)

    def pull(connection: Connection, cursor: int) -> tuple[int, list[int]]:
        page = feed_page(connection, seal, session, incarnation, cursor, 2_000)
        if [entry.position for entry in page.entries] != list(range(cursor + 1, page.position + 1)):
            raise AssertionError(f"a hole behind {cursor}")
        return page.position, [int(str(entry.body["n"])) for entry in page.entries]

    return pull


def post_naively(connection: Connection, numbers: list[int]) -> None:
    connection.execute(text(
        "INSERT INTO naive_feed (position, n) SELECT nextval('naive_positions'), unnest(CAST(:numbers AS int[]))"
    ), {"numbers": numbers})


def pull_naively(connection: Connection, cursor: int) -> tuple[int, list[int]]:
    rows = connection.execute(text(
        "SELECT position, n FROM naive_feed WHERE position > :cursor ORDER BY position LIMIT 2000"
    ), {"cursor": cursor}).all()
    return (rows[-1].position if rows else cursor), [row.n for row in rows]


def run(folder: Path, url: str, rows: int, seed: int, writers: int = 8, pullers: int = 4) -> Outcome:
    """The gateway's own feed."""
    opened = open_gateway(folder, url, NOW)
    with opened.database.writing() as connection:
        keep_office(connection, OFFICE)
    opened.database.close()
    return Flood(url, rows, seed, post_rows, pull_rows(opened.seal, opened.incarnation)).run(writers, pullers)


def run_naively(url: str, rows: int, seed: int, writers: int = 8, pullers: int = 4) -> Outcome:
    """A cursor on a sequence."""
    database = open_database(url)
    with database.writing() as connection:
        connection.execute(text("CREATE SEQUENCE naive_positions"))
        connection.execute(text("CREATE TABLE naive_feed (position bigint PRIMARY KEY, n int)"))
    database.close()
    return Flood(url, rows, seed, post_naively, pull_naively).run(writers, pullers)


def main() -> int:
    parser = argparse.ArgumentParser(description="Follow a feed that many write to.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--pullers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qmc-feed-") as folder, running_postgres() as server:
        found = run(Path(folder), server.create_database(), chosen.rows, chosen.seed,
                    chosen.writers, chosen.pullers)
        naive = run_naively(server.create_database(), min(chosen.rows, 100_000), chosen.seed)
    for name, each in (("the gateway's feed", found), ("a cursor on a sequence", naive)):
        print(f"{name}: {each.rows:,} rows in {each.seconds:.0f} s, "
              f"skipped {each.skipped}, doubled {each.doubled}")
        for wrong in each.wrong:
            print("WRONG:", wrong)
    is_clean = not (any(found.skipped) or found.doubled or found.wrong)
    return 0 if is_clean and any(naive.skipped) else 1


if __name__ == "__main__":
    sys.exit(main())
