"""A backup is whole and proved or it is not there; the one before stays until then."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.errors import EnvironmentFault
from app.services.backup import take
from app.services.backup.figures import book_figures
from app.services.backup.names import Backup, Why, backup_name, backups_in, read_name
from app.services.backup.one_at_a_time import one_backup_at_a_time
from app.services.backup.restore import examine
from app.services.backup.take import Place, kept_of, take_backup
from tests.app.services.backup.conftest import Trial

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_backup_holds_what_the_book_held_at_that_moment_and_nothing_lies_beside_it(trial: Trial) -> None:
    taken = trial.back_up()
    with trial.office.application.database.reading() as connection:
        assert taken.figures == book_figures(connection)
    assert taken.figures.dossiers == 3 and taken.figures.rows["drafts"] == 1
    trial.receive()
    assert examine(taken.backup, trial.key, taken.backup.book) == taken.figures, "it stays as it was"
    assert names(trial.folder.backups) == [taken.backup.file.name], "no log, no half file"
    content = taken.backup.file.read_bytes()
    assert b"SQLite format" not in content and "Nguyễn".encode() not in content


def test_receptions_go_on_while_a_backup_is_taken_and_are_not_in_it(trial: Trial) -> None:
    received = []

    def receive_meanwhile(done: int, of: int) -> None:
        if not received and done:
            trial.receive(2)
            received.append(done)

    place = Place(trial.folder.backups)
    taken = take_backup(trial.source, place, Why.ASKED, AT, receive_meanwhile)
    assert received and taken.figures.dossiers == 3
    assert examine(taken.backup, trial.key) == taken.figures
    assert trial.back_up().figures.dossiers == 5


class Unwanted(Exception):
    pass


def unwanted(*_: object) -> None:
    raise Unwanted


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(("break_it", "code"), [
    (lambda patch: {"on_step": unwanted}, "Unwanted"),
    (lambda patch: {"place": {"free": lambda folder: 1000}}, "backup_no_room"),
    (lambda patch: {"place": {"is_still": unwanted}}, "Unwanted"),
    (lambda patch: patch.setattr(take, "fsync_folder", no_space), "backup_failed"),
    (lambda patch: patch.setattr(take, "book_figures", lambda connection: object()), "backup_not_whole"),
    (lambda patch: patch.setattr(take, "page_findings", lambda *_, **how: ("page 3",)), "backup_not_whole"),
])
def test_whatever_goes_wrong_the_backup_of_before_stays_and_no_half_one_bears_a_name(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[Any], Any], code: str,
) -> None:
    before = trial.back_up().backup
    content = before.file.read_bytes()
    trial.receive()
    with monkeypatch.context() as patch:
        how = break_it(patch) or {}
        place = Place(trial.folder.backups, **how.get("place", {}))
        with pytest.raises((EnvironmentFault, Unwanted)) as raised:
            take_backup(trial.source, place, Why.ASKED, trial.office.clock.now() + timedelta(hours=1),
                        how.get("on_step", lambda done, of: None))
    assert code in (getattr(raised.value, "code", ""), type(raised.value).__name__)
    assert before.file.read_bytes() == content
    assert before.file in [each.file for each in trial.backups]
    assert all(examine(each, trial.key).dossiers >= 3 for each in trial.backups), "what has a name is whole"
    assert trial.back_up().figures.dossiers == 4, "and the next one goes well"
    assert not list(trial.folder.backups.glob("*.part"))


def test_what_a_kill_left_is_swept_by_the_next(trial: Trial) -> None:
    trial.folder.backups.mkdir()
    (trial.folder.backups / "0011.part").write_bytes(b"half")
    taken = trial.back_up()
    assert names(trial.folder.backups) == [taken.backup.file.name]


def test_a_book_with_a_damaged_page_gives_no_backup(trial: Trial) -> None:
    good = trial.back_up().backup
    trial.office.application.database.checkpoint()
    trial.close()
    book = trial.folder.database
    raw = bytearray(book.read_bytes())
    raw[len(raw) // 2 + 100] ^= 1
    book.write_bytes(raw)
    trial.open()
    with pytest.raises(EnvironmentFault, match="database_damaged"):
        trial.back_up()
    assert [each.file for each in trial.backups] == [good.file]


def made(*days_and_hours: tuple[int, int], why: str = Why.CLOSE) -> list[Backup]:
    """Newest first, as `backups_in` gives them."""
    when = sorted((AT + timedelta(days=day, hours=hour) for day, hour in days_and_hours), reverse=True)
    return [Backup(Path(f"{at.isoformat()}-{why}"), "0" * 16, at, why) for at in when]


def test_the_newest_three_the_last_of_seven_days_and_that_before_an_upgrade_are_kept() -> None:
    there = made(*((day, hour) for day in range(12) for hour in range(4)))
    upgrade = made((-30, 0), (-20, 0), why=Why.BEFORE_UPGRADE)
    kept = kept_of([*there, *upgrade])
    days = [each for each in there if each.at.hour == 13][:7]
    assert kept == {each.file for each in (*there[:3], *days, upgrade[0])}


def test_a_full_disk_costs_the_oldest_but_never_the_newest(trial: Trial) -> None:
    for _ in range(3):
        trial.back_up()
    kept = trial.backups
    room = iter([0, 0, 0])
    place = Place(trial.folder.backups, free=lambda folder: next(room))
    with pytest.raises(EnvironmentFault, match="backup_no_room") as refused:
        take_backup(trial.source, place, Why.ASKED, AT)
    assert trial.backups == kept[:1]
    assert set(refused.value.values) == {"needed_mb", "free_mb"}


@pytest.mark.parametrize("name", [
    "counter.db", "before-0006-20261122-101500.db", "qmc-0123-20261122T101500Z-close.db",
    "qmc-0123456789abcdef-20261399T101500Z-close.db", "qmc-0123456789abcdef-20261122T101500Z-close.db-wal",
])
def test_other_files_in_the_folder_are_no_backups(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert backups_in(tmp_path) == ()


def test_a_name_says_which_book_when_and_why(tmp_path: Path) -> None:
    name = backup_name("0123456789abcdef", AT, Why.BEFORE_UPGRADE, "0007")
    read = read_name(tmp_path / name)
    assert read is not None
    assert (read.book, read.at, read.why, read.step) == ("0123456789abcdef", AT, Why.BEFORE_UPGRADE, "0007")
    with pytest.raises(ValueError, match="no name"):
        backup_name("../etc", AT, Why.ASKED)


def test_one_program_at_a_time_takes_backups(trial: Trial) -> None:
    database = trial.folder.database
    with (
        one_backup_at_a_time(database), pytest.raises(EnvironmentFault, match="backup_busy"),
        one_backup_at_a_time(database),
    ):
        raise AssertionError("two at once")
