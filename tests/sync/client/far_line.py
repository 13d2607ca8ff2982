"""A far and thin line on which several batches go at once, whatever this machine is."""

from __future__ import annotations

from app.services import courier
from sync.core.pace import Pace
from tests.sync.client.trial import Counter

FAR_AND_THIN = Pace(rate=1_000.0, latency=0.2)


class Seconds:
    """A clock for waits on that line: each look at it takes as long as the way there."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 0.2
        return self._now


def with_much_waiting(counter: Counter) -> Counter:
    """Nine dossiers wait, and the line is known."""
    counter.receive(9)
    with counter.office.application.database.writing() as connection:
        courier.note_pace(connection, FAR_AND_THIN.as_stored)
    return counter
