"""Provinces that come back from a backup, are put back unsaid, or whose answers do not agree with themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.contract.messages import Head
from sync.core import asks
from sync.errors import HelloAgain
from tests.sync.core.scenes.stage import NOT_MET, Go, Stage, lost, meanwhile
from tests.sync.core.sim.machine import Machine
from tests.sync.core.sim.rules import Rules


def a_branch_is_lost_with_the_province(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 2)
    _forks(stage, pc)
    stage.backup()
    stage.call(pc, to="fork")
    stage.restore()
    stage.call(pc, to="fork")


def what_lies_before_a_fork_is_lost_with_the_province(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc)
    stage.call(pc)
    stage.backup()
    stage.receive(pc, 2)
    _forks(stage, pc)
    stage.call(pc, to="fork")
    stage.restore()
    stage.call(pc, to="fork")


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
    stage.call(pc, (asks.FetchFeed, 1, lost), to="line_down")
    stage.receive(pc, 2)
    stage.call(pc, (asks.SendBatch, 1, meanwhile(stage.restore_unsaid)))


def the_province_is_put_back_again_and_again(stage: Stage) -> None:
    """A contact that does not come to an end has not gone well."""
    pc = stage.counter()
    stage.backup()
    stage.receive(pc, 3)
    stage.call(pc, (asks.FetchFeed, 1, lost), to="line_down")
    stage.receive(pc)
    again = meanwhile(stage.restore_unsaid)
    stage.call(pc, (asks.SendBatch, 1, again), (asks.SendBatch, 2, again), (asks.FetchFeed, 1, _says_hello_again),
               (asks.FetchFeed, 2, _says_hello_again), (asks.FetchFeed, 3, _says_hello_again),
               to="province_unsettled")


def _says_hello_again(go: Go) -> Any:
    raise HelloAgain("unknown_cursor")


def the_hello_names_another_epoch(stage: Stage) -> None:
    """As a gateway does that leaves it to us to see that another machine stands here."""
    pc = stage.counter()
    stage.receive(pc)
    stage.counter(pc.name)

    def answers(go: Go) -> Any:
        with_fence = stage.world.province.rules
        stage.world.province.rules = Rules(with_fence.without | {"fencing"})
        met = go()
        stage.world.province.rules = with_fence
        return replace(met, answer=replace(met.answer, current_epoch=2))

    stage.call(pc, (asks.SayHello, 1, answers), to="stale_epoch")
    stage.sees(not stage.asked(asks.SendBatch), "P17 sent under an epoch that has ended")


def the_province_is_put_back_unsaid_after_the_feed_was_read(stage: Stage) -> None:
    """Positions that we have read will be given again: a person is called before anything is passed by."""
    pc, other = stage.counter("1"), stage.counter("2")
    stage.call(pc)
    stage.backup()
    stage.receive(other, 3)
    stage.call(other)
    stage.call(pc)
    stage.restore_unsaid()
    stage.call(pc, to="feed_went_back")
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
    """The one that stands in its place has it from the feed, and gives it back when it is lacking; not before."""
    pc = stage.counter()
    stage.backup()
    stage.receive(pc, 3)
    stage.call(pc)
    fresh = stage.replaced(pc)
    for _ in range(2):
        stage.call(fresh)
        stage.sees(not stage.asked(asks.SendBatch), "P10 offered although the province has it")
    stage.restore()
    stage.call(fresh, to="not_enrolled")


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

    stage.call(pc, (asks.SendBatch, 1, comes_to_nothing), to="answer_unreadable")


SCENES = (
    a_branch_is_lost_with_the_province,
    what_lies_before_a_fork_is_lost_with_the_province,
    a_second_copy_that_was_handed_in_is_lost_with_the_province,
    the_province_is_put_back_unsaid_between_hello_and_push,
    the_province_is_put_back_again_and_again,
    the_hello_names_another_epoch,
    the_province_is_put_back_unsaid_after_the_feed_was_read,
    an_older_epoch_is_lost_with_the_province,
    what_a_former_machine_wrote_is_lost_with_the_province,
    the_province_says_taken_and_holds_nothing,
)
