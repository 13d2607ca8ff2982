"""S12: scans over 1 Mbit/s, 200 ms there and back, 2 % lost, with the courier killed again and again.

What travelled counts both ways above TCP, with every header and whatever had to be sent twice. `thin_line` has the
same line without the kills, and slower ones.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from app.services import courier
from sync.engine import run_once
from tests.benchmarks.ground import Ground
from tests.benchmarks.link import OFFICE
from tests.benchmarks.table import Row
from tests.benchmarks.thin_line import line_to
from tests.benchmarks.waiting_office import WaitingOffice, waiting_office
from tests.gateway_process import running_gateway
from tests.postgres import PostgresMissing, running_postgres
from tests.sync.client.scans import file_scans, scan

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
                yield _killed(office, folder, amount, size)
    except PostgresMissing as missing:
        print(f"… {missing}")


def _killed(office: WaitingOffice, folder: Path, amount: int, size: int) -> Row:
    payload = _file(office, amount, size, first=1001)
    noise, lives = random.Random(12), 0
    with line_to(office, OFFICE) as (kind, line):
        while _waiting(office):
            lives += 1
            _live(folder, noise.uniform(*LIFE))
    travelled = line.carried["up"] + line.carried["down"]
    return Row("S12", f"with the courier killed {lives - 1} times, every 6–12 s ({kind})", f"{travelled:,} B",
               f"the scans {payload:,} B", travelled / payload, at_most=1.10)


def _file(office: WaitingOffice, amount: int, size: int, *, first: int) -> int:
    for seed in range(first, first + amount):
        file_scans(office.application, scan(size, seed))
    return amount * size


def _waiting(office: WaitingOffice) -> int:
    application = office.application
    with application.database.reading() as connection:
        return courier.outbox(connection, application.enrolled).files_waiting


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
