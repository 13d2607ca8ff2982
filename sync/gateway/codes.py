"""One-time enrolment codes: `KQ7M-3F9X-W2PD`, ten minutes, five tries, one machine.

The first group finds the code, the rest is secret and kept only as a keyed hash. Each wrong try counts against
that code, so guessing ends after five; 40 secret bits leave a guesser one chance in 200 thousand million.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hmac import compare_digest

from sqlalchemy import Connection, Row, delete, insert, select, update

from sync.contract.key_letters import ALPHABET
from sync.contract.limits import CODE_MINUTES, CODE_TRIES
from sync.contract.messages import plain_code
from sync.contract.problems import Code
from sync.gateway.offices import office_of
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal
from sync.gateway.tables import enrol_codes
from sync.gateway.times import stamp

_ID, _SECRET = 4, 8


def mint_code(
    connection: Connection, seal: Seal, office: str, counter: str, now: datetime, choose: Callable[[str], str],
    lasts: timedelta = timedelta(minutes=CODE_MINUTES),
) -> str:
    """A new code for one counter of an office; one that is carried in a file `lasts` longer.

    Raises ProblemRaised `unknown_office`, `unknown_counter`.
    """
    known, _ = office_of(connection, office)
    if counter not in known.counters:
        raise ProblemRaised("unknown_counter", 404, office=office, counter=counter)
    day_ago = stamp(now - timedelta(days=1))
    connection.execute(delete(enrol_codes).where(enrol_codes.c.expires_at < day_ago))
    letters = "".join(choose(ALPHABET) for _ in range(_ID + _SECRET))
    while connection.execute(select(enrol_codes.c.id).where(enrol_codes.c.id == letters[:_ID])).scalar():
        letters = "".join(choose(ALPHABET) for _ in range(_ID + _SECRET))
    connection.execute(insert(enrol_codes).values(
        id=letters[:_ID], secret_hash=seal.code_hash(letters[_ID:]), office=office, counter=counter,
        expires_at=stamp(now + lasts), tries=0,
    ))
    return "-".join(letters[start:start + 4] for start in range(0, len(letters), 4))


def find_code(connection: Connection, seal: Seal, code: str, now: datetime) -> Row[tuple[object, ...]]:
    """The row of a right code, locked. Raises ProblemRaised; a wrong try is counted in this transaction, which
    the caller must commit all the same."""
    plain = plain_code(code)
    row = connection.execute(
        select(enrol_codes).where(enrol_codes.c.id == plain[:_ID]).with_for_update()
    ).one_or_none()
    if row is None:
        raise ProblemRaised(Code.CODE_WRONG, 403, tries_left=None)
    if row.tries >= CODE_TRIES:
        raise ProblemRaised(Code.CODE_LOCKED, 403)
    if not compare_digest(bytes(row.secret_hash), seal.code_hash(plain[_ID:])):
        connection.execute(
            update(enrol_codes).where(enrol_codes.c.id == row.id).values(tries=enrol_codes.c.tries + 1)
        )
        raise ProblemRaised(Code.CODE_WRONG, 403, tries_left=CODE_TRIES - row.tries - 1)
    if stamp(now) > row.expires_at:
        raise ProblemRaised(Code.CODE_EXPIRED, 403)
    return row
