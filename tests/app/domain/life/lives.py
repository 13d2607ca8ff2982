"""Short ways to write down what happened to a dossier."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.domain.life.event import Event
from app.domain.life.facts import (
    Acknowledged,
    Collector,
    CollectorRole,
    Facts,
    Gap,
    HandedOver,
    LineVerdict,
    ResultIn,
    ResultPaper,
    Returned,
    SupplementAsked,
)
from app.domain.life.life import Original, Start
from app.domain.life.states import MoneyState, Source

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DUE = MORNING + timedelta(days=10)
START = Start(MORNING, DUE, MoneyState.TAKEN, (Original("1#1", "1", "Sổ gốc mẫu"),), is_posted_back=False)


def event(name: str, facts: Facts, base: str = "", *, hours: float = 1, source: Source = Source.COUNTER) -> Event:
    return Event(name, base, MORNING + timedelta(hours=hours), facts, source, "nv-1", "Trần Thị Thử", "quay-1")


def chain(*facts: Facts) -> list[Event]:
    """One after the other, an hour apart, each on the one before: events "e1", "e2" …"""
    return [
        event(f"e{n}", each, f"e{n - 1}" if n > 1 else "", hours=n) for n, each in enumerate(facts, start=1)
    ]


ASKED = SupplementAsked(1, (Gap("Bản đồ mẫu"),), "thiếu bản đồ")
HANDED = HandedOver("m1", ("1#1",))
ACCEPTED = Acknowledged("m1", LineVerdict.ACCEPTED, by_name="Bà Mẫu")
RESULT = ResultIn(ResultPaper("giấy phép", "12/GP"), "A1", originals=("1#1",))
RETURNED = Returned(Collector(CollectorRole.OWNER, "Nguyễn Thị Mẫu", "049190004217"), ("1#1",))
