"""Dataclasses to JSON and back: strict about what is known, deaf to what is not.

A field's type decides what is read: text, whole numbers, truth values, nested dataclasses, `X | None`,
`tuple[X, ...]`, `Mapping[str | int, X]` and free `JsonObject`s. A field with a default may be missing.
Text holds neither NUL nor lone surrogates (no database stores both), and at most `MAX_TEXT` letters unless the
field says otherwise (`Id`, `Name`).
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sync.contract.limits import MAX_ID, MAX_NAME, MAX_TEXT

JsonObject = Mapping[str, Any]
"""Carried whole and not looked into."""

T = TypeVar("T")
_INT_LIMIT = 2**63
_PLAIN = frozenset((str, int, bool))


class MalformedMessage(ValueError):
    """Not what the contract says; `where` is the path to the first wrong spot, `what` a short code."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where or 'message'}: {what}")
        self.where = where
        self.what = what


@dataclass(frozen=True, slots=True)
class Limit:
    """Mark of a text type: at most so many letters."""

    letters: int


Id = Annotated[str, Limit(MAX_ID)]
Name = Annotated[str, Limit(MAX_NAME)]


def is_storable(value: str) -> bool:
    """Whether every database keeps this text: no NUL, no half of a surrogate pair."""
    if "\x00" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def to_json(message: Any) -> Any:
    """Plain JSON values of a message; None fields are left out where None is their default."""
    if is_dataclass(message) and not isinstance(message, type):
        written = {}
        for name, may_be_left_out in _names(type(message)):
            value = getattr(message, name)
            if value is not None:
                written[name] = value if type(value) in _PLAIN else to_json(value)
            elif not may_be_left_out:
                written[name] = None
        return written
    if isinstance(message, Mapping):
        return {str(key): to_json(value) for key, value in message.items()}
    if isinstance(message, list | tuple):
        return [to_json(value) for value in message]
    return message


def dumps(message: Any) -> bytes:
    """UTF-8 JSON of a message."""
    return json.dumps(to_json(message), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def loads(cls: type[T], raw: bytes | str) -> T:
    """The message in `raw`. Raises MalformedMessage, whatever the bytes are."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise MalformedMessage("", "not_json") from error
    return from_json(cls, value)


def from_json(cls: type[T], value: Any) -> T:
    """The message in plain JSON values. Raises MalformedMessage."""
    message: T = _read(cls, value, "", MAX_TEXT)
    return message


@cache
def _names(cls: type[Any]) -> tuple[tuple[str, bool], ...]:
    return tuple((each.name, each.default is None) for each in fields(cls))


@cache
def _shape(cls: type[Any]) -> tuple[tuple[Field[Any], Any], ...]:
    hints = get_type_hints(cls, include_extras=True)
    return tuple((each, hints[each.name]) for each in fields(cls))


def _read(kind: Any, value: Any, where: str, limit: int) -> Any:
    if kind in _PLAIN:
        return _read_plain(kind, value, where, limit)
    form, inner = _form(kind)
    if form == "message":
        return _read_dataclass(kind, value, where)
    if form == "limited":
        return _read(inner[0], value, where, inner[1])
    if form == "optional" and value is None:
        return None
    if form in ("optional", "one"):
        return _read(inner, value, where, limit)
    if form == "list":
        if not isinstance(value, list):
            raise MalformedMessage(where, "not_a_list")
        return tuple(_read(inner, each, f"{where}[{index}]", limit) for index, each in enumerate(value))
    if form == "mapping":
        return _read_mapping(kind, value, where, limit)
    return value


@cache
def _form(kind: Any) -> tuple[str, Any]:
    """How values of a type are read, and what is inside; looked at once for a thousand items of a push."""
    origin = get_origin(kind)
    if is_dataclass(kind):
        return "message", None
    if origin is Annotated:
        inner, mark = get_args(kind)
        return "limited", (inner, mark.letters)
    if origin in (Union, types.UnionType):
        (inner,) = (arm for arm in get_args(kind) if arm is not type(None))
        return "optional" if type(None) in get_args(kind) else "one", inner
    if origin is tuple:
        return "list", get_args(kind)[0]
    if origin is not None and issubclass(origin, Mapping):
        return "mapping", None
    if kind is Any:
        return "any", None
    raise TypeError(f"no rule to read {kind!r}")


def _read_dataclass(cls: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise MalformedMessage(where, "not_an_object")
    found: dict[str, Any] = {}
    for each, hint in _shape(cls):
        path = f"{where}.{each.name}" if where else each.name
        if each.name in value:
            found[each.name] = _read(hint, value[each.name], path, MAX_TEXT)
        elif each.default is MISSING and each.default_factory is MISSING:
            raise MalformedMessage(path, "missing")
    try:
        return cls(**found)
    except MalformedMessage:
        raise
    except ValueError as error:
        raise MalformedMessage(where, str(error)) from error


def _read_mapping(kind: Any, value: Any, where: str, limit: int) -> Any:
    if not isinstance(value, dict):
        raise MalformedMessage(where, "not_an_object")
    key_kind, inner = get_args(kind)
    found = {}
    for key, each in value.items():
        if key_kind is int:
            if not (key.isascii() and key.isdigit() and len(key) < 19):
                raise MalformedMessage(where, "not_a_number")
            found[int(key)] = _read(inner, each, f"{where}.{key}", limit)
        else:
            _read_plain(str, key, where, limit)
            found[key] = _read(inner, each, f"{where}.{key}", limit)
    return found


def _read_plain(kind: Any, value: Any, where: str, limit: int) -> Any:
    if kind is str:
        if not isinstance(value, str):
            raise MalformedMessage(where, "not_text")
        if len(value) > limit:
            raise MalformedMessage(where, "too_long")
        if not is_storable(value):
            raise MalformedMessage(where, "bad_text")
    elif kind is bool:
        if not isinstance(value, bool):
            raise MalformedMessage(where, "not_a_truth_value")
    elif not isinstance(value, int) or isinstance(value, bool):
        raise MalformedMessage(where, "not_a_number")
    elif not -_INT_LIMIT <= value < _INT_LIMIT:
        raise MalformedMessage(where, "out_of_range")
    return value
