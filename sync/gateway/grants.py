"""Grants: the province's word, to each counter of an office, on who works there and what she may do.

They are made out at each contact from the office file, the revocations and the personal codes; nothing of them is
kept. A grant of today lasts `grant_days`, so that whoever calls once a day always has nearly all of them ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from argon2 import PasswordHasher, Type
from sqlalchemy import Connection, and_, func, insert, select

from sync.contract.codec import Id
from sync.contract.grant_text import GrantText, grants_digest, sign_in_off_text
from sync.contract.key_letters import ALPHABET
from sync.contract.messages import Signed, b64
from sync.contract.office_file import OfficeFile
from sync.gateway.grant_tables import personal_codes
from sync.gateway.offices import office_of
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal
from sync.gateway.tables import revocations
from sync.gateway.times import stamp

_LETTERS = 12                                      # 60 bits: the verifier stands in every counter's book
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, type=Type.ID)


def grants_of(connection: Connection, seal: Seal, office: OfficeFile, today: date) -> tuple[Signed, ...] | None:
    """One for each clerk who was not revoked; None where the office knows no personal sign-in."""
    if not office.sign_in:
        return None
    codes = newest_codes(connection, office.id)
    gone = set(connection.execute(select(revocations.c.id).where(revocations.c.kind == "clerk")).scalars())
    until = today + timedelta(days=office.grant_days)
    made = []
    for clerk in office.clerks:
        if clerk.id in gone:
            continue
        serial, verifier, _ = codes.get((office.id, clerk.id), NO_CODE)
        text = GrantText(
            clerk.id, clerk.name, office.id, clerk.roles, clerk.accounts, until, serial, verifier, made=today)
        payload = text.to_payload()
        made.append(Signed(payload, b64(seal.key.sign(payload.encode()))))
    return tuple(made)


def fresh_grants(
    connection: Connection, seal: Seal, office: OfficeFile, today: date, held: Id | None,
) -> tuple[Signed, ...] | None:
    """`grants_of`, or None when the counter says by its digest that it has these very ones."""
    grants = grants_of(connection, seal, office, today)
    if grants is None or held == grants_digest(each.payload for each in grants):
        return None
    return grants


def off_word(seal: Seal, office: OfficeFile, today: date) -> Signed | None:
    """That nobody signs in at this office: without it a counter that once had grants keeps asking for secrets."""
    if office.sign_in:
        return None
    payload = sign_in_off_text(office.id, today)
    return Signed(payload, b64(seal.key.sign(payload.encode())))


def mint_personal_code(
    connection: Connection, office: str, clerk: str, now: datetime, choose: Callable[[str], str],
) -> str:
    """A new one-time code for a clerk; with it she chooses her secret anew at each counter of the office, and
    what she had before is worth nothing from the counter's next contact on. It is said here once and kept
    nowhere.

    Raises ProblemRaised `unknown_office`, `unknown_clerk`, `clerk_revoked`, `no_sign_in`.
    """
    known, _ = office_of(connection, office)
    if clerk not in {each.id for each in known.clerks}:
        raise ProblemRaised("unknown_clerk", 404, office=office, clerk=clerk)
    if not known.sign_in:
        raise ProblemRaised("no_sign_in", 409, office=office)
    is_gone = select(revocations.c.id).where(revocations.c.kind == "clerk", revocations.c.id == clerk)
    if connection.execute(is_gone).scalar() is not None:
        raise ProblemRaised("clerk_revoked", 409, clerk=clerk)
    letters = "".join(choose(ALPHABET) for _ in range(_LETTERS))
    serial = newest_codes(connection, office).get((office, clerk), NO_CODE).serial
    connection.execute(insert(personal_codes).values(
        office=office, clerk=clerk, serial=serial + 1, verifier=_HASHER.hash(letters), made_at=stamp(now),
    ))
    return "-".join(letters[start:start + 4] for start in range(0, _LETTERS, 4))


class Minted(NamedTuple):
    """A personal code, of which only the verifier is kept."""

    serial: int
    verifier: str
    made_at: str


NO_CODE = Minted(0, "", "")


def newest_codes(connection: Connection, office: str = "") -> dict[tuple[str, str], Minted]:
    """The code that counts, by office and clerk; of one office, or of all."""
    of = personal_codes.c
    newest = select(of.office, of.clerk, func.max(of.serial).label("serial")).group_by(of.office, of.clerk)
    if office:
        newest = newest.where(of.office == office)
    last = newest.subquery()
    rows = connection.execute(select(personal_codes).join(
        last, and_(last.c.office == of.office, last.c.clerk == of.clerk, last.c.serial == of.serial)))
    return {(row.office, row.clerk): Minted(row.serial, row.verifier, row.made_at) for row in rows}
