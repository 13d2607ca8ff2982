"""The time that is left is the same after any number of pauses; recounted here minute by minute on another way."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.domain.dossier import State
from app.domain.intake import Intake
from app.domain.life.facts import AgencySaid, NewDue
from app.domain.procedure import Leg, ProcessingTime, TimeUnit
from app.domain.vietnam_time import VIETNAM
from app.errors import Refusal
from app.services.life.agency_papers import recount_due
from app.services.life.promises import due_now, time_left, uncounted_pause
from tests.app.services.life.counter import Desk, at
from tests.app.services.life.office_minutes import days, days_gone_by, gone_by
from tests.app.services.neighbour import Feed
from tests.office import sample_intake

wall = datetime.fromisoformat          # a moment of the counter's clock without a zone


def there(moment: datetime | None) -> datetime:
    assert moment is not None
    return moment.astimezone(VIETNAM).replace(tzinfo=None)


def to_work(day: date) -> int:
    """How many days from `day` to the next working day; 0 when it is one."""
    calendar_day = date(day.year, day.month, day.day)
    return (days()[days_gone_by(calendar_day)] - calendar_day).days


def timed(intent: str, time: ProcessingTime) -> Intake:
    intake = sample_intake(intent, procedure="1.013225")
    assert intake.procedure is not None
    return replace(intake, procedure=replace(intake.procedure, time=time))


def pause(desk: Desk, code: str, since: datetime, until: datetime, turn: int) -> None:
    desk.office.clock.at = since
    if turn % 2:
        desk.owe(code)
    else:
        desk.ask(code, is_again_meant=turn > 0)
    desk.office.clock.at = until
    if turn % 2:
        desk.pay(code)
    else:
        desk.bring(code)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("time", [
    ProcessingTime(15, TimeUnit.WORKING_DAY), ProcessingTime(48, TimeUnit.HOUR),
], ids=str)
def test_several_pauses_leave_as_many_office_minutes_as_before(
    desk: Desk, time: ProcessingTime, seed: int
) -> None:
    chance = random.Random(seed)
    code = desk.receive(timed("a", time))
    moment = desk.office.clock.at
    for turn in range(4):
        since = moment + timedelta(minutes=chance.randrange(10, 3000))
        until = since + timedelta(minutes=chance.randrange(1, 20_000))
        due = there(desk.life(code).due_at)
        left = gone_by(due) - gone_by(there(since))
        pause(desk, code, since, until, turn)
        again = gone_by(there(desk.life(code).due_at)) - gone_by(there(until))
        # Rounded up to the next quarter of an hour, as every promise is.
        assert left <= again < left + 15, (turn, since, until)
        moment = until
    assert len(desk.life(code).pauses) == 4 and all(each.until for each in desk.life(code).pauses)


@pytest.mark.parametrize("seed", range(3))
def test_several_pauses_leave_as_many_calendar_days_as_before(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    code = desk.receive(timed("a", ProcessingTime(40, TimeUnit.DAY)))
    moment = at("2026-11-23 09:00")
    for turn in range(3):
        since = moment + timedelta(days=chance.randrange(1, 5))
        since += timedelta(days=to_work(since))
        until = since + timedelta(days=chance.randrange(1, 12))
        until += timedelta(days=to_work(until))
        left = (there(desk.life(code).due_at).date() - there(since).date()).days
        pause(desk, code, since, until, turn)
        wanted = until.date() + timedelta(days=left)
        wanted += timedelta(days=to_work(wanted))                  # a last day that is off moves on
        assert there(desk.life(code).due_at).date() == wanted
        moment = until


def test_a_pause_over_tet_consumes_nothing_of_the_time(desk: Desk) -> None:
    desk.office.clock.at = at("2026-12-28 09:00")
    code = desk.receive(timed("a", ProcessingTime(10, TimeUnit.WORKING_DAY)))
    assert there(desk.life(code).due_at) == wall("2027-01-12 09:00")          # 1 January is off
    pause(desk, code, at("2027-01-05 09:00"), at("2027-02-26 09:00"), 0)
    # Five days were left on 5 January; 26 February is a Friday long after Tết (6 February): five days on.
    assert there(desk.life(code).due_at) == wall("2027-03-05 09:00")
    (change,) = desk.life(code).due_changes
    assert (there(change.before), change.reason) == (wall("2027-01-12 09:00"), "supplement")


def test_papers_brought_in_the_middle_of_tet_count_from_the_first_day_after_it(desk: Desk) -> None:
    desk.office.clock.at = at("2026-12-28 09:00")
    code = desk.receive(timed("a", ProcessingTime(10, TimeUnit.WORKING_DAY)))
    pause(desk, code, at("2027-01-05 09:00"), at("2027-02-06 10:00"), 0)      # Tết is that day
    left = gone_by(wall("2027-01-12 09:00")) - gone_by(wall("2027-01-05 09:00"))
    assert gone_by(there(desk.life(code).due_at)) - gone_by(wall("2027-02-06 10:00")) == left


def test_what_was_overdue_when_it_was_asked_stays_overdue_by_as_much(desk: Desk) -> None:
    code = desk.receive(timed("a", ProcessingTime(2, TimeUnit.WORKING_DAY)))
    due = there(desk.life(code).due_at)
    since, until = at("2026-11-27 09:00"), at("2026-12-04 09:00")
    pause(desk, code, since, until, 0)
    after = there(desk.life(code).due_at)
    assert gone_by(wall("2026-12-04 09:00")) - gone_by(after) == gone_by(wall("2026-11-27 09:00")) - gone_by(due)
    assert after < wall("2026-12-04 09:00")


def test_an_extension_while_the_clock_stands_is_counted_as_promised_before_the_pause(desk: Desk) -> None:
    code = desk.receive(timed("a", ProcessingTime(5, TimeUnit.WORKING_DAY)))
    desk.office.clock.at = at("2026-11-25 09:00")
    desk.ask(code)
    desk.office.clock.at = at("2026-11-26 09:00")
    desk.extend(code, at("2026-12-04 09:00"))
    life = desk.life(code)
    assert (life.business, life.paused_since) == (State.SUPPLEMENT_ASKED, at("2026-11-25 09:00"))
    desk.office.clock.at = at("2026-12-07 09:00")
    desk.bring(code)
    # From 25/11 to 4/12 there were seven working days; seven from 7 December on end on the 16th.
    assert there(desk.life(code).due_at) == wall("2026-12-16 09:00")
    assert [change.reason for change in desk.life(code).due_changes] == ["Cần xác minh", "supplement"]


def test_while_the_clock_stands_what_is_left_stands_too(desk: Desk) -> None:
    code = desk.receive(timed("a", ProcessingTime(5, TimeUnit.WORKING_DAY)))
    desk.office.clock.at = at("2026-11-25 09:00")
    desk.ask(code)
    held, rules = desk.known(code), desk.office.application.rules
    for later in (timedelta(), timedelta(days=4), timedelta(days=400)):
        left = time_left(held.body, held.life, rules, desk.office.clock.at + later)
        assert (left.days, left.minutes, left.is_over) == (4, 0, False)


def test_a_counter_whose_clock_is_behind_can_still_take_the_papers(desk: Desk) -> None:
    code = desk.receive(timed("a", ProcessingTime(5, TimeUnit.WORKING_DAY)))
    due = desk.life(code).due_at
    desk.ask(code)
    desk.office.clock.advance(timedelta(minutes=-3))
    desk.bring(code)
    assert desk.life(code).due_at == due


def test_dates_of_single_agencies_move_with_the_promise(desk: Desk) -> None:
    intake = timed("a", ProcessingTime(5, TimeUnit.WORKING_DAY))
    legs = (Leg("Sở Mẫu", ProcessingTime(2, TimeUnit.WORKING_DAY), False),
            Leg("Công an tỉnh Mẫu", ProcessingTime(3, TimeUnit.WORKING_DAY), True))
    assert intake.procedure is not None
    code = desk.receive(replace(intake, procedure=replace(intake.procedure, legs=legs)))
    before = desk.known(code).body.due.legs
    pause(desk, code, at("2026-11-23 10:00"), at("2026-11-26 10:00"), 0)      # the 24th is off
    held = desk.known(code)
    moved = due_now(held.body, held.life, held.events).legs
    assert [leg.name for leg in moved] == [leg.name for leg in before]
    for was, now in zip(before, moved, strict=True):
        assert days_gone_by(there(now.at).date()) - days_gone_by(there(was.at).date()) == 2


def test_a_pause_that_the_agency_ended_alone_is_counted_when_a_clerk_asks(desk: Desk) -> None:
    code = desk.receive(timed("a", ProcessingTime(5, TimeUnit.WORKING_DAY)))
    before = desk.life(code).due_at
    desk.office.clock.at = at("2026-11-25 09:00")
    desk.ask(code)
    said = Feed(desk.office)
    said.add("status", actor="agency:so-xay-dung", number=code, status=4)
    said.entries[-1] = replace(said.entries[-1], at="2026-11-27T02:00:00.000+00:00")      # 09:00 at the counter
    said.give()
    held = desk.known(code)
    assert (held.life.business, held.life.due_at) == (State.IN_PROCESS, before)
    assert uncounted_pause(held.life, held.events) == held.life.pauses[-1]
    desk.office.clock.at = at("2026-11-27 15:00")
    counted = desk.do(recount_due, code, rules=True)
    assert there(desk.life(code).due_at) == there(before) + timedelta(days=2)
    assert counted.due is not None and counted.due.steps
    assert desk.paper(counted.jobs[0]).parts[-1].title.startswith("Cơ quan đã nhận bổ sung")
    with pytest.raises(Refusal, match="pause_counted"):
        desk.do(recount_due, code, rules=True)


def test_an_agency_that_names_the_new_date_itself_is_believed(desk: Desk) -> None:
    code = desk.receive(timed("a", ProcessingTime(5, TimeUnit.WORKING_DAY)))
    desk.ask(code)
    desk.office.clock.at = at("2026-11-26 09:00")
    desk.act(code, AgencySaid(State.IN_PROCESS, "đã nhận", due=NewDue(at("2026-12-10 16:00"))))
    held = desk.known(code)
    assert held.life.due_at == at("2026-12-10 16:00") and uncounted_pause(held.life, held.events) is None
