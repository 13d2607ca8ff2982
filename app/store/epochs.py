"""Which epochs of this counter the book has lived through, and with which keys."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from app.store.settings import read_setting, write_setting

PAST = "past_epochs"
"""Setting: [{"epoch", "public_key" (hex)}], oldest first, without the current one."""


def epochs_of(connection: Connection, current: int) -> tuple[int, ...]:
    """Oldest first, the current one last."""
    return (*(epoch for epoch, _ in past_epochs(connection) if epoch != current), current)


def past_epochs(connection: Connection) -> tuple[tuple[int, bytes], ...]:
    """(epoch, 32 bytes of its public key) of those that are over."""
    held: list[dict[str, Any]] = read_setting(connection, PAST, [])
    return tuple((each["epoch"], bytes.fromhex(each["public_key"])) for each in held)


def note_past(connection: Connection, epoch: int, public_key: bytes) -> None:
    """That epoch is over."""
    kept = [(known, key) for known, key in past_epochs(connection) if known != epoch]
    write_setting(connection, PAST, [
        {"epoch": known, "public_key": key.hex()} for known, key in sorted((*kept, (epoch, public_key)))
    ])
