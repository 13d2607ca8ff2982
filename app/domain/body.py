"""Frozen dataclasses to JSON bodies and back, so that operations, drafts and snapshots share one form.

Dates become ISO text, tuples lists, enums their value. Reading ignores unknown keys (a newer counter may
have written them) and takes the dataclass default for missing ones (an older one did not know them).
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from functools import lru_cache, partial
from typing import Any, TypeVar

T = TypeVar("T")
Reader = Callable[[Any], Any]

_PLAIN = frozenset({type(None), bool, int, str})


def to_body(value: Any) -> Any:
    """`value` as plain JSON values. Dataclasses become dicts in field order."""
    kind: type = type(value)
    if kind in _PLAIN:
        return value
    names = _names_if_dataclass(kind)
    if names is not None:
        # Reception waits for this: most values are plain and need no call of their own.
        return {
            name: held if type(held := getattr(value, name)) in _PLAIN else to_body(held) for name in names
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):        # datetime is a date
        return value.isoformat()
    if isinstance(value, tuple | list | frozenset):
        return [to_body(item) for item in value]
    if isinstance(value, dict):
        return {key: to_body(item) for key, item in value.items()}
    if isinstance(value, int | str):
        return value
    raise TypeError(f"no JSON form for {type(value).__name__}")


def from_body(kind: type[T], body: Any) -> T:
    """The `kind` that `to_body` wrote. Raises ValueError when `body` has another shape."""
    try:
        return typing.cast(T, _reader(typing.cast(Any, kind))(body))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a {kind.__name__}") from error


@lru_cache(maxsize=256)
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(kind))


@lru_cache(maxsize=256)
def _names_if_dataclass(kind: type) -> tuple[str, ...] | None:
    return _field_names(kind) if dataclasses.is_dataclass(kind) else None


@lru_cache(maxsize=256)
def _parts(kind: type) -> tuple[tuple[str, Reader], ...]:
    """The fields of a dataclass, each with its reader."""
    hints = typing.get_type_hints(kind)
    return tuple((name, _reader(hints[name])) for name in _field_names(kind))


@lru_cache(maxsize=1024)
def _reader(kind: Any) -> Reader:
    """How a value of this kind is read. Asked of an annotation once: a manifest reads thousands of values."""
    if kind is Any:
        return _as_it_is
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = _reader(next(option for option in parts if option is not type(None)))
        return lambda body: None if body is None else inner(body)
    if origin is typing.Literal:
        return partial(_one_of, parts)
    if origin is tuple:
        item = _reader(parts[0])
        return lambda body: tuple([item(each) for each in body])
    if dataclasses.is_dataclass(kind):
        return partial(_read_fields, typing.cast(type, kind))
    if kind is datetime:
        return datetime.fromisoformat
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type):
        return kind if issubclass(kind, Enum) else partial(_exactly, kind)
    return _as_it_is


def _read_fields(kind: type, body: Any) -> Any:
    return kind(**{name: read(body[name]) for name, read in _parts(kind) if name in body})


def _one_of(allowed: tuple[Any, ...], body: Any) -> Any:
    if body not in allowed:
        raise ValueError(f"{body!r} is not one of {allowed}")
    return body


def _exactly(kind: type, body: Any) -> Any:
    if not isinstance(body, kind):
        raise ValueError(f"{body!r} is not {kind.__name__}")
    return body


def _as_it_is(body: Any) -> Any:
    return body
