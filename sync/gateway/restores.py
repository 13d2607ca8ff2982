"""What a province that came from a backup must take for given: epochs and slots of which it knows nothing.

A counter that died with its lease proves nothing any more, so that every counter which lives has called is not
enough. What follows needs nobody's word:

- Every lost lease ends before `LEASE_DAYS` after the restore (`Window.upto`). Until that day a slot is leased to
  its holder, whose days had not run out by the restore, so that nobody else can have been given it; to everybody
  else from the *reserve*, the top fifth of an agency's slots, which is leased at no other time. Of the reserve
  each restore inside the window of an earlier one has half of what is left: a database that forgot the earlier
  one's leases gives none of them again. From the day after the window on, every slot that is free is free.
- Epochs that begin after a restore are numbered from the minutes since 2025 on, and from `EPOCHS_APART` further
  for each restore there ever was: a lost one has a lower number, though two restores fall into one minute or the
  server's clock was put back between them.

How often it was restored must outlive the database: it is also written beside the key.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from sync.contract.limits import LEASE_DAYS
from sync.gateway.durable import sync_folder
from sync.gateway.tables import restores
from sync.gateway.times import business_day

RESTORES_FILE = "province.restores"
EPOCHS_APART = 1_000
"""More epochs than that begin at no counter between two restores."""
_BEGAN = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """Days of which slots may have been given by the database that is lost.

    `own_upto`: until when a holder's own slot may be prolonged; None: without end. A database that itself came
    back may have forgotten the holder, and given that slot to another from the day after its own window on.
    """

    restored_on: date
    upto: date
    nth: int                                       # of the restores whose windows touch, counted from 0
    own_upto: date | None = None

    def part(self, slots: int) -> range:
        """Slots of the reserve that this restore may lease, of an agency with so many."""
        left = reserve_of(slots)
        for _ in range(self.nth):
            left = left[_half(left):]
        return left[:_half(left)]


def ordinary_of(slots: int) -> range:
    """Slots that are leased at any time."""
    return range(slots - slots // 5)


def reserve_of(slots: int) -> range:
    """Slots that are leased inside the window of a restore only. None of an agency with fewer than five: there,
    a new machine waits for the window's end."""
    return range(slots - slots // 5, slots)


def _half(slots: range) -> int:
    return (len(slots) + 1) // 2


def window_of(connection: Connection) -> Window | None:
    """Of the newest restore, over or not; None when there was none."""
    days = sorted(map(_day, connection.execute(select(restores.c.at)).scalars()))
    found: Window | None = None
    for day in days:
        upto = day + timedelta(LEASE_DAYS - 1)
        if found is not None and day <= found.upto:
            found = Window(day, upto, found.nth + 1, found.own_upto or found.upto)
        else:
            found = Window(day, upto, 0)
    return found


def least_epoch(connection: Connection) -> int:
    """What every epoch exceeds that begins now, so that it is none of the lost ones; 0 without a restore."""
    newest, count = connection.execute(select(func.max(restores.c.at), func.count())).one()
    return 0 if newest is None else minutes_since_2025(newest) + count * EPOCHS_APART


def minutes_since_2025(at: str) -> int:
    return max(0, (datetime.fromisoformat(at) - _BEGAN) // timedelta(minutes=1))


def note_restore(connection: Connection, incarnation: str, at: str, earlier: Iterable[str] = ()) -> None:
    """This restore, and `earlier` ones (stamps) of which the backup knows nothing."""
    known = set(connection.execute(select(restores.c.at)).scalars())
    connection.execute(insert(restores), [
        {"incarnation": incarnation if each == at else "", "at": each} for each in sorted({at, *earlier} - known)
    ])


def earlier_restores(folder: Path) -> Sequence[str]:
    """Stamps of the restores that were noted beside the key. Raises ValueError when they cannot be read."""
    try:
        found = (folder / RESTORES_FILE).read_text(encoding="ascii").split()
    except FileNotFoundError:
        return ()
    for each in found:
        _day(each)
    return found


def write_restore(folder: Path, at: str) -> None:
    """Before the database is told: one too many costs a part of the reserve, one too few a number."""
    with (folder / RESTORES_FILE).open("a", encoding="ascii") as file:
        file.write(at + "\n")
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)


def _day(at: str) -> date:
    return business_day(datetime.fromisoformat(at))
