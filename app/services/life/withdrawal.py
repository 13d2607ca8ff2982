"""Rút hồ sơ: the applicant takes the dossier back; what lies at the counter goes back into the citizen's hands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.life.facts import OriginalMoved, PapersReturned, Withdrawn
from app.domain.life.fold import check
from app.domain.life.states import Custody, Holder
from app.domain.reason_library import finished_reason
from app.domain.text import nfc
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.life.acting import Acted, Line, act
from app.services.life.past import standing
from app.services.life.reading import read_life
from app.store import journal as book


@dataclass(frozen=True, slots=True)
class TakenBack:
    """`owed`: originals that are not with the citizen yet; the dossier stays on the list until they are."""

    op_id: str
    code: str
    owed: tuple[str, ...]
    is_new: bool


def withdraw(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, reason: str, by_name: str,
    *, intent: str, now: datetime, randomness: Randomness, originals: Sequence[str] = (),
    papers_given_back: bool = False,
) -> TakenBack:
    """End the dossier because the applicant wants it back. `originals` are handed over with this act.

    Papers that are with the agency or on the way come back later: `papers_came_back`, `give_papers_back`.
    Raises `papers_not_here` (custody) when they are said to be given back and are elsewhere, `name_missing`,
    `reason_empty`, `reason_unfinished`, `original_unknown`, `original_elsewhere`, and what the moves refuse.
    """
    held = read_life(connection, code)
    facts = Withdrawn(
        finished_reason(reason), " ".join(nfc(by_name).split()), tuple(originals), papers_given_back
    )
    if book.by_intent(connection, intent) is None:
        check(held.life, facts)
        if not facts.by_name:
            raise Refusal("name_missing")
        if papers_given_back and held.life.custody is not Custody.COUNTER:
            raise Refusal("papers_not_here", code=held.code, custody=int(held.life.custody))
    acted = act(
        connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness,
        about=standing(held),
    )
    return _taken(connection, acted, held.code)


def papers_came_back(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, original: str, note: str,
    *, intent: str, now: datetime, randomness: Randomness,
) -> TakenBack:
    """One original is at the counter again, brought back by whoever held it; `note` says by whom.

    Raises `original_here` when it is at the counter, `reason_missing`, `original_unknown`.
    """
    held = read_life(connection, code)
    said = " ".join(nfc(note).split())
    facts = OriginalMoved(original, Holder.COUNTER, said)
    if book.by_intent(connection, intent) is None:
        check(held.life, facts)
        if not said:
            raise Refusal("reason_missing")
        one = held.life.original(original)
        if one is not None and one.holder is Holder.COUNTER:
            raise Refusal("original_here", code=held.code, name=one.name)
    acted = act(
        connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness,
        about=standing(held),
    )
    return _taken(connection, acted, held.code)


def give_papers_back(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, to_name: str, originals: Sequence[str],
    *, intent: str, now: datetime, randomness: Randomness, note: str = "",
) -> TakenBack:
    """The papers of an ended dossier (withdrawn, stopped, refused) go back to the citizen, these originals too.

    Raises `name_missing`, `papers_not_here` (custody), and what the moves refuse.
    """
    held = read_life(connection, code)
    facts = PapersReturned(" ".join(nfc(to_name).split()), tuple(originals), " ".join(nfc(note).split()))
    if book.by_intent(connection, intent) is None:
        check(held.life, facts)
        if not facts.to_name:
            raise Refusal("name_missing")
        if held.life.custody in (Custody.ON_THE_WAY, Custody.MISSING):
            raise Refusal("papers_not_here", code=held.code, custody=int(held.life.custody))
    acted = act(
        connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness,
        about=standing(held),
    )
    return _taken(connection, acted, held.code)


def _taken(connection: Connection, acted: Acted, code: str) -> TakenBack:
    after = read_life(connection, code).life
    owed = tuple(one.id for one in after.originals if one.holder is not Holder.CITIZEN)
    return TakenBack(acted.op_id, code, owed, acted.is_new)
