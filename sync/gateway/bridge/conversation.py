"""Which question follows which answer, for one dossier: generators that yield asks and are sent the replies.

No clock, no socket, no database. The driver (`worker.py`) does what is asked, in order, and sends back what came.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sync.gateway.bridge.configuration import Answers
from sync.gateway.bridge.dossier_message import Message
from sync.gateway.bridge.progress_message import Row
from sync.gateway.bridge.values import digest, folded

# What is asked of the line. `name` is what the exchange is noted under.


@dataclass(frozen=True, slots=True)
class LookUp:
    """TraCuuHoSo."""

    code: str
    name: str = "look_up"


@dataclass(frozen=True, slots=True)
class Tell:
    """DongBoHoSoMC: as a new dossier, or over the one that is there."""

    message: Message
    is_update: bool

    @property
    def name(self) -> str:
        return "update" if self.is_update else "add"


@dataclass(frozen=True, slots=True)
class TellProgress:
    """CapNhatTienDoHoSoMC."""

    rows: tuple[Row, ...]
    name: str = "progress"


# What is asked of the queue, each one committed before the conversation goes on.


@dataclass(frozen=True, slots=True)
class Doubt:
    """From here on nobody knows whether it is there, until an answer says so."""


@dataclass(frozen=True, slots=True)
class KeepRows:
    """These rows of the progress are there."""

    digests: frozenset[str]


Ask = LookUp | Tell | TellProgress | Doubt | KeepRows


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that could be read."""

    code: str
    text: str
    data: Any = None


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer. `is_unsure`: what was sent may have been taken all the same."""

    reason: str
    is_unsure: bool
    retry_after: int | None = None


Reply = Said | Lost | None


class Result(StrEnum):
    SENT = "sent"
    REFUSED = "refused"                            # a person must look
    LATER = "later"                                # the line; it tries again by itself


@dataclass(frozen=True, slots=True)
class Outcome:
    result: Result
    reason: str = ""
    answer: str = ""
    is_unsure: bool = False
    retry_after: int | None = None


Conversation = Generator[Ask, Reply, Outcome]
_MOST_TURNS = 5
_NOT_LOGGED_IN = ("http_401", "http_403")


class Meaning(StrEnum):
    DONE = "done"
    EXISTS = "exists"
    ABSENT = "absent"
    SESSION_OVER = "session_over"
    NO = "no"


def meaning(said: Said, answers: Answers) -> Meaning:
    """What an answer means. Where the text says "đã tồn tại" or the like it decides, whatever the code is."""
    words = folded(said.text)
    if any(each in words for each in answers.absent):
        return Meaning.ABSENT
    if any(each in words for each in answers.exists):
        return Meaning.EXISTS
    if said.code in answers.success:
        return Meaning.DONE
    is_over = said.code in (*_NOT_LOGGED_IN, *answers.session_codes)
    return Meaning.SESSION_OVER if is_over or any(each in words for each in answers.session_over) else Meaning.NO


def tell_dossier(
    message: Message, answers: Answers, *, is_there: bool, is_unsure: bool, is_filed_there: bool,
) -> Conversation:
    """Say it so that it stands there once. `is_there`: they took it before; `is_filed_there`: the citizen filed it
    there, so it is looked up, and is ours whatever they know of it."""
    step = "update" if is_there else "look_up" if is_unsure or is_filed_there else "add"
    may_add = True
    for _ in range(_MOST_TURNS):
        if step == "look_up":
            reply = yield LookUp(message.code)
            if not isinstance(reply, Said):
                return _later(reply, is_unsure=is_unsure)
            found = found_in(reply, answers)
            if isinstance(found, Outcome):
                return found
            if found is not None and not is_filed_there and not is_ours(found, message):
                return Outcome(Result.REFUSED, "code_held_by_other")
            if found is None and not may_add:
                return Outcome(Result.REFUSED, "contradicts_itself", reply.text)
            step = "add" if found is None else "update"
        elif step == "add":
            may_add, is_unsure = False, True
            yield Doubt()
            reply = yield Tell(message, is_update=False)
            if not isinstance(reply, Said):
                return _later(reply, is_unsure=reply is None or reply.is_unsure)
            match meaning(reply, answers):
                case Meaning.DONE:
                    return Outcome(Result.SENT, answer=reply.text)
                case Meaning.EXISTS:
                    step = "look_up"
                case _:
                    return Outcome(Result.REFUSED, f"code_{reply.code}", reply.text)
        else:
            reply = yield Tell(message, is_update=True)
            if not isinstance(reply, Said):
                return _later(reply, is_unsure=is_unsure)
            said = meaning(reply, answers)
            if said is Meaning.ABSENT and may_add:
                step = "add"                       # they lost it, perhaps by a restore of their own
            elif said is Meaning.DONE or reply.code in answers.success:
                return Outcome(Result.SENT, answer=reply.text)
            else:
                return Outcome(Result.REFUSED, f"code_{reply.code}", reply.text)
    return Outcome(Result.REFUSED, "contradicts_itself")


def tell_progress(
    code: str, chunks: Sequence[tuple[Row, ...]], answers: Answers, *, is_unsure: bool,
) -> Conversation:
    """Say the rows, ten at a time. After a lost answer those that are there already are not said again, where
    TraCuuHoSo tells them; else the same rows are sent once more."""
    there: frozenset[tuple[str, str]] = frozenset()
    if is_unsure and answers.progress_key:
        reply = yield LookUp(code)
        if not isinstance(reply, Said):
            return _later(reply, is_unsure=True)
        found = found_in(reply, answers)
        if isinstance(found, Outcome):
            return found
        there = _rows_in(found, answers)
    for chunk in chunks:
        known = tuple(row for row in chunk if _name_of(row) in there)
        left = tuple(row for row in chunk if _name_of(row) not in there)
        if left:
            yield Doubt()
            reply = yield TellProgress(left)
            if not isinstance(reply, Said):
                return _later(reply, is_unsure=reply is None or reply.is_unsure)
            if meaning(reply, answers) is not Meaning.DONE:
                return Outcome(Result.REFUSED, f"code_{reply.code}", reply.text)
        yield KeepRows(frozenset(digest(row) for row in (*known, *left)))
    return Outcome(Result.SENT)


def found_in(said: Said, answers: Answers) -> Mapping[str, Any] | Outcome | None:
    """What TraCuuHoSo found, None when the dossier is not there, or why that is not known."""
    told = meaning(said, answers)
    if told is Meaning.ABSENT:
        return None
    if told not in (Meaning.DONE, Meaning.EXISTS):
        return Outcome(Result.REFUSED, f"look_up_{said.code}", said.text, is_unsure=True)
    data = said.data
    if isinstance(data, list):
        data = data[0] if data else None
    return data if isinstance(data, Mapping) and data else None


def is_ours(found: Mapping[str, Any], message: Message) -> bool:
    """Whether the dossier that has our code there is this one. The moment of reception never changes; where it is
    not told, another person *and* another procedure are another dossier."""
    moment = str(found.get("NgayTiepNhan") or "")
    if len(moment) == 14 and moment.isdigit():
        return moment == str(message.fields["NgayTiepNhan"])
    differs = [
        folded(str(found[name])) != folded(str(message.fields[name]))
        for name in ("ChuHoSo", "MaTTHC") if found.get(name)
    ]
    return len(differs) < 2 or not all(differs)


def _rows_in(found: Mapping[str, Any] | None, answers: Answers) -> frozenset[tuple[str, str]]:
    listed = found.get(answers.progress_key) if found else None
    rows = listed if isinstance(listed, list) else []
    return frozenset(_name_of(row) for row in rows if isinstance(row, Mapping))


def _name_of(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row.get("ThoiDiemXuLy", "")), str(row.get("TrangThai", ""))


def _later(reply: Lost | None, *, is_unsure: bool) -> Outcome:
    if reply is None:
        return Outcome(Result.LATER, "no_reply", is_unsure=is_unsure)
    return Outcome(Result.LATER, reply.reason, is_unsure=is_unsure, retry_after=reply.retry_after)
