"""What a transaction has put into the journal, for those who are told once it is committed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

OnWritten = Callable[[str, int, int, str], object]
"""Device, epoch, seq and hash of the newest operation of a committed transaction."""
_NEWEST = "newest operation"


def note_written(connection: Connection, device: str, epoch: int, seq: int, own: str) -> None:
    """One operation more, not yet committed."""
    before = connection.info.get(_NEWEST)
    if before is None or (epoch, seq) > before[1:3]:
        connection.info[_NEWEST] = (device, epoch, seq, own)


def take_written(connection: Connection) -> tuple[str, int, int, str] | None:
    """The newest of this transaction, and forget it: the connection goes back to others."""
    found: tuple[str, int, int, str] | None = connection.info.pop(_NEWEST, None)
    return found
