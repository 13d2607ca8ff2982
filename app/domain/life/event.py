"""One event in the life of one dossier, and the order in which all counters put a dossier's events."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.life.facts import Facts, Kind, kind_of
from app.domain.life.states import Source


@dataclass(frozen=True, slots=True)
class Event:
    """`base` is the last event that whoever wrote this one knew of; empty when there was none."""

    id: str                        # the operation's UUIDv7; "feed:<incarnation>:<position>" of the agency's word
    base: str
    at: datetime                   # UTC; of the clock where it was written, shown and never used for the order
    facts: Facts
    source: Source = Source.COUNTER
    staff: str = ""
    name: str = ""                 # who did it, as printed
    device: str = ""

    @property
    def kind(self) -> Kind:
        return kind_of(self.facts)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Each event after the one it builds on; among those free to go, by id. The same for any order of arrival.

    A wrong clock changes nothing here: what was known when an event was written stands before it. A base that is
    not among the events (it never came, or was another counter's unreadable one) does not hold an event back.
    """
    all_events = {event.id: event for event in events}
    waiting: dict[str, list[str]] = {}
    free: list[str] = []
    for event in all_events.values():
        if event.base in all_events and event.base != event.id:
            waiting.setdefault(event.base, []).append(event.id)
        else:
            free.append(event.id)
    heapq.heapify(free)
    ordered: list[Event] = []
    while free:
        event = all_events[heapq.heappop(free)]
        ordered.append(event)
        for follower in waiting.pop(event.id, ()):
            heapq.heappush(free, follower)
    if waiting:                    # bases in a circle: forged, or two halves of a broken import; none is lost
        placed = {event.id for event in ordered}
        left = [event for event in all_events.values() if event.id not in placed]
        ordered += sorted(left, key=lambda event: event.id)
    return tuple(ordered)
