"""What happened to one dossier after its reception, in the order in which all counters put it.

Light reading of the same operations that counters fold (tests hold both against each other); no client code here.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

AGENCY_SAID = "agency.said"

KINDS = frozenset((
    "supplement.asked", "supplement.received", "payment.done", "dossier.withdrawn", AGENCY_SAID, "due.extended",
    "handover.made", "handover.undone", "handover.acknowledged", "dossier.found", "results.taken_in",
    "result.shelved", "result.posted", "post.said", "result.returned", "return.recalled", "papers.returned",
    "original.moved", "fee.taken", "stage.begun", "conflict.settled",
))
"""Types of operations whose lines are events of dossiers."""


@dataclass(frozen=True, slots=True)
class Event:
    """`base`: the last event that its writer knew of. `at`: of the clock where it was written."""

    id: str
    base: str
    at: datetime
    kind: str
    facts: Mapping[str, Any]
    name: str = ""                                 # who did it, as printed
    unit: str = ""                                 # office or agency


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Each event after the one it builds on; among those free to go, by id. Bases in a circle come last, by id."""
    known = {event.id: event for event in events}
    waiting: dict[str, list[str]] = {}
    free: list[str] = []
    for event in known.values():
        if event.base in known and event.base != event.id:
            waiting.setdefault(event.base, []).append(event.id)
        else:
            free.append(event.id)
    heapq.heapify(free)
    ordered: list[Event] = []
    while free:
        event = known[heapq.heappop(free)]
        ordered.append(event)
        for follower in waiting.pop(event.id, ()):
            heapq.heappush(free, follower)
    if waiting:
        placed = {event.id for event in ordered}
        ordered += sorted((event for event in known.values() if event.id not in placed), key=lambda each: each.id)
    return tuple(ordered)
