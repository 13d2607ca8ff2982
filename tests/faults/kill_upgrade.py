"""kill -9 at random instants of an upgrade: one version works after each, and everything arrives once afterwards.

A counter of a real province has unsent operations and parked forms in a book of an earlier schema. Its upgrade is
killed at a random instant, again and again: on what the kill before left, or on the old book anew where an upgrade
had come to its end. After every kill the book is either the old one, line for line, or the new one, whole; each
backup that has a name is whole. At the end the upgrade runs through and the counter meets its province: every
dossier is there once, the parked forms are still parked.

    python -m tests.faults.kill_upgrade [--kills 100] [--seed 1]
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections import Counter as Amounts
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from app.bootstrap import open_application
from app.errors import EnvironmentFault
from app.paths import DataFolder
from app.services.backup.figures import BookFigures, book_figures, journal_digest
from app.services.backup.names import backups_in
from app.services.backup.restore import examine
from app.services.drafts import list_drafts, save_draft
from app.store import migrate
from app.store.database import open_database
from app.store.keys import find_key
from tests.app.store.older_books import back_to_0001, back_to_0003, back_to_0005
from tests.faults.command import command
from tests.faults.lives import one_life
from tests.office import Office, SetClock
from tests.sync.client.trial import Counter, Trial, trial_province

UNSENT, PARKED = 500, 4
KILLS_A_HISTORY = 10
OLDER: tuple[Callable[[Connection], None], ...] = (back_to_0005, back_to_0003, back_to_0001)
"""The books that are taken over: as the version before wrote them, and much older ones."""


@dataclass(slots=True)
class Figures:
    kills: int = 0
    ended_as: Amounts[str] = field(default_factory=Amounts)    # what the book was after a kill
    broken: list[str] = field(default_factory=list)
    dossiers: int = 0
    lost: int = 0                                  # received here, not at the province
    doubled: int = 0
    forms_lost: int = 0
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return not (self.broken or self.lost or self.doubled or self.forms_lost)

    def __str__(self) -> str:
        said = ", ".join(f"{name} {number}" for name, number in sorted(self.ended_as.items()))
        return (f"kills {self.kills} ({said}) · {self.kills / max(self.seconds, 0.001):.1f} kills/s\n"
                f"unusable {len(self.broken)} {self.broken[:3]} · dossiers {self.dossiers}, lost {self.lost}, "
                f"twice {self.doubled} · parked forms lost {self.forms_lost}\n"
                f"{'clean' if self.is_clean else 'VIOLATED'}")


@dataclass(slots=True)
class Old:
    """One counter's machine with an old book, and how that book must be found."""

    root: Path
    clock: SetClock
    before: BookFigures
    lines: str
    key: bytes
    seconds: float = 0.0                           # that an upgrade takes when nobody kills it

    @property
    def folder(self) -> DataFolder:
        return DataFolder(self.root / "office")

    def open(self, seed: int) -> object:
        noise = random.Random(seed)
        return open_application(
            self.folder, clock=self.clock, key_folder=self.root / "keys", randomness=noise.randbytes
        )


def run(kills: int, seed: int, folder: Path, unsent: int = UNSENT) -> Figures:
    """So many kills, ten for each counter and its old book."""
    figures, noise = Figures(), random.Random(seed)
    with trial_province(folder / "province", None) as trial:
        history = 0
        while figures.kills < kills:
            _history(trial, folder / f"pc-{history}", OLDER[history % len(OLDER)], noise, figures,
                     min(KILLS_A_HISTORY, kills - figures.kills), unsent)
            history += 1
    return figures


def _history(
    trial: Trial, root: Path, back: Callable[[Connection], None], noise: random.Random, figures: Figures,
    kills: int, unsent: int,
) -> None:
    place = trial.place(slots=2)
    counter = place.enrol(root)
    counter.sync()                                 # brings leases; from here on the line is down
    counter.reread()
    codes = counter.receive(unsent)
    old = _made_old(counter, root, back)
    pristine = root.with_name(root.name + "-old")
    shutil.copytree(root, pristine)
    old.seconds = _measured(old, pristine)
    started = time.perf_counter()
    for turn in range(kills):
        one_life(lambda paper, turn=turn: _upgrade(old, turn, paper), noise.uniform(0, old.seconds * 1.1),
                 counted_from="b")
        figures.kills += 1
        standing = _standing(old)
        figures.ended_as[standing if standing in ("old", "new") else "broken"] += 1
        if standing not in ("old", "new"):
            figures.broken.append(standing)
        if standing != "old":
            shutil.rmtree(root)
            shutil.copytree(pristine, root)
    figures.seconds += time.perf_counter() - started
    _meet(trial, counter, old, codes, figures)


def _made_old(counter: Counter, root: Path, back: Callable[[Connection], None]) -> Old:
    database, clock = counter.office.application.database, counter.office.clock
    with database.writing() as connection:
        for number in range(PARKED):
            save_draft(connection, intent=f"parked-{number}", label=f"Mẫu {number}", clerk="nv1",
                       form={"n": number}, now=clock.now(), is_parked=True)
    with database.writing() as connection:
        back(connection)
    with database.reading() as connection:
        before, lines = book_figures(connection), journal_digest(connection)
    counter.close()
    return Old(root, clock, before, lines, find_key(DataFolder(root / "office").database, None, root / "keys").key)


def _measured(old: Old, pristine: Path) -> float:
    """Seconds from the first line of a start to an open office, in a process like those that are killed."""
    started = time.perf_counter()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _upgrade(old, 0, writing, is_to_end=True)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        said.read()
    taken = time.perf_counter() - started
    os.waitpid(child, 0)
    shutil.rmtree(old.root)
    shutil.copytree(pristine, old.root)
    return taken


def _upgrade(old: Old, turn: int, paper: int, *, is_to_end: bool = False) -> None:
    os.write(paper, b"b")
    old.open(turn)
    os.write(paper, b"\nopen\n")
    while not is_to_end:
        time.sleep(1)                              # until it is killed


def _standing(old: Old) -> str:
    """"old", "new", or in words what is wrong."""
    try:
        database = open_database(old.folder.database, old.key)
    except EnvironmentFault as fault:
        return f"does not open: {fault}"
    try:
        with database.reading() as connection:
            now, lines = book_figures(connection), journal_digest(connection)
        if findings := database.integrity_findings():
            return f"file: {findings[0]}"
    finally:
        database.close()
    if lines != old.lines:
        return "journal differs"
    if now.differing(old.before):
        return f"differs: {now.differing(old.before)}"
    for each in backups_in(old.folder.backups):
        if examine(each, old.key, each.book) != old.before:
            return f"backup {each.file.name} differs"
    if now.revision == old.before.revision:
        return "old" if now == old.before else "old with other tables"
    return "new" if now.revision == migrate.HEAD else f"half way: {now.revision}"


def _meet(trial: Trial, counter: Counter, old: Old, codes: list[str], figures: Figures) -> None:
    application = old.open(1_000)
    counter.office = Office(application, old.clock, counter.office.province, random.Random(1))  # type: ignore[arg-type]
    try:
        with counter.office.application.database.reading() as connection:
            parked = [draft.intent for draft in list_drafts(connection) if draft.is_parked]
        figures.forms_lost += PARKED - len(set(parked))
        counter.sync_until_quiet()
    finally:
        counter.close()
    held = trial.report(counter.place.office)["codes"]
    figures.dossiers += len(codes)
    figures.lost += len(set(codes) - set(held))
    figures.doubled += len(held) - len(set(held))


if __name__ == "__main__":
    sys.exit(command(__doc__ or "", run, ("kills", 100)))
