"""Numbers in advance: renewed, leased anew by a province that forgot them, and never by two."""

from __future__ import annotations

from tests.sync.core.scenes.stage import Stage
from tests.sync.core.sim.leasing import DAYS, WIDTH


def leases_run_out_and_are_renewed(stage: Stage) -> None:
    pc = stage.counter()
    for _ in range(3):
        stage.receive(pc)
        stage.call(pc)
        stage.days(DAYS - 3)
    stage.call(pc)
    stage.sees(bool(stage.receive(pc)), "P7 no number although it called in time", pc)


def two_counters_share_an_agency(stage: Stage) -> None:
    first, second = stage.counter("1"), stage.counter("2")
    stage.receive(first, 2)
    stage.receive(second, 2)


def a_range_is_leased_anew(stage: Stage) -> None:
    """The province came back from before the renewal: it leases the same slot from another day on."""
    pc = stage.counter()
    stage.backup()
    stage.days(3)
    stage.call(pc)                                 # renewed from the seventh day on
    stage.days(2)
    stage.restore()
    stage.days(2)
    stage.receive(pc, 2)
    stage.call(pc)
    stage.receive(pc, WIDTH + 2)


SCENES = (
    leases_run_out_and_are_renewed,
    two_counters_share_an_agency,
    a_range_is_leased_anew,
)
