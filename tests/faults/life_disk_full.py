"""A disk that is full at the 1st, 2nd … n-th page of every act of a dossier's life: the whole act, or nothing.

A clerk's day goes on until each kind of act has met a full disk. An act that is refused must say `disk_full` and
leave every row of every table as it was; it is then tried again with a page more, until there is room and the same
act goes through. At the end the book is whole, as after any day.

    python -m tests.faults.life_disk_full [--rounds 5]
    python -m tests.faults.life_disk_full --tmpfs   # as root: a real small disk, really full at every single write
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import EnvironmentFault
from app.services.days import today_at_counter
from tests.app.store.older_books import columns_of, rows_of
from tests.faults.book_checks import halves, lists_differ, read_journal, rebuilt_differs
from tests.faults.disk_full import room_for
from tests.faults.lives import chain_breaks
from tests.faults.office_day import ACTS, Act, Day
from tests.office import Office, make_office

TRIES = 12
"""Acts of one kind at most until one of them needs a page more than there is."""
BEFORE = 80
"""Acts before the first disk is full, and some between, so that every kind finds something to do."""

Squeeze = Callable[[Office, int], AbstractContextManager[None]]
"""With so many pages of room, and no more."""


@dataclass(slots=True)
class Figures:
    done: int = 0
    refused: Counter[str] = field(default_factory=Counter)         # by kind of act
    codes_of_refusals: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.faults and self.codes_of_refusals == {"disk_full"}


def run(folder: Path, rounds: int, *, seed: int = 1, squeeze: Squeeze = room_for,
        acts: tuple[Act, ...] = tuple(ACTS)) -> Figures:
    """Each kind of act meets the full disk `rounds` times."""
    figures = Figures()
    office = make_office(folder, seed=seed)
    try:
        day = Day(office, random.Random(seed), "đầy")
        for _ in range(BEFORE):
            day.next()
        for _ in range(rounds):
            for act in acts:
                _until_refused(day, act, squeeze, figures)
        _check(office, figures)
    finally:
        office.application.close()
    return figures


def _until_refused(day: Day, act: Act, squeeze: Squeeze, figures: Figures) -> None:
    for _ in range(TRIES):
        before = figures.refused[act.__name__]
        if not _page_by_page(day, act, squeeze, figures):
            for _ in range(15):            # nothing of the kind to do: the day goes on until there is
                day.next()
        if figures.refused[act.__name__] > before:
            return


def _page_by_page(day: Day, act: Act, squeeze: Squeeze, figures: Figures) -> bool:
    """The same act with no page of room, with one, with two …; False when there was nothing to do."""
    pages, dice = 0, day.dice.getstate()
    intent = f"{act.__name__}-đầy-{figures.done}"
    rows = _rows(day.office)
    while True:
        day.dice.setstate(dice)
        try:
            with squeeze(day.office, pages):
                done = day.do(act, intent)
        except EnvironmentFault as fault:
            figures.refused[act.__name__] += 1
            figures.codes_of_refusals.add(fault.code)
            if _rows(day.office) != rows:
                figures.faults.append(f"{act.__name__} with {pages} pages of room left something behind")
                return True
            pages += 1
        else:
            figures.done += done is not None
            return done is not None


def _rows(office: Office) -> dict[str, list[Any]]:
    with office.application.database.reading() as connection:
        return rows_of(connection, columns_of(connection))


def _check(office: Office, figures: Figures) -> None:
    database, enrolled = office.application.database, office.application.enrolled
    with database.reading() as connection:
        figures.faults += halves(connection, read_journal(connection))
        today = today_at_counter(connection, office.clock.now()).isoformat()
        figures.faults += lists_differ(connection, enrolled.device, today)
        breaks = chain_breaks(connection, enrolled.key.public_key())
    if breaks:
        figures.faults.append(f"{breaks} chain breaks")
    with database.writing() as connection:
        figures.faults += rebuilt_differs(connection)
    figures.faults += database.integrity_findings()


@contextmanager
def little_disk(folder: Path, megabytes: int = 16) -> Iterator[Squeeze]:
    """A disk of its own under `folder`, and a way to fill it but for some pages. Needs the right to mount."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)

    @contextmanager
    def squeeze(office: Office, pages: int) -> Iterator[None]:
        # An empty log: every page that an act writes needs room of its own.
        with office.application.database._engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ballast = folder / "ballast"
        room = os.statvfs(folder)
        ballast.write_bytes(b"\0" * (room.f_bavail - pages) * room.f_frsize)
        try:
            yield
        finally:
            ballast.unlink()

    try:
        yield squeeze
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def run_on_tmpfs(folder: Path, rounds: int, *, seed: int = 1, acts: tuple[Act, ...] = tuple(ACTS)) -> Figures:
    with little_disk(folder) as squeeze:
        return run(folder, rounds, seed=seed, squeeze=squeeze, acts=acts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tmpfs", action="store_true")
    parser.add_argument("--only", default="", help="kinds of acts, comma separated")
    said = parser.parse_args()
    acts = tuple(act for act in ACTS if not said.only or act.__name__ in said.only.split(","))
    with tempfile.TemporaryDirectory(prefix="qmc-life-full-") as folder:
        place = run_on_tmpfs if said.tmpfs else run
        found = place(Path(folder), said.rounds, seed=said.seed, acts=acts)
    print(f"acts that went through {found.done} · refused {found.refused.total()} as "
          f"{', '.join(sorted(found.codes_of_refusals)) or 'nothing'}")
    print("  " + ", ".join(f"{act} {times}" for act, times in found.refused.most_common()))
    # An act that only changes rows in place needs no new page of the book; on a real disk its log does.
    spared = sorted({act.__name__ for act in acts} - set(+found.refused))
    print(f"half or wrong {len(found.faults)} · kinds that met no full disk: {', '.join(spared) or 'none'}")
    for what in found.faults[:20]:
        print(f"  {what}")
    is_clean = found.is_clean and not (said.tmpfs and spared)
    print("clean" if is_clean else "VIOLATED")
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
