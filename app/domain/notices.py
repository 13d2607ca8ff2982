"""The exact text of what the office sends: to a citizen about a dossier, to an agency about what waits there.

A text is Vietnamese, never translated, ready to be sent or read out as it is. It bears no personal number, and
what can be seen on a locked telephone (SMS, Zalo) no name and no procedure: a code and where to ask. The telephone
script asks first who is speaking. Each text is a list of sentences; one may depend on a value being there.
"""

from __future__ import annotations

import json
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.money import format_money
from app.domain.sms import SmsLength, sms_length, sms_text
from app.domain.vietnamese_dates import clock_and_date, short_date

SCHEMA = 1
MOST_CODES = 10
"""Codes that a list names before it says how many more there are."""


class Channel(StrEnum):
    SMS = "sms"                    # without marks, counted
    ZALO = "zalo"                  # any text
    PHONE = "phone"                # read out by the clerk, line by line


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends. `phone` is the office's own number, `place` where it can be found."""

    office: str
    place: str
    phone: str
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class ResultReady:
    """To the citizen: the result lies on the shelf. `money` is still to be paid, đồng."""

    code: str
    name: str                      # of the applicant; only in the telephone script
    money: int = 0


@dataclass(frozen=True, slots=True)
class ResultPosted:
    """To the citizen: the result is on its way. `item` is the item code as shown."""

    code: str
    name: str
    item: str
    money: int = 0                 # the postman collects it


@dataclass(frozen=True, slots=True)
class SupplementAsked:
    """To the citizen: papers are missing. `papers` are their names, in Zalo and on the telephone only."""

    code: str
    name: str
    papers: tuple[str, ...]
    bring_by: date | None = None
    is_clock_stopped: bool = True


@dataclass(frozen=True, slots=True)
class PaymentAsked:
    """To the citizen: the agency waits for a financial obligation. `money` 0: the amount stands in its notice."""

    code: str
    name: str
    money: int = 0
    pay_by: date | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """To the citizen: the agency's paper moved the date. `due` None: it names no new one."""

    code: str
    name: str
    agency: str
    due: datetime | None
    paper: str = ""                # number of the agency's paper


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """To the agency: a manifest it has not acknowledged for `hours` working hours."""

    agency: str
    manifest: str
    made_at: datetime
    dossiers: int
    hours: int


@dataclass(frozen=True, slots=True)
class DailyDigest:
    """To the agency: the codes of what waits for it, by why."""

    agency: str
    day: date
    unacknowledged: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    due_soon: tuple[str, ...] = ()
    awaiting_supplement: tuple[str, ...] = ()
    sent_back: tuple[str, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Nothing waits."""
        return not (self.unacknowledged or self.overdue or self.due_soon or self.awaiting_supplement
                    or self.sent_back)


Notice = ResultReady | ResultPosted | SupplementAsked | PaymentAsked | Extended | Unacknowledged | DailyDigest
_NAMES: dict[type, str] = {
    ResultReady: "result_ready", ResultPosted: "result_posted", SupplementAsked: "supplement_asked",
    PaymentAsked: "payment_asked", Extended: "extended", Unacknowledged: "unacknowledged",
    DailyDigest: "daily_digest",
}


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What is sent or read out. `length` is None but for SMS."""

    channel: Channel
    text: str
    length: SmsLength | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """`when`: only where that value is there (not empty, not 0); "!name": only where it is not."""

    text: str
    when: str = ""


class NoticeBook:
    """The texts of one version."""

    def __init__(self, version: str, texts: Mapping[str, Mapping[Channel, Sequence[Sentence]]]) -> None:
        """Raises ValueError when a notice or a channel is missing or a sentence asks for what is not known."""
        self.version, self._texts = version, texts
        for kind, name in _NAMES.items():
            known = {each.name for each in fields(kind)} | {each.name for each in fields(Sender)} | _derived(kind)
            for channel in Channel:
                asked = {word for each in texts[name][channel] for word in _asked(each)}
                if not texts[name][channel] or asked - known:
                    raise ValueError(f"notice {name} by {channel}: {sorted(asked - known) or 'no text'}")

    def write(self, notice: Notice, sender: Sender, channel: Channel) -> NoticeText:
        """The text of `notice` for `channel`."""
        kind = type(notice)
        values = {each.name: getattr(sender, each.name) for each in fields(Sender)}
        values |= {name: getattr(notice, name) for name in {each.name for each in fields(kind)} | _derived(kind)}
        said = [_Filling().vformat(each.text, (), values)
                for each in self._texts[_NAMES[kind]][channel] if _holds(each.when, values)]
        if channel is not Channel.SMS:
            return NoticeText(channel, "\n".join(said))
        text = sms_text(" ".join(said))
        return NoticeText(channel, text, sms_length(text))


def parse_notices(text: str) -> NoticeBook:
    """The texts in JSON `text`, whole or not at all. Raises ValueError: the file ships with the program."""
    body = json.loads(text)
    if body["schema"] != SCHEMA:
        raise ValueError(f"notices of schema {body['schema']}")
    try:
        return NoticeBook(str(body["version"]), {
            name: {Channel(channel): [_sentence(each) for each in said] for channel, said in channels.items()}
            for name, channels in body["notices"].items()})
    except KeyError as error:
        raise ValueError(f"a notice is missing: {error}") from error


class _Filling(string.Formatter):
    """Values as the office writes them. `{codes}` names up to MOST_CODES, `{codes:n}` counts them, `{money:đ}` is
    an amount, `{papers:-}` one to a line."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, tuple):
            if format_spec == "n":
                return str(len(value))
            shown, more = value[:MOST_CODES], len(value) - MOST_CODES
            rest = [f"và {more} mục khác"] if more > 0 else []
            return "\n".join(f"- {each}" for each in [*shown, *rest]) if format_spec == "-" else ", ".join(
                [*shown, *rest])
        if format_spec == "đ":
            return format_money(value)
        if isinstance(value, datetime):
            return clock_and_date(value)
        return short_date(value) if isinstance(value, date) else str(value)


def _sentence(row: str | Mapping[str, str]) -> Sentence:
    return Sentence(row) if isinstance(row, str) else Sentence(**row)


def _asked(sentence: Sentence) -> set[str]:
    named = {name for _, name, _, _ in string.Formatter().parse(sentence.text) if name is not None}
    return named | ({sentence.when.removeprefix("!")} if sentence.when else set())


def _holds(when: str, values: Mapping[str, object]) -> bool:
    return not when or bool(values[when.removeprefix("!")]) is not when.startswith("!")


def _derived(kind: type) -> set[str]:
    return {name for name, value in vars(kind).items() if isinstance(value, property)}
