"""A restore brings back by itself what is newer than the backup: from the damaged book and the second copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.services.backup.names import Why, backups_in
from app.services.backup.take import Place, Source, take_backup
from app.services.standing import asked_epoch, numbers_stopped
from app.store.tables import dossiers
from tests.office import reopen
from tests.sync.second_copy.conftest import Trial, make_trial
from ui.command_line.folder import KEYS
from ui.operations.restore import RestoreDone, restore_all
from ui.pages.restore_page import restored_words


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    """Two receptions in the backup, three more that only the book and the stick have."""
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    made = make_trial(tmp_path)
    made.receive(2)
    application = made.office.application
    take_backup(Source(application.database, application.book_key), Place(application.folder.backups), Why.CLOSE,
                made.office.clock.now())
    made.receive(3)
    made.keeper.keep()
    application.database.checkpoint()
    application.close()
    return made


def restored(trial: Trial, at: int) -> RestoreDone:
    folder = trial.office.application.folder
    raw = bytearray(folder.database.read_bytes())
    raw[at] ^= 1
    folder.database.write_bytes(raw)
    return restore_all(folder, backups_in(folder.backups)[0])


def test_what_the_stick_holds_comes_back_and_other_numbers_are_asked_for(trial: Trial) -> None:
    done = restored(trial, at=40)                  # nothing of the book can be read
    assert (done.dossiers, done.from_book, done.from_medium, done.is_stopped) == (2, 0, 3, True)
    assert "3 việc từ bản thứ hai" in restored_words(done) and "F7" in restored_words(done)
    office = reopen(trial.folder, trial.office.province, trial.office.clock)
    with office.application.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(dossiers)).scalar_one() == 5
        assert numbers_stopped(connection) is not None and asked_epoch(connection)
    office.application.close()


def test_without_the_stick_the_rest_is_left_to_the_province(trial: Trial) -> None:
    trial.place.rename(trial.place.with_name("away"))
    done = restored(trial, at=40)
    assert (done.from_book, done.from_medium, done.is_stopped) == (0, 0, True)
