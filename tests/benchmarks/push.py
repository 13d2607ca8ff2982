"""S10: records from the journal to the province, over the real client and gateway on a real PostgreSQL.

The limit is PostgreSQL's own COPY of the same rows on two connections, both sides durable; the peer is a client
that makes one request for each operation. Ours includes what those leave out: reading the encrypted journal,
packing, checking every signature, judging every number, and noting the confirmation.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import psycopg

from app.services.courier import Waiting, confirmed_seq, waiting
from sync.book import Book
from sync.contract.limits import MAX_BATCH_OPERATIONS
from sync.contract.push import PlainItem, PushHead, pack
from sync.engine import drive, records
from sync.gateway.verifying import checker
from sync.line import Line
from sync.report import Done
from tests.benchmarks.ground import Ground
from tests.benchmarks.table import Row, median, seconds, shown
from tests.benchmarks.waiting_office import WaitingOffice, waiting_office
from tests.gateway_process import running_gateway
from tests.postgres import PostgresMissing, running_postgres

ROUNDS = 3

LIMIT_TABLE = """
    CREATE TABLE copied (
        device text NOT NULL, epoch integer NOT NULL, seq bigint NOT NULL, op_id text NOT NULL,
        hash text NOT NULL, signature bytea NOT NULL, payload text NOT NULL, PRIMARY KEY (device, epoch, seq)
    )
"""


def rows(ground: Ground) -> Iterator[Row]:
    folder = ground.folder / "push"
    try:
        with running_postgres(durable=True) as server:
            url = server.create_database()
            with running_gateway(folder / "gateway", url) as gateway, waiting_office(folder, gateway) as office:
                yield from _push(office, server.create_database(), ground.rounds(10_000, 90))
    except PostgresMissing as missing:
        print(f"… {missing}")


def _push(office: WaitingOffice, empty: str, amount: int) -> Iterator[Row]:
    _send(office)                      # the connection, and what there was
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute(LIMIT_TABLE)
    ours, copied, single, checked = [], [], [], []
    some = max(10, amount // 100)
    packed = plain = 0
    with psycopg.connect(empty) as one, psycopg.connect(empty) as two, ThreadPoolExecutor(2) as pool:
        for _ in range(ROUNDS):
            office.write(amount // ROUNDS)
            batch = _unsent(office, amount)
            lines = [_as_row(office, each) for each in batch]
            ours.append(seconds(lambda: _send(office)) / len(batch))
            copied.append(seconds(partial(copy_rows, pool, (one, two), lines)) / len(batch))
            checked.append(seconds(partial(_check, pool, office, batch)) / len(batch))
            packed += len(_packed(office, batch[:1000]))
            plain += sum(len(each.payload.encode()) for each in batch[:1000])
            office.write(some)
            each_alone = _unsent(office, some)
            single.append(seconds(partial(_send_singly, office, each_alone)) / some)
            _send(office)
    mine, limit, slow = median(ours), median(copied), median(single)
    total = amount // ROUNDS * ROUNDS
    yield Row("S10", f"push of {total:,} operations, each", shown(mine), f"COPY with two streams {shown(limit)}",
              limit / mine, at_least=0.5)
    needed = limit + median(checked)
    yield Row("S10", "the same beside COPY and the check of every signature", shown(mine),
              f"both {shown(needed)}, the check {shown(median(checked))}", needed / mine)
    yield Row("S10", "the same beside a request for each", shown(mine), f"one request each {shown(slow)}",
              slow / mine, at_least=10)
    yield Row("S10", "bytes on the wire, a batch of dossiers", f"{packed // ROUNDS:,} B",
              f"their JSON {plain // ROUNDS:,} B", plain / packed, at_least=9)


def _send(office: WaitingOffice, url: str | None = None) -> None:
    """Everything that waits, as the courier does it."""
    here = office.application
    done = Done()
    book = Book(here.database, here.clock, here.randomness, done)
    with Line(book, here.clock, lambda *_: office.client(url), time.monotonic, done) as line:
        drive(records(office.incarnation), book, line)


def _send_singly(office: WaitingOffice, batch: tuple[Waiting, ...], url: str | None = None) -> None:
    counter = office.application.enrolled
    with office.client(url) as client:
        for each in batch:
            client.push(PushHead(counter.device, counter.epoch, 1, office.incarnation),
                        [PlainItem(each.payload, each.signature)])


def _unsent(office: WaitingOffice, limit: int) -> tuple[Waiting, ...]:
    counter = office.application.enrolled
    with office.application.database.reading() as connection:
        reached = confirmed_seq(connection, counter.device, counter.epoch)
        return waiting(connection, counter, epoch=counter.epoch, after=reached, limit=limit)


def _packed(office: WaitingOffice, batch: tuple[Waiting, ...]) -> bytes:
    counter = office.application.enrolled
    fitting = batch[:MAX_BATCH_OPERATIONS]
    head = PushHead(counter.device, counter.epoch, len(fitting), office.incarnation)
    return pack(head, [PlainItem(each.payload, each.signature) for each in fitting])


def _as_row(office: WaitingOffice, each: Waiting) -> tuple[Any, ...]:
    counter = office.application.enrolled
    hashed = hashlib.sha256(each.payload.encode()).hexdigest()
    return (counter.device, counter.epoch, each.seq, each.op_id, hashed, each.signature, each.payload)


def _check(pool: ThreadPoolExecutor, office: WaitingOffice, batch: tuple[Waiting, ...]) -> None:
    """What a gateway may not leave out, on two processor cores."""
    holds = checker(office.application.enrolled.key.public_key().public_bytes_raw())
    half = len(batch) // 2
    for whole in pool.map(lambda part: all(holds(each.signature, each.payload.encode()) for each in part),
                          (batch[:half], batch[half:])):
        if not whole:
            raise RuntimeError("a signature of our own does not hold")


def copy_rows(pool: ThreadPoolExecutor, streams: tuple[Any, Any], lines: list[tuple[Any, ...]]) -> None:
    def write(connection: Any, mine: list[tuple[Any, ...]]) -> None:
        with connection.cursor() as cursor, cursor.copy("COPY copied FROM STDIN") as copying:
            for line in mine:
                copying.write_row(line)
        connection.commit()

    half = len(lines) // 2
    list(pool.map(write, streams, (lines[:half], lines[half:])))
