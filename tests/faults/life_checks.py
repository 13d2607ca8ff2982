"""What must hold of any history, told without the product's own table: legal steps, originals, returns, dates.

The edges of the business states are written down here from the national list and domain fact 5.2, not read from
`app.domain.life.moves`; dates after a pause come from the independent script `tests/due_by_hand.py`.
"""

from __future__ import annotations

from itertools import pairwise

from app.domain.dossier import State
from app.domain.life.event import Event
from app.domain.life.facts import (
    AgencySaid,
    PaymentDone,
    PostSaid,
    PostWord,
    Recalled,
    Returned,
    Settled,
    StageBegun,
    SupplementReceived,
)
from app.domain.life.fold import begin, step
from app.domain.life.life import Life, Start
from app.domain.vietnam_time import VIETNAM
from app.services.life.reading import KnownLife
from tests.due_by_hand import minute, resume, tape

DISPUTE = "due_moved_meanwhile"
EDGES = {
    2: {4, 5, 6, 7, 8, 9, 10}, 4: {5, 6, 7, 8, 9, 10}, 5: {2, 4, 6, 7, 8, 9, 10}, 6: {2, 4, 5, 7, 8, 9, 10},
    7: set(), 8: {4, 9}, 9: {10}, 10: {4, 9}, 3: set(), 1: {2, 3},
}
"""From business state to business state, whoever says so. 4–9 to 10 without a counter's return is another system's
word through the feed; 10 to 9 is a recall, 10 to 4 the second stage."""


def faults_of(known: KnownLife, start: Start) -> list[str]:
    """What is wrong with this dossier's life; nothing for a good one."""
    lives = [begin(start)]
    for event in known.events:
        lives.append(step(lives[-1], event))
    return [
        f"{known.code}: {what}"
        for what in (
            *_edges(lives, known.events), *_originals(lives), *_returns(known.life, known.events),
            *_dates(lives, known.events), *([] if lives[-1] == known.life else ["the fold is not its own steps"]),
        )
    ]


def _edges(lives: list[Life], events: tuple[Event, ...]) -> list[str]:
    found = []
    for (before, after), event in zip(pairwise(lives), events, strict=True):
        if before.business is after.business or isinstance(event.facts, Settled):
            continue
        if int(after.business) not in EDGES[int(before.business)]:
            found.append(f"{before.business.name} → {after.business.name} by {event.kind}")
        by_agency = after.business in (State.PAYMENT_ASKED, State.STOPPED)
        if by_agency and not isinstance(event.facts, AgencySaid):
            found.append(f"{after.business.name} without the agency's word")
    return found


def _originals(lives: list[Life]) -> list[str]:
    """None disappears and none comes twice; new ones come only with a supplement."""
    found = []
    for before, after in pairwise(lives):
        names = [one.id for one in after.originals]
        if len(set(names)) != len(names):
            found.append("an original stands twice")
        if not {one.id for one in before.originals} <= set(names):
            found.append("an original disappeared")
    return found


def _returns(life: Life, events: tuple[Event, ...]) -> list[str]:
    """Given out once; each further time needs a recall before it, or is a conflict, shown or settled."""
    disputed = {conflict.event for conflict in life.conflicts}
    settled: set[str] = set()
    for event in events:
        if isinstance(event.facts, Settled):
            settled |= set(event.facts.conflicts)
    found, holder = [], ""         # how it went out, while it is out
    for event in events:
        if event.id in disputed | settled:
            continue
        match event.facts:
            case Recalled() | StageBegun():
                holder = ""
            case Returned():
                found += [f"given out by {holder} and at the counter"] if holder else []
                holder = "counter"
            case PostSaid(word=PostWord.DELIVERED, item_code=item):
                found += [f"given out by {holder} and by post"] if holder not in ("", item) else []
                holder = item      # the same end of a posting said twice is one
    return found


def _dates(lives: list[Life], events: tuple[Event, ...]) -> list[str]:
    """After each pause of a working-day time: the promise that the independent script finds."""
    found = []
    for (before, after), event in zip(pairwise(lives), events, strict=True):
        facts = event.facts
        if not isinstance(facts, SupplementReceived | PaymentDone) or facts.due is None:
            continue
        if event.id in {conflict.event for conflict in after.conflicts if conflict.code != DISPUTE}:
            continue               # it did not happen
        if before.due_at is None or before.paused_since is None:
            continue
        if facts.due.at is None:
            continue
        if (facts.due.before, facts.due.paused_since) != (before.due_at, before.paused_since):
            if event.id not in {conflict.event for conflict in after.conflicts}:
                found.append("a date worked out from something else is not disputed")
            continue
        hours = tape("")
        stops, begins = (hours.open_from(_minute(at)) for at in (before.paused_since, event.at))
        wanted = resume(_minute(before.due_at), stops, begins, "working_day", hours)
        if wanted != _minute(facts.due.at):
            found.append(f"after a pause {facts.due.at} instead of minute {wanted}")
        if after.due_at != facts.due.at:
            found.append("the new date does not hold")
    return found


def _minute(at: object) -> int:
    return minute(at.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M"))  # type: ignore[attr-defined]  # a datetime
