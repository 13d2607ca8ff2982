"""What a province that came back has never heard of: epochs, counters, and which of two disks is the older one."""

from __future__ import annotations

from sync.core import asks
from tests.sync.core.scenes.stage import Stage
from tests.sync.core.sim.machine import Machine
from tests.sync.core.sim.operations import Operation


def a_neighbour_whom_the_backup_never_saw_is_given_back(stage: Stage) -> None:
    pc = stage.counter("1")
    stage.backup()
    gone = stage.counter("2")
    made = _leaves(stage, gone, pc)
    stage.restore()
    stage.call(pc)
    stage.holds(made, "P15 what only a neighbour holds of a forgotten counter is not given back")


def a_neighbour_s_epoch_that_the_backup_never_saw_is_given_back(stage: Stage) -> None:
    """By its successor at the same place as well as by a neighbour: here by the neighbour alone."""
    pc, before = stage.counter("1"), stage.counter("2")
    stage.receive(before)
    stage.call(before)
    stage.backup()
    made = _leaves(stage, stage.replaced(before), pc)
    stage.restore()
    stage.call(pc)
    stage.holds(made, "P15 what only a neighbour holds of a forgotten epoch is not given back")


def the_next_machine_has_the_key_as_well(stage: Stage) -> None:
    """Given back to one province and lost by it again: a neighbour who first called in between gives it back."""
    pc, later = stage.counter("1"), stage.counter("3")
    stage.backup()
    made = _leaves(stage, stage.counter("2"), pc)
    stage.restore()
    stage.call(pc)
    stage.call(later)
    stage.dies(pc)
    stage.restore()
    stage.call(later)
    stage.holds(made, "P15 the word for a key did not come to whoever was there later")


def a_forgotten_neighbour_comes_back_after_it_was_given_back(stage: Stage) -> None:
    """Its own epoch is known again and it is not: it is enrolled anew, and sends what nobody had."""
    pc = stage.counter("1")
    stage.backup()
    gone = stage.counter("2")
    stage.receive(gone, 2)
    stage.call(gone)
    stage.call(pc)
    more = stage.receive(gone)
    stage.restore()
    stage.call(pc)
    stage.call(gone, to="not_enrolled")            # an author that was given back may not speak
    stage.world.help(gone)
    stage.call(gone)
    stage.holds(more, "P15 what it had not sent")


def two_restores_in_one_minute(stage: Stage) -> None:
    """The epoch that began between them is given to nobody else."""
    pc = stage.counter("1")
    stage.backup()
    stage.restore()
    first = stage.replaced(pc)
    made = stage.receive(first)
    stage.restore()
    second = stage.replaced(first, is_dead=False)
    stage.receive(second)
    stage.call(second)
    stage.world.enrol(first)
    stage.call(first)
    stage.holds(made, "P15 an epoch's number was given twice")


def a_forked_book_gives_the_chain_back(stage: Stage) -> None:
    """It went on from an older disk; the chain that it left came to it by the feed, and nobody else has it."""
    pc = stage.counter()
    stage.receive(pc)
    stage.call(pc)
    stage.backup()
    stage.image(pc)
    made = stage.receive(pc, 3)
    stage.call(pc)
    stage.put_back(pc, is_whole_disk=True)
    stage.edit(pc)
    stage.call(pc)
    stage.restore()
    stage.world.enrol(pc)
    stage.call(pc)
    stage.holds(made, "P15 the chain that a forked book holds is not given back")


def the_second_hello_to_a_restored_province_is_lost(stage: Stage) -> None:
    """The first one told a copied disk that it is one: it gives no number more, whatever becomes of the second."""
    pc = stage.counter()
    stage.receive(pc)
    stage.call(pc)
    stage.backup()
    stage.restore()
    twin = stage.clone(pc)
    stage.receive(pc, 2)
    stage.call(pc)
    stage.receive(twin)
    stage.call(twin, script={2: "lost"}, to="line_down")
    stage.sees(not stage.receive(twin), "P17 a copied disk that was told so gives a number")


def an_older_disk_writes_where_a_forgotten_one_had(stage: Stage) -> None:
    """Its successor alone holds what was there, and gives it once to each province that came back: beside."""
    pc = stage.counter()
    stage.backup()
    stage.image(pc)
    made = stage.receive(pc, 3)
    stage.call(pc)
    fresh = stage.replaced(pc, is_dead=False)
    stage.call(fresh)
    stage.put_back(pc)
    stage.restore()
    other = stage.receive(pc)
    stage.call(pc)
    stage.backup()
    stage.world.enrol(fresh)
    stage.call(fresh)
    stage.holds(made, "P15 what an older disk wrote over is not given back")
    stage.holds(other, "P15 what the older disk wrote")
    stage.call(fresh)
    stage.sees(not stage.asked(asks.SendBatch), "P10 given again and again")
    stage.restore()
    stage.world.enrol(fresh)
    stage.call(fresh)
    stage.holds(made, "P15 it is not given to the next one")


def what_was_written_over_cannot_be_read(stage: Stage) -> None:
    """One of it goes sealed, and all the others as they are."""
    pc = stage.counter()
    stage.backup()
    stage.image(pc)
    made = stage.receive(pc) + stage.receive(pc, poison="unreadable") + stage.receive(pc)
    stage.call(pc)
    fresh = stage.replaced(pc, is_dead=False)
    stage.call(fresh)
    stage.put_back(pc)
    stage.restore()
    stage.receive(pc)
    stage.call(pc)
    stage.world.enrol(fresh)
    stage.call(fresh)
    stage.holds(made, "P15 an unreadable operation is not given back, or stops another")


def a_chain_that_was_written_over_is_lost_again(stage: Stage) -> None:
    """By the third province both of those that wrote it are gone, and their successor alone holds either."""
    pc = stage.counter()
    stage.backup()
    stage.image(pc)
    made = stage.receive(pc, 2)
    stage.call(pc)
    fresh = stage.replaced(pc, is_dead=False)
    stage.call(fresh)
    stage.put_back(pc)
    stage.restore()
    made += stage.receive(pc, 3)
    stage.call(pc)
    stage.dies(pc)
    stage.world.enrol(fresh)
    stage.call(fresh)
    stage.restore()
    stage.world.enrol(fresh)
    stage.call(fresh)
    stage.holds(made, "P15 one of two chains is lost")


def _leaves(stage: Stage, gone: Machine, pc: Machine) -> list[Operation]:
    """What `gone` wrote and sent before it died; `pc` has it from the feed."""
    made = stage.receive(gone, 2)
    stage.call(gone)
    stage.call(pc)
    stage.dies(gone)
    return made


SCENES = (
    a_neighbour_whom_the_backup_never_saw_is_given_back,
    a_neighbour_s_epoch_that_the_backup_never_saw_is_given_back,
    the_next_machine_has_the_key_as_well,
    a_forgotten_neighbour_comes_back_after_it_was_given_back,
    two_restores_in_one_minute,
    a_forked_book_gives_the_chain_back,
    the_second_hello_to_a_restored_province_is_lost,
    an_older_disk_writes_where_a_forgotten_one_had,
    what_was_written_over_cannot_be_read,
    a_chain_that_was_written_over_is_lost_again,
)
