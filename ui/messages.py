"""The one place where error codes become sentences: what happened, is the work safe, what to press, a short code.

The words stand in `resources/i18n/messages.json`: code → language → {title, what, safe, press}. Values of the
error are put into braces; a value that an error does not carry shows as an ellipsis, never as a failure of its
own. Imports no Qt, because the command line speaks too.
"""

from __future__ import annotations

import json
import string
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to the clerk. `code` is what she reads to support over the telephone."""

    title: str
    what: str
    safe: str
    press: str
    code: str

    def detail(self) -> str:
        """The sentences under the title, on one line."""
        return " ".join(part for part in (self.what, self.safe, self.press) if part)


def sentence(error: KnownError, language: Language | str) -> Message:
    """The message for an error of the office. A code without words gets an honest general one."""
    table = read_words()
    code = error.code
    if code not in table:
        code = UNKNOWN_FAULT if isinstance(error, EnvironmentFault) else UNKNOWN_REFUSAL
    return _filled(table[code], error.code, error.values, language)


def unforeseen(error: BaseException, language: Language | str) -> Message:
    """The message for an error of the program: no trace, only its kind as the code; the trace is in the log."""
    return _filled(read_words()[UNFORESEEN], type(error).__name__, {}, language)


@cache
def read_words() -> Words:
    """The whole table."""
    return cast(Words, json.loads(_FILE.read_text(encoding="utf-8")))


class _Formatter(string.Formatter):
    """Braces filled with what the error carries, shown as the office writes it."""

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, Any]) -> object:
        return kwargs.get(str(key), "…")

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, datetime):
            local = value.astimezone(VIETNAM) if value.tzinfo else value
            return f"{local:%H:%M} {local:%d/%m/%Y}"
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, list | tuple | set | frozenset):
            return ", ".join(self.format_field(item, "") for item in value)
        return "…" if value is None else str(value)


_FORMATTER = _Formatter()


def _filled(
    entry: Mapping[str, Mapping[str, str]], code: str, values: Mapping[str, object], language: str
) -> Message:
    words = entry["en" if language == "en" else "vi"]
    known = {"code": code, **values}
    title, what, safe, press = (
        _FORMATTER.vformat(words[part], (), known) for part in ("title", "what", "safe", "press")
    )
    return Message(title, what, safe, press, code)
