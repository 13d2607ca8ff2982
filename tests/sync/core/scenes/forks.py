"""Two that write in one place: disks that were copied or put back and went on, machines that took it over."""

from __future__ import annotations

from sync.core import asks
from tests.sync.core.scenes.stage import Stage, lost, meanwhile
from tests.sync.core.sim.machine import Machine


def a_citizen_comes_while_a_fork_is_looked_for(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.image(pc)
    stage.receive(pc, 4)
    stage.call(pc)
    stage.put_back(pc)
    stage.edit(pc, 6)
    stage.call(pc, (asks.FetchOwn, 1, lost), to="line_down")
    stage.receive(pc)


def a_fork_is_found_where_it_began(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 4)
    stage.call(pc)
    stage.image(pc)
    stage.edit(pc, 5)
    stage.call(pc)
    stage.put_back(pc)
    stage.edit(pc, 7)
    stage.call(pc, to="fork")
    first = [each.seq for each in stage.asked(asks.NoteFork)]
    said = stage.asked(asks.StopNumbers)[-1].values["seq"]
    stage.sees(first == [5] and said == 5, "P15 the fork began elsewhere", first, said)


def a_fork_in_an_epoch_that_has_ended(stage: Stage) -> None:
    """Both copies wrote in it; the numbers of the next one are nobody else's."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    twin = stage.clone(pc)
    stage.edit(pc, 2)
    stage.edit(twin, 2)
    stage.call(twin)
    stage.world.enrol(pc)
    stage.call(pc)
    stage.serves(pc)


def an_epoch_that_has_ended_was_written_by_a_copy(stage: Stage) -> None:
    """This disk lacks it, and gives out the numbers of the next one all the same."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    twin = stage.clone(pc)
    stage.edit(twin, 3)
    stage.call(twin)
    stage.world.enrol(pc)
    stage.call(pc, (asks.FetchOwn, 1, lost), to="line_down")
    stage.serves(pc)
    stage.call(pc)


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


def what_lay_before_a_fork_is_lost_and_another_s_stands_there(stage: Stage) -> None:
    """The twin parted from the chain at its third operation; in the province that came back it does at its second.
    What waits is counted from there at once."""
    pc = stage.counter()
    stage.receive(pc)
    stage.call(pc)
    stage.backup()
    stage.image(pc)
    stage.edit(pc)
    twin = stage.clone(pc)
    stage.edit(pc, 2)
    stage.edit(twin, 2)
    stage.call(pc)
    stage.call(twin, to="fork")
    stage.call(twin, to="fork")
    stage.put_back(pc)
    stage.edit(pc, 4)
    stage.restore()
    stage.call(pc)
    stage.call(twin, (asks.SendBatch, 1, lost), to="line_down")
    assert twin.book is not None
    stage.sees(twin.book.unsent() == 3, "P16 the count lies", twin.book.unsent())
    stage.call(twin, to="fork")


def a_twin_writes_between_hello_and_push(stage: Stage) -> None:
    """The push is answered `fork`: nothing of ours is in the chain, however far that reaches."""
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    twin = stage.clone(pc)
    stage.edit(pc, 2)
    stage.edit(twin, 3)
    stage.call(pc, (asks.NoteContact, 1, meanwhile(lambda: _calls(twin))), to="fork")
    stage.call(pc, to="fork")                      # said until a person has done something about it


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
    stage.call(pc, to="stale_epoch")
    stage.receive(pc)


def another_machine_takes_the_place_during_a_push(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    stage.receive(pc)
    stage.call(pc, (asks.SendBatch, 1, meanwhile(lambda: stage.counter(pc.name))), to="stale_epoch")
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
    a_citizen_comes_while_a_fork_is_looked_for,
    a_fork_is_found_where_it_began,
    a_fork_in_an_epoch_that_has_ended,
    an_epoch_that_has_ended_was_written_by_a_copy,
    both_copies_of_a_disk_went_on_and_the_province_came_back,
    what_lay_before_a_fork_is_lost_and_another_s_stands_there,
    a_twin_writes_between_hello_and_push,
    another_machine_takes_the_place,
    another_machine_takes_the_place_during_a_push,
    a_sealed_one_follows_another_branch,
)
