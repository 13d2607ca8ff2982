"""An older disk, a copy elsewhere, a swapped stick: no number is given out before recovery (reliability.md, P18).

A counter lives: it receives, its stick is in or in a drawer, its folder is copied away. Then the copy comes back
as its disk: the data folder alone, the whole disk with the small witness on it, or everything on another machine.
Whoever starts then tries to receive; where any witness knows better, it must be refused until everything that a
witness holds has come back and a new epoch has begun. No number may ever stand on two papers, and what is lost
must have been counted as at risk before. A whole disk that comes back while the stick is in the drawer has no
witness at all: that is the stated limit, counted apart ("unseen"), and is what the province then finds.

    python -m tests.faults.disk_swap [--swaps 500] [--seed 1] [--without-witness]
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from app.errors import KnownError, Refusal
from app.services import second_copy as known
from app.services import witness as local_witness
from app.services.epochs import prepare_epoch, take_epoch
from app.services.numbers import store_lease
from app.services.standing import Reason, ask_new_epoch, numbers_stopped, stop_numbers
from app.store.settings import write_setting
from app.store.tables import journal
from sync.second_copy import keeper as keeping
from sync.second_copy.disk import MediumDisk
from sync.second_copy.keeper import Keeper
from sync.second_copy.medium import make_medium
from sync.second_copy.restore import restore_from_medium
from sync.second_copy.witness import Compared
from tests.faults.command import command
from tests.office import make_office, reopen, sample_intake
from tests.sync.second_copy.conftest import PROVINCE

SWAPS_A_LIFE = 12
KINDS = ("data_folder", "whole_disk", "other_machine")


@dataclass(slots=True)
class Figures:
    swaps: int = 0
    papers: int = 0
    refused: int = 0               # receptions that were refused because a witness knew better
    given: int = 0                 # numbers given out before recovery although a witness was there
    doubled: int = 0               # numbers on two papers
    lost: int = 0                  # papers in no journal any more
    lost_unsaid: int = 0           # of these: not counted as at risk before
    unseen: int = 0                # swaps without any witness: the stated limit
    stuck: int = 0                 # after recovery and a new epoch reception did not go on
    parted: int = 0
    brought: int = 0
    seconds: float = 0.0
    kinds: set[str] = field(default_factory=set)

    @property
    def is_clean(self) -> bool:
        return not (self.given or self.doubled or self.lost_unsaid or self.stuck or self.parted)


class Life:
    """One counter, its stick, and the papers that citizens hold."""

    def __init__(self, folder: Path, noise: random.Random, figures: Figures) -> None:
        self.folder, self.noise, self.figures = folder, noise, figures
        self.office = make_office(folder)
        self.stick, self.drawer = folder / "stick", folder / "drawer"
        self.stick.mkdir()
        self.papers: dict[str, str] = {}           # number → form
        self.forms = self.starts = 0
        self.epoch = 1
        application = self.office.application
        with application.database.writing() as connection:
            public = PROVINCE.public_key().public_bytes_raw()
            write_setting(connection, known.PROVINCE_KEY, public.hex())
            medium = make_medium(self.stick, "quay-1", self.office.clock.now(), MediumDisk())
            known.choose(connection, self.stick, medium.id)

    @property
    def is_plugged(self) -> bool:
        return self.stick.exists()

    def plug(self, *, is_in: bool) -> None:
        if is_in and not self.is_plugged:
            self.drawer.rename(self.stick)
        elif not is_in and self.is_plugged:
            self.stick.rename(self.drawer)

    def keep(self) -> None:
        """As the window does before a paper: a medium that is away stops nothing."""
        application = self.office.application
        try:
            Keeper(application.database, application.book_key, application.clock).keep()
        except KnownError:
            return

    def receive(self) -> bool:
        self.forms += 1
        try:
            received = self.office.receive(sample_intake(f"form-{self.forms}"))
        except Refusal as refusal:
            if refusal.code != "numbers_stopped":
                raise
            return False
        self.keep()
        code = received.dossier.code
        self.figures.doubled += code in self.papers
        self.papers[code] = f"form-{self.forms}"
        self.figures.papers += 1
        return True

    def at_risk(self) -> int:
        application = self.office.application
        with application.database.reading() as connection:
            return known.at_risk(connection, application.enrolled).dossiers

    def start(self) -> None:
        self.starts += 1
        self.office = reopen(self.folder, self.office.province, self.office.clock, seed=1_000 + self.starts)
        if self.is_plugged:
            self.keep()                            # the first look, before the first number

    def begin_epoch(self) -> None:
        """As the province would: the next epoch, numbers that nobody had."""
        self.epoch += 1
        application = self.office.application
        with application.database.writing() as connection:
            counter = application.enrolled
            prepare_epoch(connection, counter, "behind", self.office.noise.randbytes)
            take_epoch(connection, counter, self.epoch, "thẻ-mới")
        application.reread()
        lease = self.office.province.lease("cong-an", 500 * self.epoch, 500 * self.epoch + 499, epoch=self.epoch)
        with application.database.writing() as connection:
            store_lease(connection, application.enrolled, *lease)

    def numbers_here(self) -> set[str]:
        with self.office.application.database.reading() as connection:
            return {row.number for row in connection.execute(journal.select()) if row.number}


def swap(life: Life, figures: Figures) -> None:
    noise = life.noise
    life.plug(is_in=noise.random() < 0.7)
    for _ in range(noise.randrange(3)):
        life.receive()
    kind = noise.choice(KINDS)
    image = life.folder / "image"
    life.office.application.close()
    shutil.copytree(life.folder / "office", image / "office")
    shutil.copytree(life.folder / "keys", image / "keys")
    life.start()
    life.plug(is_in=noise.random() < 0.7)
    for _ in range(1 + noise.randrange(3)):
        life.receive()
        if noise.random() < 0.2:
            life.plug(is_in=noise.random() < 0.6)
    is_kept = life.at_risk() == 0
    said = life.at_risk()
    here = life.numbers_here()
    life.office.application.close()
    for part in ("office",) if kind == "data_folder" else ("office", "keys"):
        shutil.rmtree(life.folder / part)
        shutil.copytree(image / part, life.folder / part)
    shutil.rmtree(image)
    figures.swaps += 1
    figures.kinds.add(kind)
    is_seen = kind != "whole_disk" or (life.is_plugged and is_kept)
    with elsewhere(kind):
        life.start()
        _recover(life, figures, here, said, is_seen=is_seen)
        life.office.application.close()
    if kind == "other_machine":                    # the counter lives on where it was moved; its witness with it
        for witness in (life.folder / "keys").glob("*.witness"):
            witness.unlink()
        with_note(life)
    life.start()


def _recover(life: Life, figures: Figures, here: set[str], said: int, *, is_seen: bool) -> None:
    application = life.office.application
    with application.database.reading() as connection:
        stopped = numbers_stopped(connection)
    if stopped is None and not is_seen:
        figures.unseen += 1                        # found by the province at the next contact, older than it
        with application.database.writing() as connection:
            stop_numbers(connection, Reason.OLDER_THAN_WITNESS, {"why": "province"}, life.office.clock.now())
    else:
        for _ in range(2):
            if life.receive():
                figures.given += 1
            else:
                figures.refused += 1
    life.plug(is_in=True)
    try:
        figures.brought += restore_from_medium(application.database, application.book_key, life.stick).brought
    except Refusal:
        figures.parted += 1                        # the book went on writing in the place of what it lacked
    lost = here - life.numbers_here()
    figures.lost += len(lost)
    figures.lost_unsaid += max(0, len(lost) - said)
    with application.database.writing() as connection:
        if numbers_stopped(connection) is not None:
            ask_new_epoch(connection)
    life.begin_epoch()
    if not life.receive():
        figures.stuck += 1


def with_note(life: Life) -> None:
    """Forget in the book which witness watched it elsewhere: set-up on the machine where it lives from now on."""
    from app.store.database import open_database
    from app.store.keys import load_or_make_key
    from app.store.settings import write_sync

    found = load_or_make_key(life.folder / "office" / "counter.db", None, life.folder / "keys")
    database = open_database(life.folder / "office" / "counter.db", found.key)
    try:
        with database.writing() as connection:
            write_sync(connection, local_witness.WATCHED_BY, None)
    finally:
        database.close()


@contextmanager
def elsewhere(kind: str) -> Iterator[None]:
    if kind != "other_machine":
        yield
        return
    with patch("app.store.witness.machine_name", lambda: "another machine"):
        yield


@contextmanager
def without_witness() -> Iterator[None]:
    """The mutant: nobody looks."""
    with (
        patch.object(local_witness, "findings", lambda *_: None),
        patch.object(keeping, "compare", lambda *_: Compared(frozenset(), frozenset())),
    ):
        yield


def run(swaps: int, seed: int, folder: Path) -> Figures:
    figures, noise = Figures(), random.Random(seed)
    begun = time.monotonic()
    while figures.swaps < swaps:
        home = folder / f"life-{figures.swaps}"
        life = Life(home, noise, figures)
        try:
            for _ in range(min(SWAPS_A_LIFE, swaps - figures.swaps)):
                swap(life, figures)
        finally:
            life.office.application.close()
        shutil.rmtree(home)
    figures.seconds = time.monotonic() - begun
    return figures


def main() -> int:
    return command("older disks and copies: no number before recovery", run, ("swaps", 500),
                   ("without-witness", without_witness))


if __name__ == "__main__":
    sys.exit(main())
