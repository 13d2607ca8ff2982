"""Where each posting of a dossier stands, by the events of its life in any order of arrival."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from app.domain.life.event import Event
from app.domain.life.facts import (
    Collector,
    CollectorRole,
    Facts,
    Posted,
    PostSaid,
    PostWord,
    Receiver,
    ResultIn,
    ResultPaper,
    Returned,
    Settled,
    Shelved,
)
from app.domain.life.fold import fold
from app.domain.life.life import Start
from app.domain.life.states import Delivery, MoneyState
from app.domain.posting import Item, Standing, items_of
from tests.office import MORNING

START = Start(MORNING, None, MoneyState.NONE, (), True)
TO = Receiver("Nguyễn Thị Mẫu", "0905000123", "Tổ 3", "Phường Mẫu", "Tỉnh Mẫu")
IN = ResultIn(ResultPaper("Phiếu"), "A-01")
FIRST, SECOND = "EA000000015VN", "EA000000029VN"


def said(item: str, word: PostWord, hours: float, **more: str) -> PostSaid:
    return PostSaid(item, word, MORNING + timedelta(hours=hours), **more)


@dataclass
class Story:
    """Events one after the other; `at` names the base where a counter did not know of the last."""

    events: list[Event]

    def add(self, facts: Facts, base: str | None = None) -> str:
        name = f"{len(self.events):02d}"
        last = self.events[-1].id if self.events else ""
        self.events.append(Event(name, last if base is None else base, MORNING, facts))
        return name


def told(*facts: Facts) -> list[Item]:
    story = Story([])
    for each in facts:
        story.add(each)
    return list(items_of(START, story.events))


POSTED = Posted(FIRST, TO)


@pytest.mark.parametrize(("then", "standing", "note"), [
    ((), Standing.UNDER_WAY, ""),
    ((said(FIRST, PostWord.IN_TRANSIT, 5),), Standing.UNDER_WAY, ""),
    ((said(FIRST, PostWord.DELIVERED, 9, receiver="Người nhà"),), Standing.DELIVERED, "Người nhà"),
    ((said(FIRST, PostWord.UNDELIVERED, 9, note="Vắng nhà"),), Standing.UNDELIVERED, "Vắng nhà"),
    ((said(FIRST, PostWord.UNDELIVERED, 9, note="Vắng nhà"), Shelved("A-02")), Standing.UNDELIVERED, "Vắng nhà"),
    ((said(FIRST, PostWord.DELIVERED, 9, receiver="A"), said(FIRST, PostWord.DELIVERED, 9, receiver="A")),
     Standing.DELIVERED, "A"),
    ((said(SECOND, PostWord.DELIVERED, 9, receiver="A"),), Standing.UNDER_WAY, ""),
])
def test_a_posting_stands_as_its_last_word_says(
    then: tuple[Facts, ...], standing: Standing, note: str
) -> None:
    (item,) = told(IN, POSTED, *then)
    assert (item.item_code, item.standing, item.note) == (FIRST, standing, note)


def test_each_posting_keeps_its_own_end() -> None:
    items = told(IN, POSTED, said(FIRST, PostWord.UNDELIVERED, 5, note="Vắng nhà"), Shelved("A-02"),
                 Posted(SECOND, TO), said(SECOND, PostWord.DELIVERED, 30, receiver="A"))
    assert [(item.item_code, item.standing) for item in items] == [
        (FIRST, Standing.UNDELIVERED), (SECOND, Standing.DELIVERED)]


def test_an_older_word_changes_nothing() -> None:
    (item,) = told(IN, POSTED, said(FIRST, PostWord.IN_TRANSIT, 8), said(FIRST, PostWord.ACCEPTED, 2))
    assert (item.word, item.as_of) == (PostWord.IN_TRANSIT, MORNING + timedelta(hours=8))


def test_the_posting_that_came_second_is_in_dispute_whatever_arrived_first() -> None:
    story = Story([])
    ready = story.add(IN)
    story.add(POSTED)
    story.add(Posted(SECOND, TO), base=ready)
    found = {
        tuple((item.item_code, item.standing) for item in items_of(START, order))
        for order in itertools.permutations(story.events)
    }
    assert found == {((FIRST, Standing.UNDER_WAY), (SECOND, Standing.DISPUTED))}


def test_a_persons_decision_ends_the_waiting() -> None:
    story = Story([])
    ready = story.add(IN)
    story.add(POSTED)
    given = story.add(Returned(Collector(CollectorRole.OWNER, "Mẫu", "049190004217")), base=ready)
    (item,) = items_of(START, story.events)
    assert item.standing is Standing.UNDER_WAY
    story.add(Settled((given,), "Đã trả tại quầy", delivery=Delivery.RETURNED))
    (item,) = items_of(START, story.events)
    assert item.standing is Standing.ENDED


@pytest.mark.parametrize(("ends", "conflicts"), [
    ((PostWord.DELIVERED, 9.0, PostWord.DELIVERED, 9.0), 0),
    ((PostWord.UNDELIVERED, 9.0, PostWord.UNDELIVERED, 10.0), 0),
    ((PostWord.DELIVERED, 9.0, PostWord.IN_TRANSIT, 4.0), 0),
    ((PostWord.DELIVERED, 9.0, PostWord.IN_TRANSIT, 12.0), 1),
    ((PostWord.DELIVERED, 9.0, PostWord.UNDELIVERED, 9.0), 1),
    ((PostWord.UNDELIVERED, 9.0, PostWord.DELIVERED, 12.0), 1),
])
def test_words_of_two_counters_are_disputed_only_when_they_contradict(
    ends: tuple[PostWord, float, PostWord, float], conflicts: int
) -> None:
    first, at, second, later = ends
    story = Story([])
    story.add(IN)
    posted = story.add(POSTED)
    story.add(said(FIRST, first, at, receiver="A", note="x"))
    story.add(said(FIRST, second, later, receiver="A", note="x"), base=posted)
    assert len(fold(START, story.events).conflicts) == conflicts
    (item,) = items_of(START, story.events)
    assert item.word is first and isinstance(item.as_of, datetime)
