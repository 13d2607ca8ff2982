"""The disk is full from the n-th write on, for every n of one whole capture: the start of the program, two scanned
pages, the reception, its print, the filed document.

The operating system itself refuses (ENOSPC, put in by strace): first the writes of the book, then those of scans.
In each turn the capture ends with the first refusal, which must say `disk_full`. With room again the program
starts on what was left: nothing is half, what was said before is there, and the next dossier gets a new number.

    python -m tests.faults.disk_points [--points 200]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import KnownError
from tests.app.services.scans import file_stacks, scan, stack_of
from tests.faults.power_checks import Judge
from tests.faults.power_cuts import fast_folder
from tests.faults.power_day import PROVINCE, page_content, receive_one
from tests.office import SetClock, make_template, reopen

CALLS = ("pwrite64", "write")
"""How the book and its log are written, and how a scan is."""
SCAN_WRITES = 12
"""More than one capture makes of the second kind."""
LAST = 400
"""The call of a process from which on the disk is full; idle ones before its work make up what is missing."""
SAID = "said"


@dataclass(slots=True)
class Figures:
    points: int = 0
    whole: int = 0                         # captures that met no full disk any more
    refused: Counter[str] = field(default_factory=Counter)         # by code
    reached: Counter[str] = field(default_factory=Counter)         # by what was said last
    violations: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        return not self.violations and set(self.refused) == {"disk_full"}


def run(points: Sequence[int], folder: Path) -> Figures:
    """The disk is full from each of `points` (1 is the first write) on, for each kind of write."""
    figures = Figures()
    template = folder / "template"
    template.mkdir()
    make_template(template, PROVINCE, device="quay-1", lo=1, hi=499)
    judge = Judge([])
    for call, limit in zip(CALLS, (LAST, SCAN_WRITES), strict=True):
        points = [point for point in points if point < limit]
        places = [folder / f"{call}-{point}" for point in points]
        for place in places:
            shutil.copytree(template, place)
        subprocess.run(
            ["strace", "-f", "-qq", "--seccomp-bpf", "-e", f"trace={call}", "-e",
             f"inject={call}:error=ENOSPC:when={LAST}+", "-o", os.devnull,
             sys.executable, "-m", __name__ if __name__ != "__main__" else "tests.faults.disk_points",
             "--children", str(folder), "--call", call, "--at", ",".join(map(str, points))],
            check=True, capture_output=True,
        )
        for point, place in zip(points, places, strict=True):
            _judged(judge, place, f"{call} {point}", figures)
            shutil.rmtree(place)
    return figures


def _judged(judge: Judge, place: Path, name: str, figures: Figures) -> None:
    said = (place / SAID).read_text(encoding="utf-8").splitlines()
    (place / SAID).unlink()
    figures.points += 1
    kind, _, word = said.pop().partition(" ")
    if kind == "whole":
        figures.whole += 1
    elif kind == "refused":
        figures.refused[word] += 1
    else:
        figures.violations[f"{name}: {kind} {word}"] += 1
    figures.reached[said[-1].split(" ")[0] if said else "nothing"] += 1
    for what in judge.findings(place, said):
        figures.violations[f"{name}: {what}"] += 1


def _live(folder: Path, call: str, points: Sequence[int]) -> None:
    """One process for each point; each counts its own calls."""
    for point in points:
        child = os.fork()
        if child == 0:
            try:
                _capture(folder / f"{call}-{point}", call, LAST - point)
            finally:
                os._exit(0)
        os.waitpid(child, 0)


def _capture(place: Path, call: str, idle: int) -> None:
    paper = os.open(place / SAID, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nowhere = os.open(os.devnull, os.O_WRONLY)

    def say(line: str) -> None:
        os.writev(paper, [f"{line}\n".encode()])       # another call than those that fail

    for _ in range(idle):
        if call == "write":
            os.write(nowhere, b"x")
        else:
            os.pwrite(nowhere, b"x", 0)
    try:
        office = reopen(place, PROVINCE, SetClock(), seed=5)
        pages = []
        for ordinal in (1, 2):
            name = f"đầy/{ordinal}"
            pages.append(scan(office, "đầy", page_content(name), ordinal=ordinal))
            say(f"page {pages[-1].id} {name}")
        code = receive_one(office, "đầy", say)
        stack = stack_of(office, *pages)
        file_stacks(office, code, "1", stack, intent="đầy/lưu")
        say(f"filed {code} {stack.document.sha256}")
    except KnownError as error:
        say(f"refused {error.code}")
    except Exception as error:                         # whatever it is, the clerk was not told
        say(f"broke {type(error).__name__} {error}".splitlines()[0])
    else:
        say("whole")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--children", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--call", default="", help=argparse.SUPPRESS)
    parser.add_argument("--at", default="", help=argparse.SUPPRESS)
    said = parser.parse_args(arguments)
    if said.children:
        _live(said.children, said.call, [int(point) for point in said.at.split(",")])
        return 0
    with tempfile.TemporaryDirectory(prefix="qmc-points-", dir=fast_folder()) as folder:
        found = run(range(1, said.points + 1), Path(folder))
    print(f"points {found.points} · refused {found.refused.total()} as "
          f"{', '.join(f'{code} {times}' for code, times in found.refused.most_common())} · whole {found.whole}")
    print("  the last that was said before: "
          + ", ".join(f"{kind} {times}" for kind, times in found.reached.most_common()))
    print(f"violations {found.violations.total()}")
    for what, times in found.violations.most_common(12):
        print(f"  {times} × {what}")
    print("clean" if found.is_clean else "VIOLATED")
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
