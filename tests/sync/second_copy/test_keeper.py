"""What was committed is on the medium, read back, sealed for the province; what stands in the way is said."""

from __future__ import annotations

import errno
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.errors import EnvironmentFault
from app.services import second_copy as known
from app.services.second_copy import Risk
from app.store import journal as book
from sync.contract.sealed import SealedRecord
from sync.second_copy.keeper import own_seal_key
from sync.second_copy.lock import one_at_a_time
from sync.second_copy.medium import CARD, SPARE, make_medium, segments_of
from sync.second_copy.survey import records_of, survey
from tests.office import sample_intake
from tests.sync.second_copy.conftest import PROVINCE, Trial


def records(trial: Trial) -> list[SealedRecord]:
    found = [
        each for segment in segments_of(trial.medium, trial.disk)
        for _, each in records_of(trial.medium, segment, trial.disk)
    ]
    assert all(isinstance(each, SealedRecord) for each in found)
    return [each for each in found if isinstance(each, SealedRecord)]


def raised(trial: Trial) -> str:
    with pytest.raises(EnvironmentFault) as found:
        trial.keeper.keep()
    return found.value.code


def test_every_operation_lies_there_in_its_exact_bytes(trial: Trial) -> None:
    trial.receive(3)
    assert trial.keeper.keep().written == 3
    office = trial.office.application
    with office.database.reading() as connection:
        rows = book.after(connection, "quay-1", 1, 0, 10)
    for key in (PROVINCE, own_seal_key(office.book_key)):
        opened = [each.open(key) for each in records(trial)]
        assert [(each.payload.decode(), each.signature) for each in opened] == [
            (row.payload, row.signature) for row in rows
        ]


def test_nothing_readable_lies_on_the_medium(trial: Trial) -> None:
    trial.receive()
    trial.keeper.keep()
    everything = b"".join(file.read_bytes() for file in trial.medium.folder.iterdir())
    for word in ("Mẫu Ánh", "049190004217", "0905000123", "ca.thu", "form-1"):
        assert word.encode() not in everything


def test_a_second_call_writes_nothing(trial: Trial) -> None:
    trial.receive(2)
    trial.keeper.keep()
    assert trial.keeper.keep().written == 0
    assert trial.new_keeper().keep().written == 0


def test_what_the_medium_holds_is_not_at_risk(trial: Trial) -> None:
    trial.receive(3)
    assert trial.state().risk == Risk(3, 3)
    trial.keeper.keep()
    state = trial.state()
    assert (state.risk, state.unkept, state.kept_today) == (Risk(0, 0), Risk(0, 0), 3)


def test_a_record_that_only_this_machine_opens_is_still_at_risk(trial: Trial) -> None:
    with trial.office.application.database.writing() as connection:
        from app.store.settings import forget_setting

        forget_setting(connection, known.PROVINCE_KEY)
    trial.receive(2)
    trial.keeper.keep()
    state = trial.state()
    assert (state.risk, state.unkept) == (Risk(2, 2), Risk(0, 0))
    assert state.kept is not None and not state.kept.is_for_province


def test_a_province_key_that_comes_later_seals_everything_anew(trial: Trial) -> None:
    with trial.office.application.database.writing() as connection:
        from app.store.settings import forget_setting

        forget_setting(connection, known.PROVINCE_KEY)
    trial.receive(3)
    trial.keeper.keep()
    trial.know_province()
    assert trial.keeper.keep().written == 3
    assert trial.state().risk == Risk(0, 0)
    assert trial.new_keeper().keep().written == 0


def test_another_province_key_seals_everything_anew(trial: Trial) -> None:
    trial.receive(2)
    trial.keeper.keep()
    other = X25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
    trial.know_province(other)
    assert trial.keeper.keep().written == 2
    assert len([each for each in records(trial) if _opens(each, other)]) == 2


def _opens(record: SealedRecord, key: X25519PrivateKey) -> bool:
    from sync.contract.sealing import NotForUs

    try:
        record.open(key)
    except NotForUs:
        return False
    return True


def test_work_made_without_the_medium_goes_there_when_it_is_back(trial: Trial) -> None:
    trial.receive()
    trial.keeper.keep()
    trial.place.rename(trial.folder / "drawer")
    trial.receive(4)
    assert raised(trial) == "second_copy_missing"
    state = trial.state()
    assert state.risk == Risk(4, 4)
    assert state.problem is not None and state.problem.code == "second_copy_missing"
    (trial.folder / "drawer").rename(trial.place)
    assert trial.keeper.keep().written == 4
    assert (trial.state().risk, trial.state().problem) == (Risk(0, 0), None)


def test_an_empty_folder_where_the_stick_should_be_is_no_medium(trial: Trial) -> None:
    trial.receive()
    trial.place.rename(trial.folder / "drawer")
    trial.place.mkdir()
    assert raised(trial) == "second_copy_missing"
    assert list(trial.place.iterdir()) == []


def test_another_stick_is_never_taken_for_it(trial: Trial) -> None:
    trial.receive()
    trial.keeper.keep()
    trial.place.rename(trial.folder / "drawer")
    trial.place.mkdir()
    make_medium(trial.place, "quay-1", trial.office.clock.now(), trial.disk)
    trial.receive()
    before = sorted(file.name for file in trial.medium.folder.iterdir())
    assert raised(trial) == "second_copy_wrong_medium"
    assert sorted(file.name for file in trial.medium.folder.iterdir()) == before


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errno.ENOSPC, "second_copy_full"), (errno.EROFS, "second_copy_read_only"),
        (errno.EIO, "second_copy_broken"), (errno.ENODEV, "second_copy_missing"),
    ],
)
@pytest.mark.parametrize("torn", [0, 1, 90, 400])
def test_a_write_that_fails_half_way_is_said_and_made_good(trial: Trial, error: int, code: str, torn: int) -> None:
    trial.receive()
    trial.keeper.keep()
    trial.receive(2)
    trial.disk.fail(1, error, torn)
    assert raised(trial) == code
    assert trial.state().risk == Risk(2, 2)
    assert trial.keeper.keep().written == 2
    assert [each.seq for each in records(trial)] == [1, 2, 3]


def test_a_stick_that_acknowledges_and_forgets_is_found_by_reading_back(trial: Trial) -> None:
    trial.receive()
    trial.disk.forgets = 1
    assert raised(trial) == "second_copy_broken"
    assert trial.state().risk == Risk(1, 1)
    trial.disk.forgets = 0
    trial.keeper.keep()
    assert trial.state().risk == Risk(0, 0)


def test_a_torn_end_is_cut_when_the_program_starts_again(trial: Trial) -> None:
    trial.receive(2)
    trial.keeper.keep()
    (segment,) = segments_of(trial.medium, trial.disk)
    file = trial.medium.folder / segment.name
    file.write_bytes(file.read_bytes()[:-10])
    trial.new_keeper().keep()
    assert [each.seq for each in records(trial)] == [1, 2]


def test_a_damaged_record_in_the_middle_is_written_anew_and_said(trial: Trial) -> None:
    trial.receive(3)
    trial.keeper.keep()
    (segment,) = segments_of(trial.medium, trial.disk)
    file = trial.medium.folder / segment.name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert trial.new_keeper().keep(is_thorough=True).damaged == 1
    found = survey(trial.medium, (PROVINCE.public_key().public_bytes_raw(),), trial.disk)
    assert (found.chains[1].reached, found.damaged) == (3, 1)
    assert trial.state().risk == Risk(0, 0)


def test_a_medium_is_read_whole_once_a_week(trial: Trial) -> None:
    trial.receive(3)
    trial.keeper.keep()
    (segment,) = segments_of(trial.medium, trial.disk)
    file = trial.medium.folder / segment.name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    trial.office.clock.advance(timedelta(days=8))
    assert trial.new_keeper().keep().damaged == 1


def test_a_lost_segment_is_written_anew(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.second_copy.keeper.SEGMENT_BYTES", 2_000)
    for _ in range(4):
        trial.receive()
        trial.keeper.keep()
    segments = segments_of(trial.medium, trial.disk)
    assert len(segments) > 1
    (trial.medium.folder / segments[0].name).unlink()
    trial.new_keeper().keep()
    assert sorted(each.seq for each in records(trial)) == [1, 2, 3, 4]
    assert trial.new_keeper().keep().written == 0


def test_a_new_medium_gets_the_whole_book(trial: Trial) -> None:
    trial.receive(3)
    trial.keeper.keep()
    shutil.rmtree(trial.place)
    trial.place.mkdir()
    trial.choose()
    assert trial.state().risk == Risk(3, 3)
    assert trial.keeper.keep().written == 3


def test_a_medium_on_the_disk_of_the_book_is_refused(trial: Trial, tmp_path: Path) -> None:
    trial.disk.is_one_disk = True
    with pytest.raises(EnvironmentFault, match="second_copy_same_disk"):
        make_medium(trial.place, "quay-2", trial.office.clock.now(), trial.disk, data=tmp_path)


@pytest.mark.parametrize("card", [b"", b"{}", b"[1]", b"\xff", b'{"format":"x","medium":1}'])
def test_a_damaged_card_has_a_spare_and_without_it_is_said(trial: Trial, card: bytes) -> None:
    folder = trial.medium.folder
    (folder / CARD).write_bytes(card)
    trial.receive()
    assert trial.keeper.keep().written == 1
    (folder / SPARE).write_bytes(card)
    assert raised(trial) == "second_copy_damaged"


def test_two_programs_do_not_write_at_once(trial: Trial) -> None:
    trial.receive()
    with one_at_a_time(trial.office.application.database.path):
        assert raised(trial) == "second_copy_busy"
    assert trial.state().problem is None
    assert trial.keeper.keep().written == 1


def test_two_programs_one_after_the_other_leave_whole_records(trial: Trial) -> None:
    first, second = trial.keeper, trial.new_keeper()
    for number in range(6):
        trial.office.receive(sample_intake(f"by-turns-{number}"))
        (first if number % 2 else second).keep()
    assert [each.seq for each in records(trial)] == [1, 2, 3, 4, 5, 6]


def test_a_counter_without_a_medium_keeps_none(trial: Trial) -> None:
    with trial.office.application.database.writing() as connection:
        known.give_up(connection)
    trial.receive()
    assert trial.keeper.keep().written == 0
    assert trial.state().chosen is None
