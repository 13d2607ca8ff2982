"""What a jump of the clock leaves behind: a line in the journal, and the province's time as it was."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.clock import SystemClock
from app.domain.business_day import ClockFinding, corrected_now
from app.domain.operation import Type, parse
from app.errors import Refusal
from app.services.clock_watch import ClockWatch
from app.services.courier import note_contact
from app.services.days import time_at_counter
from app.services.standing import Reason, let_numbers_go, stop_numbers
from app.store.settings import read_sync
from app.store.tables import journal
from tests.office import MORNING, Office, office_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def look(office: Office, watch: ClockWatch) -> ClockFinding | None:
    with office.application.database.writing() as connection:
        return watch.look(
            connection, office.application.enrolled, wall=office.clock.now(), monotonic=office.clock.monotonic(),
            randomness=office.noise.randbytes,
        )


def contact(office: Office, offset: timedelta) -> None:
    with office.application.database.writing() as connection:
        note_contact(connection, office.clock.now(), round(offset.total_seconds() * 1000))


def time_now(office: Office) -> datetime:
    with office.application.database.reading() as connection:
        return time_at_counter(connection, office.clock.now())


def jumps(office: Office) -> list[dict[str, object]]:
    with office.application.database.reading() as connection:
        lines = connection.execute(select(journal.c.payload).where(journal.c.type == Type.CLOCK_JUMPED)).scalars()
        return [dict(parse(line, b"").body) for line in lines]


@pytest.mark.parametrize("jump", [timedelta(minutes=3), -timedelta(minutes=3), 400 * DAY, -400 * DAY])
def test_a_jump_after_a_contact_is_recorded_and_the_time_goes_on(tmp_path: Path, jump: timedelta) -> None:
    with office_in(tmp_path) as office:
        watch = ClockWatch()
        look(office, watch)
        contact(office, -HOUR)                         # this PC is an hour fast
        look(office, watch)
        office.clock.advance(HOUR)
        office.clock.at += jump
        found = look(office, watch)
        assert found is not None and found.seconds == abs(jump.total_seconds())
        assert [line["seconds"] for line in jumps(office)] == [jump.total_seconds()]
        assert time_now(office) == MORNING             # an hour has passed since 08:00


@pytest.mark.parametrize("step", [timedelta(minutes=2), -timedelta(minutes=2), timedelta(0)])
def test_what_a_time_service_does_is_no_jump(tmp_path: Path, step: timedelta) -> None:
    with office_in(tmp_path) as office:
        watch = ClockWatch()
        look(office, watch)
        office.clock.advance(HOUR)
        office.clock.at += step
        assert look(office, watch) is None
        assert jumps(office) == []


def test_a_clock_that_was_never_compared_is_believed_when_it_is_put_right(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        watch = ClockWatch()
        office.clock.at = MORNING - 3_650 * DAY        # an empty battery
        look(office, watch)
        office.clock.at = MORNING
        assert look(office, watch) is not None
        assert time_now(office) == MORNING


def test_after_a_restart_a_step_back_is_recorded_and_a_nights_rest_is_not(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        look(office, ClockWatch())
        office.clock.at += DAY
        assert look(office, ClockWatch()) is None
        office.clock.at -= HOUR
        found = look(office, ClockWatch())
        assert found is not None and found.code == "clock_jumped_back"
        with office.application.database.reading() as connection:
            assert read_sync(connection, "clock_offset_ms") is None


@pytest.mark.parametrize(
    ("offset", "server", "moment"),
    [
        (None, None, MORNING),
        (120_000, None, MORNING),                      # within the tolerance: what is printed is what counts
        (121_000, None, MORNING + timedelta(seconds=121)),
        (-3_600_000, None, MORNING - HOUR),
        (None, MORNING + DAY, MORNING + DAY),          # that moment is over, whatever the clock shows
        (0, MORNING + timedelta(minutes=2), MORNING),
        (0, MORNING - DAY, MORNING),
    ],
)
def test_the_moment_that_counts(offset: int | None, server: datetime | None, moment: datetime) -> None:
    assert corrected_now(MORNING, offset, server) == moment


def test_a_look_that_finds_nothing_does_not_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with office_in(tmp_path) as office:
        assert office.application.look_at_clock() is None          # the first leaves what the clock shows

        def refuse() -> None:
            raise AssertionError("the write lock was taken")

        monkeypatch.setattr(office.application.database, "writing", refuse)
        for _ in range(3):
            office.clock.advance(timedelta(minutes=1))
            assert office.application.look_at_clock() is None


def test_a_look_in_its_own_transaction_finds_the_jump_once(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.application.look_at_clock()
        office.clock.at += HOUR
        found = office.application.look_at_clock()
        assert found == ClockFinding("clock_jumped_forward", 3600)
        assert office.application.look_at_clock() is None
        assert len(jumps(office)) == 1


def test_a_jump_that_could_not_be_written_is_found_by_the_next_look(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.application.look_at_clock()
        office.clock.at -= HOUR
        with office.application.database.writing() as connection:
            stop_numbers(connection, Reason.OLDER_THAN_WITNESS, {"why": "behind"}, MORNING)
        for _ in range(2):
            with pytest.raises(Refusal, match="numbers_stopped"):
                office.application.look_at_clock()
        with office.application.database.writing() as connection:
            let_numbers_go(connection)
        found = office.application.look_at_clock()
        assert found is not None and found.code == "clock_jumped_back"
        assert len(jumps(office)) == 1


def test_the_clock_that_nobody_can_set_goes_on_while_the_machine_sleeps() -> None:
    first, second = SystemClock().monotonic(), SystemClock().monotonic()
    assert first <= second
    if hasattr(time, "CLOCK_BOOTTIME"):
        assert first <= time.clock_gettime(time.CLOCK_BOOTTIME) < first + 60
