"""The drill opens a backup as if it were needed, says what it found, and leaves only a line in the journal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.domain.operation import Type
from app.errors import EnvironmentFault
from app.services.backup.known import last_rehearsal
from app.services.backup.names import Backup
from app.services.backup.rehearse import Rehearsed, note_tried, rehearse
from app.services.standing import Reason, let_numbers_go, stop_numbers
from app.store import journal
from tests.app.services.backup.conftest import Trial


def tried(trial: Trial, backup: Backup, on_step: Callable[[], object] = lambda: None) -> Rehearsed:
    office = trial.office.application
    return rehearse(backup, trial.key, office.database, trial.folder.root, trial.office.clock.now(), on_step)


def test_a_good_backup_is_the_beginning_of_the_book_of_now(trial: Trial) -> None:
    backup = trial.back_up().backup
    trial.receive(2)
    content = backup.file.read_bytes()
    done = tried(trial, backup)
    assert (done.problem, done.dossiers, done.newer) == ("", 3, 2)
    assert backup.file.read_bytes() == content
    assert not list(trial.folder.root.glob("rehearsal-*"))


def test_tables_that_are_not_what_the_journal_says_are_no_good_backup(trial: Trial) -> None:
    with trial.office.application.database.writing() as connection:
        connection.execute(text("DELETE FROM life_events"))
        connection.execute(text("DELETE FROM dossier_versions"))
    done = tried(trial, trial.back_up().backup)
    assert done.problem == "backup_damaged"


@pytest.mark.parametrize(("content", "problem"), [
    (lambda raw: raw[: len(raw) // 3], "backup_damaged"),
    (lambda raw: raw[:9000] + bytes([raw[9000] ^ 1]) + raw[9001:], "backup_damaged"),
    (lambda raw: b"", "backup_damaged"),
])
def test_a_torn_backup_is_a_result_and_not_an_error(
    trial: Trial, content: Callable[[bytes], bytes], problem: str,
) -> None:
    backup = trial.back_up().backup
    backup.file.write_bytes(content(backup.file.read_bytes()))
    assert tried(trial, backup).problem == problem


def test_a_backup_of_a_later_moment_or_of_another_history_is_said(trial: Trial) -> None:
    early = trial.back_up().backup
    trial.receive(1)
    later = trial.back_up().backup
    trial.close()
    for name in ("counter.db-wal", "counter.db-shm"):
        trial.folder.root.joinpath(name).unlink(missing_ok=True)
    trial.folder.database.write_bytes(early.file.read_bytes())
    for each in trial.keys.glob("*.witness"):      # else nothing could be written any more
        each.unlink()
    trial.open()
    with trial.office.application.database.writing() as connection:
        let_numbers_go(connection)
    assert tried(trial, early).problem == ""
    assert tried(trial, later).problem == "backup_ahead"
    trial.receive(1)
    assert tried(trial, later).problem == "backup_parted"


def test_no_room_for_the_drill_is_an_error_of_this_machine(trial: Trial) -> None:
    backup = trial.back_up().backup
    office = trial.office.application
    with pytest.raises(EnvironmentFault, match="backup_no_room"):
        rehearse(backup, trial.key, office.database, trial.folder.root, trial.office.clock.now(),
                 free=lambda folder: 1 << 20)


class Unwanted(Exception):
    pass


def test_given_up_in_the_middle_it_leaves_nothing(trial: Trial) -> None:
    backup = trial.back_up().backup
    steps: list[int] = []

    def step() -> None:
        steps.append(1)
        if len(steps) == 3:
            raise Unwanted

    with pytest.raises(Unwanted):
        tried(trial, backup, step)
    assert not list(trial.folder.root.glob("rehearsal-*"))


def test_the_drill_is_a_line_of_the_journal_once(trial: Trial) -> None:
    office, clerk, now = trial.office.application, trial.office.clerk, trial.office.clock.now()
    done = tried(trial, trial.back_up().backup)
    for _ in range(2):
        with office.database.writing() as connection:
            note_tried(connection, office.enrolled, clerk, done, "here", intent="drill-1", now=now,
                       randomness=trial.office.noise.randbytes)
    with office.database.reading() as connection:
        lines = [each for _, each in journal.operations(connection) if each.header.type == Type.BACKUP_TRIED]
        last = last_rehearsal(connection)
    (line,) = lines
    assert line.header.staff == clerk.id and line.body["problem"] == "" and line.body["dossiers"] == 3
    assert last is not None and last.is_good and last.taken_at == done.backup.at


def test_a_book_that_lacks_operations_remembers_the_drill_without_a_line(trial: Trial) -> None:
    office, now = trial.office.application, trial.office.clock.now()
    done = tried(trial, trial.back_up().backup)
    with office.database.writing() as connection:
        stop_numbers(connection, Reason.OLDER_THAN_WITNESS, {}, now)
        assert note_tried(connection, office.enrolled, trial.office.clerk, done, "here", intent="drill-2", now=now,
                          randomness=trial.office.noise.randbytes) is None
    with office.database.reading() as connection:
        assert last_rehearsal(connection) is not None
