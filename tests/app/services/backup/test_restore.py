"""A backup in the place of a damaged or lost book, which is put aside; killed anywhere, one whole book stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import EnvironmentFault, KnownError
from app.paths import DataFolder
from app.services.backup import restore
from app.services.backup.mend import bring_back
from app.services.backup.names import Backup
from app.services.backup.restore import asides_in, ask_restore, examine, key_for
from app.services.drafts import list_drafts
from app.services.standing import Reason, asked_epoch, numbers_stopped
from app.store.keys import give_name
from tests.app.services.backup.conftest import Trial
from tests.office import make_office


def damaged(content: bytes, *places: int) -> bytes:
    """The bytes at these places turned over."""
    raw = bytearray(content)
    for at in places:
        raw[at] ^= 0x55
    return bytes(raw)


def damage(folder: DataFolder, part: float) -> None:
    """A byte turned over in the book, at this part of its length."""
    content = folder.database.read_bytes()
    folder.database.write_bytes(damaged(content, int(len(content) * part)))


def lose(folder: DataFolder, *_: float) -> None:
    for name in ("counter.db", "counter.db-wal", "counter.db-shm"):
        folder.root.joinpath(name).unlink(missing_ok=True)


def empty(folder: DataFolder, *_: float) -> None:
    lose(folder)
    folder.database.write_bytes(b"")


def dossiers(trial: Trial) -> int:
    with trial.office.application.database.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM dossiers")).scalar_one())


def stopped(trial: Trial) -> str:
    with trial.office.application.database.reading() as connection:
        held = numbers_stopped(connection)
    return held.reason if held is not None else ""


@pytest.mark.parametrize(("harm", "code"), [
    (lambda folder: damage(folder, 0.0001), "database_key_wrong"),
    (lose, "book_lost"),
    (empty, "book_lost"),
])
def test_a_book_that_does_not_open_is_said_and_comes_back_from_the_backup(
    trial: Trial, harm: Callable[[DataFolder], None], code: str,
) -> None:
    backup = trial.back_up().backup
    trial.receive(2)
    trial.close()
    harm(trial.folder)
    with pytest.raises(EnvironmentFault) as said:
        trial.open()
    assert said.value.code == code
    with pytest.raises(EnvironmentFault, match=code):
        trial.open()
    lay = [trial.folder.database.read_bytes()] if trial.folder.database.exists() else []
    trial.restore(backup)
    assert [each.read_bytes() for each in asides_in(trial.folder)] == lay
    trial.open()
    assert dossiers(trial) == 3, "as it was when the backup was taken"
    with trial.office.application.database.reading() as connection:
        assert [each.intent for each in list_drafts(connection)] == ["parked"], "parked forms are in a backup"
    assert stopped(trial) == Reason.OLDER_THAN_WITNESS, "the witness knows that two receptions are lacking"


def test_a_book_that_opens_is_not_replaced_unless_a_person_asked_for_it(trial: Trial) -> None:
    backup = trial.back_up().backup
    trial.receive()
    trial.close()
    before = trial.folder.database.read_bytes()
    with pytest.raises(KnownError, match="restore_not_needed"):
        trial.restore(backup)
    assert trial.folder.database.read_bytes() == before
    ask_restore(trial.folder)
    assert trial.restore(backup).aside is not None
    trial.open()
    assert dossiers(trial) == 3
    assert not restore.is_restore_asked(trial.folder), "asked for once"


def test_nobody_works_on_a_book_while_it_is_replaced(trial: Trial) -> None:
    backup = trial.back_up().backup
    ask_restore(trial.folder)
    with pytest.raises(EnvironmentFault, match="book_in_use"), pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.store.hold.PATIENCE", 0.0)
        patch.setattr(restore.BookHold.take_alone, "__defaults__", (0.0,))
        trial.restore(backup)
    trial.receive()


class Killed(BaseException):
    """What a kill is to the process: nothing after it runs but what the system does."""


@pytest.mark.parametrize("at", range(1, 12))
def test_killed_at_any_step_the_next_start_has_one_whole_book(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, at: int,
) -> None:
    backup = trial.back_up().backup
    trial.receive()
    trial.close()
    damage(trial.folder, 0.0001)
    damaged = trial.folder.database.read_bytes()
    count = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            count[0] += 1
            if count[0] == at:
                raise Killed
            return real(*given, **named)
        return call

    with monkeypatch.context() as patch:
        for name in ("_copy", "_write", "fsync_folder", "make_folder"):
            patch.setattr(restore, name, counted(getattr(restore, name)))
        for name in ("replace", "unlink"):
            patch.setattr(restore.Path, name, counted(getattr(Path, name)))
        try:
            trial.restore(backup)
            was_killed = False
        except Killed:
            was_killed = True
    try:
        trial.open()
    except EnvironmentFault as fault:              # before the word was given: the damaged book lies where it lay
        assert was_killed and fault.code in ("database_key_wrong", "book_lost")
        assert trial.folder.database.read_bytes() == damaged
        trial.restore(backup)
        trial.open()
    assert dossiers(trial) == 3
    assert [each.read_bytes() for each in asides_in(trial.folder)] == [damaged], "kept, once"
    assert not trial.folder.root.joinpath("restoring.json").exists()
    assert not trial.folder.root.joinpath("counter.restoring").exists()


def test_torn_foreign_and_newer_backups_are_told_apart_and_change_nothing(trial: Trial, tmp_path: Path) -> None:
    good = trial.back_up().backup
    other = make_office(tmp_path / "other", seed=9)
    other.application.close()
    with trial.office.application.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    newer = trial.back_up().backup
    with trial.office.application.database.writing() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{restore.migrate.HEAD}'"))
    trial.close()
    raw = good.file.read_bytes()
    page = raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:]
    torn = {"cut": raw[: len(raw) // 2], "page": page, "empty": b"", "text": b"x" * 9000}
    damage(trial.folder, 0.0001)
    before = trial.folder.database.read_bytes()

    def refused(backup: Backup) -> str:
        with pytest.raises(EnvironmentFault) as raised:
            trial.restore(backup)
        assert trial.folder.database.read_bytes() == before
        return raised.value.code

    for name, content in torn.items():
        file = tmp_path / name / good.file.name
        file.parent.mkdir()
        file.write_bytes(content)
        assert refused(Backup(file, good.book, good.at, good.why)) == "backup_damaged", name
    assert refused(newer) == "backup_newer"
    foreign = Backup(good.file, "f" * 16, good.at, good.why)
    assert refused(foreign) == "backup_of_other_book"
    assert refused(Backup(tmp_path / "gone.db", good.book, good.at, good.why)) == "backup_missing"
    assert trial.restore(good).figures.dossiers == 3
    trial.open()


def test_a_folder_that_is_gone_comes_back_from_a_medium(trial: Trial, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    backup = trial.back_up(stick).backup
    trial.close()
    for each in sorted(trial.folder.root.rglob("*"), reverse=True):
        each.unlink() if each.is_file() else each.rmdir()
    trial.folder.root.rmdir()
    key = key_for(trial.folder, backup, None, trial.keys)
    restore.restore_backup(trial.folder, backup, key, trial.office.clock.now())
    trial.open()
    assert dossiers(trial) == 3


def test_without_its_key_a_backup_is_worth_nothing_and_nothing_changes(trial: Trial, tmp_path: Path) -> None:
    backup = trial.back_up(tmp_path / "stick").backup
    elsewhere = DataFolder(tmp_path / "new-pc")
    with pytest.raises(EnvironmentFault, match="database_key_lost"):
        key_for(elsewhere, backup, None, tmp_path / "no-keys")
    assert not elsewhere.database.exists()
    other = DataFolder(tmp_path / "other" / "office")
    make_office(tmp_path / "other").application.close()
    other.database.with_suffix(".id").unlink()
    give_name(other.database, "e" * 16)
    with pytest.raises(EnvironmentFault, match="backup_of_other_book"):
        key_for(other, backup, None, tmp_path / "other" / "keys")
    with pytest.raises(EnvironmentFault, match="backup_damaged"):
        examine(backup, bytes(32))


def test_what_can_still_be_read_in_the_damaged_book_comes_back_from_it(trial: Trial) -> None:
    trial.receive(30)
    backup = trial.back_up().backup
    trial.receive(30)
    trial.office.application.database.checkpoint()
    indexes = pages_of_indexes(trial)
    trial.close()
    whole = trial.folder.database.read_bytes()
    ask_restore(trial.folder)
    done = trial.restore(backup)
    assert done.aside is not None
    office, torn = trial.open().application, done.aside / "counter.db"
    assert stopped(trial) == Reason.OLDER_THAN_WITNESS

    def brought(*places: int) -> int:
        torn.write_bytes(damaged(whole, *places))
        return bring_back(office.database, trial.key, office.enrolled, torn, trial.folder.root)

    # The first page begins the schema: without it, or another of the schema's, there is no book to read in.
    assert brought(2_048) == 0
    late = [int(len(whole) * part) for part in (0.85, 0.9, 0.95)]      # the newest lines stand at its end
    first = brought(*late)
    assert 0 < first < 30 and dossiers(trial) == 33 + first
    assert brought(*late) == 0, "a line that is lost ends it"
    assert brought(*indexes) == 30 - first, "no index is needed"
    with office.database.reading() as connection:
        assert asked_epoch(connection), "other numbers are asked for at the next contact"
    assert not list(trial.folder.root.glob("mending-*"))


def pages_of_indexes(trial: Trial) -> list[int]:
    """Where in the book each index of the journal begins."""
    with trial.office.application.database.reading() as connection:
        size = int(connection.execute(text("PRAGMA page_size")).scalar_one())
        roots = connection.execute(text(
            "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'journal' AND type = 'index'")).scalars()
        return [(root - 1) * size + size // 2 for root in roots]
