"""Known problems as this book holds them: word for word, checked against the province's key at each look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.known_problem import KnownProblem
from app.services.province_word import is_signed
from app.store.settings import read_setting, write_setting

KNOWN = "known_problems"
"""Setting: [{"payload", "signature" (hex), "came", "is_seen"}]."""


@dataclass(frozen=True, slots=True)
class Known:
    """`came`: when this counter first heard of it. `is_new`: nobody has looked at the page since."""

    problem: KnownProblem
    came: datetime
    is_new: bool


def take_problems(
    connection: Connection, province_key: bytes, said: Iterable[tuple[str, bytes]], now: datetime
) -> None:
    """Hold these and no others. One that was held already keeps its day; one that was not signed is passed by."""
    held = {each.get("payload"): each for each in read_setting(connection, KNOWN, [])}
    write_setting(connection, KNOWN, [
        {"came": now.isoformat(), "is_seen": False, **held.get(payload, {}), "payload": payload,
         "signature": signature.hex()}
        for payload, signature in said if _read(province_key, payload, signature) is not None
    ])


def held_problems(connection: Connection) -> tuple[str, ...]:
    """The texts of what is held."""
    return tuple(str(each["payload"]) for each in read_setting(connection, KNOWN, []))


def read_problems(connection: Connection, province_key: bytes, version: str) -> tuple[Known, ...]:
    """What concerns this version, new ones first, then the newest; what was edited in the book is not said."""
    found = []
    for each in read_setting(connection, KNOWN, []):
        try:
            signature, came = bytes.fromhex(each["signature"]), datetime.fromisoformat(each["came"])
        except (KeyError, TypeError, ValueError):
            continue
        problem = _read(province_key, str(each.get("payload", "")), signature)
        if problem is not None and problem.concerns(version):
            found.append(Known(problem, came, not each.get("is_seen", False)))
    return tuple(sorted(found, key=_rank, reverse=True))


def mark_seen(connection: Connection, ids: Iterable[str]) -> None:
    """Somebody looked at these."""
    looked, held, changed = frozenset(ids), read_setting(connection, KNOWN, []), False
    for each in held:
        try:
            is_one = KnownProblem.from_payload(each["payload"]).id in looked
        except ValueError:
            continue
        if is_one and not each.get("is_seen", False):
            each["is_seen"] = changed = True
    if changed:
        write_setting(connection, KNOWN, held)


def _rank(known: Known) -> tuple[bool, datetime, date]:
    return known.is_new, known.came, known.problem.noted


def _read(province_key: bytes, payload: str, signature: bytes) -> KnownProblem | None:
    try:
        return KnownProblem.from_payload(payload) if is_signed(province_key, payload, signature) else None
    except ValueError:
        return None
