"""A short wait that the province asks for is obeyed within the contact; a longer one ends it."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

import pytest

from app.errors import KnownError
from sync.core.asks import Ask, Pause, ReadPace, SayHello
from sync.core.patience import PATIENCE, TRIES, patiently, short_wait
from sync.errors import CallPerson, TryLater

HELLO, BOOK = SayHello(), ReadPace()


def steps(*asks: Ask) -> Generator[Ask, Any, list[Any]]:
    heard = []
    for ask in asks:
        try:
            heard.append((yield ask))
        except KnownError as error:
            heard.append(error.code)
    return heard


def play(running: Generator[Ask, Any, Any], answers: Iterable[Any]) -> tuple[list[Ask], Any]:
    """What was asked, and what came of it; an answer that is an error is thrown in."""
    asked, said = [], iter(answers)
    value: Any = None
    try:
        while True:
            ask = running.throw(value) if isinstance(value, KnownError) else running.send(value)
            asked.append(ask)
            value = next(said)
    except StopIteration as end:
        return asked, end.value


def busy(after: float | None) -> TryLater:
    return TryLater("busy", after=after)


def test_the_same_is_asked_again_after_the_wait() -> None:
    asked, heard = play(patiently(steps(HELLO, BOOK)), [busy(2.0), True, "met", "pace"])
    assert asked == [HELLO, Pause(2.0), HELLO, BOOK] and heard == ["met", "pace"]


@pytest.mark.parametrize("error", [busy(None), busy(2.5), TryLater("line_down"), CallPerson("stale_epoch")])
def test_whatever_is_no_short_wait_is_told_at_once(error: KnownError) -> None:
    asked, heard = play(patiently(steps(HELLO, BOOK)), [error, "pace"])
    assert asked == [HELLO, BOOK] and heard == [error.code, "pace"]


def test_one_request_is_made_so_often_and_no_more() -> None:
    turned_away = [busy(1.0), True] * (TRIES - 1) + [busy(1.0)]
    asked, heard = play(patiently(steps(HELLO, BOOK)), [*turned_away, "pace"])
    assert asked.count(HELLO) == TRIES and heard == ["busy", "pace"]


def test_all_pauses_of_a_contact_together_have_an_end() -> None:
    answers = [each for _ in range(9) for each in (busy(2.0), True, "met")][:3 * int(PATIENCE / 2)]
    asked, heard = play(patiently(steps(*[HELLO] * 6)), [*answers, busy(2.0)])
    assert sum(each.seconds for each in asked if isinstance(each, Pause)) == PATIENCE
    assert heard == ["met"] * 5 + ["busy"]


def test_who_is_to_end_hears_no_again() -> None:
    asked, heard = play(patiently(steps(HELLO)), [busy(1.0), False])
    assert asked == [HELLO, Pause(1.0)] and heard == ["busy"]


def test_the_book_is_never_asked_to_wait() -> None:
    asked, heard = play(patiently(steps(BOOK)), [busy(1.0)])
    assert asked == [BOOK] and heard == ["busy"]


def test_a_wait_is_what_was_asked_for_up_to_two_seconds() -> None:
    assert [short_wait(each) for each in (busy(0.0), busy(2.0), busy(2.1), busy(None), None)] == [
        0.0, 2.0, None, None, None]
