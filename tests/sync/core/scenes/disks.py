"""Disks that are put back or copied, requests of a new epoch without an answer, forks."""

from __future__ import annotations

from sync.core import asks
from tests.sync.core.scenes.stage import NOT_MET, Stage, answer_lost, cut_after, lost, meanwhile
from tests.sync.core.sim.machine import Machine


def the_answer_to_a_new_epoch_is_lost(stage: Stage) -> None:
    """It has begun at the province, so a hello of the old one would be a stranger's: the request goes again."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc, 3)
    stage.call(pc)
    stage.put_back(pc)
    stage.call(pc, (asks.AskEpoch, 1, answer_lost))
    stage.call(pc)
    stage.serves(pc)


def the_answer_to_a_new_epoch_comes_twice(stage: Stage) -> None:
    """The other one comes when the epoch is in use: its token must not end that one."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc)
    stage.call(pc)
    stage.put_back(pc)
    the_request = 3                                # after the hello and what the disk has lost
    stage.call(pc, script={the_request: "twice"})
    stage.sees(len(stage.line.under_way) == 1, NOT_MET)
    stage.line.one_arrives()
    stage.serves(pc)
    stage.call(pc)


def a_folder_with_a_request_is_put_back(stage: Stage) -> None:
    """What was lost had the answer, and gave out numbers of that epoch which nobody else knows of."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc)
    stage.call(pc)
    stage.put_back(pc)
    stage.call(pc, (asks.AskEpoch, 1, lost))
    pc.images.clear()
    stage.image(pc)
    stage.call(pc)
    stage.receive(pc, 2)
    stage.put_back(pc, is_whole_disk=False)
    stage.call(pc)
    stage.receive(pc, 2)


def a_disk_with_a_request_is_put_back(stage: Stage) -> None:
    """No witness is left to say so; the province alone knows that something was written in that epoch."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc)
    stage.call(pc)
    stage.put_back(pc)
    stage.call(pc, (asks.AskEpoch, 1, lost))
    pc.images.clear()
    stage.image(pc)
    stage.call(pc)
    stage.receive(pc, 2)
    stage.call(pc)
    stage.put_back(pc)
    stage.call(pc, (asks.TakeEpoch, 1, cut_after))
    stage.receive(pc, 2)


def a_citizen_comes_while_an_older_disk_recovers(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc, 4)
    stage.call(pc)
    stage.put_back(pc)
    stage.call(pc, (asks.FetchOwn, 1, lost))
    stage.receive(pc)


def a_citizen_comes_while_a_fork_is_looked_for(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc, 4)
    stage.call(pc)
    stage.put_back(pc)
    stage.edit(pc, 6)
    stage.call(pc, (asks.FetchOwn, 1, lost))
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
    stage.call(pc, (asks.ImportOwn, 1, cut_after))
    stage.call(pc)
    stage.serves(pc, 3)


def both_copies_of_a_disk_went_on_and_the_province_came_back(stage: Stage) -> None:
    """What the first sent was confirmed, and is lost; the twin was quicker to write in its place."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.backup()
    twin = stage.clone(pc)
    stage.edit(pc, 3)
    stage.call(pc)
    stage.restore()
    stage.edit(twin, 6)
    stage.call(twin)
    stage.call(pc)


def a_twin_writes_between_hello_and_push(stage: Stage) -> None:
    """The push is answered `fork`: nothing of ours is in the chain, however far that reaches."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    twin = stage.clone(pc)
    stage.edit(pc, 2)
    stage.edit(twin, 3)
    stage.call(pc, (asks.NoteContact, 1, meanwhile(lambda: _calls(twin))))
    stage.sees(pc.problem == "fork", "P17 a fork that nobody was told of", pc, pc.problem)
    stage.call(pc)
    stage.sees(pc.problem == "fork", "P17 a fork that is told once", pc, pc.problem)


def _calls(pc: Machine) -> None:
    pc.call()
    pc.go_on(10_000)


def another_machine_takes_the_place(stage: Stage) -> None:
    """The old one is told, and gives no more numbers of its own."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.replaced(pc, is_dead=False)
    stage.receive(pc)
    stage.call(pc)
    stage.receive(pc)


def another_machine_takes_the_place_during_a_push(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.receive(pc)
    stage.call(pc, (asks.SendBatch, 1, meanwhile(lambda: stage.counter(pc.name))))
    stage.sees(pc.problem == "stale_epoch", "P12 called for something else", pc.problem)
    stage.receive(pc)


def a_sealed_one_follows_another_branch(stage: Stage) -> None:
    """Its place is free in the chain that the twin wrote, and nobody can read what it follows."""
    pc = stage.counter(with_medium=True)
    stage.receive(pc, 2)
    stage.call(pc)
    twin = stage.clone(pc)
    stage.edit(twin)
    stage.call(twin)
    stage.edit(pc)
    stage.edit(pc, poison="unreadable")
    stage.replaced(pc)


SCENES = (
    the_answer_to_a_new_epoch_is_lost,
    the_answer_to_a_new_epoch_comes_twice,
    a_folder_with_a_request_is_put_back,
    a_disk_with_a_request_is_put_back,
    a_citizen_comes_while_an_older_disk_recovers,
    a_citizen_comes_while_a_fork_is_looked_for,
    an_older_disk_gets_back_what_it_lost,
    both_copies_of_a_disk_went_on_and_the_province_came_back,
    a_twin_writes_between_hello_and_push,
    another_machine_takes_the_place,
    another_machine_takes_the_place_during_a_push,
    a_sealed_one_follows_another_branch,
)
