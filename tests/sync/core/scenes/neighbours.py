"""What a restored province has lost of other counters, and one who is still there gives back."""

from __future__ import annotations

from typing import Any

from sync.contract.problems import Refused
from sync.contract.push import ItemAnswer, Outcome, PushAnswer
from sync.core import asks
from sync.errors import CallPerson, TryLater
from tests.sync.core.scenes.stage import NOT_MET, Act, Go, Stage, lost
from tests.sync.core.sim.machine import Machine
from tests.sync.core.sim.operations import Operation


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
    _is_left_out(stage, 1)
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


def a_lost_neighbour_breaks_the_server_sealed_too(stage: Stage) -> None:
    pc, (_, second) = _the_last_who_holds_it(stage)

    def breaks(go: Go) -> Any:
        raise TryLater("internal")

    stage.call(pc, *((asks.SendBatch, each, breaks) for each in range(1, 4)))
    _is_left_out(stage, 3)                         # both of its operations, the first alone, that one sealed
    stage.holds(second, "P15 a poisoned operation stopped another's")


def a_lost_neighbour_cannot_be_read_sealed_either(stage: Stage) -> None:
    pc, (_, second) = _the_last_who_holds_it(stage)
    stage.call(pc, *((asks.SendBatch, each, _refuses(stage, Refused.MALFORMED)) for each in (1, 2)))
    _is_left_out(stage, 2)
    stage.holds(second, "P15 an unreadable operation stopped another's")


def a_lost_neighbour_has_signed_nothing(stage: Stage) -> None:
    pc, (_, second) = _the_last_who_holds_it(stage)
    stage.call(pc, (asks.SendBatch, 1, _refuses(stage, Refused.SIGNATURE)))
    _is_left_out(stage, 1)
    stage.holds(second, "P15 one who is refused stopped another")


def _refuses(stage: Stage, reason: str) -> Act:
    """The province says so of each operation, and has what it had."""
    def act(go: Go) -> Any:
        sent, incarnation = stage.world.asked[-1], stage.world.province.incarnation
        assert isinstance(sent, asks.SendBatch)
        items = [ItemAnswer(line, Outcome.REFUSED, each.epoch, each.seq, reason=reason)
                 for line, each in enumerate(sent.batch)]
        return PushAnswer(incarnation, str(stage.world.now), tuple(items), {})

    return act


def the_line_breaks_while_a_neighbour_is_given_back(stage: Stage) -> None:
    pc, _ = _the_last_who_holds_it(stage)
    stage.call(pc, (asks.SendBatch, 1, lost), to="line_down")


def a_neighbour_s_adopted_branch_is_lost_with_the_province(stage: Stage) -> None:
    """Its author is gone; who has it from the feed gives it back, beside the chain as it lay before."""
    pc, gone = stage.counter("1"), stage.counter("2")
    stage.receive(gone)
    stage.call(gone)
    stage.backup()
    twin = stage.clone(gone)
    stage.edit(gone, 2)
    stage.call(gone)
    stage.edit(twin, 3)
    stage.call(twin, to="fork")
    stage.call(twin, to="fork")
    assert gone.book is not None and twin.book is not None
    made = sorted(gone.book.written | twin.book.written, key=lambda each: each.seq)
    stage.holds(made, NOT_MET)
    stage.world.province.adopt(gone.book.device)
    stage.call(pc)
    stage.dies(gone)
    stage.dies(twin)
    stage.restore()
    stage.call(pc)
    stage.holds(made, "P15 a branch that was adopted is not given back")


def _is_left_out(stage: Stage, times: int) -> None:
    """The first counter that was offered was sent so often, and then no more in this contact."""
    sent = [each.head.device for each in stage.asked(asks.SendBatch)]
    stage.sees(sent.count(sent[0]) == times, "P15 offered again and again", sent)


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
    stage.dies(first)
    stage.dies(second)
    stage.restore()
    return pc, made


SCENES = (
    two_neighbours_are_lost_with_the_province,
    a_lost_neighbour_is_refused,
    a_lost_neighbour_s_operation_breaks_the_server,
    a_lost_neighbour_s_operation_is_too_large,
    a_lost_neighbour_s_operation_cannot_be_read,
    a_lost_neighbour_breaks_the_server_sealed_too,
    a_lost_neighbour_cannot_be_read_sealed_either,
    a_lost_neighbour_has_signed_nothing,
    the_line_breaks_while_a_neighbour_is_given_back,
    a_neighbour_s_adopted_branch_is_lost_with_the_province,
)
