"""Who finds the province full gets a turn of its own: as far away as the backlogs before it will take."""

from __future__ import annotations

import asyncio
import secrets
from itertools import pairwise
from pathlib import Path

import pytest

from sync.contract.messages import Head
from sync.contract.problems import Code
from sync.gateway.app import create_app
from sync.gateway.appointments import EARLY, KEPT, LATEST, SOONEST, Appointments
from sync.gateway.codes import mint_code
from sync.gateway.doors import Doors, Quota
from sync.gateway.offices import keep_office
from sync.gateway.opening import open_gateway
from sync.gateway.problem import ProblemRaised
from tests.gateway_process import office
from tests.sync.gateway.conftest import MORNING, HttpLine, served
from tests.sync.gateway.counterpart import FakeCounter, SaidNo

NOISE = 4                                          # seconds: what is rounded up and what is added by chance


class Hand:
    """A clock that is moved by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def at_pace(clock: Hand, operations: int, seconds: float, times: int) -> Appointments:
    """Two places, each of which needs twice as long for a push as they come in."""
    turns = Appointments(2, clock)
    for _ in range(times):
        turns.took(operations, 2 * seconds)
        clock.now += seconds
    return turns


def test_turns_follow_each_other_at_the_pace_of_the_last_half_minute() -> None:
    clock = Hand()
    turns = at_pace(clock, operations=200, seconds=0.5, times=40)                # 400 a second
    waits = [turns.next_turn(4_000) for _ in range(20)]                          # 10 s of work each
    assert all(SOONEST + 10 * nth <= wait <= SOONEST + 10 * nth + NOISE for nth, wait in enumerate(waits, start=1))
    clock.now += 100
    assert turns.next_turn(400) <= SOONEST + 101 + NOISE, "the promises kept their places, and time has passed"


def test_a_place_that_waits_for_those_who_are_away_is_no_slow_one() -> None:
    clock = Hand()
    turns = Appointments(2, clock)
    for _ in range(5):
        turns.took(200, 1.0)                       # 400 a second from two places, had there been more to do
        clock.now += 5
    assert turns.next_turn(4_000) <= SOONEST + 10 + NOISE


def test_small_backlogs_stand_close_and_big_ones_far_apart() -> None:
    clock = Hand()
    small, big = (at_pace(clock, 200, 0.5, 40) for _ in range(2))
    assert max(small.next_turn(20) for _ in range(100)) <= SOONEST + 100 * 20 / 400 + NOISE
    waits = [big.next_turn(8_000) for _ in range(10)]
    assert all(later - earlier >= 20 - NOISE for earlier, later in pairwise(waits))


def test_no_turn_lies_further_away_than_a_counter_waits_by_itself() -> None:
    turns = at_pace(Hand(), 10, 1.0, 20)
    waits = [turns.next_turn(10_000) for _ in range(200)]
    assert all(LATEST / 2 <= wait < LATEST for wait in waits)
    assert len(set(waits)) > 50, "and not all at the same moment"


def test_who_comes_on_time_is_let_in_and_who_comes_early_waits_out_his_turn() -> None:
    clock = Hand()
    turns = at_pace(clock, 200, 0.5, 40)
    first = {f"q{nth}": turns.wait_of(f"q{nth}", 4_000) for nth in range(20)}
    clock.now += 3
    for device, wait in first.items():             # each is woken early: its clerk asked for a status
        assert turns.wait_of(device, 4_000) in ((wait - 3,) if wait - 3 > EARLY else (0,))
    assert turns.wait_of("late", 4_000) <= SOONEST + 10 * 21 + NOISE, "nobody has booked twice"
    began = clock.now - 3
    for device, wait in first.items():
        clock.now = began + wait
        assert turns.wait_of(device, 4_000) == 0, "it has come"
        assert turns.wait_of(device, 2_000) == 0, "and is still his when his line breaks amid it"
    clock.now += KEPT + 1
    assert turns.wait_of("q19", 4_000) >= SOONEST, "what is long over is a turn no more"


@pytest.mark.parametrize("pushes", [0, 1])
def test_without_a_pace_yet_somebody_is_told_a_time_all_the_same(pushes: int) -> None:
    assert SOONEST < at_pace(Hand(), 200, 0.0, pushes).next_turn(200) < 10


def test_what_was_taken_an_hour_ago_says_nothing_about_now() -> None:
    clock = Hand()
    turns = at_pace(clock, 1, 10.0, 3)
    clock.now += 3_600
    assert turns.next_turn(500) < 10


def test_only_who_brings_a_backlog_into_a_crowd_is_sent_away() -> None:
    async def play() -> ProblemRaised:
        doors, few = Doors(Quota(crowded=2, waiting=3)), Quota().few
        doors.send_away("q1", 500)
        async with doors.enter("a"), doors.enter("b"):
            doors.send_away("q1", 0)
            doors.send_away("q1", few)       # a morning's work, not a day's
            with pytest.raises(ProblemRaised) as said:
                doors.send_away("q1", few + 1)
            async with doors.enter("c"):           # who only asks, and who was let in before, still comes in
                return said.value

    problem = asyncio.run(play())
    assert (problem.problem.code, problem.problem.status) == (Code.BUSY, 503)
    assert problem.retry_after is not None and problem.retry_after > SOONEST


def test_a_full_province_takes_who_brings_nothing_and_gives_a_time_to_who_does(tmp_path: Path) -> None:
    opened = open_gateway(tmp_path, None, MORNING)
    with opened.database.writing() as connection:
        keep_office(connection, office())
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: MORNING,
                     quota=Quota(crowded=0, few=0))
    with served(app) as url:
        line = HttpLine(url)
        counter = FakeCounter(line, "bc-mau")
        with opened.database.writing() as connection:
            code = mint_code(connection, opened.seal, "bc-mau", "Quầy 1", MORNING, secrets.choice)
        counter.enrol(code)
        assert counter.hello().have[counter.epoch].seq == 0
        operation = counter.write()
        head = Head(counter.seq, counter.prev)
        with pytest.raises(SaidNo) as said:
            counter.hello(head=head)
        assert (said.value.problem.code, said.value.problem.status) == (Code.BUSY, 503)
        assert SOONEST < int(said.value.headers["Retry-After"]) < 10
        counter.push([operation])                  # one that was under way when the crowd came is not lost
        assert counter.hello(head=head).have[counter.epoch] == head
        line.close()
