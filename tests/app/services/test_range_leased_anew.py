"""A province that came back from a backup leases days of a range anew: its numbers are still given once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import Refusal
from app.services.numbers import peek_number, store_lease, take_number
from tests.office import office_in

MONDAY = date(2026, 11, 23)


def test_a_range_that_is_leased_anew_gives_no_number_twice(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        counter, database = office.application.enrolled, office.application.database
        with database.writing() as connection:
            taken = {take_number(connection, counter, "cong-an", MONDAY).number for _ in range(499)}
            anew = office.province.lease("cong-an", 1, 499, first=MONDAY)
            assert store_lease(connection, counter, *anew)
        assert len(taken) == 499
        with pytest.raises(Refusal, match="lease_exhausted"), database.writing() as connection:
            take_number(connection, counter, "cong-an", MONDAY)
        with database.reading() as connection:
            assert peek_number(connection, counter, "cong-an", MONDAY) is None
