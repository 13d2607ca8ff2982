"""A log that is damaged in the middle: what SQLite would write over is kept first, once, and the numbers stop."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.services.standing import Reason, numbers_stopped
from app.store import migrate
from app.store.database import open_database
from tests.office import Office, Province, SetClock, make_office, reopen, sample_intake

BOOK, LOG = "counter.db", "counter.db-wal"


def power_cut(tmp_path: Path) -> tuple[Path, Province]:
    """A folder as a power cut leaves it: three dossiers, the last of them in the log alone."""
    office = make_office(tmp_path / "lives")
    office.application.database.checkpoint()
    for number in range(3):
        office.receive(sample_intake(f"i{number}"))
    found = tmp_path / "found"
    shutil.copytree(tmp_path / "lives", found)
    (found / "office" / f"{BOOK}-shm").unlink(missing_ok=True)
    office.application.close()
    return found, office.province


def damage(folder: Path, share: float) -> bytes:
    """One byte of the log; the log as it is then."""
    log = folder / "office" / LOG
    content = bytearray(log.read_bytes())
    content[int(len(content) * share)] ^= 1
    log.write_bytes(content)
    return bytes(content)


def started(folder: Path, province: Province) -> Office:
    return reopen(folder, province, SetClock(), seed=7)


def stopped(office: Office) -> str | None:
    with office.application.database.reading() as connection:
        held = numbers_stopped(connection)
    return None if held is None else str(held.reason)


@pytest.mark.parametrize("share", [0.02, 0.4, 0.7])
def test_book_and_log_are_kept_before_anything_is_written(tmp_path: Path, share: float) -> None:
    folder, province = power_cut(tmp_path)
    before, log = (folder / "office" / BOOK).read_bytes(), damage(folder, share)
    for _ in range(2):
        office = started(folder, province)
        assert stopped(office) == Reason.OLDER_THAN_WITNESS
        office.application.close()
    (copy,) = (folder / "office" / "backups").glob("behind-1-*.db")
    assert copy.read_bytes() == before
    assert copy.with_name(copy.name + "-wal").read_bytes() == log


def test_a_log_that_is_whole_needs_no_copy(tmp_path: Path) -> None:
    folder, province = power_cut(tmp_path)
    office = started(folder, province)
    assert stopped(office) is None
    office.application.close()
    assert list((folder / "office").glob("backups/*")) == []


def test_without_room_for_the_copy_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, province = power_cut(tmp_path)
    damage(folder, 0.4)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(migrate.shutil, "copyfile", full)
        with pytest.raises(EnvironmentFault, match="disk_full"):
            started(folder, province)
    office = started(folder, province)
    assert stopped(office) == Reason.OLDER_THAN_WITNESS
    office.application.close()


def test_a_log_of_another_book_is_not_written_over_ours(tmp_path: Path) -> None:
    folder, province = power_cut(tmp_path)
    book, log = folder / "office" / BOOK, folder / "office" / LOG
    other = open_database(tmp_path / "other.db", bytes(32))
    with other.writing() as connection:
        connection.connection.cursor().execute("CREATE TABLE theirs (x)")
    theirs = (tmp_path / "other.db-wal").read_bytes()
    other.close()
    before = book.read_bytes()
    log.write_bytes(theirs)
    with pytest.raises(EnvironmentFault, match="database_key_wrong"):
        started(folder, province)
    assert (book.read_bytes(), log.read_bytes()) == (before, theirs)


def test_a_log_without_its_book_is_not_dropped_for_an_empty_one(tmp_path: Path) -> None:
    folder, province = power_cut(tmp_path)
    book, log = folder / "office" / BOOK, folder / "office" / LOG
    kept = log.read_bytes()
    book.unlink()
    with pytest.raises(EnvironmentFault, match="database_damaged"):
        started(folder, province)
    assert not book.exists() and log.read_bytes() == kept
