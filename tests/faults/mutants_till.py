"""Leaves out one rule of the money after the other, in a copy of the tree: the till's tests must miss each.

    python -m tests.faults.mutants_till                       all of them, two at a time
    python -m tests.faults.mutants_till --like refund         those whose names hold it
    python -m tests.faults.mutants_till --list

Quick tests of one file first, then all of the till, then random shifts with the auditor behind the desk. A rule
that nobody misses has no test: it gets one, or stands in `till_mutants.EQUIVALENT` with the reason.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from tests.faults.life_mutants import Part
from tests.faults.mutants import GONE, Mutant
from tests.faults.mutants_life import ROOT, run
from tests.faults.till_mutants import EQUIVALENT, PARTS


def all_mutants(like: str = "") -> list[tuple[Part, Mutant]]:
    """In the order of the files; `like` is part of a name."""
    return [(part, mutant) for part in PARTS for mutant in _lies(part) if like in mutant.name]


def _lies(part: Part) -> Iterator[Mutant]:
    return part.lies(ROOT, part.path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--like", default="")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    chosen = all_mutants(asked.like)
    if asked.list:
        print("\n".join(mutant.name for _, mutant in chosen))
        print(f"{len(chosen)} mutants")
        return 0
    began = time.monotonic()
    gone = [mutant.name for _, mutant in chosen if mutant.start == GONE]
    for name in gone:
        print(f"the source has changed, write it anew: {name}")
    found = run([each for each in chosen if each[1].start != GONE], asked.parallel)
    alive = [name for name, by in found.items() if not by and name not in EQUIVALENT]
    killed = sum(bool(by) for by in found.values())
    print(f"{len(found)} mutants, {killed} killed, {len(found) - killed - len(alive)} equivalent, "
          f"{len(alive)} survived, {time.monotonic() - began:.0f} s")
    return 1 if alive or gone else 0


if __name__ == "__main__":
    sys.exit(main())
