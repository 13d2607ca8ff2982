"""An enrolled office with a medium in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.services import second_copy as known
from app.services.second_copy import SecondCopyState
from app.store.settings import write_setting
from sync.second_copy.keeper import Keeper
from sync.second_copy.medium import Medium, find_medium, make_medium
from tests.office import Office, make_office, sample_intake
from tests.sync.second_copy.shim import FailingDisk

PROVINCE = X25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


@dataclass(slots=True)
class Trial:
    """An office, its medium in `place`, the keeper between them."""

    folder: Path
    office: Office
    place: Path
    disk: FailingDisk
    keeper: Keeper
    received: int = 0

    @property
    def medium(self) -> Medium:
        return find_medium(self.place, "quay-1", "", self.disk)

    def receive(self, count: int = 1) -> None:
        for _ in range(count):
            self.received += 1
            self.office.receive(sample_intake(f"form-{self.received}"))

    def state(self) -> SecondCopyState:
        office = self.office.application
        with office.database.reading() as connection:
            return known.second_copy_state(connection, office.enrolled, "2026-11-23")

    def new_keeper(self) -> Keeper:
        """As after a restart of the program."""
        office = self.office.application
        self.keeper = Keeper(office.database, office.book_key, office.clock, self.disk)
        return self.keeper

    def choose(self) -> Medium:
        medium = make_medium(self.place, "quay-1", self.office.clock.now(), self.disk)
        with self.office.application.database.writing() as connection:
            known.choose(connection, self.place, medium.id)
        return medium

    def know_province(self, key: X25519PrivateKey = PROVINCE) -> None:
        with self.office.application.database.writing() as connection:
            write_setting(connection, known.PROVINCE_KEY, key.public_key().public_bytes_raw().hex())


def make_trial(folder: Path) -> Trial:
    office = make_office(folder)
    place = folder / "stick"
    place.mkdir()
    disk = FailingDisk()
    application = office.application
    trial = Trial(
        folder, office, place, disk, Keeper(application.database, application.book_key, application.clock, disk)
    )
    trial.know_province()
    trial.choose()
    return trial


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    made = make_trial(tmp_path)
    yield made
    made.office.application.close()
