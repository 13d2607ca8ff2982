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
    stage.serves(pc)


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


def a_slot_of_a_holder_long_away(stage: Stage) -> None:
    """Its days had run out, and the lost database gave it to another."""
    first = stage.counter("1")
    stage.backup()
    stage.days(DAYS)
    second = stage.counter("2")
    stage.days(1)
    stage.restore()
    stage.call(first)
    stage.serves(second, 2)
    stage.serves(first, 2)


def a_slot_that_only_the_lost_database_gave(stage: Stage) -> None:
    stage.counter("1")
    stage.backup()
    second = stage.counter("2")
    stage.serves(second, 2)
    stage.restore()
    stage.serves(stage.counter("3"), 2)


def two_restores_in_one_window(stage: Stage) -> None:
    """Each of them leases from the reserve, and neither knows what the other did."""
    stage.counter("1")
    stage.backup()
    stage.restore()
    stage.serves(stage.counter("2"), 2)
    stage.restore()
    stage.serves(stage.counter("3"), 2)


def a_slot_that_a_database_gave_behind_its_own_window(stage: Stage) -> None:
    """It had itself come back, and was lost as well; before that window's end it would have been the holder's."""
    first = stage.counter("1")
    stage.backup()
    stage.restore()
    stage.days(2)
    second = stage.counter("2")                    # from the reserve, and behind the window what is free
    stage.restore()
    stage.days(1)
    stage.call(first)
    stage.days(3)
    stage.serves(first, 2)
    stage.serves(second, 2)


def more_counters_than_the_reserve_has_slots(stage: Stage) -> None:
    """Each goes on with its own slot, because it says what it holds."""
    all_of_them = [stage.counter(str(each)) for each in range(4)]
    stage.backup()
    stage.days(3)
    for pc in all_of_them:
        stage.call(pc)
    stage.days(4)
    stage.restore()
    for pc in all_of_them:
        stage.call(pc)
    stage.days(2)
    for pc in all_of_them:
        stage.serves(pc)


SCENES = (
    leases_run_out_and_are_renewed,
    two_counters_share_an_agency,
    a_range_is_leased_anew,
    a_slot_of_a_holder_long_away,
    a_slot_that_only_the_lost_database_gave,
    two_restores_in_one_window,
    a_slot_that_a_database_gave_behind_its_own_window,
    more_counters_than_the_reserve_has_slots,
)
