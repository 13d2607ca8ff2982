"""Books put aside: the newest two stay, an older one goes only when the book in use holds all that is in it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from app.services.backup.asides import clear_asides
from app.services.backup.restore import asides_in, ask_restore
from app.store.database import Database
from tests.app.services.backup.conftest import Trial


def put_aside(trial: Trial, *, unsent: int = 0) -> Path:
    """A restore from a backup; `unsent` operations were done since it was taken and lie in the book aside only."""
    backup = trial.back_up().backup
    trial.receive(unsent)
    trial.close()
    ask_restore(trial.folder)
    aside = trial.restore(backup).aside
    assert aside is not None
    trial.open()
    return aside


def clear(trial: Trial) -> int:
    return clear_asides(trial.folder, trial.office.application.database, trial.key)


def left(trial: Trial) -> list[Path]:
    return [each.parent for each in asides_in(trial.folder)]


def test_the_newest_two_stay_and_older_ones_go_with_everything_beside_them(trial: Trial) -> None:
    made = [put_aside(trial) for _ in range(2)]
    assert clear(trial) == 0 and left(trial) == made[::-1]
    made += [put_aside(trial) for _ in range(2)]
    assert clear(trial) == 2
    assert left(trial) == [made[3], made[2]] and not made[0].exists() and not made[1].exists()
    assert not list(trial.folder.root.glob("mending-*")), "no copy of a book is left lying"


def test_one_whose_operations_the_book_in_use_lacks_stays_and_is_not_read_through_at_each_backup(
    trial: Trial, monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking = put_aside(trial, unsent=1)
    for _ in range(3):
        put_aside(trial)
    assert clear(trial) == 1
    assert left(trial)[-1] == lacking and len(left(trial)) == 3
    read: list[Path] = []
    checked = Database.integrity_findings

    def hear(database: Database) -> tuple[str, ...]:
        read.append(database.path)
        return checked(database)

    monkeypatch.setattr(Database, "integrity_findings", hear)
    assert clear(trial) == 0 and read == []


@pytest.mark.parametrize("part", [0.0001, 0.6])
def test_one_that_cannot_be_read_through_stays(trial: Trial, part: float) -> None:
    damaged = put_aside(trial)
    for _ in range(2):
        put_aside(trial)
    book = damaged / "counter.db"
    raw = bytearray(book.read_bytes())
    raw[int(len(raw) * part)] ^= 0x55
    book.write_bytes(raw)
    assert clear(trial) == 0 and len(left(trial)) == 3


def test_the_newer_versions_unused_book_counts_as_the_oldest(trial: Trial) -> None:
    unused = put_aside(trial).rename(trial.folder.root / "aside" / "newer")
    made = [put_aside(trial) for _ in range(2)]
    assert clear(trial) == 1
    assert left(trial) == made[::-1] and not unused.exists()


def test_a_disk_without_room_for_a_second_book_leaves_it_and_spoils_no_backup(
    trial: Trial, monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(3):
        put_aside(trial)

    def refuse(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("app.services.backup.mend.shutil.copyfile", refuse)
        assert clear(trial) == 0
    assert len(left(trial)) == 3 and not list(trial.folder.root.glob("mending-*"))
    assert clear(trial) == 1
