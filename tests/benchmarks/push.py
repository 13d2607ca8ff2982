"""S10: a counter's backlog into custody, beside PostgreSQL's own COPY of the same rows and one request each.

A real gateway process on a real PostgreSQL with fsync on, two counters at once over HTTP with `requests`; COPY has
two streams too and loads the same rows into a table with the same indexes. What the gateway does and COPY does
not: HTTP, gzip, a signature and a link of the chain checked for every operation, a verdict, gap-free feed
positions. `floor` is the time that checking the signatures alone takes on both cores: no server can be quicker.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from sync.contract.push import pack
from sync.gateway.times import business_day
from tests.benchmarks.table import Row, median, shown
from tests.gateway_process import office, running_gateway
from tests.postgres import PostgresServer, running_postgres
from tests.sync.gateway.conftest import HttpLine
from tests.sync.gateway.counterpart import FakeCounter, Op

OPERATIONS = 10_000
STREAMS = 2
ROUNDS = 3
LARGE = 1_000
SINGLE_SAMPLE = 1_000
_SLOT = 499                        # numbers a counter has on one day; the backlog goes over several days


@dataclass
class Seconds:
    large: list[float]
    default: list[float]
    single: list[float]
    copy: list[float]
    floor: list[float]


def rows() -> Iterator[Row]:
    yield from bench_push()


def bench_push(operations: int = OPERATIONS, rounds: int = ROUNDS) -> Iterator[Row]:
    """The table's lines; about two minutes."""
    with running_postgres(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        taken = _measure(server, Path(folder), operations, rounds)
    ours, copy = median(taken.large), median(taken.copy)
    what = f"push of {operations:,} operations, {STREAMS} streams"
    yield Row("S10", f"{what}, {LARGE} a batch", shown(ours), f"COPY {shown(copy)}", copy / ours, at_least=0.5)
    default = median(taken.default)
    yield Row("S10", f"{what}, 100 a batch", shown(default), f"COPY {shown(copy)}", copy / default, at_least=0.5)
    single = median(taken.single)
    yield Row("S10", f"{what}, {LARGE} a batch", shown(ours), f"one request each {shown(single)}", single / ours,
              at_least=10)
    floor = median(taken.floor)
    yield Row("S10", "the same beside checking the signatures alone", shown(ours), f"floor {shown(floor)}",
              ours / floor, at_most=2)


def _measure(server: PostgresServer, folder: Path, operations: int, rounds: int) -> Seconds:
    taken = Seconds([], [], [], [], [])
    for number in range(rounds):
        url = server.create_database()
        counters = [f"Quầy {n}" for n in range(1, 7)]
        with running_gateway(folder / str(number), url, office(counters=counters)) as process:
            lines = [HttpLine(process.url) for _ in counters]
            fakes = [FakeCounter(line) for line in lines]
            for name, fake in zip(counters, fakes, strict=True):
                fake.enrol(process.mint_code("bc-mau", name))
            half = operations // STREAMS
            written = [[_dossier(fake, n) for n in range(half)] for fake in fakes[:4]]
            single = [[_dossier(fake, n) for n in range(SINGLE_SAMPLE // STREAMS)] for fake in fakes[4:]]
            taken.large.append(_streams(*(_pusher(fakes[n], written[n], LARGE) for n in (0, 1))))
            copied = _rows_of(url, [fake.device for fake in fakes[:2]])
            taken.copy.append(_copy(url, copied))
            taken.default.append(_streams(*(_pusher(fakes[n], written[n], 100) for n in (2, 3))))
            sample = _streams(*(_pusher(fakes[n], single[n - 4], 1) for n in (4, 5)))
            taken.single.append(sample * operations / SINGLE_SAMPLE)
            taken.floor.append(_streams(*(_checker(fakes[n], written[n]) for n in (0, 1))))
            for line in lines:
                line.close()
        server.drop_database(url)
    return taken


def _dossier(fake: FakeCounter, n: int) -> Op:
    """One received dossier of the usual size; invented people."""
    noise = random.Random(n)
    day = business_day(datetime.now(UTC)) + timedelta(n // _SLOT)
    number = fake.number(fake.first_number("cong-an") + n % _SLOT, day=day)
    person = {"full_name": f"NGUYỄN THỊ MẪU {n}", "personal_id": f"{noise.randrange(10**12):012d}",
              "dob": "1990-01-01", "address": "Thôn Thử, xã Mẫu, tỉnh Thử",
              "phone": f"09{noise.randrange(10**8):08d}"}
    papers = [{"requirement": f"gt-{k}", "name": "Bản sao có chứng thực giấy tờ tùy thân", "originals": 1,
               "certified": k, "copies": 2} for k in range(4)]
    return fake.write(number=number, body={
        "dossier": {"procedure": "1.002.003", "name": "Thủ tục thử để đo tốc độ", "applicant": person,
                    "submitter": person, "papers": papers, "fees": [{"id": "lp", "amount": 200_000}],
                    "due": {"at": "2026-10-01T10:00:00.000Z", "steps": ["nhận", "cộng 5 ngày làm việc"]}},
        "clerk_name": "Trần Thị Mẫu", "lease_number": n,
    })


def _pusher(fake: FakeCounter, written: Sequence[Op], size: int) -> Callable[[], None]:
    def work() -> None:
        for start in range(0, len(written), size):
            items = [op.item for op in written[start:start + size]]
            answer = fake.push_body(pack(fake.head(len(items)), items))
            assert all(item.outcome == "taken" for item in answer.items)
    return work


def _checker(fake: FakeCounter, written: Sequence[Op]) -> Callable[[], None]:
    public = fake.key.public_key()
    signed = [(op.signature, op.payload.encode()) for op in written]

    def work() -> None:
        for signature, payload in signed:
            public.verify(signature, payload)
    return work


def _rows_of(url: str, devices: Sequence[str]) -> list[list[tuple[object, ...]]]:
    with psycopg.connect(url) as connection:
        return [connection.execute("SELECT * FROM operations WHERE device = %s ORDER BY seq", (device,)).fetchall()
                for device in devices]


def _copy(url: str, streams: Sequence[Sequence[tuple[object, ...]]]) -> float:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE peer (LIKE operations INCLUDING ALL)")
    connections = [psycopg.connect(url) for _ in streams]

    def load(connection: psycopg.Connection[tuple[object, ...]], stream: Sequence[tuple[object, ...]]) -> None:
        with connection.cursor() as cursor, cursor.copy("COPY peer FROM STDIN") as copy:
            for row in stream:
                copy.write_row(row)
        connection.commit()

    seconds = _streams(*(
        (lambda c=c, s=s: load(c, s)) for c, s in zip(connections, streams, strict=True)  # type: ignore[misc]
    ))
    for connection in connections:
        connection.close()
    return seconds


def _streams(*works: Callable[[], None]) -> float:
    with ThreadPoolExecutor(len(works)) as threads:
        started = time.perf_counter()
        for done in [threads.submit(work) for work in works]:
            done.result()
        return time.perf_counter() - started


if __name__ == "__main__":
    from tests.benchmarks.table import print_table
    print_table(rows())
