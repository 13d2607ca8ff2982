"""Feeds that are harmed at a random moment: the pages handed over are whole, in order, none twice, and one end.

Every feed is a numbered pile through SANE's pnm backend, the real `scanimage`, a real child process and the
window's own `ScanRun`. At a random moment the driver or the child is killed with signal 9 or stopped with SIGSTOP,
the clerk cancels, or the feeder jams. The clock runs a thousand times as fast after the harm, so that a minute of
patience passes at once.

    python -m tests.faults.scanner_faults [--feeds 200] [--seed 1]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from app.devices.scanning.memory_folder import PREFIX, places
from app.devices.scanning.run import ScanRun
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError
from tests.app.devices.scanning.sane_desk import FIRST_WIDTH, SaneDesk, children_of

PAGES = 12
ASKED = ScanSettings(Feed.FEEDER, 75, is_colour=False, most_pages=PAGES)
HARMS = {
    "nothing": {""}, "jam": {"scanner_jammed"}, "cancel": {"scan_cancelled", ""},
    "kill driver": {"scanner_died", ""}, "kill child": {"scanner_died", ""},
    "stop driver": {"scanner_silent", ""}, "stop child": {"scanner_silent", ""},
}
"""What may end a feed that met each; "" where the harm came when the last page was through already."""


@dataclass(slots=True)
class Figures:
    feeds: int = 0
    pages: int = 0
    ends: Counter[str] = field(default_factory=Counter)    # "harm: code"
    out_of_order: int = 0                  # also doubled, and pages left out in the middle
    half: int = 0
    wrong_ends: list[str] = field(default_factory=list)
    incomplete: int = 0                    # ended well with fewer pages than the pile had
    processes_left: int = 0
    folders_left: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.out_of_order or self.half or self.wrong_ends or self.incomplete or self.processes_left
                    or self.folders_left)


class _Clock:
    """The wall's, a thousand times as fast once something was harmed."""

    def __init__(self) -> None:
        self.harmed_at: float | None = None

    def __call__(self) -> float:
        now = time.monotonic()
        return now if self.harmed_at is None else now + 1000 * (now - self.harmed_at)


class _Feed:
    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._clock = _Clock()
        self._run = ScanRun(clock=self._clock)
        self._first_page = threading.Event()
        self.numbers: list[int] = []
        self.ends: list[KnownError | None] = []
        self.pids: list[int] = []

    def scan(self, harm: str, page: int, delay: float) -> None:
        """Start a feed and do `harm` `delay` seconds after `page` pages have come."""
        self._page, self._harm = page, harm
        self._run.start("sane:pnm:0", ASKED, self._on_page, self.ends.append)
        if harm not in ("nothing", "jam") and self._first_page.wait(60):
            threading.Event().wait(delay)      # the random moment
            self._do(harm)
        if not self._run.wait(120):
            raise RuntimeError("a scan did not end")

    def _on_page(self, content: bytes, _: str) -> None:
        if not self.pids and (pid := self._run.child_pid):
            self.pids.append(pid)
        try:
            with Image.open(io.BytesIO(content)) as picture:
                picture.load()
                self.numbers.append(picture.width - FIRST_WIDTH)
        except OSError:
            self._figures.half += 1
        if len(self.numbers) == self._page:
            self._first_page.set()

    def _do(self, harm: str) -> None:
        self._clock.harmed_at = time.monotonic()
        if harm == "cancel":
            self._run.cancel()
            return
        verb, _, whom = harm.partition(" ")
        child = self._run.child_pid
        number = signal.SIGKILL if verb == "kill" else signal.SIGSTOP
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            if child is not None:
                targets = [child] if whom == "child" else _all_below(child)
                for target in targets:
                    os.kill(target, number)


def run(feeds: int, seed: int, folder: Path) -> Figures:
    """`feeds` feeds in `folder`, harmed as `seed` says."""
    chance, found = random.Random(seed), Figures()
    desk = SaneDesk(folder / "desk")
    before = dict(os.environ)
    os.environ.update(desk.environment)
    try:
        for number in range(feeds):
            harm = list(HARMS)[number % len(HARMS)]
            jam_after = chance.randrange(1, PAGES)
            if harm == "jam":
                desk.jammed_pile(jam_after)
            else:
                desk.numbered_pile(PAGES)
            feed = _Feed(found)
            feed.scan(harm, chance.randrange(1, PAGES), chance.random() * 0.05)
            _judge(found, feed, harm, jam_after if harm == "jam" else PAGES)
    finally:
        os.environ.clear()
        os.environ.update(before)
    return found


def _judge(found: Figures, feed: _Feed, harm: str, most: int) -> None:
    found.feeds += 1
    found.pages += len(feed.numbers)
    codes = ["" if end is None else end.code for end in feed.ends]
    found.ends.update(f"{harm}: {code or 'all well'}" for code in codes)
    found.out_of_order += feed.numbers != list(range(1, len(feed.numbers) + 1))
    found.incomplete += codes in ([""], ["scanner_jammed"]) and len(feed.numbers) != most
    if len(codes) != 1 or codes[0] not in HARMS[harm]:
        found.wrong_ends.append(f"{harm}: {codes}")
    if feed.ends[0] is not None and feed.ends[0].values.get("pages") != len(feed.numbers):
        found.wrong_ends.append(f"{harm}: told {feed.ends[0].values.get('pages')} of {len(feed.numbers)} pages")
    for pid in feed.pids:
        end = time.monotonic() + 10            # a killed driver takes a moment to be gone
        while (alive := _alive_in_group(pid)) and time.monotonic() < end:
            os.sched_yield()
        found.processes_left += alive
        found.folders_left += sum(1 for place in places() for _ in place.glob(f"{PREFIX}{pid}-*"))


def _all_below(pid: int) -> list[int]:
    return [each for child in children_of(pid) for each in (child, *_all_below(child))]


def _alive_in_group(group: int) -> int:
    """Processes of the group that still run; what was killed and only waits to be read does not."""
    alive = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = entry.read_text().rpartition(")")[2].split()[:3]
            alive += int(its_group) == group and state not in "ZX"
    return alive


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(asked.feeds, asked.seed, Path(folder))
    print(f"feeds {found.feeds}, pages handed over {found.pages}")
    print(f"out of order or doubled {found.out_of_order}, half {found.half}, missing {found.incomplete}")
    print(f"processes left {found.processes_left}, folders left {found.folders_left}")
    for end, count in sorted(found.ends.items()):
        print(f"  {end:32} {count}")
    for wrong in found.wrong_ends:
        print(f"  WRONG {wrong}")
    print("clean" if found.is_clean else "VIOLATED")
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
