"""The power goes at every single write: what was promised is there, on a whole book, whatever the disk kept.

The real program works on the real book under strace (`power_day`); from its calls the folder is built again as it
would be found had the power gone after each of them: everything kept, everything unsynced lost, the last write
torn, and random sectors and names of what was not synced. The product opens each; checked are: every paper, print,
page, document and day that was said before is there, the file is whole, chain and signatures hold, nothing is
half, replaying the journal gives the same tables, no row without its file, and the next dossier gets a new number.

    python -m tests.faults.power_cuts                    every write, kept, lost and torn, both kinds of book
    python -m tests.faults.power_cuts --variants 100     and a hundred random mixtures at each
    python -m tests.faults.power_cuts --lies             rules left out: each must be found
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.faults import power_day
from tests.faults.disk_log import SAID, Call, Said, read_log, record
from tests.faults.power_checks import Judge
from tests.faults.powerless_disk import Disk, Image, read_folder, write_image

MEMORY = Path("/dev/shm")


@dataclass(slots=True)
class Figures:
    calls: int = 0
    images: int = 0
    different: int = 0                     # states of the book that were looked at in full
    said: int = 0                          # promises made until the end
    violations: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return not self.violations and self.images > 0 and self.said > 0

    def add(self, other: Figures) -> None:
        self.images += other.images
        self.different += other.different
        self.violations += other.violations


@dataclass(frozen=True, slots=True)
class Recording:
    scenario: str
    book: str
    before: Image
    promised: list[str]                    # papers that were out when it began
    calls: list[Call]


def recorded(scenario: str, book: str, folder: Path, *, receptions: int = 3, lie: str = "") -> Recording:
    """The scenario, lived once from beginning to end."""
    root = folder / "root"
    root.mkdir()
    promised = power_day.prepare(root, scenario, book)
    before = read_folder(root)
    log = folder / "log"
    record([sys.executable, "-m", power_day.__name__, str(root), scenario, book, lie, str(receptions)], log)
    calls = read_log(log, root, before)
    _compare(before, calls, root)
    log.unlink()
    shutil.rmtree(root)
    return Recording(scenario, book, before, promised, calls)


def _compare(before: Image, calls: Sequence[Call], root: Path) -> None:
    """The calls give the folder that the program left, keys and witness too; else the model misses something."""
    disk = Disk(before)
    for call in calls:
        disk.take(call)
    rebuilt, left = disk.kept(), {path: raw for path, raw in read_folder(root).items() if path != SAID}
    wrong = sorted(path for path in rebuilt.keys() | left.keys() if rebuilt.get(path) != left.get(path))
    assert not wrong, f"rebuilt otherwise than the program left it: {wrong}"


def cut(recording: Recording, folder: Path, *, share: tuple[int, int] = (0, 1), mixtures: int = 0, seed: int = 1,
        every: int = 1, is_first_enough: bool = False) -> Figures:
    """The power goes after each call (after one of `every`); `share` (i, n): only the i-th of n parts of them.

    `is_first_enough`: ends with the first violation, where one is wanted.
    """
    figures = Figures()
    part, parts = share
    noise = random.Random(f"{seed}/{part}")
    judge = Judge(recording.promised)
    disk = Disk(recording.before)
    with power_day.plain_book(recording.book == "plain"):
        for place, call in enumerate(recording.calls):
            disk.take(call)
            if is_first_enough and figures.violations:
                break
            if isinstance(call, Said) or place // every % parts != part or place % every:
                continue
            for variant, image in _images(disk, noise, mixtures):
                if not judge.is_new(image, disk.said):
                    continue
                write_image(image, folder / "image")
                figures.images += 1
                for what in judge.findings(folder / "image", disk.said):
                    figures.violations[f"{recording.scenario} {recording.book} {variant}: {what}"] += 1
                shutil.rmtree(folder / "image", ignore_errors=True)
    figures.calls, figures.said = len(recording.calls), len(disk.said)
    figures.different = judge.different
    return figures


def _images(disk: Disk, noise: random.Random, mixtures: int) -> Iterator[tuple[str, Image]]:
    yield "kept", disk.kept()
    yield "lost", disk.lost()
    yield "torn", disk.torn(noise)
    for _ in range(mixtures):
        yield "mixed", disk.mixed(noise)


def run(scenario: str, book: str, folder: Path, *, mixtures: int = 0, seed: int = 1, lie: str = "",
        receptions: int = 3, every: int = 1, workers: int = 1) -> Figures:
    """The scenario recorded once and cut everywhere; a run with a `lie` on one worker ends when it is found."""
    started = time.perf_counter()
    recording = recorded(scenario, book, folder, receptions=receptions, lie=lie)
    if workers == 1:
        figures = cut(
            recording, folder, mixtures=mixtures, seed=seed, every=every, is_first_enough=bool(lie)
        )
    else:
        figures = Figures(len(recording.calls), said=sum(isinstance(call, Said) for call in recording.calls))
        work = partial(_one_part, recording, folder, workers, mixtures, seed, every)
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
            for found in pool.map(work, range(workers)):
                figures.add(found)
    figures.seconds = time.perf_counter() - started
    return figures


def _one_part(recording: Recording, folder: Path, parts: int, mixtures: int, seed: int, every: int,
              part: int) -> Figures:
    own = folder / f"part-{part}"
    own.mkdir()
    return cut(recording, own, share=(part, parts), mixtures=mixtures, seed=seed, every=every)


def fast_folder() -> str | None:
    """A disk in memory for the images, where there is one: nothing there must outlive this program."""
    return str(MEMORY) if MEMORY.is_dir() else None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--variants", type=int, default=0, help="random mixtures at each write")
    parser.add_argument("--receptions", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="scenarios, comma separated")
    parser.add_argument("--lies", action="store_true")
    said = parser.parse_args(arguments)
    if said.lies:
        turns = [(scenario, "encrypted", lie) for lie, (scenario, _) in power_day.LIES.items()]
    else:
        wanted = said.only.split(",") if said.only else list(power_day.SCENARIOS)
        turns = [(scenario, book, "") for scenario in wanted for book in ("encrypted", "plain")]
    is_good = True
    for scenario, book, lie in turns:
        with tempfile.TemporaryDirectory(prefix="qmc-power-", dir=fast_folder()) as folder:
            found = run(scenario, book, Path(folder), mixtures=said.variants, seed=said.seed, lie=lie,
                        receptions=said.receptions, workers=said.workers)
        print(f"{lie or scenario} ({book}): {found.calls} calls · {found.said} promises · {found.images} images, "
              f"{found.different} different books · {found.violations.total()} violations · {found.seconds:.0f} s",
              flush=True)
        for what, times in found.violations.most_common(8 if not lie else 2):
            print(f"  {times} × {what}")
        is_good &= bool(found.violations) if lie else found.is_clean
    print("clean" if is_good else "VIOLATED")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
