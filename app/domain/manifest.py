"""A manifest (danh sách bàn giao): how it travels, and how each of its lines stands after all that is known."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from app.domain.life.event import Event
from app.domain.life.facts import Acknowledged, HandedOver, LineVerdict
from app.domain.life.life import Life
from app.domain.life.states import Custody


class Route(StrEnum):
    """How a manifest gets to its agency."""

    HAND = "hand"
    POST = "post"


class LineState(StrEnum):
    """How one line stands: the first four are what the receiving side said, the rest is what made it unneeded.

    Stored as text, so a value keeps its meaning for ever.
    """

    OPEN = ""                      # nobody has said anything: it keeps the manifest open
    ACCEPTED = "accepted"
    REFUSED = "refused"
    MISSING = "missing"
    EXTRA = "extra"                # in the bag, not on the list
    ANSWERED = "answered"          # no word came; what came later shows where it is (its result, a settlement)
    UNDONE = "undone"              # taken off the list again
    CONFLICT = "conflict"          # another counter had moved the dossier, which this list did not know


SAID = frozenset({LineState.ACCEPTED, LineState.REFUSED, LineState.MISSING, LineState.EXTRA})
"""By the receiving side."""
BAD = frozenset({LineState.REFUSED, LineState.MISSING})


def line_state(life: Life, events: Iterable[Event], manifest: str) -> tuple[LineState, str]:
    """How the dossier's line on `manifest` stands, with the reason that was given.

    `events` are those the life was folded from, in any order.
    """
    trip = next((trip for trip in life.handovers if trip.manifest == manifest), None)
    if trip is None:
        disputed = {conflict.event for conflict in life.conflicts}
        is_disputed = any(event.id in disputed and _puts_on(event, manifest) for event in events)
        return (LineState.CONFLICT if is_disputed else LineState.UNDONE), ""
    if trip.verdict is not None:
        return LineState(str(trip.verdict)), trip.reason
    is_under_way = life.custody is Custody.ON_THE_WAY and life.handovers[-1] is trip
    return (LineState.OPEN if is_under_way else LineState.ANSWERED), ""


def _puts_on(event: Event, manifest: str) -> bool:
    match event.facts:
        case HandedOver():
            return event.facts.manifest == manifest
        case Acknowledged(verdict=LineVerdict.EXTRA):
            return event.facts.manifest == manifest
        case _:
            return False
