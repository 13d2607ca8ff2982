"""Provinces that come back from a backup, are put back unsaid, or whose answers do not agree with themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.contract.messages import Head
from sync.core import asks
from sync.errors import CallPerson
from tests.sync.core.scenes.stage import NOT_MET, Go, Stage, lost, meanwhile
from tests.sync.core.sim.machine import Machine
from tests.sync.core.sim.operations import Operation


def a_branch_is_lost_with_the_province(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 2)
    _forks(stage, pc)
    stage.backup()
    stage.call(pc)
    stage.restore()
    stage.call(pc)


def what_lies_before_a_fork_is_lost_with_the_province(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc)
    stage.call(pc)
    stage.backup()
    stage.receive(pc, 2)
    _forks(stage, pc)
    stage.call(pc)
    stage.restore()
    stage.call(pc)


def _forks(stage: Stage, pc: Machine) -> None:
    """The disk is put back and goes on; behind what it has now the province holds other bytes."""
    stage.call(pc)
    stage.image(pc)
    stage.edit(pc, 2)
    stage.call(pc)
    stage.put_back(pc)
    stage.edit(pc, 2)


def a_second_copy_that_was_handed_in_is_lost_with_the_province(stage: Stage) -> None:
    pc = stage.counter(with_medium=True)
    stage.receive(pc, 3)
    fresh = stage.replaced(pc)
    stage.backup()
    stage.world.forward(fresh)
    stage.sees(not fresh.to_forward, NOT_MET)
    stage.restore()
    stage.call(fresh)


def the_province_is_put_back_unsaid_between_hello_and_push(stage: Stage) -> None:
    """What we send lies behind a gap: the next hello tells, and the same contact mends it."""
    pc = stage.counter()
    stage.backup()
    stage.receive(pc, 3)
    stage.call(pc, (asks.FetchFeed, 1, lost))
    stage.receive(pc, 2)
    stage.call(pc, (asks.SendBatch, 1, meanwhile(stage.restore_unsaid)))
    stage.sees(pc.problem == "", "P12 a gap is not mended in the contact that meets it", pc.problem)


def the_province_is_put_back_unsaid_after_the_feed_was_read(stage: Stage) -> None:
    """Positions that we have read will be given again: a person is called before anything is passed by."""
    pc, other = stage.counter("1"), stage.counter("2")
    stage.call(pc)
    stage.backup()
    stage.receive(other, 3)
    stage.call(other)
    stage.call(pc)
    stage.restore_unsaid()
    stage.call(pc)
    stage.sees(pc.problem == "feed_went_back", "P14 a feed that went back was followed", pc.problem)
    stage.world.province.incarnation = stage.world.fresh("i")      # the operator says it


def an_older_epoch_is_lost_with_the_province(stage: Stage) -> None:
    """It was sent after the next one had begun, and after the backup."""
    pc = stage.counter()
    stage.receive(pc, 3)
    stage.world.enrol(pc)
    stage.backup()
    stage.call(pc)
    stage.restore()
    stage.call(pc)


def what_a_former_machine_wrote_is_lost_with_the_province(stage: Stage) -> None:
    """The one that stands in its place has it from the feed."""
    pc = stage.counter()
    stage.backup()
    stage.receive(pc, 3)
    stage.call(pc)
    fresh = stage.replaced(pc)
    stage.call(fresh)
    stage.restore()
    stage.call(fresh)


def the_province_says_taken_and_holds_nothing(stage: Stage) -> None:
    """Its transaction came to nothing behind the answer; what it says it holds was read afterwards."""
    pc = stage.counter()
    stage.call(pc)
    stage.backup()
    made = stage.receive(pc, 3)

    def comes_to_nothing(go: Go) -> Any:
        answer = go()
        stage.restore_unsaid()
        for each in made:
            each.is_taken = each.was_chained = False
        return replace(answer, have={made[0].epoch: Head(0, "")})

    stage.call(pc, (asks.SendBatch, 1, comes_to_nothing))


def two_neighbours_are_lost_with_the_province(stage: Stage) -> None:
    """The third counter holds what both wrote; one contact gives all of it back."""
    pc, neighbours = _the_last_who_holds_it(stage)
    stage.call(pc)
    for made in neighbours:
        stage.holds(made, "P15 a neighbour's operation was not offered")


def a_lost_neighbour_is_refused(stage: Stage) -> None:
    """An operator has locked the one: the other is given back all the same."""
    pc, (_, second) = _the_last_who_holds_it(stage)

    def is_locked(go: Go) -> Any:
        raise CallPerson("unknown_device")

    stage.call(pc, (asks.SendBatch, 1, is_locked))
    stage.holds(second, "P15 one who is refused stopped another")


def a_lost_neighbour_s_operation_breaks_the_server(stage: Stage) -> None:
    pc, neighbours = _the_last_who_holds_it(stage, poison="crash")
    stage.call(pc)
    stage.holds(neighbours[1], "P15 a poisoned operation stopped another's")


def a_lost_neighbour_s_operation_is_too_large(stage: Stage) -> None:
    pc, _ = _the_last_who_holds_it(stage, poison="large")
    stage.call(pc)


def a_lost_neighbour_s_operation_cannot_be_read(stage: Stage) -> None:
    pc, _ = _the_last_who_holds_it(stage, poison="unreadable")
    stage.call(pc)


def _the_last_who_holds_it(stage: Stage, poison: str = "") -> tuple[Machine, list[list[Operation]]]:
    """Two neighbours have written, called and died; the province came back from before."""
    pc, first, second = stage.counter("1"), stage.counter("2"), stage.counter("3")
    stage.backup()
    made = [stage.receive(first), stage.receive(second, 2)]
    if poison:
        made[0] += stage.receive(first, poison=poison)
    made[0] += stage.receive(first)
    for each in (first, second, pc):
        stage.call(each)
    stage.sees(pc.problem == "", "P12 a contact that should have been good", pc.problem)
    stage.dies(first)
    stage.dies(second)
    stage.restore()
    return pc, made


SCENES = (
    a_branch_is_lost_with_the_province,
    what_lies_before_a_fork_is_lost_with_the_province,
    a_second_copy_that_was_handed_in_is_lost_with_the_province,
    the_province_is_put_back_unsaid_between_hello_and_push,
    the_province_is_put_back_unsaid_after_the_feed_was_read,
    an_older_epoch_is_lost_with_the_province,
    what_a_former_machine_wrote_is_lost_with_the_province,
    the_province_says_taken_and_holds_nothing,
    two_neighbours_are_lost_with_the_province,
    a_lost_neighbour_is_refused,
    a_lost_neighbour_s_operation_breaks_the_server,
    a_lost_neighbour_s_operation_is_too_large,
    a_lost_neighbour_s_operation_cannot_be_read,
)
