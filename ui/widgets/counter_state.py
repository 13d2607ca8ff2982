"""What the frame of the window says about this counter, as plain values; the one who knows them builds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from ui.shortcuts import Place

if TYPE_CHECKING:                  # the first paint does without what reads the book
    from app.services.known_problems import Known


class LineState(Enum):
    """The line to the province."""

    UNKNOWN = "unknown"            # not tried yet since the start
    UP = "up"
    SENDING = "sending"
    DOWN = "down"
    REFUSED = "refused"            # reached, but the province does not accept this counter


@dataclass(frozen=True, slots=True)
class CounterState:
    """The honest figures of the bottom line; each is a count of rows, never a guess.

    None means "not known" or, for `second_copy`, that no place for a second copy is set.
    """

    stored: int = 0                              # dossiers of today that are on this machine
    second_copy: int | None = None               # of them with a second copy
    received: int = 0                            # of them confirmed by the province
    pending: int = 0                             # operations the province has not confirmed
    oldest_pending: timedelta | None = None
    at_risk: int = 0                             # dossiers lost if this machine died now
    line: LineState = LineState.UNKNOWN
    line_since: datetime | None = None
    badges: Mapping[Place, int] = field(default_factory=dict)   # what waits in a place
    files: int = 0                               # documents the province has not confirmed: lost with it too
    is_copy_behind: bool = False                 # something has no second copy yet, or its medium is in trouble
    known_problems: tuple[Known, ...] = ()       # of this version, as the province says
    may_receive: bool = True                     # False: no number is given out until a person has acted


    @property
    def new_problems(self) -> int:
        """How many of them nobody has looked at."""
        return sum(each.is_new for each in self.known_problems)


@dataclass(frozen=True, slots=True)
class CounterName:
    """Who sits where: shown in the top line."""

    office: str
    counter: str
    clerk: str
    agency_account: str = ""       # the agency account this clerk works with now
