"""S12: scans over 1 Mbit/s, 200 ms there and back, 2 % of the pieces lost; and with the courier killed on the way.

The limit is the line itself: the bytes of the scans at its rate, nothing around them. Ours is a whole contact:
hello, records, feed, the question what is there, every chunk synced to the gateway's disk before it is answered.
What travelled counts both ways, with every header and whatever had to be sent twice.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from app.services import courier
from sync.engine import run_once
from tests.benchmarks.ground import Ground
from tests.benchmarks.slow_line import SlowLine, slow_line
from tests.benchmarks.table import Row, seconds, shown
from tests.benchmarks.waiting_office import WaitingOffice, waiting_office
from tests.gateway_process import running_gateway
from tests.postgres import PostgresMissing, running_postgres
from tests.sync.client.scans import file_scans, scan

BITS, ROUND_TRIP, LOSS = 1_000_000, 0.2, 0.02
SCAN = 300_000                         # a scanned page of text in grey
LIFE = 6.0, 12.0                       # seconds that a courier lives before it is killed


def rows(ground: Ground) -> Iterator[Row]:
    folder = ground.folder / "files"
    size = max(40_000, int(SCAN * min(1.0, ground.share * 10)))
    amount = ground.rounds(20, 2)
    try:
        with running_postgres(durable=True) as server:
            url = server.create_database()
            with running_gateway(folder / "gateway", url) as gateway, waiting_office(folder, gateway) as office:
                run_once(office.application.database, office.application.clock)      # what there was before
                yield from _steady(office, amount, size)
                yield _killed(office, folder, amount, size)
    except PostgresMissing as missing:
        print(f"… {missing}")


def _steady(office: WaitingOffice, amount: int, size: int) -> Iterator[Row]:
    payload = _file(office, amount, size, first=1)
    floor = payload * 8 / BITS
    with _line(office) as line:
        taken = seconds(lambda: _send_all(office))
    travelled = line.carried["up"] + line.carried["down"]
    yield Row("S12", f"{amount} scans of {size:,} B at 1 Mbit/s, 200 ms, 2 % lost", shown(taken),
              f"line rate {shown(floor)}", floor / taken, at_least=0.9)
    yield Row("S12", "what travelled for them", f"{travelled:,} B", f"the scans {payload:,} B",
              travelled / payload, at_most=1.06)


def _killed(office: WaitingOffice, folder: Path, amount: int, size: int) -> Row:
    payload = _file(office, amount, size, first=1001)
    noise, lives = random.Random(12), 0
    with _line(office) as line:
        while _waiting(office):
            lives += 1
            _live(folder, noise.uniform(*LIFE))
    travelled = line.carried["up"] + line.carried["down"]
    return Row("S12", f"with the courier killed {lives - 1} times, every 6–12 s", f"{travelled:,} B",
               f"the scans {payload:,} B", travelled / payload, at_most=1.10)


@contextmanager
def _line(office: WaitingOffice) -> Iterator[SlowLine]:
    """The slow line, with the office sent over it while the block runs."""
    target = urlsplit(office.url)
    with slow_line((target.hostname or "", target.port or 0), bits_per_second=BITS, round_trip=ROUND_TRIP,
                   loss=LOSS) as line:
        _move(office, f"http://127.0.0.1:{line.port}")
        try:
            yield line
        finally:
            _move(office, office.url)


def _move(office: WaitingOffice, url: str) -> None:
    with office.application.database.writing() as connection:
        courier.move_gateway(connection, url)


def _file(office: WaitingOffice, amount: int, size: int, *, first: int) -> int:
    for seed in range(first, first + amount):
        file_scans(office.application, scan(size, seed))
    return amount * size


def _waiting(office: WaitingOffice) -> int:
    application = office.application
    with application.database.reading() as connection:
        return courier.outbox(connection, application.enrolled).files_waiting


def _send_all(office: WaitingOffice) -> None:
    application = office.application
    while _waiting(office):
        run_once(application.database, application.clock, blobs=application.blobs)


def _live(folder: Path, life: float) -> None:
    """A courier in a process of its own, until nothing waits or its time is over."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.file_courier", str(folder / "office"), str(folder / "keys")],
        stdin=subprocess.DEVNULL, env=os.environ.copy(),
    )
    try:
        process.wait(life)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
