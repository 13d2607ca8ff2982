"""The small witness beside the keys: an older data folder, a copy elsewhere, a witness that is gone or torn."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import Refusal
from app.services.epochs import PendingEpoch, prepare_epoch, take_epoch
from app.services.standing import PENDING, Reason, numbers_stopped, stop_numbers
from app.store.settings import read_setting, read_sync
from app.store.witness import LocalWitness, Witnessed
from tests.office import Office, make_office, reopen, sample_intake


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An office that has received three, closed; its data folder after the first lies beside it in `older`."""
    office = make_office(tmp_path)
    office.receive(sample_intake("form-1"))
    office.application.close()
    shutil.copytree(tmp_path / "office", tmp_path / "older")
    again = reopen(tmp_path, office.province, office.clock, seed=2)
    for number in (2, 3):
        again.receive(sample_intake(f"form-{number}"))
    again.application.close()
    yield tmp_path


def put_back_older(folder: Path) -> None:
    shutil.rmtree(folder / "office")
    shutil.copytree(folder / "older", folder / "office")


def opened(folder: Path) -> Office:
    template = make_office(folder / "other")
    template.application.close()
    return reopen(folder, template.province, template.clock, seed=9)


def stopped(office: Office) -> tuple[str, object] | None:
    with office.application.database.reading() as connection:
        held = numbers_stopped(connection)
    office.application.close()
    return None if held is None else (held.reason, held.values["why"])


def test_a_book_that_is_opened_again_goes_on(folder: Path) -> None:
    assert stopped(opened(folder)) is None


def test_an_older_data_folder_gives_out_no_number(folder: Path) -> None:
    put_back_older(folder)
    office = opened(folder)
    with pytest.raises(Refusal, match="numbers_stopped"):
        office.receive(sample_intake("form-4"))
    assert stopped(office) == (Reason.OLDER_THAN_WITNESS, "behind")


def test_a_stop_stays_when_the_program_is_started_again(folder: Path) -> None:
    put_back_older(folder)
    opened(folder).application.close()
    assert stopped(opened(folder)) is not None


def test_a_recovery_goes_on_when_the_program_is_started_again(folder: Path) -> None:
    """The witness says at each start what it said before; the province has said more since."""
    put_back_older(folder)
    office = opened(folder)
    asked = ask_for_an_epoch(office, Reason.OLDER_THAN_PROVINCE)
    again = opened(folder)
    assert waiting_request(again) == asked.request
    assert stopped(again) == (Reason.OLDER_THAN_PROVINCE, "tested")


def test_a_request_is_forgotten_when_the_witness_has_seen_a_later_epoch(folder: Path) -> None:
    """Though it stopped the numbers before, and says so for the same reason."""
    put_back_older(folder)
    office = opened(folder)
    ask_for_an_epoch(office, Reason.OLDER_THAN_WITNESS)
    shutil.rmtree(folder / "older")
    shutil.copytree(folder / "office", folder / "older")
    goes_on = opened(folder)
    with goes_on.application.database.writing() as connection:
        take_epoch(connection, goes_on.application.enrolled, 2, "thẻ-mới")
    goes_on.application.witness.note(Witnessed(2, 1, "ab" * 32))
    goes_on.application.close()
    put_back_older(folder)
    again = opened(folder)
    assert waiting_request(again) == ""
    assert stopped(again) == (Reason.OLDER_THAN_WITNESS, "behind")


def ask_for_an_epoch(office: Office, reason: str) -> PendingEpoch:
    """With numbers stopped for that reason; the program is closed afterwards."""
    with office.application.database.writing() as connection:
        stop_numbers(connection, reason, {"why": "tested", "epoch": 1}, office.clock.now())
        asked = prepare_epoch(connection, office.application.enrolled, "behind", office.noise.randbytes)
    office.application.close()
    return asked


def waiting_request(office: Office) -> str:
    with office.application.database.reading() as connection:
        held = read_setting(connection, PENDING)
    return "" if held is None else str(held["request"])


def test_a_book_without_the_witness_it_once_had_gives_out_no_number(folder: Path) -> None:
    (witness,) = (folder / "keys").glob("*.witness")
    witness.unlink()
    assert stopped(opened(folder)) == (Reason.OLDER_THAN_WITNESS, "witness_missing")


def test_a_copy_with_its_keys_on_another_machine_gives_out_no_number(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.witness.machine_name", lambda: "another machine")
    assert stopped(opened(folder)) == (Reason.OLDER_THAN_WITNESS, "witness_missing")


@pytest.mark.parametrize("torn", range(8))
def test_a_torn_slot_costs_no_witness(folder: Path, torn: int) -> None:
    (file,) = (folder / "keys").glob("*.witness")
    content = bytearray(file.read_bytes())
    slot = len(content) // 8
    content[torn * slot + 20 : (torn + 1) * slot] = bytes(slot - 20)
    file.write_bytes(content)
    assert stopped(opened(folder)) is None


def test_an_older_folder_is_found_even_when_the_newest_slot_is_torn(folder: Path) -> None:
    put_back_older(folder)
    (file,) = (folder / "keys").glob("*.witness")
    content = bytearray(file.read_bytes())
    slot = len(content) // 8
    content[3 * slot : 4 * slot] = bytes(slot)
    file.write_bytes(content)
    assert stopped(opened(folder)) == (Reason.OLDER_THAN_WITNESS, "behind")


def test_two_chains_from_one_book_are_told_apart(folder: Path) -> None:
    (file,) = (folder / "keys").glob("*.witness")
    shutil.copy(file, folder / "of-the-first")
    put_back_older(folder)
    file.unlink()
    other = make_office(folder / "other")
    other.application.close()
    with_lost = reopen(folder, other.province, other.clock, seed=5)
    with with_lost.application.database.writing() as connection:
        from app.services.standing import let_numbers_go

        let_numbers_go(connection)
    for number in (2, 3, 4):
        with_lost.receive(sample_intake(f"other-{number}"))
    with_lost.application.close()
    shutil.copy(folder / "of-the-first", file)
    assert stopped(opened(folder)) == (Reason.FORK, "other_bytes")


def test_a_book_from_before_there_were_witnesses_gets_one(folder: Path) -> None:
    office = opened(folder)
    with office.application.database.writing() as connection:
        from app.store.settings import write_sync

        write_sync(connection, "witness", None)
    file = office.application.witness.file
    office.application.close()
    file.unlink()
    again = opened(folder)
    with again.application.database.reading() as connection:
        assert read_sync(connection, "witness")
    assert stopped(again) is None
    assert file.exists()


def test_a_witness_of_another_book_is_no_witness(tmp_path: Path) -> None:
    from app.store.witness import Witnessed

    LocalWitness(tmp_path / "a.witness", b"1" * 32, "m").begin(b"12345678", Witnessed(1, 2, "0" * 64))
    assert LocalWitness(tmp_path / "a.witness", b"2" * 32, "m").read() is None
    assert LocalWitness(tmp_path / "a.witness", b"1" * 32, "other").read() is None
    assert LocalWitness(tmp_path / "a.witness", b"1" * 32, "m").read() == (
        b"12345678".hex(), Witnessed(1, 2, "0" * 64)
    )
