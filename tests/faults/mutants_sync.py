"""Leaves out one rule of the sync after the other; the random histories must find each of them out.

A rule that can be left out unnoticed is not proven by them. A history counts against a lie only if it keeps every
promise while the rule stands.

    python -m tests.faults.mutants_sync [--histories 10000] [--seed 1] [--like fork] [--processes 2]
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from tests.faults.sync_lies import Lie, all_lies, told
from tests.sync.core.sim.history import tell


@dataclass(frozen=True, slots=True)
class Verdict:
    """`seed`: where it was found out, after so many `histories`; None: it was not."""

    name: str
    histories: int
    seed: int | None
    promise: str


def try_lie(lie: Lie, seeds: Iterable[int]) -> Verdict:
    """Histories until one breaks a promise that it keeps without the lie."""
    count = 0
    with told(lie) as tell_lie:
        for count, seed in enumerate(seeds, 1):
            try:
                broken = tell_lie(seed).broken
            except Exception as error:             # a world in which the lie cannot even be lived
                broken = [f"{type(error).__name__} {error}"]
            if broken and not tell(seed).broken:
                return Verdict(lie.name, count, seed, broken[0])
    return Verdict(lie.name, count, None, "")


def _try(lie: Lie, first: int, histories: int) -> Verdict:
    return try_lie(lie, range(first, first + histories))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--like", default="")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    lies = [lie for lie in all_lies() if asked.like in lie.name]
    began = time.perf_counter()
    alive = []
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        for found in pool.imap_unordered(partial(_try, first=asked.seed, histories=asked.histories), lies):
            if found.seed is None:
                alive.append(found)
                print(f"ALIVE  {found.name}", flush=True)
            else:
                print(f"{found.histories:6} {found.name}   [seed {found.seed}: {found.promise[:90]}]", flush=True)
    print(f"{len(lies)} lies, {len(lies) - len(alive)} found out in {time.perf_counter() - began:.0f} s")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
