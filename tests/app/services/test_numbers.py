from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from app.errors import Refusal
from app.services.days import today_at_counter
from app.services.numbers import close_days, leases_left, peek_number, store_lease, take_number
from app.store.tables import leases, number_fates
from tests.office import MORNING, Office, office_in, sample_intake

MONDAY = date(2026, 11, 23)


def close(office: Office) -> tuple[date, ...]:
    now = office.clock.now()
    with office.application.database.writing() as connection:
        today = today_at_counter(connection, now)
        return close_days(connection, office.application.enrolled, today, now, office.noise.randbytes)


def test_the_sequence_restarts_per_agency_and_day(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        first = office.receive(sample_intake("a")).dossier.code
        office.clock.advance(timedelta(hours=16))            # 01:00 of the next day at the counter
        second = office.receive(sample_intake("b")).dossier.code
    assert (first, second) == ("H47.15-261123-0001", "H47.15-261124-0001")


def test_midnight_is_vietnamese_midnight(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.clock.at = datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC)
        before = office.receive(sample_intake("a")).dossier.code
        office.clock.advance(timedelta(seconds=1))
        after = office.receive(sample_intake("b")).dossier.code
    assert (before, after) == ("H47.15-261123-0001", "H47.15-261124-0001")


def test_a_clock_set_back_goes_on_in_the_highest_day_used(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("a"))
        office.clock.advance(timedelta(days=2))
        office.receive(sample_intake("b"))
        office.clock.advance(timedelta(days=-3))
        code = office.receive(sample_intake("c")).dossier.code
    assert code == "H47.15-261125-0002"


def test_an_exhausted_lease_says_so_and_an_extra_block_goes_on(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        counter = office.application.enrolled
        database = office.application.database
        with database.writing() as connection:
            taken = [take_number(connection, counter, "cong-an", MONDAY).number for _ in range(499)]
        assert taken == list(range(1, 500))
        with pytest.raises(Refusal, match="lease_exhausted"), database.writing() as connection:
            take_number(connection, counter, "cong-an", MONDAY)
        with database.writing() as connection:
            store_lease(connection, counter, *office.province.lease("cong-an", 5001, 5100))
            assert take_number(connection, counter, "cong-an", MONDAY).number == 5001


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2027, 1, 5)])
def test_a_day_without_a_lease_gives_no_number(tmp_path: Path, day: date) -> None:
    with (
        office_in(tmp_path) as office,
        pytest.raises(Refusal, match="lease_missing"),
        office.application.database.writing() as connection,
    ):
        take_number(connection, office.application.enrolled, "cong-an", day)


def test_an_agency_that_the_province_never_gave_is_named_as_such(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        database, counter = office.application.database, office.application.enrolled
        with pytest.raises(Refusal, match="agency_not_served"), database.writing() as connection:
            take_number(connection, counter, "so-khong-giao", MONDAY)
        with database.writing() as connection:
            connection.execute(delete(leases))     # a counter without any number does not know whom it serves
            with pytest.raises(Refusal, match="lease_missing"):
                take_number(connection, counter, "so-khong-giao", MONDAY)


def test_a_rolled_back_reception_gives_its_number_back_to_nobody_else(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        database, counter = office.application.database, office.application.enrolled
        with pytest.raises(RuntimeError), database.writing() as connection:
            take_number(connection, counter, "cong-an", MONDAY)
            raise RuntimeError("the power went")
        assert office.receive(sample_intake("a")).dossier.code.endswith("-0001")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"device": "quay-2"}, "lease_not_ours"),
        ({"epoch": 2}, "lease_not_ours"),
    ],
)
def test_a_lease_for_somebody_else_is_refused(tmp_path: Path, change: dict[str, int], code: str) -> None:
    with (
        office_in(tmp_path) as office,
        pytest.raises(Refusal, match=code),
        office.application.database.writing() as connection,
    ):
        lease = office.province.lease("cong-an", 600, 700, **change)  # type: ignore[arg-type]
        store_lease(connection, office.application.enrolled, *lease)


def test_a_lease_with_one_changed_letter_is_refused(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        payload, signature = office.province.lease("cong-an", 600, 700)
        with (
            pytest.raises(Refusal, match="lease_signature_wrong"),
            office.application.database.writing() as connection,
        ):
            store_lease(connection, office.application.enrolled, payload.replace("700", "900"), signature)


def test_every_leased_number_of_a_closed_day_has_one_fate(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for turn in range(5):
            office.receive(sample_intake(f"i{turn}"))
        office.clock.advance(timedelta(days=1))
        closed = close(office)
        assert closed == tuple(date(2026, 11, day) for day in (20, 21, 22, 23))
        with office.application.database.reading() as connection:
            rows = connection.execute(select(number_fates)).all()
    for row in rows:
        issued = [n for lo, hi in json.loads(row.issued) for n in range(lo, hi + 1)]
        unused = [n for lo, hi in json.loads(row.unused) for n in range(lo, hi + 1)]
        assert sorted(issued + unused + json.loads(row.void)) == list(range(row.lo, row.hi + 1))
    monday = [row for row in rows if row.business_date == "2026-11-23" and row.agency == "cong-an"]
    assert [row.issued for row in monday] == ["[[1, 5]]"]


def test_a_day_is_closed_once_and_gives_no_number_afterwards(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.clock.advance(timedelta(days=1))
        assert close(office)
        assert close(office) == ()
        with (
            pytest.raises(Refusal, match="lease_exhausted"),
            office.application.database.writing() as connection,
        ):
            take_number(connection, office.application.enrolled, "cong-an", MONDAY)


def test_what_is_shown_before_the_save_is_what_is_issued(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("a"))
        counter = office.application.enrolled
        with office.application.database.reading() as connection:
            shown = peek_number(connection, counter, "cong-an", MONDAY)
            left = {each.agency: each.left_today for each in leases_left(connection, counter, MONDAY)}
        issued = office.receive(sample_intake("b")).dossier.code
    assert issued.endswith(f"-{shown:04d}")
    assert left == {"cong-an": 498, "so-xay-dung": 499}


def test_the_register_counts_per_year_without_gaps(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        lines = [office.receive(sample_intake(f"i{turn}")).dossier for turn in range(3)]
        office.clock.at = MORNING.replace(year=2027, month=1, day=4)
        new_year = office.receive(sample_intake("x")).dossier
    assert [(each.book, each.book_number) for each in lines] == [("Quầy 3/2026", n) for n in (1, 2, 3)]
    assert (new_year.book, new_year.book_number) == ("Quầy 3/2027", 1)
