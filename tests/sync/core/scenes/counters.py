"""At the counter: Enter, power and clocks; and who stands there."""

from __future__ import annotations

from tests.sync.core.scenes.stage import DAY, NOT_MET, Stage


def enter_is_pressed_often(stage: Stage) -> None:
    pc = stage.counter()
    stage.presses(pc, "one", times=3)
    stage.serves(pc)


def the_power_goes_before_the_commit(stage: Stage) -> None:
    pc = stage.counter()
    stage.presses(pc, "one", power_cut="before")
    stage.serves(pc)
    stage.presses(pc, "one")


def the_power_goes_between_commit_and_paper(stage: Stage) -> None:
    pc = stage.counter()
    stage.presses(pc, "one", power_cut="after")
    stage.serves(pc)
    stage.presses(pc, "one")


def the_clock_is_put_back_a_day(stage: Stage) -> None:
    """A number of the day before would lie under a date that was over."""
    pc = stage.counter()
    stage.serves(pc)
    stage.days(1)
    stage.serves(pc)
    pc.clock = -DAY
    stage.receive(pc)


def the_clock_is_put_back_into_a_closed_day(stage: Stage) -> None:
    """The fate of its numbers was stated: none of them is given any more."""
    pc = stage.counter()
    stage.serves(pc)
    stage.days(1)
    stage.call(pc)
    pc.clock = -DAY
    stage.receive(pc)


def somebody_forges_for_another_counter(stage: Stage) -> None:
    pc, other = stage.counter("1"), stage.counter("2")
    for each in (pc, other):
        stage.serves(each)
        stage.call(each)
    stage.world.forge(pc)


def a_counter_that_the_province_has_forgotten(stage: Stage) -> None:
    """It was enrolled after the backup; it says what it was, and is that again."""
    stage.backup()
    pc = stage.counter()
    stage.serves(pc, 2)
    stage.call(pc)
    stage.restore()
    stage.call(pc, to="not_enrolled")
    stage.world.enrol(pc)
    stage.call(pc)
    stage.serves(pc)


def a_dead_counter_that_the_province_has_forgotten(stage: Stage) -> None:
    """Its second copy alone says what it was; the machine that was to hand it in died too."""
    stage.backup()
    pc = stage.counter(with_medium=True)
    stage.serves(pc, 2)
    stage.call(pc)
    fresh = stage.replaced(pc)
    stage.sees(len(fresh.to_forward) == 1, NOT_MET)
    stage.restore()
    stage.call(stage.replaced(fresh))


def a_machine_of_an_epoch_that_the_province_has_forgotten(stage: Stage) -> None:
    """Another stands in its place by now, under an epoch of its own number."""
    stage.counter("1")
    stage.backup()
    second = stage.counter("1")
    stage.serves(second, 2)
    stage.restore()
    third = stage.counter("1")
    stage.serves(third)
    stage.call(third)


SCENES = (
    enter_is_pressed_often,
    the_power_goes_before_the_commit,
    the_power_goes_between_commit_and_paper,
    the_clock_is_put_back_a_day,
    the_clock_is_put_back_into_a_closed_day,
    somebody_forges_for_another_counter,
    a_counter_that_the_province_has_forgotten,
    a_dead_counter_that_the_province_has_forgotten,
    a_machine_of_an_epoch_that_the_province_has_forgotten,
)
