"""A disk that is full at the 1st, 2nd … n-th page of a reception: the whole dossier is there, or nothing of it.

SQLite itself says SQLITE_FULL: the live connections are told (PRAGMA max_page_count) that the file may grow by so
many pages more. Each turn begins on a fresh copy of a book, goes on until the first refusal, and then checks that
what was refused left no row, no number, no print job, that what was accepted is whole, and that with room again
work goes on with the next number.

    python -m tests.faults.disk_full [--pages 200]
    python -m tests.faults.disk_full --tmpfs        # as root: a real small disk that is really full
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import event, func, select

from app.domain.operation import GENESIS, digest, parse
from app.errors import EnvironmentFault
from app.store.tables import dossier_versions, dossiers, journal, number_counters, print_jobs
from tests.office import Office, make_office, office_in, sample_intake

MANY = 60
"""Receptions after which a turn ends even when the disk never filled."""


@dataclass(slots=True)
class Figures:
    turns: int = 0
    accepted: int = 0
    refused: int = 0
    codes_of_refusals: set[str] = field(default_factory=set)
    half: int = 0                  # rows of any kind that belong to no whole dossier
    lost: int = 0                  # accepted, on paper, and not in the book
    stuck: int = 0                 # with room again, reception did not go on with the next number
    damaged: int = 0

    @property
    def is_clean(self) -> bool:
        is_whole = not (self.half or self.lost or self.stuck or self.damaged)
        return is_whole and self.codes_of_refusals == {"disk_full"}


def run(pages: int, folder: Path) -> Figures:
    """One turn for each number of pages that are still free, 0 to `pages` - 1."""
    figures = Figures()
    for free in range(pages):
        with office_in(folder / f"turn-{free}") as office:
            with room_for(office, free):
                papers = _receive_until_full(office, figures)
            _check(office, papers, figures)
        figures.turns += 1
    return figures


def run_on_tmpfs(folder: Path, megabytes: int = 3) -> Figures:
    """The same on a disk of its own, filled up by another file. Needs the right to mount."""
    figures = Figures(turns=1)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
    try:
        office = make_office(folder)
        try:
            papers = _receive_until_full(office, figures, many=100_000)
            try:
                office.application.database.checkpoint()
            except EnvironmentFault as fault:
                figures.codes_of_refusals.add(fault.code)
            papers += _receive_until_full(office, figures, many=100_000, first=100_000)
            subprocess.run(["mount", "-o", f"remount,size={megabytes * 4}m", str(folder)], check=True)
            _check(office, papers, figures)
        finally:
            office.application.close()
    finally:
        subprocess.run(["umount", str(folder)], check=True)
    return figures


@contextmanager
def room_for(office: Office, pages: int) -> Iterator[None]:
    """Let the book grow by `pages` pages and no further, on every connection."""
    engine = office.application.database._engine

    def limit(connection: object, *_: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(f"PRAGMA max_page_count = {held + pages}")

    with office.application.database.reading() as connection:
        held = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
    event.listen(engine, "checkout", limit)
    try:
        yield
    finally:
        event.remove(engine, "checkout", limit)
        with office.application.database.reading() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")


def _receive_until_full(office: Office, figures: Figures, *, many: int = MANY, first: int = 0) -> list[str]:
    papers: list[str] = []
    for turn in range(first, first + many):
        try:
            papers.append(office.receive(sample_intake(f"form-{turn}")).dossier.code)
        except EnvironmentFault as fault:
            figures.refused += 1
            figures.codes_of_refusals.add(fault.code)
            break
    figures.accepted += len(papers)
    return papers


def _check(office: Office, papers: list[str], figures: Figures) -> None:
    database = office.application.database
    with database.reading() as connection:
        codes = list(connection.execute(select(dossiers.c.code)).scalars())
        amounts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (journal, dossier_versions, print_jobs)
        ]
        taken = connection.execute(
            select(func.sum(number_counters.c.next - 1)).where(number_counters.c.agency == "cong-an")
        ).scalar_one() or 0
        lines = connection.execute(select(journal.c.payload, journal.c.hash).order_by(journal.c.seq)).all()
    figures.lost += len(set(papers) - set(codes))
    figures.half += len(set(codes) - set(papers))
    figures.half += sum(abs(amount - len(codes)) for amount in (*amounts, taken))
    before = GENESIS
    for line in lines:
        figures.damaged += (parse(line.payload, b"").header.prev, digest(line.payload)) != (before, line.hash)
        before = line.hash
    figures.damaged += len(database.integrity_findings())
    try:
        following = office.receive(sample_intake("with-room-again")).dossier.code
    except EnvironmentFault:
        figures.stuck += 1
    else:
        figures.stuck += int(following[-4:]) != len(papers) + 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--tmpfs", action="store_true")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qmc-full-") as folder:
        found = run_on_tmpfs(Path(folder)) if said.tmpfs else run(said.pages, Path(folder))
    print(f"turns {found.turns} · dossiers accepted {found.accepted} · refused {found.refused} as "
          f"{', '.join(sorted(found.codes_of_refusals)) or 'nothing'}")
    print(f"half dossiers {found.half} · paper without row {found.lost} · damaged {found.damaged} · "
          f"stuck with room again {found.stuck}")
    print("clean" if found.is_clean else "VIOLATED")
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
