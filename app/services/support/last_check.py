"""What the machine's own test found last, kept for the card of Quản trị."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection

from app.domain.self_check import Checked, read_checked
from app.store.settings import read_sync, write_sync

_KEPT = "self_check"


def note_check(connection: Connection, found: Sequence[Checked], now: datetime) -> None:
    """Remember it."""
    write_sync(connection, _KEPT, {"at": now.isoformat(), "parts": [each.to_json() for each in found]})


def last_check(connection: Connection) -> tuple[datetime, tuple[Checked, ...]] | None:
    """When it was and what it found; None before the first, and for what a newer program wrote."""
    held = read_sync(connection, _KEPT)
    if held is None:
        return None
    with suppress(KeyError, ValueError, TypeError):
        return datetime.fromisoformat(held["at"]), tuple(read_checked(each) for each in held["parts"])
    return None
