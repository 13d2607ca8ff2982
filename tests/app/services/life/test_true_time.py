"""A clock that is wrong gives the citizen neither an hour nor a day more or less; papers print what it showed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain.procedure import ProcessingTime, TimeUnit
from app.services.courier import note_contact
from tests.app.services.life.counter import Counters, Desk, at
from tests.app.services.life.test_correcting import correct, longer
from tests.app.services.life.test_remaining_time import timed
from tests.app.services.life.test_stage import begin, returned
from tests.office import office_in, sample_intake

HOUR, RIGHT = timedelta(hours=1), timedelta(0)
WRONG = [
    (3 * HOUR, 3 * HOUR), (-2 * HOUR, -2 * HOUR), (3 * HOUR, RIGHT), (RIGHT, -2 * HOUR), (-48 * HOUR, 48 * HOUR),
]


def set_clock(desk: Desk, true: str, error: timedelta) -> None:
    """It is `true`, this clock is `error` ahead, and a contact has just said so."""
    desk.office.clock.at = at(true) + error
    with desk.office.application.database.writing() as connection:
        note_contact(connection, desk.office.clock.now(), round(-error.total_seconds() * 1000))
    desk.office.application.reread()


def promised_after_pause(
    folder: Path, time: ProcessingTime, begun: timedelta, ended: timedelta
) -> datetime | None:
    """On a clock that was wrong by `begun` when the citizen was asked, and by `ended` when he came."""
    with office_in(folder) as office:
        desk = Desk(office)
        set_clock(desk, "2026-11-23 09:00", begun)
        code = desk.receive(timed("a", time))
        set_clock(desk, "2026-11-24 10:30", begun)
        desk.ask(code)
        set_clock(desk, "2026-11-26 14:00", ended)
        desk.bring(code)
        return desk.life(code).due_at


@pytest.mark.parametrize("unit", [TimeUnit.WORKING_DAY, TimeUnit.HOUR, TimeUnit.DAY])
@pytest.mark.parametrize(("begun", "ended"), WRONG)
def test_a_pause_is_as_long_as_it_truly_was(
    tmp_path: Path, unit: TimeUnit, begun: timedelta, ended: timedelta
) -> None:
    time = ProcessingTime(20, unit)
    right = promised_after_pause(tmp_path / "right", time, RIGHT, RIGHT)
    assert right is not None
    assert promised_after_pause(tmp_path / "wrong", time, begun, ended) == right


def test_a_payment_shown_on_a_wrong_clock_is_counted_by_the_right_one(desk: Desk) -> None:
    code = desk.receive(timed("a", ProcessingTime(20, TimeUnit.HOUR)))
    set_clock(desk, "2026-11-24 10:30", RIGHT)
    desk.owe(code)
    before = desk.life(code).due_at
    set_clock(desk, "2026-11-24 10:30", 3 * HOUR)
    desk.pay(code)
    assert desk.life(code).due_at == before                    # no time has passed


def test_the_second_stage_begins_when_it_truly_begins(desk: Desk) -> None:
    code = returned(desk)
    set_clock(desk, "2026-12-07 09:00", 72 * HOUR)
    begun = begin(desk, code)
    assert begun.due is not None and begun.due.at == at("2026-12-10 09:00")


def test_a_pause_that_another_counter_began_is_counted_by_that_counters_offset(counters: Counters) -> None:
    wrong, right, _ = counters.desks
    set_clock(wrong, "2026-11-23 09:00", 5 * HOUR)
    code = wrong.receive(timed("a", ProcessingTime(20, TimeUnit.HOUR)))
    before = wrong.life(code).due_at
    wrong.ask(code)
    counters.meet()
    set_clock(right, "2026-11-23 09:00", RIGHT)
    right.bring(code)
    assert right.life(code).due_at == before                   # asked and brought in the same moment


def test_a_correction_counts_from_the_moment_that_reception_counted_from(tmp_path: Path) -> None:
    dues = []
    for name, error in (("right", RIGHT), ("wrong", 30 * HOUR)):
        with office_in(tmp_path / name) as office:
            desk = Desk(office)
            set_clock(desk, "2026-11-23 09:00", error)
            code = desk.receive(sample_intake("a"))
            correct(desk, code, longer)
            dues.append(desk.known(code).body.due.at)
    assert dues[0] == dues[1]
