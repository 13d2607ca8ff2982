"""A counter whose province has set a term: dossiers scanned, ended, confirmed; the run as the courier does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from app.domain.operation import Operation, Type
from app.services import courier, file_courier
from app.services.counter import Counter
from app.services.digitise import DigitisedPaper
from app.services.feed import Cursor, start_feed
from app.services.retention.purging import Run, purge_batch
from app.store import journal as book
from app.store.queries.papers import confirm_file, files_waiting
from app.store.tables import files
from tests.app.services.life.counter import Desk
from tests.app.services.scans import scan_and_file
from tests.office import Office, sample_intake

PROVINCE = "nhà-1"
DAYS = 30


class KeepingDesk(Desk):
    """`days`: the term of the office file; None: it says nothing."""

    def __init__(self, office: Office, days: int | None = DAYS) -> None:
        super().__init__(office)
        enrolled = office.application.enrolled
        said: dict[str, Any] = {} if days is None else {"retention": {"scan_days": days}}
        self.counter: Counter = replace(enrolled, office={**enrolled.office, **said})
        with office.application.database.writing() as connection:
            start_feed(connection, Cursor(PROVINCE, 0))
            file_courier.note_checked(connection, PROVINCE)

    def scanned(self, name: str, seed: int) -> tuple[str, DigitisedPaper]:
        """A dossier of two pages, filed as one document."""
        code = self.receive(sample_intake(name))
        return code, scan_and_file(self.office, sample_intake(name), code, "1", seed=seed)

    def ended(self, name: str, seed: int) -> str:
        """One that was withdrawn, its papers given back."""
        code, _ = self.scanned(name, seed)
        self.withdraw(code, papers_given_back=True)
        return code

    def confirm_lines(self) -> None:
        with self.office.application.database.writing() as connection:
            head = book.head(connection, self.counter.device, self.counter.epoch)
            courier.confirm(connection, self.counter, self.counter.epoch, head.seq, self.office.clock.now())

    def confirm_files(self, but: Iterable[str] = ()) -> None:
        with self.office.application.database.writing() as connection:
            for file in files_waiting(connection):
                if file.sha256 not in but:
                    confirm_file(connection, file.sha256, self.office.clock.now())

    def confirm(self) -> None:
        self.confirm_lines()
        self.confirm_files()

    def wait(self, days: int) -> None:
        self.office.clock.advance(timedelta(days=days))

    def batch(self, size: int = 50) -> Run | None:
        application = self.office.application
        return purge_batch(
            application.database, application.blobs, self.counter, self.office.clock.now(),
            self.office.noise.randbytes, batch=size,
        )

    def run(self, size: int = 50) -> Run | None:
        """All batches of the day."""
        done = last = self.batch(size)
        while last is not None and not last.is_done:
            done = last = self.batch(size)
        return done

    def here(self) -> set[str]:
        return {each.sha256 for each in self.office.application.blobs.walk()}

    def gone(self) -> set[str]:
        """Contents whose rows say that they have left."""
        with self.reading() as connection:
            return set(connection.execute(select(files.c.sha256).where(files.c.purged_at.is_not(None))).scalars())

    def lines(self) -> list[Operation]:
        with self.reading() as connection:
            return purge_lines(connection)


def purge_lines(connection: Connection) -> list[Operation]:
    return [each for _, each in book.operations(connection) if each.header.type == Type.SCANS_PURGED]
