"""Disks that are put back: requests of a new epoch without an answer, and what comes back to an older one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sync.core import asks
from tests.sync.core.scenes.stage import NOT_MET, Go, Stage, answer_lost, cut_after, cut_before, lost
from tests.sync.core.sim.machine import Machine

Items = tuple[dict[str, Any], ...]


def _behind_the_province(stage: Stage, lost: int = 1) -> Machine:
    """A counter whose disk is put back: `lost` receptions that the province holds are no longer on it."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc, lost)
    stage.call(pc)
    stage.put_back(pc)
    return pc


def the_answer_to_a_new_epoch_is_lost(stage: Stage) -> None:
    """It has begun at the province, so a hello of the old one would be a stranger's: the request goes again."""
    pc = _behind_the_province(stage, 3)
    stage.call(pc, (asks.AskEpoch, 1, answer_lost), to="line_broken")
    stage.call(pc)
    stage.serves(pc)


def the_answer_to_a_new_epoch_comes_twice(stage: Stage) -> None:
    """The other one comes when the epoch is in use: its token must not end that one."""
    pc = _behind_the_province(stage)
    the_request = 3                                # after the hello and what the disk has lost
    stage.call(pc, script={the_request: "twice"})
    stage.sees(len(stage.line.under_way) == 1, NOT_MET)
    stage.line.one_arrives()
    stage.serves(pc)
    stage.call(pc)


def a_folder_with_a_request_is_put_back(stage: Stage) -> None:
    """What was lost had the answer, and gave out numbers of that epoch which nobody else knows of."""
    pc = _behind_the_province(stage)
    stage.call(pc, (asks.AskEpoch, 1, lost), to="line_down")
    pc.images.clear()
    stage.image(pc)
    stage.call(pc)
    stage.receive(pc, 2)
    stage.put_back(pc, is_whole_disk=False)
    stage.call(pc, to="stale_epoch")
    stage.receive(pc, 2)


def a_disk_with_a_request_is_put_back(stage: Stage) -> None:
    """No witness is left to say so; the province alone knows that something was written in that epoch."""
    pc = _behind_the_province(stage)
    stage.call(pc, (asks.AskEpoch, 1, lost), to="line_down")
    pc.images.clear()
    stage.image(pc)
    stage.call(pc)
    stage.receive(pc, 2)
    stage.call(pc)
    stage.put_back(pc)
    stage.call(pc, (asks.TakeEpoch, 1, cut_after), to="stale_epoch")
    stage.receive(pc, 2)


def a_folder_with_the_request_of_a_person_is_put_back(stage: Stage) -> None:
    """Its numbers were stopped by the same witness before; that has seen more since."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc)
    stage.put_back(pc, is_whole_disk=False)
    stage.call(pc, to="older_than_witness")
    stage.world.help(pc)
    stage.call(pc, (asks.AskEpoch, 1, lost), to="line_down")
    pc.images.clear()
    stage.image(pc)
    stage.call(pc)
    stage.serves(pc, 2)
    stage.put_back(pc, is_whole_disk=False)
    stage.call(pc, to="stale_epoch")
    stage.receive(pc, 2)


def a_second_copy_has_seen_what_a_disk_asked_for(stage: Stage) -> None:
    """The disk comes back with its request and stopped numbers; the epoch it asked for has numbers in use, of
    which the province knows nothing yet."""
    pc = stage.counter(with_medium=True)
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc)
    stage.call(pc)
    stage.world.plug(pc, is_in=False)
    stage.put_back(pc)
    stage.call(pc, (asks.AskEpoch, 1, lost), to="line_down")
    pc.images.clear()
    stage.image(pc)
    stage.call(pc)
    stage.world.plug(pc, is_in=True)
    stage.serves(pc, 2)
    stage.put_back(pc)
    stage.call(pc, to="stale_epoch")
    stage.receive(pc, 2)


def a_second_copy_is_plugged_in_while_a_request_waits(stage: Stage) -> None:
    """It shows that this disk is an older one, which is why it asked: the request goes again."""
    pc = stage.counter(with_medium=True)
    stage.image(pc)
    stage.receive(pc, 2)
    stage.call(pc)
    stage.world.plug(pc, is_in=False)
    stage.put_back(pc)
    stage.edit(pc)
    stage.call(pc, (asks.AskEpoch, 1, answer_lost), to="line_broken")
    stage.world.plug(pc, is_in=True)
    stage.call(pc)
    stage.serves(pc)


def two_copies_of_a_disk_send_one_request(stage: Stage) -> None:
    """To the province it is one machine that did not hear the answer, until both have written."""
    pc = _behind_the_province(stage)
    stage.call(pc, (asks.AskEpoch, 1, lost), to="line_down")
    twin = stage.clone(pc)
    stage.call(pc)
    stage.call(twin)
    stage.edit(pc)
    stage.edit(twin)
    stage.call(pc)
    stage.call(twin, to="fork")


def a_disk_is_put_back_before_its_request_arrives(stage: Stage) -> None:
    """To the province the machine that asked and this one are two: a person says which of them stands here."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc, 2)
    stage.call(pc)
    stage.put_back(pc)
    the_request = 3
    stage.call(pc, script={the_request: "late"}, to="line_timeout")
    stage.put_back(pc)
    stage.line.one_arrives()
    stage.call(pc, to="stale_epoch")
    stage.world.help(pc)
    stage.call(pc)
    stage.serves(pc)


def a_citizen_comes_while_an_older_disk_recovers(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc, 4)
    stage.call(pc)
    stage.put_back(pc)
    stage.call(pc, (asks.FetchOwn, 1, lost), to="line_down")
    stage.receive(pc)


def an_older_disk_gets_back_what_it_lost(stage: Stage) -> None:
    """Page by page; the power goes after the first."""
    stage.world.province.page = 3
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.days(1)
    stage.image(pc)
    stage.receive(pc, 5)
    stage.call(pc)
    stage.put_back(pc)
    stage.call(pc, (asks.ImportOwn, 1, cut_after), to="cut")
    stage.call(pc)
    stage.serves(pc, 3)


def the_power_goes_between_the_last_page_and_the_new_epoch(stage: Stage) -> None:
    """Nothing is lacking any more, and numbers still wait for the epoch that lets them go."""
    pc = _behind_the_province(stage, 3)
    stage.call(pc, (asks.PrepareEpoch, 1, cut_before), to="cut")
    stage.call(pc)
    stage.serves(pc)


def the_province_has_nothing_of_what_it_holds(stage: Stage) -> None:
    _older(stage, "own_operations_missing", lambda items: ())


def the_province_leaves_one_out(stage: Stage) -> None:
    _older(stage, "own_does_not_follow", lambda items: items[1:], sent=0)


def the_province_says_another_s_operation_is_ours(stage: Stage) -> None:
    def altered(items: Items) -> Items:
        other = stage.counter("2")
        stage.edit(other)
        assert other.book is not None
        return ({**items[0], "op": other.book.at(1, 1)}, *items[1:])

    _older(stage, "own_not_signed", altered)


def _older(stage: Stage, problem: str, change: Callable[[Items], Items], *, sent: int = 2) -> None:
    """A disk that was put back is answered with what cannot be: a person is called. The next answer is good."""
    pc = stage.counter()
    stage.receive(pc, sent)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc, 3)
    stage.call(pc)
    stage.put_back(pc)

    def altered(go: Go) -> Any:
        page = go()
        return replace(page, items=change(page.items))

    stage.call(pc, (asks.FetchOwn, 1, altered), to=problem)
    stage.call(pc)


SCENES = (
    the_answer_to_a_new_epoch_is_lost,
    the_answer_to_a_new_epoch_comes_twice,
    a_folder_with_a_request_is_put_back,
    a_disk_with_a_request_is_put_back,
    a_folder_with_the_request_of_a_person_is_put_back,
    a_second_copy_has_seen_what_a_disk_asked_for,
    a_second_copy_is_plugged_in_while_a_request_waits,
    two_copies_of_a_disk_send_one_request,
    a_disk_is_put_back_before_its_request_arrives,
    a_citizen_comes_while_an_older_disk_recovers,
    an_older_disk_gets_back_what_it_lost,
    the_power_goes_between_the_last_page_and_the_new_epoch,
    the_province_has_nothing_of_what_it_holds,
    the_province_leaves_one_out,
    the_province_says_another_s_operation_is_ours,
)
