"""Leaves out one rule of the sync after the other; the histories must find each of them out.

A rule that can be left out unnoticed is not proven by them. The scenes by hand are played first, then random
histories are told; either counts against a lie only if it keeps every promise while the rule stands.

    python -m tests.faults.mutants_sync [--histories 10000] [--seed 1] [--like fork] [--processes 2] [--dice]
    python -m tests.faults.mutants_sync --scene NAME [--like LIE]         one scene, step by step
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeVar

from tests.faults.sync_lies import Lie, all_lies, told
from tests.sync.core.scenes.play import SCENES, play
from tests.sync.core.sim.history import tell

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`where`: the scene or the seed that found it out, after so many `histories`; "": it was not."""

    name: str
    histories: int
    where: str
    promise: str


def try_lie(lie: Lie, seeds: Iterable[int], scenes: Iterable[str] = SCENES) -> Verdict:
    """Scenes, then histories, until one breaks a promise that it keeps without the lie."""
    count = 0
    with told(lie) as world:
        for name in scenes:
            count += 1
            broken = _broken(world.play, name)
            if broken and not _broken_in_truth(name):
                return Verdict(lie.name, count, name, broken[0])
        for seed in seeds:
            count += 1
            broken = _broken(world.tell, seed)
            if broken and not tell(seed).broken:
                return Verdict(lie.name, count, f"seed {seed}", broken[0])
    return Verdict(lie.name, count, "", "")


def _broken(live: Callable[[T], list[str]], what: T) -> list[str]:
    try:
        return live(what)
    except Exception as error:                     # a world in which the lie cannot even be lived
        return [f"{type(error).__name__} {error}"]


@cache
def _broken_in_truth(name: str) -> tuple[str, ...]:
    return tuple(play(name))


def _try(lie: Lie, first: int, histories: int, scenes: Iterable[str]) -> Verdict:
    return try_lie(lie, range(first, first + histories), scenes)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--like", default="")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--dice", action="store_true", help="by random histories alone")
    parser.add_argument("--scene", choices=tuple(SCENES))
    asked = parser.parse_args()
    lies = [lie for lie in all_lies() if asked.like in lie.name]
    if asked.scene is not None:
        return _show(asked.scene, lies[0] if asked.like else Lie("the truth"))
    began = time.perf_counter()
    alive = []
    scenes = () if asked.dice else tuple(SCENES)
    attempt = partial(_try, first=asked.seed, histories=asked.histories, scenes=scenes)
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        for found in pool.imap_unordered(attempt, lies):
            if not found.where:
                alive.append(found)
                print(f"ALIVE  {found.name}", flush=True)
            else:
                print(f"{found.histories:6} {found.name}   [{found.where}: {found.promise[:90]}]", flush=True)
    print(f"{len(lies)} lies, {len(lies) - len(alive)} found out in {time.perf_counter() - began:.0f} s")
    return 1 if alive else 0


def _show(scene: str, lie: Lie) -> int:
    log: list[str] = []
    with told(lie) as world:
        broken = world.play(scene, log)
    print("\n".join((*log, *(broken or ["all promises kept"]))))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
