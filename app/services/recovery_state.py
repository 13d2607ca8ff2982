"""Whether the way back to this book is proved: that the province can give its key back to whoever lost it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from app.services.counter import Counter
from app.services.feed import read_cursor
from app.services.second_copy import province_seal_key
from app.store.settings import read_setting, write_setting

PROVED, TRIED = "recovery_proved", "recovery_tried"
TRY_AGAIN_AFTER = timedelta(hours=6)
"""After a province that knows no such path, or answered wrongly: asked again so often, not at each contact."""
NOT_THERE, WRONG = "not_there", "wrong"
"""Why it is not proved: the province cannot keep keys yet; its answer was no proof."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """`proved_at`: None while it is not, then `why` one of the codes above, or "" before the first try."""

    proved_at: datetime | None
    why: str = ""


def recovery_state(connection: Connection, counter: Counter, book_key: bytes) -> Recovery:
    """As it stands for this very key, this epoch, and the province as it is now."""
    proved, about = read_setting(connection, PROVED), _about(connection, counter, book_key)
    if proved is not None and about and proved["about"] == about:
        return Recovery(datetime.fromisoformat(proved["at"]))
    tried = read_setting(connection, TRIED)
    return Recovery(None, tried["why"] if tried is not None and tried["about"] == about else "")


def is_proof_due(connection: Connection, counter: Counter, book_key: bytes, now: datetime) -> bool:
    """Whether this contact should try: nothing is proved for what is true now, and it was not just tried."""
    about = _about(connection, counter, book_key)
    if not about or recovery_state(connection, counter, book_key).proved_at is not None:
        return False
    tried = read_setting(connection, TRIED)
    if tried is None or tried["about"] != about:
        return True
    return not timedelta(0) <= now - datetime.fromisoformat(tried["at"]) < TRY_AGAIN_AFTER


def note_proved(connection: Connection, counter: Counter, book_key: bytes, now: datetime) -> None:
    write_setting(connection, PROVED, {"at": now.isoformat(), "about": _about(connection, counter, book_key)})


def note_not_proved(
    connection: Connection, counter: Counter, book_key: bytes, why: str, now: datetime,
) -> None:
    about = _about(connection, counter, book_key)
    write_setting(connection, TRIED, {"at": now.isoformat(), "about": about, "why": why})


def _about(connection: Connection, counter: Counter, book_key: bytes) -> str:
    """What a proof holds for, told by the key and telling nothing of it; "" while the province's is not known.

    A province that came back from a backup may not have what was brought since: its incarnation is another then.
    """
    seal, cursor = province_seal_key(connection), read_cursor(connection)
    if seal is None:
        return ""
    incarnation = cursor.incarnation if cursor is not None else ""
    said = b"\n".join((b"recovery proved", seal, *(
        each.encode() for each in (counter.device, str(counter.epoch), incarnation))))
    return hmac.digest(book_key, said, "sha256").hex()
