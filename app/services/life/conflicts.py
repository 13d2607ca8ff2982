"""What two counters did that cannot both stand: shown side by side, and settled by a person with a note.

The order in which the events are folded is the same on every counter, so all of them see the same conflict; which
of the two holds is not for a program to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.body import to_body
from app.domain.dossier import State
from app.domain.identifiers import Randomness
from app.domain.life.event import Event
from app.domain.life.facts import Settled
from app.domain.life.fold import fold
from app.domain.life.life import Life, start_of
from app.domain.life.states import Custody, Delivery
from app.domain.life.work import Work
from app.domain.text import nfc
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.life.acting import Acted, Line, act
from app.services.life.past import standing
from app.services.life.promises import DUE_MOVED, disputed_pause
from app.services.life.reading import KnownLife, read_life
from app.store import journal as book
from app.store.tables import dossiers, worklist


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would hold; equal outcomes are no choice."""

    business: State
    custody: Custody
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """`event` could not follow `against` (None: no single event stands in its way). `stands` is what holds now,
    `instead` what would hold had `against` not been; None when the event could not have happened then either.
    `is_of_dates`: an extension and the end of a pause, which `recount_due` can bring together."""

    event: Event
    against: Event | None
    code: str
    stands: Outcome
    instead: Outcome | None
    is_of_dates: bool = False


def conflicts_of(held: KnownLife) -> tuple[OpenConflict, ...]:
    """The open conflicts of a dossier, in the order of its events."""
    stands = _outcome(held.life)
    found = []
    for conflict in held.life.conflicts:
        event = held.event(conflict.event)
        assert event is not None           # conflicts are made of the events
        instead = _without(held, conflict.against, conflict.event) if conflict.against else None
        is_of_dates = conflict.code == DUE_MOVED and disputed_pause(held.life, held.events) is not None
        against = held.event(conflict.against)
        found.append(OpenConflict(event, against, conflict.code, stands, instead, is_of_dates))
    return tuple(found)


def dossiers_in_conflict(connection: Connection, limit: int = 200) -> tuple[str, ...]:
    """Codes of the dossiers with an open conflict, as the list shows them."""
    return tuple(connection.execute(
        select(dossiers.c.code)
        .join(worklist, worklist.c.dossier == dossiers.c.id)
        .where(worklist.c.kind == int(Work.CONFLICT))
        .order_by(dossiers.c.moved_at, dossiers.c.id).limit(limit)
    ).scalars())


def settle_conflicts(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, conflicts: Sequence[str], note: str,
    *, intent: str, now: datetime, randomness: Randomness, outcome: Outcome | None = None,
) -> Acted:
    """A person has asked around and says what holds: `outcome`, or what stands (None). `note` says why.

    Raises `conflict_not_open` (another counter settled it meanwhile), `reason_missing`.
    """
    held = read_life(connection, code)
    said = " ".join(nfc(note).split())
    stands = _outcome(held.life)
    facts = Settled(
        tuple(conflicts), said,
        business=outcome.business if outcome and outcome.business is not stands.business else None,
        custody=outcome.custody if outcome and outcome.custody is not stands.custody else None,
        delivery=outcome.delivery if outcome and outcome.delivery is not stands.delivery else None,
    )
    if book.by_intent(connection, intent) is None:
        if not said:
            raise Refusal("reason_missing")
        still_open = {conflict.event for conflict in held.life.conflicts}
        if not conflicts or not still_open.issuperset(conflicts):
            raise Refusal("conflict_not_open", code=held.code)
    return act(
        connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness,
        about=standing(held),
    )


def _outcome(life: Life) -> Outcome:
    return Outcome(life.business, life.custody, life.delivery)


def _without(held: KnownLife, against: str, event: str) -> Outcome | None:
    """The states if `against` had not happened, provided that the event could have happened then."""
    others = [each for each in held.events if each.id != against]
    life = fold(start_of(to_body(held.body)), others)
    is_possible = all(conflict.event != event for conflict in life.conflicts)
    found = _outcome(life)
    return found if is_possible and found != _outcome(held.life) else None
