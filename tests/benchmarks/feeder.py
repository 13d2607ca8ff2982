"""S14 in life: a feeder of 60 pages a minute, each page stored, prepared and stored again while the next comes.

network scanner (its own process) → scanning child → this process: file and row → light table, two children →
file and row. As in the window, but for the window. The feeder does not wait: a page not fetched in time is late.
"""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.bootstrap import Application
from app.devices.scanning.run import ScanRun
from app.domain.scanned_page import ScannedPage
from app.domain.scanning import Feed, ScanSettings, Treatment
from app.errors import KnownError
from app.imaging.table_process import LightTable
from app.services.scan_tray import keep_page, note_failure, note_prepared
from tests.benchmarks.feeder_scanner import DPI, feeder_scanner
from tests.benchmarks.ground import Ground
from tests.benchmarks.table import Row
from tests.office import MORNING, make_office

PAGES_PER_MINUTE = 60.0
CHILDREN = 2
_TREATMENT = Treatment("text")


@dataclass
class Feeding:
    """What became of one pile. Times in seconds; `memory` in bytes, of this process, the scanning child and the
    light table, after each prepared page."""

    started: float
    fed: list[float] = field(default_factory=list)         # a page is in the book
    prepared: list[float] = field(default_factory=list)    # and its prepared picture, too
    memory: list[int] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)      # codes of pages that could not be prepared
    most_waiting: int = 0
    end: KnownError | None = None

    @property
    def waiting_at_the_end(self) -> int:
        """Pages that were not prepared when the last one came."""
        return sum(done > self.fed[-1] for done in self.prepared)

    @property
    def kept_per_minute(self) -> float:
        """From the first prepared page to the last."""
        return (len(self.prepared) - 1) * 60 / (self.prepared[-1] - self.prepared[0])

    @property
    def growth(self) -> float:
        """Memory in the last fifth of the pile beside the second: the first fills caches."""
        fifth = max(1, len(self.memory) // 5)
        return statistics.median(self.memory[-fifth:]) / statistics.median(self.memory[fifth:2 * fifth])


def rows(ground: Ground) -> Iterator[Row]:
    pages = ground.pages or ground.rounds(60, at_least=4)
    fed = feed(ground.folder / "feeder", pages)
    yield Row(
        "S14", f"{pages} pages at {PAGES_PER_MINUTE:.0f} a minute: stored, prepared, stored",
        f"{fed.kept_per_minute:.1f} a minute", f"{PAGES_PER_MINUTE:.0f} fed",
        fed.kept_per_minute / PAGES_PER_MINUTE, at_least=0.97,
    )
    yield Row(
        "S14", f"pages not prepared when the last was stored; {len(fed.failures)} failed",
        str(fed.waiting_at_the_end), f"{fed.most_waiting} at most", fed.waiting_at_the_end / CHILDREN, at_most=1.5,
    )
    yield Row(
        "S14", "memory of all processes, last fifth of the pile", f"{fed.memory[-1] / 1e6:.0f} MB",
        "the second fifth", fed.growth, at_most=1.1,
    )


def feed(folder: Path, pages: int, pages_per_minute: float = PAGES_PER_MINUTE) -> Feeding:
    """Feed a pile of `pages` through everything; raises what ended it early."""
    folder.mkdir()
    application = make_office(folder / "office").application
    try:
        with (
            feeder_scanner(pages, pages_per_minute) as (source, scanner), LightTable(children=CHILDREN) as table,
            ThreadPoolExecutor(CHILDREN) as hands,
        ):
            table.warm_up()
            seen = _fed(application, table, hands, source, scanner)
    finally:
        application.close()
    if seen.end is not None or len(seen.fed) != pages or len(seen.prepared) < 2:
        raise AssertionError(f"{len(seen.fed)} of {pages} pages: {seen.end} {seen.failures}")
    return seen


def _fed(
    application: Application, table: LightTable, hands: ThreadPoolExecutor, source: str, scanner: int,
) -> Feeding:
    seen = Feeding(time.monotonic())
    counting = threading.Lock()
    works: list[Future[None]] = []

    def on_page(content: bytes, mime: str) -> None:
        number = len(seen.fed) + 1
        with application.database.writing() as connection:
            page = keep_page(
                connection, application.blobs, page_id=f"page-{number:06}", intent="pile", batch="pile",
                ordinal=number, source=source, content=content, mime=mime, now=MORNING,
            )
        with counting:
            seen.fed.append(time.monotonic())
            seen.most_waiting = max(seen.most_waiting, len(seen.fed) - len(seen.prepared) - len(seen.failures))
        works.append(hands.submit(prepare, page))

    def prepare(page: ScannedPage) -> None:
        try:
            made = table.prepare(application.blobs.read(page.original.sha256), _TREATMENT)
        except KnownError as error:                        # as in the window: the original stays, the pile goes on
            with application.database.writing() as connection:
                note_failure(connection, page.id, error.code)
            with counting:
                seen.failures.append(error.code)
            return
        with application.database.writing() as connection:
            note_prepared(
                connection, application.blobs, page.id, made.content, made.mime, made.thumbnail, made.finding)
        with counting:
            seen.prepared.append(time.monotonic())
            seen.memory.append(_resident(os.getpid(), scanner))

    def on_end(error: KnownError | None) -> None:
        seen.end = error

    run = ScanRun()
    run.start(source, ScanSettings(Feed.FEEDER, DPI), on_page, on_end)
    run.wait()
    for work in works:
        work.result()
    return seen


def _resident(pid: int, scanner: int) -> int:
    """Bytes in memory of a process and all it started, the scanner left out; shared pages counted once."""
    total = 0
    with suppress(OSError):                                # one that ends while it is looked at has none
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(
                _resident(int(child), scanner) for child in (task / "children").read_text().split()
                if int(child) != scanner
            )
    return total
