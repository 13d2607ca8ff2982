"""What a counter said of itself at its last contact, beside what is held of it here."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, update

from sync.contract.messages import Hello
from sync.gateway.database import insert_new
from sync.gateway.operator.tables import contacts
from sync.gateway.times import stamp

_BELIEVABLE = timedelta(days=36_500)


def note_contact(connection: Connection, hello: Hello, now: datetime) -> None:
    """Keep the newest word of this (device, epoch); the caller holds the device's row."""
    said = {
        "at": stamp(now), "said_seq": hello.head.seq if hello.head else 0,
        "position": hello.cursor.position if hello.cursor else 0, "clock_offset_ms": _offset_ms(hello.t_wall, now),
    }
    if not insert_new(connection, contacts, device=hello.device, epoch=hello.epoch, **said):
        connection.execute(update(contacts).where(
            contacts.c.device == hello.device, contacts.c.epoch == hello.epoch).values(**said))


def _offset_ms(said: str, now: datetime) -> int | None:
    try:
        theirs = datetime.fromisoformat(said)
        offset = theirs - now
    except (ValueError, TypeError, OverflowError):     # no time, or one without its zone
        return None
    return round(offset / timedelta(milliseconds=1)) if abs(offset) < _BELIEVABLE else None
