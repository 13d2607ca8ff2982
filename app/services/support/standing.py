"""How the machine stands in the few words that fit a support code: what waits, how old the last contact is, flags.

Read for the window at each refresh; a code is then made of it without asking the book again, also when that is
what has just failed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from app.domain.self_check import State
from app.errors import EnvironmentFault
from app.services.counter import Counter
from app.services.courier import outbox
from app.services.disk_room import room
from app.services.second_copy import chosen, problem
from app.services.support.parts import check_clock


@dataclass(frozen=True, slots=True)
class MachineStanding:
    """`unsent`: operations that wait. `last_contact`: None for never."""

    unsent: int
    last_contact: datetime | None
    is_line_down: bool
    is_medium_missing: bool
    is_disk_low: bool
    is_clock_doubtful: bool


def machine_standing(connection: Connection, counter: Counter, folder: Path, now: datetime) -> MachineStanding:
    """As the book knows it; of the disk its room, of the medium what was last said of it."""
    box = outbox(connection, counter)
    try:
        is_low = room(folder).is_low
    except EnvironmentFault:
        is_low = True
    return MachineStanding(
        box.unsent, box.last_contact_at, box.last_problem is not None,
        chosen(connection) is None or problem(connection) is not None, is_low,
        check_clock(connection, now).state is State.BAD,
    )
