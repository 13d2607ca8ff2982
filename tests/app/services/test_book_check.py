"""Reading the book through: whole stays whole, and each kind of change behind the program's back is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from app.services.book_check import check_and_note, check_book, last_book_check, note_book_check
from app.services.counter import load_counter
from app.services.epochs import prepare_epoch, take_epoch
from app.services.numbers import store_lease
from app.services.outside_view import alarms
from tests.office import MORNING, Office, office_in, sample_intake


def changed(office: Office, *statements: str) -> None:
    """What somebody with the key and a tool of his own could do."""
    with office.application.database.writing() as connection:
        guards = connection.execute(
            text("SELECT name FROM sqlite_master "
                 "WHERE type = 'trigger' AND tbl_name IN ('journal', 'dossier_versions')")
        ).scalars()
        for name in list(guards):
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(text(statement))


def test_a_book_as_it_was_written_is_whole_and_that_is_remembered(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for number in range(3):
            office.receive(sample_intake(f"h{number}"))
        found = check_book(office.application.database, office.application.enrolled, MORNING)
        assert found.is_whole and found.operations == 3
        with office.application.database.writing() as connection:
            assert last_book_check(connection) is None
            note_book_check(connection, found)
            assert last_book_check(connection) == (MORNING, True)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("UPDATE journal SET payload = replace(payload, 'Mẫu Ánh', 'Mẫu Anh') WHERE seq = 2", ((1, 2),)),
        ("UPDATE journal SET hash = other.hash FROM journal other WHERE journal.seq = 3 AND other.seq = 2",
         ((1, 3),)),
        ("UPDATE journal SET signature = zeroblob(64) WHERE seq = 1", ((1, 1),)),
        ("UPDATE journal SET payload = 'x' WHERE seq = 1", ((1, 1),)),
        ("DELETE FROM journal WHERE seq = 2", ((1, 3),)),
    ],
)
def test_a_changed_line_is_named_by_its_place(
    tmp_path: Path, statement: str, lines: tuple[tuple[int, int], ...]
) -> None:
    with office_in(tmp_path) as office:
        for number in range(3):
            office.receive(sample_intake(f"h{number}"))
        changed(office, statement)
        found = check_book(office.application.database, office.application.enrolled, MORNING)
        assert not found.is_whole
        assert found.lines == lines


def test_a_dossier_that_is_in_the_journal_alone_is_counted(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("h"))
        changed(office, "DELETE FROM dossier_versions")
        found = check_book(office.application.database, office.application.enrolled, MORNING)
        assert (found.is_whole, found.lines, found.versions_lacking) == (False, (), 1)


def begin_epoch(office: Office) -> None:
    """The counter goes on under epoch 2, with a key of its own."""
    with office.application.database.writing() as connection:
        prepare_epoch(connection, office.application.enrolled, "fork", office.noise.randbytes)
        take_epoch(connection, office.application.enrolled, 2, "thẻ mới")
        office.application.counter = load_counter(connection)
        lease = office.province.lease("cong-an", 500, 998, epoch=2)
        store_lease(connection, office.application.enrolled, *lease)


def test_each_epoch_is_held_against_its_own_key(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("trước"))
        begin_epoch(office)
        office.receive(sample_intake("sau"))
        found = check_book(office.application.database, office.application.enrolled, MORNING)
        assert (found.is_whole, found.operations) == (True, 2)
        changed(office, "UPDATE journal SET signature = (SELECT signature FROM journal WHERE epoch = 2) "
                        "WHERE epoch = 1")
        found = check_book(office.application.database, office.application.enrolled, MORNING)
        assert found.lines == ((1, 1),)


def test_damage_stands_among_the_gravest_alarms_until_the_book_is_whole_again(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        def said() -> list[tuple[str, bool]]:
            check_and_note(office.application.database, office.application.enrolled, MORNING)
            with office.application.database.reading() as connection:
                application = office.application
                found = alarms(
                    connection, application.enrolled, application.rules.calendar, "key_store", MORNING
                )
            return [(alarm.code, alarm.is_grave) for alarm in found if alarm.code == "book_damaged"]

        office.receive(sample_intake("a"))
        assert said() == []
        changed(office, "UPDATE journal SET signature = zeroblob(64), payload = payload || ' '")
        assert said() == [("book_damaged", True)]
        changed(office, "UPDATE journal SET payload = rtrim(payload)")
        assert said() == [("book_damaged", True)], "the signature is still gone"


def test_a_reading_that_is_not_wanted_any_more_ends_and_is_not_remembered(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("a"))

        def stop() -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            check_and_note(office.application.database, office.application.enrolled, MORNING, stop)
        with office.application.database.reading() as connection:
            assert last_book_check(connection) is None
