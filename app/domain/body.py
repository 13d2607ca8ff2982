"""Frozen dataclasses to JSON bodies and back, so that operations, drafts and snapshots share one form.

Dates become ISO text, tuples lists, enums their value. Reading ignores unknown keys (a newer counter may
have written them) and takes the dataclass default for missing ones (an older one did not know them).
"""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")

_PLAIN = frozenset({type(None), bool, int, str})


def to_body(value: Any) -> Any:
    """`value` as plain JSON values. Dataclasses become dicts in field order."""
    kind: type = type(value)
    if kind in _PLAIN:
        return value
    names = _names_if_dataclass(kind)
    if names is not None:
        return {name: to_body(getattr(value, name)) for name in names}
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
        return typing.cast(T, _read(kind, body))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a {kind.__name__}") from error


@lru_cache(maxsize=256)
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(kind))


@lru_cache(maxsize=256)
def _names_if_dataclass(kind: type) -> tuple[str, ...] | None:
    return _field_names(kind) if dataclasses.is_dataclass(kind) else None


@lru_cache(maxsize=256)
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, body: Any) -> Any:
    if kind is Any:
        return body
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        options = [option for option in typing.get_args(kind) if option is not type(None)]
        if body is None:
            return None
        return _read(options[0], body)
    if origin is typing.Literal:
        if body not in typing.get_args(kind):
            raise ValueError(f"{body!r} is not one of {typing.get_args(kind)}")
        return body
    if origin is tuple:
        return tuple(_read(typing.get_args(kind)[0], item) for item in body)
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast(type, kind))
        names = _field_names(typing.cast(type, kind))
        return typing.cast(type, kind)(**{name: _read(hints[name], body[name]) for name in names if name in body})
    if kind is datetime:
        return datetime.fromisoformat(body)
    if kind is date:
        return date.fromisoformat(body)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(body)
    if isinstance(kind, type) and not isinstance(body, kind):
        raise ValueError(f"{body!r} is not {kind.__name__}")
    return body
