"""All scenes, each played to its end; `python -m tests.faults.mutants_sync --scene NAME` shows one by steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.sync.core.scenes import (
    counters,
    disks,
    files,
    forgotten,
    forks,
    leases,
    neighbours,
    provinces,
    pulling,
    sending,
)
from tests.sync.core.scenes.stage import Stage

Scene = Callable[[Stage], None]

SCENES: Mapping[str, Scene] = {
    each.__name__: each for each in (
        *counters.SCENES, *disks.SCENES, *forks.SCENES, *sending.SCENES, *pulling.SCENES,
        *provinces.SCENES, *neighbours.SCENES, *forgotten.SCENES, *files.SCENES, *leases.SCENES,
    )
}


def play(name: str, without: frozenset[str] = frozenset(), log: list[str] | None = None) -> list[str]:
    """The promises that this scene broke."""
    stage = Stage(without, log)
    SCENES[name](stage)
    return stage.ends()
