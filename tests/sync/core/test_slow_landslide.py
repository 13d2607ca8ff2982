"""A province that changes the shelf in small portions is seen to do it, and what a day's work changes is not."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from sync.core import catching
from sync.core.asks import Weight
from sync.core.catching import is_mass_change, is_slow_landslide
from tests.sync.core.sim.machine import Machine
from tests.sync.core.sim.rules import Rules
from tests.sync.core.sim.world import World


@pytest.mark.parametrize(("weight", "is_at_once", "is_slow"), [
    (Weight(0, 20), False, False),
    (Weight(2, 20, 2, 20), False, False),
    (Weight(2, 12, 10, 20), False, False),         # a half is no more than a half
    (Weight(2, 10, 12, 20), False, True),
    (Weight(0, 10, 12, 20), False, False),         # nothing more is wanted
    (Weight(1, 6, 10, 12), False, False),          # a handful
    (Weight(1, 6, 11, 12), False, True),
    (Weight(49, 900, 200, 1_000), False, False),
    (Weight(49, 900, 201, 1_000), False, True),
    (Weight(51, 1_000, 51, 1_000), True, False),
    (Weight(6, 29, 6, 29), True, False),
    (Weight(5, 5, 5, 5), False, False),
])
def test_a_window_and_a_day_have_their_own_limits(weight: Weight, is_at_once: bool, is_slow: bool) -> None:
    assert (is_mass_change(weight), is_slow_landslide(weight)) == (is_at_once, is_slow)


def counter_of(world: World, papers: int) -> Machine:
    pc = world.add_machine("A", "1")
    world.enrol(pc)
    for turn in range(papers):
        if turn % 5 == 0:                          # a lease has so many numbers a day, and some
            contact(pc)
            world.now += 1440
        world.receive(pc, f"f{turn}", 1, "", {"fee": 0})
    contact(pc)
    return pc


def contact(pc: Machine) -> str:
    pc.call()
    pc.go_on(100_000)
    return pc.problem


@pytest.mark.parametrize(("minutes", "let_by"), [(30, 10), (360, 20)])
def test_portions_of_a_day_are_weighed_together(minutes: int, let_by: int) -> None:
    world = World(1, Rules())
    pc = counter_of(world, 20)
    numbers = list(world.province.numbers)
    assert len(numbers) == 20
    for at in range(0, 20, 2):
        for number in numbers[at:at + 2]:
            world.province.post("A", number, "done")
        contact(pc)
        world.now += minutes
    assert pc.book is not None
    shelf = pc.book.shelf
    assert sum(each == "done" for each in shelf.statuses.values()) == let_by
    assert pc.problem == ("" if let_by == 20 else "mass_change")
    world.help(pc)
    assert contact(pc) == "" and set(shelf.statuses.values()) == {"done"}
    assert world.promises.broken == []


def test_without_the_rule_all_of_them_change_unseen() -> None:
    world = World(1, Rules())
    pc = counter_of(world, 20)
    with patch.object(catching, "is_slow_landslide", lambda _: False):
        for number in list(world.province.numbers):
            world.province.post("A", number, "done")
            assert contact(pc) == ""
    assert pc.book is not None and set(pc.book.shelf.statuses.values()) == {"done"}


def test_a_counter_that_loses_power_between_the_portions_counts_on() -> None:
    world = World(1, Rules())
    pc = counter_of(world, 20)
    for at, number in enumerate(list(world.province.numbers)):
        world.province.post("A", number, "done")
        contact(pc)
        world.cut_power(pc)
        assert pc.book is not None
        assert sum(each == "done" for each in pc.book.shelf.statuses.values()) == min(at + 1, 10)
    assert pc.problem == "mass_change"
