"""Random histories of a province and its counters, by the hundred thousand: nothing lost, nothing twice, no lie.

The counters decide by `sync.core` itself, the province takes custody by its own plan; `tests.sync.core.sim` is the
world around them. Prints what happened, and each broken promise with its seed; the same seed is the same history.

    python -m tests.faults.histories [--histories 10000] [--seed 1] [--processes 2]
    python -m tests.faults.histories --show 4711        one history, step by step
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.sync.core.sim.history import Told, tell

SHARE = 200
"""Histories that one process is given at a time."""
COUNTED = ("papers", "operations", "contacts", "refused", "restores", "lost", "doubled")


@dataclass(slots=True)
class Sum:
    """Figures of all histories, and what broke: seed → promises."""

    histories: int = 0
    figures: Counter[str] = field(default_factory=Counter)
    broken: dict[int, list[str]] = field(default_factory=dict)

    def add(self, told: Told) -> None:
        self.histories += 1
        for name in COUNTED:
            self.figures[name] += getattr(told, name)
        if told.broken:
            self.broken[told.seed] = told.broken

    def join(self, other: Sum) -> None:
        self.histories += other.histories
        self.figures.update(other.figures)
        self.broken |= other.broken


def run(seeds: Iterable[int], without: frozenset[str] = frozenset()) -> Sum:
    """The histories of these seeds, one after the other."""
    found = Sum()
    for seed in seeds:
        found.add(tell(seed, without))
    return found


def run_all(histories: int, seed: int, processes: int) -> Iterator[Sum]:
    """Sums of shares as they are done."""
    shares = [range(first, min(first + SHARE, seed + histories)) for first in range(seed, seed + histories, SHARE)]
    if processes == 1:
        yield from map(run, shares)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap_unordered(run, shares)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--show", type=int)
    asked = parser.parse_args()
    if asked.show is not None:
        return show(asked.show)
    began = time.perf_counter()
    total = Sum()
    for part in run_all(asked.histories, asked.seed, asked.processes):
        total.join(part)
        for seed, promises in sorted(part.broken.items()):
            print(f"seed {seed}: {promises[0]}", flush=True)
    seconds = time.perf_counter() - began
    print(f"{total.histories} histories in {seconds:.0f} s ({total.histories / seconds:.0f}/s)")
    print(", ".join(f"{total.figures[name]} {SAID[name]}" for name in COUNTED))
    print(f"{len(total.broken)} histories with a broken promise")
    return 1 if total.broken else 0


SAID = {
    "papers": "receipts", "operations": "operations", "contacts": "good contacts",
    "refused": "refused for want of a number or a witness", "restores": "provinces restored",
    "lost": "receipts lost with a PC whose second copy was unplugged",
    "doubled": "numbers twice from a book that no witness at hand could warn",
}


def show(seed: int) -> int:
    log: list[str] = []
    told = tell(seed, log=log)
    print("\n".join(log))
    print("\n".join(told.broken) or "all promises kept")
    return 1 if told.broken else 0


if __name__ == "__main__":
    sys.exit(main())
