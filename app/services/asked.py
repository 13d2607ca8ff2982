"""Why somebody looks at, or takes away, many persons' data at once: kept in the journal before it happens.

Lists are masked and a single full value is asked for with `reveal`; a whole list or a file of persons needs a
purpose (Luật 91/2025/QH15, Điều 4: data is used for the purpose that was said).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.operation import Operation, Type
from app.domain.text import nfc
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.till.writing import done_before, new_id, write_money

LEAST = 5                          # letters: "abc" is no purpose
MOST = 200


def ask_data(
    connection: Connection, counter: Counter, clerk: Clerk, *, purpose: str, what: str, count: int,
    intent: str, now: datetime, randomness: Randomness,
) -> Operation:
    """The line `data.asked`: `purpose` in the clerk's words, `what` was asked for, of how many persons.

    The same intent twice is one line. Refusal `purpose_missing`, `purpose_too_long` (most), `intent_reused` for
    another purpose or another list.
    """
    said = read_purpose(purpose)
    if count < 0:
        raise ValueError("a list cannot hold fewer than none")
    known = done_before(connection, intent, Type.DATA_ASKED, purpose=said, what=what, count=count)
    if known is not None:
        return known
    return write_money(
        connection, counter, clerk, Type.DATA_ASKED, {"purpose": said, "what": what, "count": count},
        op_id=new_id(now, randomness), intent=intent, now=now,
    )


def read_purpose(text: str) -> str:
    """The purpose in one line. Refusal `purpose_missing`, `purpose_too_long` (most)."""
    said = " ".join(nfc(text).split())
    if sum(letter.isalpha() for letter in said) < LEAST:
        raise Refusal("purpose_missing")
    if len(said) > MOST:
        raise Refusal("purpose_too_long", most=MOST)
    return said
