"""An office with some dossiers, a parked form and the acts of a backup at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from app.paths import DataFolder
from app.services.backup.names import Backup, Why, backups_in
from app.services.backup.restore import Restored, restore_backup
from app.services.backup.take import Place, Source, Taken, take_backup
from app.services.drafts import save_draft
from app.store.keys import find_key
from tests.office import Office, make_office, reopen, sample_intake


@dataclass(slots=True)
class Trial:
    """`office` is open between `open` and `close`."""

    root: Path
    office: Office
    received: int = 0

    @property
    def folder(self) -> DataFolder:
        return DataFolder(self.root / "office")

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def key(self) -> bytes:
        return find_key(self.folder.database, None, self.keys).key

    @property
    def source(self) -> Source:
        return Source(self.office.application.database, self.office.application.book_key)

    @property
    def backups(self) -> tuple[Backup, ...]:
        return backups_in(self.folder.backups)

    def receive(self, count: int = 1) -> None:
        for _ in range(count):
            self.received += 1
            self.office.receive(sample_intake(f"form-{self.received}"))

    def park(self, intent: str = "parked") -> None:
        office = self.office
        with office.application.database.writing() as connection:
            save_draft(connection, intent=intent, label="Mẫu", clerk="nv-1", form={"a": 1}, now=office.clock.at,
                       is_parked=True)

    def back_up(self, place: Path | None = None, why: str = Why.ASKED) -> Taken:
        """A backup, an hour after the one before."""
        self.office.clock.advance(timedelta(hours=1))
        return take_backup(self.source, Place(place or self.folder.backups), why, self.office.clock.now())

    def close(self) -> None:
        self.office.application.close()

    def open(self) -> Office:
        self.office = reopen(self.root, self.office.province, self.office.clock, seed=self.received + 100)
        return self.office

    def restore(self, backup: Backup) -> Restored:
        return restore_backup(self.folder, backup, self.key, self.office.clock.now())


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    made = Trial(tmp_path, make_office(tmp_path))
    made.receive(3)
    made.park()
    yield made
    made.close()
