"""Files made to hurt, given to the light table: `python -m tests.faults.bombs [--only WORD]`.

Each file goes the way an imported file goes: taken apart, its first pages prepared and shown. It must be refused
with a known code or shown, in time, with the light table's processes under their memory limit, while a window's
clock in the same process never stands still. Exit code 1 when one is not.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.scanning import Treatment
from app.errors import KnownError
from app.imaging.table_process import LightTable
from tests.faults.bomb_pdfs import all_bombs

MOST_MEMORY = 512 << 20
MOST_STEP = 15.0                           # seconds: the job's ten, and time to start a process
MOST_STILL = 0.2                           # seconds between two ticks of the window's clock
T = TypeVar("T")

_LOOKED_AT = 3                             # pages prepared and shown of each file
_FORBIDDEN = ("light_table_failed", "light_table_closed", "light_table_not_started")


@dataclass(frozen=True)
class Outcome:
    name: str
    bytes: int
    verdict: str                           # a code, or "shown: n pages"
    slowest: float                         # seconds of the slowest job
    memory: int                            # most bytes resident in a process of the light table

    @property
    def is_well(self) -> bool:
        is_said = not any(code in self.verdict for code in _FORBIDDEN)
        return is_said and self.memory < MOST_MEMORY and self.slowest < MOST_STEP


def set_off(names: Iterable[str]) -> Iterator[Outcome]:
    """Give each named file to a light table of its own."""
    for name in names:
        content = made(name)
        with _Memory() as memory, LightTable(children=1) as table:
            verdict, slowest = _given(content, table)
        yield Outcome(name, len(content), verdict, slowest, max(memory.most, table.peak))


def made(name: str) -> bytes:
    """The file, made in a process of its own: making it costs more than the light table may."""
    command = f"import sys, tests.faults.bomb_pdfs as b; sys.stdout.buffer.write(b.all_bombs()[{name!r}]())"
    return subprocess.run([sys.executable, "-c", command], stdout=subprocess.PIPE, check=True).stdout


def _given(content: bytes, table: LightTable) -> tuple[str, float]:
    """What became of the file, and the seconds of its slowest job."""
    steps = _Steps()
    pages, refused = 0, ""
    try:
        rest = table.split(content)
        while (page := steps.timed(lambda: next(rest, None))) is not None:
            pages += 1
            if pages <= _LOOKED_AT:
                shown = page.content
                steps.timed(lambda shown=shown: table.prepare(shown, Treatment("text")))
                steps.timed(lambda shown=shown: table.preview(shown, 1200))
    except KnownError as error:
        refused = str(error)
    counted = f"shown: {pages} pages" if pages else ""
    return " then ".join(each for each in (counted, refused) if each), steps.slowest


class _Steps:
    def __init__(self) -> None:
        self.slowest = 0.0

    def timed(self, step: Callable[[], T]) -> T:
        started = time.monotonic()
        try:
            return step()
        finally:
            self.slowest = max(self.slowest, time.monotonic() - started)


class _Memory:
    """Looks at the processes that this one has started, also at those that do not live to tell."""

    def __init__(self) -> None:
        self.most = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, name="memory")

    def __enter__(self) -> _Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.01):
            for child in _children():
                self.most = max(self.most, _peak(child))


def _children() -> list[str]:
    found: list[str] = []
    for each in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += each.read_text().split()
    return found


def _peak(process: str) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text()
        if "app.imaging.child" not in Path(f"/proc/{process}/cmdline").read_text():
            return 0                       # between fork and exec it still shows this process's memory
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) * 1024 if found else 0


def beside_a_window(work: Callable[[], None]) -> float:
    """Run `work` in a thread while the window's event loop ticks; the longest that the loop stood still."""
    application = QCoreApplication.instance() or QApplication(["bombs"])
    longest, last = 0.0, time.monotonic()

    def tick() -> None:
        nonlocal longest, last
        now = time.monotonic()
        longest, last = max(longest, now - last), now
        if not worker.is_alive():
            application.quit()

    worker = threading.Thread(target=work, name="bombs")
    clock = QTimer()
    clock.setInterval(5)
    clock.timeout.connect(tick)
    clock.start()
    worker.start()
    last = time.monotonic()
    application.exec()
    worker.join()
    clock.stop()
    return longest


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m tests.faults.bombs", description=__doc__)
    options.add_argument("--only", default="", help="a part of the names of the files to try")
    only = options.parse_args(arguments).only
    names = [name for name in all_bombs() if only in name]
    outcomes: list[Outcome] = []

    def work() -> None:
        for outcome in set_off(names):
            outcomes.append(outcome)
            mark = " " if outcome.is_well else "!"
            print(
                f"{mark} {outcome.name:32} {outcome.bytes / 1024:10,.0f} KB {outcome.slowest:6.2f} s "
                f"{outcome.memory >> 20:4} MB  {outcome.verdict}", flush=True,
            )

    still = beside_a_window(work)
    bad = [outcome.name for outcome in outcomes if not outcome.is_well]
    print(
        f"{len(outcomes)} of {len(names)} files; slowest job {max(each.slowest for each in outcomes):.1f} s; "
        f"most memory {max(each.memory for each in outcomes) >> 20} MB; "
        f"the window stood still {still * 1000:.0f} ms at most; not well: {', '.join(bad) or 'none'}"
    )
    return 1 if bad or len(outcomes) < len(names) or still > MOST_STILL else 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(sys.argv[1:]))
