"""The one place where error codes become sentences: what happened, is the work safe, what to press, a short code.

The words stand in `resources/i18n/messages.json`: code → language → {title, what, safe, press}. Values of the
error are put into braces; a value that an error does not carry shows as an ellipsis, never as a failure of its
own. Imports no Qt, because the command line speaks too.

    {day}              a moment, a date (or its ISO text), a list or a plain value, as the office writes it
    {field:word}       a value that is a word of the program, in the words of the entry `_values`
    {hindrance:what}   a value that is itself a code: that part of its own message, with the same values
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import resources
from app.domain.vietnam_time import VIETNAM
from app.errors import EnvironmentFault, KnownError

Language = Literal["vi", "en"]
Words = Mapping[str, Mapping[str, Mapping[str, str]]]

_FILE = Path(resources.__file__).parent / "i18n" / "messages.json"

UNKNOWN_REFUSAL = "_refusal"
UNKNOWN_FAULT = "_fault"
UNFORESEEN = "_unforeseen"
"""Entries of the table for a code without words, and for an error nobody foresaw."""
VALUES = "_values"
"""Entry of the table that is no message: language → word of the program → how the office says it."""
PARTS = ("title", "what", "safe", "press")

_signs: list[Callable[[str], str]] = []

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to the clerk. `code` is what she reads to support over the telephone: the error's own word,
    and in a window its support code."""

    title: str
    what: str
    safe: str
    press: str
    code: str

    def detail(self) -> str:
        """The sentences under the title, on one line."""
        return " ".join(part for part in (self.what, self.safe, self.press) if part)


def sign_messages(sign: Callable[[str], str] | None) -> None:
    """From now on `Message.code` is what `sign` makes of an error's code; None: the code as it is.

    Like language and theme there is one for the whole window, which sets it and takes it back.
    """
    _signs[:] = [] if sign is None else [sign]


def sentence(error: KnownError, language: Language | str) -> Message:
    """The message for an error of the office that is being said now. A code without words gets an honest general
    one."""
    return _signed(wording(error, language))


def wording(error: KnownError, language: Language | str) -> Message:
    """As `sentence`, for words that tell of an error and are not its saying: what was, what would be, a line of a
    list. No support code is made of it and nothing is kept."""
    table = read_words()
    code = error.code
    if code not in table:
        code = UNKNOWN_FAULT if isinstance(error, EnvironmentFault) else UNKNOWN_REFUSAL
    return _filled(table[code], error.code, error.values, language)


def unforeseen(error: BaseException, language: Language | str) -> Message:
    """The message for an error of the program: no trace, only its kind as the code; the trace is in the log."""
    return _signed(_filled(read_words()[UNFORESEEN], type(error).__name__, {}, language))


@cache
def read_words() -> Words:
    """The whole table."""
    return cast(Words, json.loads(_FILE.read_text(encoding="utf-8")))


class _Formatter(string.Formatter):
    """Braces filled with what the error carries, in one language."""

    def __init__(self, language: str, known: Mapping[str, object], *, is_inside: bool = False) -> None:
        self._language = language
        self._known = known
        self._is_inside = is_inside    # a message inside a message has none inside itself: it must end

    def fill(self, template: str) -> str:
        return self.vformat(template, (), self._known)

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, Any]) -> object:
        return kwargs.get(str(key), "…")

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in PARTS:
            entry = read_words().get(str(value))
            if entry is None or self._is_inside:
                return "…"
            return _Formatter(self._language, self._known, is_inside=True).fill(entry[self._language][format_spec])
        if format_spec == "word":
            return read_words()[VALUES][self._language].get(str(value), str(value))
        return shown(value)


def shown(value: object) -> str:
    """`value` as the office writes it: 11:02 21/11/2026, 21/11/2026, "a, b"; "…" for None."""
    if isinstance(value, datetime):
        moment = value.astimezone(VIETNAM) if value.tzinfo else value
        return f"{moment:%H:%M} {moment:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return f"{value[8:]}/{value[5:7]}/{value[:4]}"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(shown, value))
    return "…" if value is None else str(value)


def _filled(
    entry: Mapping[str, Mapping[str, str]], code: str, values: Mapping[str, object], language: str
) -> Message:
    spoken = "en" if language == "en" else "vi"
    said = _Formatter(spoken, {"code": code, **values})
    title, what, safe, press = (said.fill(entry[spoken][part]) for part in PARTS)
    return Message(title, what, safe, press, code)


def _signed(message: Message) -> Message:
    return replace(message, code=_signs[0](message.code)) if _signs else message
