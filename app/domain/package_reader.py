"""Reading foreign JSON field by field, so that a broken package is refused with the place where it is broken.

Every reader method names a field, states what it must be, and refuses everything else: a package that is
half understood would put wrong papers and wrong fees on a receipt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from app.domain.text import nfc
from app.errors import Refusal

T = TypeVar("T")

MAX_NAME = 20_000                  # characters; the longest official paper name seen has 4,516
MAX_ITEMS = 20_000

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of surrogate pairs: no printer and no UTF-8 file takes them."""


def parse_json(text: str, *, max_characters: int) -> Any:
    """The JSON value in `text`. Refuses more than `max_characters`, NaN, repeated keys and what is no JSON."""
    if len(text) > max_characters:
        raise Refusal("catalogue_too_large", size=len(text), limit=max_characters)
    try:
        return json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:  # ValueError: also numbers of thousands of digits
        raise Refusal("catalogue_not_json", line=getattr(error, "lineno", 0)) from error


class Fields:
    """One JSON object, read by name; `finish` refuses names that nobody asked for."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, Mapping):
            raise wrong_shape(where, "object")
        self._value = value
        self._asked: set[str] = set()
        self.where = where

    def place(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def has(self, name: str) -> bool:
        return name in self._value

    def raw(self, name: str) -> Any:
        """The value as it is; None when absent."""
        self._asked.add(name)
        return self._value.get(name)

    def text(self, name: str, *, required: bool = False, limit: int = MAX_NAME) -> str:
        """NFC text of at most `limit` characters; "" when absent and not required."""
        return read_text(self.raw(name), self.place(name), required=required, limit=limit)

    def integer(self, name: str, *, limit: int) -> int | None:
        """A whole number 0..`limit`; None when absent or null."""
        value = self.raw(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise wrong_shape(self.place(name), "whole number")
        if not 0 <= value <= limit:
            raise bad_value(self.place(name), value, f"0..{limit}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.raw(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise wrong_shape(self.place(name), "true or false")
        return value

    def day(self, name: str) -> date | None:
        """A date yyyy-mm-dd; None when absent or null."""
        value = self.raw(name)
        if value is None:
            return None
        try:
            if len(value) != 10:
                raise ValueError("not yyyy-mm-dd")
            return date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise bad_value(self.place(name), value, "yyyy-mm-dd") from error

    def required_day(self, name: str) -> date:
        day = self.day(name)
        if day is None:
            raise wrong_shape(self.place(name), "date")
        return day

    def choice(self, name: str, make: Callable[[str], T], *, default: T) -> T:
        """The member that `make` (an enum) builds from the text."""
        value = self.raw(name)
        if value is None:
            return default
        try:
            return make(value)
        except (TypeError, ValueError) as error:
            raise bad_value(self.place(name), value, "a known word") from error

    def items(self, name: str, read: Callable[[Any, str], T], *, limit: int = MAX_ITEMS) -> tuple[T, ...]:
        """Each element of the list `name`, read by `read(value, where)`; () when absent."""
        value = self.raw(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise wrong_shape(self.place(name), "list")
        if len(value) > limit:
            raise bad_value(self.place(name), len(value), f"at most {limit} items")
        return tuple(read(item, f"{self.place(name)}[{at}]") for at, item in enumerate(value))

    def texts(self, name: str, *, limit: int = MAX_ITEMS) -> tuple[str, ...]:
        return self.items(name, lambda value, where: read_text(value, where, required=True), limit=limit)

    def finish(self) -> None:
        unknown = sorted(set(self._value) - self._asked)
        if unknown:
            raise Refusal("catalogue_unknown_field", where=self.place(unknown[0]))


def read_text(value: Any, where: str, *, required: bool, limit: int = MAX_NAME) -> str:
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise wrong_shape(where, "text")
    text = nfc(value)
    if len(text) > limit:
        raise bad_value(where, f"{len(text)} characters", f"at most {limit} characters")
    if required and not text.strip():
        raise wrong_shape(where, "text that is not empty")
    if UNPRINTABLE.search(text):
        raise wrong_shape(where, "printable text")
    return text


def wrong_shape(where: str, expected: str) -> Refusal:
    return Refusal("catalogue_wrong_shape", where=where or "package", expected=expected)


def bad_value(where: str, value: object, expected: str) -> Refusal:
    return Refusal("catalogue_bad_value", where=where, value=str(value)[:80], expected=expected)


class _NotPlainJson(ValueError):
    pass


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _NotPlainJson("a key stands twice")
    return fields


def _no_constant(name: str) -> Any:
    raise _NotPlainJson(name)
