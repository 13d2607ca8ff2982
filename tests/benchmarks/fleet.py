"""S13 and P27: a whole fleet comes back after three days without a line, all within the same few seconds.

Every counter is real but for its book: enrolled by code, with its own key, chain, leases and signed requests, two
to an office. What they wrote was signed and packed before the clock starts. A fifth of all requests may be turned
away for a second by a front that is overloaded; the counter obeys within its contact, as the core does, and else
comes back as the engine does, with full jitter.

Shown: whether everything is there once, how long it took against PostgreSQL's own COPY of the same rows, how many
requests it cost against those that were needed, how long somebody waits who only wants to see the feed, and how
much memory and how many connections the gateway took.

    python -m tests.benchmarks --only fleet                 250 counters × 2,000 dossiers, 1,000 counters × 200
    python -m tests.benchmarks --only fleet --share 0.1     the same counters with a tenth of the dossiers
"""

from __future__ import annotations

import asyncio
import random
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from sync.gateway.codes import mint_code
from sync.gateway.offices import keep_office
from sync.gateway.opening import open_gateway
from sync.gateway.process import GatewayProcess
from tests.benchmarks.fleet_counter import FleetCounter
from tests.benchmarks.fleet_line import Tally
from tests.benchmarks.fleet_watcher import watched
from tests.benchmarks.ground import Ground
from tests.benchmarks.push import LIMIT_TABLE, copy_rows
from tests.benchmarks.table import Row, median, p99, shown
from tests.gateway_process import office as office_file
from tests.postgres import PostgresMissing, PostgresServer, running_postgres

OFFICE_COUNTERS = 2
WITHIN = 10.0
"""Seconds in which all of them notice that the line is back."""

BUSY = 0.2


@dataclass
class Figures:
    counters: int
    dossiers: int
    seconds: float = 0.0
    lost: int = 0
    doubled: int = 0
    undrained: int = 0
    troubles: int = 0
    pulls: list[float] = field(default_factory=list)
    memory: int = 0                                # bytes, the gateway's most
    files: int = 0                                 # of the gateway, open at once: connections and a few more
    databases: int = 0                             # connections to PostgreSQL at once


def rows(ground: Ground) -> Iterator[Row]:
    few = ground.share < 0.05
    _more_files()
    try:
        with running_postgres(durable=True) as server:
            yield from _back(
                ground.folder / "fleet-250", server, 4 if few else 250, ground.rounds(2_000, 20), 0.0)
            yield from _back(
                ground.folder / "fleet-1000", server, 3 if few else 1_000, ground.rounds(200, 10), BUSY)
    except PostgresMissing as missing:
        print(f"… {missing}")


def _back(
    folder: Path, server: PostgresServer, counters: int, dossiers: int, busy: float,
) -> Iterator[Row]:
    url = server.create_database()
    process = GatewayProcess(folder, url)
    process.start()
    try:
        tally = Tally(busy)
        found, written = asyncio.run(_fleet(process, url, folder, counters, dossiers, tally))
    finally:
        process.stop()
    copied = _copy(server.create_database(), written)
    name = f"{counters:,} counters × {dossiers:,} dossiers"
    total = counters * dossiers
    yield Row("S13", f"{name}{f', {busy:.0%} turned away' if busy else ''}",
              f"{total / found.seconds:,.0f}/s in {found.seconds:.0f} s", f"COPY {len(written) / copied:,.0f}/s",
              (total / found.seconds) / (len(written) / copied), at_least=None if busy else 0.8)
    yield Row("S13", "lost, doubled, not drained, unexpected answers",
              f"{found.lost} {found.doubled} {found.undrained} {found.troubles}", "0 0 0 0",
              1.0 + found.lost + found.doubled + found.undrained + found.troubles, at_most=1.0)
    asked, fewest = sum(tally.asked.values()), _needed(tally) / (1 - busy)
    yield Row("P27", "requests against the fewest that would do", f"{asked:,}",
              f"{_needed(tally):,} needed{f', {fewest:,.0f} with {busy:.0%} turned away' if busy else ''}",
              asked / fewest, at_most=1.3)
    yield Row("P27", "requests against those needed alone", f"{asked:,}", f"{_needed(tally):,} needed",
              asked / _needed(tally))
    yield Row("P27", "who looks at the feed meanwhile, p99", shown(p99(found.pulls)),
              f"median {shown(median(found.pulls))}, at most 2 s", p99(found.pulls) / 2.0, at_most=1.0)
    yield Row("P27", "the gateway's memory", f"{found.memory / 2**20:,.0f} MB", "at most 512 MB",
              found.memory / 2**29, at_most=1.0)
    yield Row("P27", "connections to the database at once", f"{found.databases}",
              f"{tally.open_most:,} counters at once, {found.files:,} open files",
              found.databases / tally.open_most)


def _needed(tally: Tally) -> int:
    """One hello a counter, every batch once, every page of the feed once."""
    return tally.answered - (tally.asked["hello"] - tally.busy["hello"]) + tally.first_hellos


async def _fleet(
    process: GatewayProcess, database: str, folder: Path, counters: int, dossiers: int, tally: Tally,
) -> tuple[Figures, list[tuple[Any, ...]]]:
    codes = _codes(folder, database, counters)
    noise = random.Random(13)
    fleet, written = [], []
    for agency, code in codes:
        counter = FleetCounter(process.url, tally, random.Random(noise.random()), agency)
        written += counter.write(await counter.enrol(code), dossiers)
        fleet.append(counter)
    watcher, kept = fleet.pop(), len(written) - dossiers
    figures = Figures(counters, dossiers)
    tally.first_hellos = len(fleet)
    ending = asyncio.Event()
    with watched(watcher, figures.pulls):
        beside = asyncio.create_task(_measure(process, database, figures, ending))
        began = time.perf_counter()
        await asyncio.gather(*(counter.come_back(min(WITHIN, counters / 25)) for counter in fleet))
        figures.seconds = time.perf_counter() - began
        ending.set()
        await beside
    figures.undrained = sum(not counter.is_drained for counter in fleet)
    figures.troubles = sum(len(counter.troubles) for counter in fleet)
    for counter in fleet:
        for trouble in counter.troubles[:3]:
            print(f"… {counter.device}: {trouble}", file=sys.stderr)
    figures.lost, figures.doubled = _counted(database, written[:kept])
    return figures, written[:kept]


def _codes(folder: Path, database: str, counters: int) -> list[tuple[str, str]]:
    """So many counters in offices of two, and one more that only looks: (identifier of the agency, code)."""
    opened = open_gateway(folder, database, datetime.now(UTC))
    codes = []
    try:
        for number in range((counters + OFFICE_COUNTERS) // OFFICE_COUNTERS + 1):
            agency, names = f"H{10 + number // 90}.{10 + number % 90}", [f"Quầy {n}" for n in (1, 2)]
            with opened.database.writing() as connection:
                keep_office(connection, office_file(
                    id=f"bc-{number}", counters=names,
                    agencies=[{"id": f"ca-{number}", "name": f"Công an xã Thử {number}", "code": agency,
                               "slots": 4}],
                ))
                codes += [(agency, mint_code(connection, opened.seal, f"bc-{number}", name, datetime.now(UTC),
                                             random.choice)) for name in names]
    finally:
        opened.database.close()
    return codes[:counters + 1]


async def _measure(process: GatewayProcess, database: str, figures: Figures, ending: asyncio.Event) -> None:
    assert process._process is not None
    place = Path(f"/proc/{process._process.pid}")
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        while not ending.is_set():
            status = (place / "status").read_text()
            figures.memory = max(figures.memory, int(status.split("VmRSS:")[1].split()[0]) * 1024)
            figures.files = max(figures.files, len(list((place / "fd").iterdir())))
            found = await (await connection.execute(query)).fetchone()
            figures.databases = max(figures.databases, (found[0] if found else 1) - 1)
            await asyncio.sleep(0.25)


def _counted(database: str, written: list[tuple[Any, ...]]) -> tuple[int, int]:
    """How many are missing, how many are there more than once."""
    with psycopg.connect(database) as connection:
        held = connection.execute("SELECT device, epoch, seq, hash FROM operations").fetchall()
    wanted = {(*row[:3], row[4]) for row in written}
    mine = [row for row in held if row in wanted]
    return len(wanted) - len(set(mine)), len(held) - len(set(held))


def _copy(database: str, written: list[tuple[Any, ...]]) -> float:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(LIMIT_TABLE)
    with psycopg.connect(database) as one, psycopg.connect(database) as two, ThreadPoolExecutor(2) as pool:
        began = time.perf_counter()
        copy_rows(pool, (one, two), written)
        return time.perf_counter() - began


def _more_files() -> None:
    """A thousand connections from one process."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
