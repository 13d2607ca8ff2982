"""Where dossiers in the states of which form II.06a says nothing are counted.

Provinces differ; the form's own notes differ too (domain facts 9.1). What is chosen here holds for the figures and
for the lists behind them alike, and never unbalances the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.dossier import State


class Place(StrEnum):
    LEFT_OUT = "left_out"          # in no column at all
    IN_TIME = "in_time"            # (12), still being settled and in time
    ON_TIME = "on_time"            # (9), settled on the promised day
    BY_DATE = "by_date"            # by its days, as any other dossier


WAITING = frozenset({State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED})
ENDED_OTHERWISE = frozenset({State.NOT_RECEIVED, State.WITHDRAWN, State.STOPPED})
_MAY_WAIT = frozenset({Place.IN_TIME, Place.BY_DATE})


@dataclass(frozen=True, slots=True)
class ReportPolicy:
    """By default as domain facts 9.1 say.

    An ended dossier that counts in (12) does so in the period in which it ended and is carried over no further.
    Raises ValueError where a dossier that waits for the citizen would count as settled.
    """

    not_received: Place = Place.LEFT_OUT           # state 3
    supplement_asked: Place = Place.IN_TIME        # 5
    payment_asked: Place = Place.IN_TIME           # 6
    withdrawn: Place = Place.ON_TIME               # 7
    stopped: Place = Place.IN_TIME                 # 8

    def __post_init__(self) -> None:
        if not {self.supplement_asked, self.payment_asked} <= _MAY_WAIT:
            raise ValueError("a waiting dossier is in time or counts by its date")

    @property
    def places(self) -> Mapping[State, Place]:
        return {
            State.NOT_RECEIVED: self.not_received, State.SUPPLEMENT_ASKED: self.supplement_asked,
            State.PAYMENT_ASKED: self.payment_asked, State.WITHDRAWN: self.withdrawn, State.STOPPED: self.stopped,
        }

    @property
    def left_out(self) -> frozenset[State]:
        """States of which no dossier is in the report: an application that is only registered never is."""
        return frozenset({State.REGISTERED, *self._states(Place.LEFT_OUT)})

    @property
    def ended_in_time(self) -> frozenset[State]:
        """Ended states that count in (12) of the period in which they ended."""
        return self._states(Place.IN_TIME) - WAITING

    @property
    def settled_on_time(self) -> frozenset[State]:
        """States that count in (9), whatever the days say."""
        return self._states(Place.ON_TIME)

    @property
    def waiting_in_time(self) -> frozenset[State]:
        """States whose dossiers are never late while they last."""
        return self._states(Place.IN_TIME) & WAITING

    def _states(self, place: Place) -> frozenset[State]:
        return frozenset(state for state, each in self.places.items() if each is place)


def read_policy(said: Mapping[str, str]) -> ReportPolicy:
    """From the office's setting `{"withdrawn": "on_time", …}`; what it does not name stays as by default.

    Raises ValueError for a name or place that does not exist.
    """
    known = set(ReportPolicy.__dataclass_fields__)
    if not set(said) <= known:
        raise ValueError(f"unknown: {sorted(set(said) - known)}")
    return ReportPolicy(**{name: Place(place) for name, place in said.items()})
