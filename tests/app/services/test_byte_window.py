from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.vietnam_time import VIETNAM
from app.errors import Refusal
from app.services.byte_window import (
    LEAST_BYTES,
    Allowance,
    ByteWindow,
    allowance,
    note_used,
    read_window,
    set_window,
)
from tests.office import Office

NIGHT = ByteWindow(time(18), time(6), 5_000_000)
NOON = ByteWindow(time(11, 30), time(13), 2_000_000)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(("window", "moment", "day"), [
    (NOON, at(21, 11, 29), None), (NOON, at(21, 11, 30), 21), (NOON, at(21, 12, 59), 21), (NOON, at(21, 13), None),
    (NIGHT, at(21, 17, 59), None), (NIGHT, at(21, 18), 21), (NIGHT, at(21, 23, 59), 21), (NIGHT, at(22, 0), 21),
    (NIGHT, at(22, 5, 59), 21), (NIGHT, at(22, 6), None),
    (ByteWindow(time(8), time(8), None), at(21, 7, 59), 20), (ByteWindow(time(8), time(8), None), at(21, 8), 21),
])
def test_a_window_over_midnight_belongs_to_the_day_on_which_it_begins(
    window: ByteWindow, moment: datetime, day: int | None,
) -> None:
    found = window.day_of(moment)
    assert (None if found is None else found.day) == day


@given(st.times(), st.times(), st.integers(0, 366 * 86_400))
def test_a_window_opens_within_a_day_and_is_open_then(begins: time, ends: time, second: int) -> None:
    window = ByteWindow(begins.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0), None)
    now = at(1, 0) + timedelta(seconds=second)
    opening = window.next_opening(now)
    assert timedelta() < opening - now <= timedelta(days=1)
    assert window.day_of(opening) == opening.date()


def test_without_a_window_everything_may_go_at_any_time(office: Office) -> None:
    with office.application.database.writing() as connection:
        assert read_window(connection) is None
        note_used(connection, 10**9, at(21, 3))
        assert allowance(connection, at(21, 3)) == Allowance(None) and Allowance(None).is_open


def test_bytes_are_counted_to_the_window_and_the_next_one_begins_anew(office: Office) -> None:
    with office.application.database.writing() as connection:
        set_window(connection, NIGHT)
        assert read_window(connection) == NIGHT
        assert allowance(connection, at(21, 12)) == Allowance(0, 0, at(21, 18))
        note_used(connection, 3_000_000, at(21, 19))
        note_used(connection, 1_500_000, at(22, 1))
        assert allowance(connection, at(22, 2)) == Allowance(500_000, 4_500_000, None)
        note_used(connection, 700_000, at(22, 2))
        assert allowance(connection, at(22, 3)) == Allowance(0, 5_200_000, at(22, 18))
        assert allowance(connection, at(22, 18)) == Allowance(5_000_000, 0, None)


def test_what_arrives_after_the_window_closed_counts_to_the_one_it_began_in(office: Office) -> None:
    with office.application.database.writing() as connection:
        set_window(connection, NIGHT)
        note_used(connection, 1_000_000, at(22, 5, 59))
        note_used(connection, 200_000, at(22, 6, 1))
        assert allowance(connection, at(22, 18)).used == 0
        set_window(connection, NOON)
        note_used(connection, 300_000, at(23, 12, 59))
        note_used(connection, 100_000, at(23, 13, 1))
        assert allowance(connection, at(23, 12, 59)).used == 400_000


def test_a_window_without_a_limit_only_says_when(office: Office) -> None:
    with office.application.database.writing() as connection:
        set_window(connection, ByteWindow(time(18), time(6), None))
        note_used(connection, 10**9, at(21, 19))
        assert allowance(connection, at(21, 20)) == Allowance(None, 10**9)
        assert not allowance(connection, at(21, 12)).is_open


def test_a_window_can_be_taken_away_and_a_foolish_one_is_refused(office: Office) -> None:
    with office.application.database.writing() as connection:
        set_window(connection, NOON)
        with pytest.raises(Refusal) as refused:
            set_window(connection, ByteWindow(time(18), time(6), LEAST_BYTES - 1))
        assert (refused.value.code, refused.value.values) == (
            "byte_window_too_small", {"bytes": LEAST_BYTES - 1, "least": LEAST_BYTES})
        assert read_window(connection) == NOON
        set_window(connection, None)
        assert read_window(connection) is None
