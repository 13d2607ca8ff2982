"""Who may open the operator's page, and what they did there: written down before it shows.

A token is 160 random bits, kept as a hash; it is given once and belongs to one name.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sync.contract.limits import MAX_NAME
from sync.gateway.operator.tables import operator_acts, operators
from sync.gateway.problem import ProblemRaised
from sync.gateway.times import stamp

_TOKEN_BYTES = 20
Randomness = Callable[[int], bytes]


class Act:
    """`act` of a line in `operator_acts`; data, so a name keeps its meaning."""

    FORK_OPENED = "fork.opened"                    # the content of one operation, with a reason
    BRANCH_ADOPTED = "branch.adopted"
    LEASES_SETTLED = "leases.settled"
    TOKEN_MADE = "token.made"
    TOKEN_ENDED = "token.ended"
    PACKAGES_SIGNED = "packages.signed"            # the list of installers that counters may take
    RECOVERY_KEY = "recovery_key.given"            # the key of a counter's book, to two people


@dataclass(frozen=True, slots=True)
class Done:
    """One line of what operators did."""

    at: str
    operator: str
    act: str
    about: Mapping[str, Any]


def mint_operator(connection: Connection, name: str, now: datetime, randomness: Randomness) -> str:
    """A fresh token for `name`, which ends the one it had. Raises ProblemRaised `name_missing`."""
    name = " ".join(name.split())
    if not 0 < len(name) <= MAX_NAME:
        raise ProblemRaised("name_missing", 400)
    token = base64.b32encode(randomness(_TOKEN_BYTES)).decode().lower()
    values = {"token_hash": _hash(token), "since": stamp(now), "ended_at": None}
    known = connection.execute(select(operators.c.name).where(operators.c.name == name)).scalar()
    if known is None:
        connection.execute(insert(operators).values(name=name, **values))
    else:
        connection.execute(update(operators).where(operators.c.name == name).values(**values))
    note_act(connection, name, Act.TOKEN_MADE, {}, now)
    return "-".join(token[start:start + 8] for start in range(0, len(token), 8))


def end_operator(connection: Connection, name: str, now: datetime) -> None:
    """Let nobody in under this name. Raises ProblemRaised `unknown_operator`."""
    ended = connection.execute(
        update(operators).where(operators.c.name == name, operators.c.ended_at.is_(None))
        .values(ended_at=stamp(now)).returning(operators.c.name)).one_or_none()
    if ended is None:
        raise ProblemRaised("unknown_operator", 404, name=name)
    note_act(connection, name, Act.TOKEN_ENDED, {}, now)


def operator_of(connection: Connection, token: str) -> str | None:
    """The name that a token belongs to."""
    name: str | None = connection.execute(
        select(operators.c.name).where(operators.c.token_hash == _hash(plain(token)),
                                       operators.c.ended_at.is_(None))
    ).scalar()
    return name


def plain(token: str) -> str:
    """A token as it is compared, however it was copied."""
    return "".join(letter for letter in token.lower() if letter.isascii() and letter.isalnum())


def form_key(token: str) -> str:
    """What each form of this token's pages carries: a page of another site cannot know it."""
    return hmac.digest(plain(token).encode(), b"operator form", "sha256").hex()[:32]


def note_act(connection: Connection, operator: str, act: str, about: Mapping[str, Any], now: datetime) -> None:
    at = stamp(now)
    connection.execute(insert(operator_acts).values(
        id=f"{at}-{uuid.uuid4().hex[:12]}", at=at, operator=operator, act=act,
        about=json.dumps(about, ensure_ascii=False, sort_keys=True)))


def acts(connection: Connection, limit: int) -> tuple[Done, ...]:
    """What operators did, newest first."""
    rows = connection.execute(select(operator_acts).order_by(operator_acts.c.id.desc()).limit(limit))
    return tuple(Done(row.at, row.operator, row.act, json.loads(row.about)) for row in rows)


def _hash(token: str) -> bytes:
    return hashlib.sha256(b"operator" + token.encode()).digest()
