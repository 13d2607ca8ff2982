"""kill -9 at random instants of backups and restores: what bears a name is whole, and one whole book stands.

By turns a child takes backups one after the other, or puts one in the place of a damaged book, and is killed at a
random instant. After a killed backup every named one is whole and the last that was said to be done is among
them. After a killed restore the next start either says again that the book is damaged, which lies there byte for
byte, or has the book of the backup; a damaged book is kept aside in every case.

    python -m tests.faults.kill_backup [--kills 200] [--seed 1]
"""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from app.errors import EnvironmentFault
from app.paths import DataFolder
from app.services.backup.figures import BookFigures, book_figures
from app.services.backup.names import Why, backups_in
from app.services.backup.restore import asides_in, ask_restore, examine, restore_backup
from app.services.backup.take import Place, Source, take_backup
from app.store.keys import find_key
from tests.faults.command import command
from tests.faults.lives import one_life
from tests.office import Province, SetClock, make_office, reopen, sample_intake

DOSSIERS = 40


@dataclass(slots=True)
class Figures:
    kills: int = 0
    taken: int = 0                                 # backups that were said to be done
    put_back: int = 0                              # restores that came to their end, killed or not
    still_damaged: int = 0
    broken: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return not self.broken

    def __str__(self) -> str:
        speed = self.kills / max(self.seconds, 0.001)
        return (f"kills {self.kills} · {speed:.1f} kills/s · backups {self.taken} · restored {self.put_back}, "
                f"still damaged {self.still_damaged}\n"
                f"broken {len(self.broken)} {self.broken[:3]}\n{'clean' if self.is_clean else 'VIOLATED'}")


@dataclass(slots=True)
class Machine:
    root: Path
    province: Province
    clock: SetClock
    key: bytes

    @property
    def folder(self) -> DataFolder:
        return DataFolder(self.root / "office")


def run(kills: int, seed: int, folder: Path) -> Figures:
    figures, noise = Figures(), random.Random(seed)
    office = make_office(folder)
    for turn in range(DOSSIERS):
        office.receive(sample_intake(f"form-{turn}"))
    application = office.application
    take_backup(Source(application.database, application.book_key), Place(DataFolder(folder / "office").backups),
                Why.ASKED, office.clock.now())
    application.close()
    machine = Machine(folder, office.province, office.clock,
                      find_key(application.folder.database, None, folder / "keys").key)
    longest = _measured(machine)
    started = time.perf_counter()
    for turn in range(kills):
        life = noise.uniform(0, 1.2 * longest)
        machine.clock.advance(timedelta(hours=1))
        (_killed_backup if turn % 2 else _killed_restore)(machine, turn, life, figures)
        figures.kills += 1
    figures.seconds = time.perf_counter() - started
    return figures


def _measured(machine: Machine) -> float:
    """Seconds that a restore takes when nobody kills it."""
    ask_restore(machine.folder)
    started = time.perf_counter()
    restore_backup(machine.folder, backups_in(machine.folder.backups)[0], machine.key, machine.clock.now())
    return time.perf_counter() - started


def _killed_backup(machine: Machine, turn: int, life: float, figures: Figures) -> None:
    said = one_life(partial(_back_up_for_ever, machine, turn), life, counted_from="b")
    figures.taken += len(said)
    there = {each.file.name: each for each in backups_in(machine.folder.backups)}
    if said and said[-1] not in there:
        figures.broken.append(f"{said[-1]} is gone")
    for each in there.values():
        try:
            examine(each, machine.key, each.book)
        except EnvironmentFault as fault:
            figures.broken.append(f"{each.file.name}: {fault}")


def _back_up_for_ever(machine: Machine, turn: int, paper: int) -> None:
    office = reopen(machine.root, machine.province, machine.clock, seed=turn)
    source = Source(office.application.database, office.application.book_key)
    os.write(paper, b"b")
    while True:
        office.clock.advance(timedelta(seconds=1))
        taken = take_backup(source, Place(machine.folder.backups), Why.CLOSE, office.clock.now())
        os.write(paper, f"{taken.backup.file.name}\n".encode())


def _killed_restore(machine: Machine, turn: int, life: float, figures: Figures) -> None:
    book = machine.folder.database
    raw = bytearray(book.read_bytes())
    raw[turn % 90 + 20] ^= 1                       # the first page: it does not open any more
    book.write_bytes(raw)
    wanted = examine(backups_in(machine.folder.backups)[0], machine.key)
    one_life(partial(_restore, machine), life, counted_from="b")
    if (standing := _standing(machine, wanted, bytes(raw))) == "damaged":
        figures.still_damaged += 1
        restore_backup(machine.folder, backups_in(machine.folder.backups)[0], machine.key, machine.clock.now())
        standing = _standing(machine, wanted, bytes(raw))
    if standing != "restored":
        figures.broken.append(standing)
    figures.put_back += 1


def _restore(machine: Machine, paper: int) -> None:
    os.write(paper, b"b")
    restore_backup(machine.folder, backups_in(machine.folder.backups)[0], machine.key, machine.clock.now())
    os.write(paper, b"\nrestored\n")
    time.sleep(10)                                 # until it is killed


def _standing(machine: Machine, wanted: BookFigures, damaged: bytes) -> str:
    try:
        office = reopen(machine.root, machine.province, machine.clock)
    except EnvironmentFault as fault:
        if fault.code not in ("database_key_wrong", "book_lost"):
            return str(fault)
        return "damaged" if machine.folder.database.read_bytes() == damaged else "neither the one nor the other"
    try:
        with office.application.database.reading() as connection:
            now = book_figures(connection)
        findings = office.application.database.integrity_findings()
    finally:
        office.application.close()
    if findings or now.differing(wanted):
        return f"{findings} {now.differing(wanted)}"
    is_kept = any(each.read_bytes() == damaged for each in asides_in(machine.folder)[:2])
    return "restored" if is_kept else "the damaged book is not kept"


if __name__ == "__main__":
    sys.exit(command(__doc__ or "", run, ("kills", 200)))
