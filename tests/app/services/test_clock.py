"""A wrong clock: the day never goes back, and no clock can take the numbers of the coming days away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.dossier_code import parse_code
from app.errors import Refusal
from app.services.days import today_at_counter
from app.services.numbers import leases_left
from app.services.reveal import reveal_person
from tests.office import MORNING, Office, office_in, sample_intake


def today(office: Office) -> date:
    with office.application.database.reading() as connection:
        return today_at_counter(connection, office.clock.now())


def look(office: Office, code: str, intent: str) -> None:
    with office.application.database.writing() as connection:
        reveal_person(
            connection, office.application.enrolled, office.clerk, code, "phone", intent=intent,
            now=office.clock.now(), randomness=office.noise.randbytes,
        )


@pytest.mark.parametrize("year", [2016, 2027, 2036])
def test_a_clock_in_another_year_stops_only_while_it_stands_there(tmp_path: Path, year: int) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        office.clock.at = MORNING.replace(year=year)
        if year > MORNING.year:
            with pytest.raises(Refusal, match="lease_missing"):
                office.receive(sample_intake("b"))
        look(office, code, "xem")                      # whatever else is done meanwhile
        office.clock.at = MORNING + timedelta(hours=1)
        again = office.receive(sample_intake("c")).dossier
    assert again.code == "H47.15-261123-0002"


def test_a_day_with_a_lease_that_is_about_to_end_still_gives_numbers_and_the_next_does_not(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.clock.at = datetime(2027, 1, 4, 16, 59, 59, tzinfo=UTC)     # the last second of 4 January
        assert office.receive(sample_intake("a")).dossier.code == "H47.15-270104-0001"
        with office.application.database.reading() as connection:
            left = leases_left(connection, office.application.enrolled, today(office))
        assert {each.covered_to for each in left} == {date(2027, 1, 4)}
        office.clock.advance(timedelta(seconds=1))
        with pytest.raises(Refusal, match="lease_missing") as refused:
            office.receive(sample_intake("b"))
    assert refused.value.values == {"agency": "cong-an", "day": "2027-01-05"}


@settings(max_examples=15, deadline=None)
@given(jumps=st.lists(st.one_of(
    st.integers(-3 * 86_400, 3 * 86_400),                # near midnight and around it
    st.integers(-10 * 365 * 86_400, 10 * 365 * 86_400),  # ten years either way
), min_size=1, max_size=15))
def test_no_number_ever_stands_under_an_earlier_day_than_one_before_it(
    tmp_path_factory: pytest.TempPathFactory, jumps: list[int],
) -> None:
    with office_in(tmp_path_factory.mktemp("clock")) as office:
        codes: list[str] = []
        for turn, jump in enumerate([0, *jumps]):
            office.clock.at += timedelta(seconds=jump)
            try:
                codes.append(office.receive(sample_intake(f"i{turn}")).dossier.code)
            except Refusal as refused:
                assert refused.code == "lease_missing"
            look(office, codes[0], f"xem-{turn}")
        days = [parse_code(code).day for code in codes]
        assert days == sorted(days)
        assert len(set(codes)) == len(codes)
        # However far it wandered: with the clock put right, work goes on.
        office.clock.at = max(MORNING, datetime(days[-1].year, days[-1].month, days[-1].day, 5, tzinfo=UTC))
        assert office.receive(sample_intake("cuối")).is_new
