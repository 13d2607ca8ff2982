"""A medium that knows more than the book stops the numbers before one is given out; what it holds comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from app.errors import KnownError, Refusal
from app.services.epochs import prepare_epoch, requested_epoch, take_epoch
from app.services.numbers import store_lease
from app.services.rebuild import rebuild
from app.services.standing import Reason, asked_epoch, let_numbers_go, numbers_stopped, stop_numbers
from app.store import journal as book
from sync.second_copy.medium import segments_of
from sync.second_copy.restore import restore_from_medium
from tests.office import AGENCIES, reopen, sample_intake
from tests.sync.second_copy.conftest import Trial

LOCAL = "*.witness"


def put_back(trial: Trial) -> None:
    """The data folder as `copy` left it, and the small witness too, so that the medium alone knows better."""
    trial.office.application.close()
    shutil.rmtree(trial.folder / "office")
    shutil.copytree(trial.folder / "copy", trial.folder / "office")
    for file in (trial.folder / "keys").glob(LOCAL):
        shutil.copy(trial.folder / "copy-of-witness", file)
    open_again(trial)


def open_again(trial: Trial) -> None:
    seed = len(list(trial.folder.iterdir()))       # another one each time: no program repeats its noise
    trial.office = reopen(trial.folder, trial.office.province, trial.office.clock, seed=seed)
    trial.new_keeper()


def copy(trial: Trial) -> None:
    trial.office.application.close()
    shutil.copytree(trial.folder / "office", trial.folder / "copy")
    (witness,) = (trial.folder / "keys").glob(LOCAL)
    shutil.copy(witness, trial.folder / "copy-of-witness")
    open_again(trial)


def stopped(trial: Trial) -> str:
    with trial.office.application.database.reading() as connection:
        held = numbers_stopped(connection)
    return held.reason if held else ""


def kept(trial: Trial) -> str:
    try:
        trial.keeper.keep()
    except KnownError as error:
        return error.code
    return ""


def begin_epoch(trial: Trial, epoch: int) -> None:
    """As the province would answer."""
    office = trial.office.application
    with office.database.writing() as connection:
        prepare_epoch(connection, office.enrolled, "behind", trial.office.noise.randbytes)
        take_epoch(connection, office.enrolled, epoch, "thẻ-mới")
    office.reread()
    office.counter = None
    office.reread()
    with office.database.writing() as connection:
        for agency in AGENCIES:
            lease = trial.office.province.lease(agency.id, 500 * epoch, 500 * epoch + 499, epoch=epoch)
            store_lease(connection, office.enrolled, *lease)


def tables(connection: Connection) -> list[list[tuple[object, ...]]]:
    return [
        [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY 1"))]
        for name in ("dossiers", "dossier_versions", "journal")
    ]


@pytest.fixture
def older(trial: Trial) -> Trial:
    """Two received and kept, the folder copied, three more received and kept, the older folder put back."""
    trial.receive(2)
    trial.keeper.keep()
    copy(trial)
    trial.receive(3)
    trial.keeper.keep()
    put_back(trial)
    return trial


def test_an_older_folder_gives_out_no_number_once_the_medium_was_read(older: Trial) -> None:
    assert stopped(older) == ""
    assert kept(older) == "second_copy_ahead"
    assert stopped(older) == Reason.OLDER_THAN_WITNESS
    with pytest.raises(Refusal, match="numbers_stopped"):
        older.receive()


def test_nothing_is_written_to_a_medium_that_knows_more(older: Trial) -> None:
    before = [(file.name, file.read_bytes()) for file in sorted(older.medium.folder.iterdir())]
    assert kept(older) == kept(older) == "second_copy_ahead"
    assert [(file.name, file.read_bytes()) for file in sorted(older.medium.folder.iterdir())] == before


def test_everything_comes_back_and_numbers_wait_for_the_new_epoch(older: Trial) -> None:
    kept(older)
    office = older.office.application
    restored = restore_from_medium(office.database, office.book_key, older.place, disk=older.disk)
    assert (restored.brought, restored.unopened) == (3, 0)
    with office.database.reading() as connection:
        assert asked_epoch(connection) == Reason.OLDER_THAN_WITNESS
        assert book.head(connection, "quay-1", 1).seq == 5
    assert stopped(older) == Reason.OLDER_THAN_WITNESS
    begin_epoch(older, 2)
    older.receive()
    assert kept(older) == ""
    assert older.state().risk.operations == 0
    with office.database.reading() as connection:
        lines = [tuple(row) for row in connection.execute(text("SELECT book, book_number FROM dossiers"))]
    assert len(lines) == len(set(lines)) == 6      # no line of the register is used twice


def test_what_comes_back_stands_in_the_tables_as_it_did(trial: Trial) -> None:
    trial.receive(2)
    trial.keeper.keep()
    copy(trial)
    trial.receive(3)
    trial.keeper.keep()
    with trial.office.application.database.reading() as connection:
        before = tables(connection)
    put_back(trial)
    office = trial.office.application
    restore_from_medium(office.database, office.book_key, trial.place, disk=trial.disk)
    with office.database.writing() as connection:
        assert tables(connection) == before
        rebuild(connection)
        assert tables(connection) == before


def test_restoring_twice_brings_nothing_twice(older: Trial) -> None:
    office = older.office.application
    restore_from_medium(office.database, office.book_key, older.place, disk=older.disk)
    again = restore_from_medium(office.database, office.book_key, older.place, disk=older.disk)
    assert again.brought == 0


def test_an_epoch_that_the_older_folder_has_not_lived_through_comes_back_too(trial: Trial) -> None:
    trial.receive(2)
    trial.keeper.keep()
    copy(trial)
    begin_epoch(trial, 2)
    trial.receive(2)
    trial.keeper.keep()
    put_back(trial)
    assert kept(trial) == "second_copy_ahead"
    office = trial.office.application
    restored = restore_from_medium(office.database, office.book_key, trial.place, disk=trial.disk)
    assert (restored.brought, restored.unopened) == (2, 0)
    with office.database.reading() as connection:
        assert book.head(connection, "quay-1", 2).seq == 2


def test_a_key_file_that_this_book_did_not_write_is_not_believed(trial: Trial) -> None:
    trial.receive()
    trial.keeper.keep()
    copy(trial)
    begin_epoch(trial, 2)
    trial.receive()
    trial.keeper.keep()
    put_back(trial)
    file = trial.medium.folder / "2.key"
    file.write_bytes(file.read_bytes().replace(b'"public_key": "', b'"public_key": "00')[:-1])
    office = trial.office.application
    restored = restore_from_medium(office.database, office.book_key, trial.place, disk=trial.disk)
    assert (restored.brought, restored.unopened) == (0, 1)


def test_a_damaged_record_holds_up_only_what_stands_behind_it(older: Trial) -> None:
    (segment,) = segments_of(older.medium, older.disk)
    file = older.medium.folder / segment.name
    content = bytearray(file.read_bytes())
    content[int(len(content) * 0.7)] ^= 1          # the fourth of five
    file.write_bytes(content)
    office = older.office.application
    restored = restore_from_medium(office.database, office.book_key, older.place, disk=older.disk)
    assert (restored.brought, restored.unopened) == (1, 1)


def test_two_chains_from_one_folder_are_told_apart(trial: Trial) -> None:
    trial.receive(2)
    trial.keeper.keep()
    copy(trial)
    trial.office.receive(sample_intake("of-the-first"))
    trial.keeper.keep()
    put_back(trial)
    with trial.office.application.database.writing() as connection:
        let_numbers_go(connection)
    trial.office.receive(sample_intake("of-the-second"))
    assert kept(trial) == "second_copy_parted"
    assert stopped(trial) == Reason.FORK
    assert trial.state().risk.operations == 3


@pytest.mark.parametrize("later", [False, True])
def test_a_request_that_came_back_with_the_disk_is_sent_again_unless_the_medium_saw_its_epoch(
    trial: Trial, later: bool
) -> None:
    """Numbers are stopped while a request waits, so the disk comes back with stopped numbers."""
    trial.receive()
    trial.keeper.keep()
    office = trial.office.application
    with office.database.writing() as connection:
        stop_numbers(connection, Reason.FORK, {"epoch": 1, "seq": 1}, trial.office.clock.now())
        asked = prepare_epoch(connection, office.enrolled, "fork", trial.office.noise.randbytes)
    copy(trial)
    if later:
        begin_epoch(trial, 2)
    else:
        with trial.office.application.database.writing() as connection:
            let_numbers_go(connection)
    trial.receive()
    trial.keeper.keep()
    put_back(trial)
    assert kept(trial) == "second_copy_ahead"
    with trial.office.application.database.reading() as connection:
        waits = requested_epoch(connection, trial.office.application.enrolled)
    assert waits == ("" if later else asked.reason)


def test_a_medium_that_holds_more_of_an_epoch_that_is_over_stops_nothing(older: Trial) -> None:
    kept(older)
    begin_epoch(older, 2)
    assert stopped(older) == ""
    assert kept(older) == "second_copy_ahead"
    assert stopped(older) == ""
    older.receive()


def test_a_book_of_another_key_opens_nothing(older: Trial, tmp_path: Path) -> None:
    office = older.office.application
    restored = restore_from_medium(office.database, b"x" * 32, older.place, disk=older.disk)
    assert (restored.brought, restored.unopened) == (0, 3)
