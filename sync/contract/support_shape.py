"""What may stand in a support bundle, place by place: an allow-list, so that nothing personal can be forgotten.

A value that has no place here, or is not of its place's kind, is left out and counted. There is no kind for free
text: a name, an address, a note has nowhere to stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sync.contract.support_numbers import read_numbers

Kind = Callable[[Any], bool]

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{5,15}([+-][0-9:]{4,8}|Z)?)?")
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,5}){0,3}([.+-][0-9a-z]{1,16}){0,3}")
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEX = re.compile(r"[0-9a-f]{8,64}")
_TABLE = re.compile(r"[a-z][a-z_]{1,39}")
_SUPPORT = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")
_MODULE = r"(?:app|ui|sync)(?:\.[a-z_]{1,40}){0,5}:[0-9]{1,5}"
LOG_LINE = re.compile(
    rf"{_MOMENT.pattern} (?:DEBUG|INFO|WARNING|ERROR|CRITICAL) {_MODULE}"
    rf"(?: [A-Za-z_]{{1,60}}(?: {_MODULE}){{0,12}})?"
)
"""Moment, how grave, module and line; for an error its class and the places of ours that it came through."""


def count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def code(value: Any) -> bool:
    return isinstance(value, str) and value in read_numbers()


def text_like(pattern: re.Pattern[str]) -> Kind:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def one_of(*words: str) -> Kind:
    return lambda value: isinstance(value, str) and value in words


moment, version, some_id, digest = (text_like(each) for each in (_MOMENT, _VERSION, _ID, _HEX))

STATES = ("good", "warn", "bad", "open")
PARTS = ("book", "backup", "disk", "clock", "printer", "loop", "scanner", "gateway", "medium", "recovery")
FOUND = text_like(re.compile(r"[a-z_]{2,24}"))

SHAPE: Mapping[str, Any] = {
    "made_at": moment,
    "support": text_like(_SUPPORT),
    "program": {
        "version": version, "commit": digest, "python": version, "qt": version, "sqlite": version,
        "system": one_of("Linux", "Windows", "Darwin"), "release": version,
        "is_installed": flag, "is_practice": flag,
    },
    "counter": {"device": some_id, "office": some_id, "epoch": count, "clerks": count, "has_sign_in": flag},
    "book": {
        "problem": code, "schema": some_id, "size": count, "log_size": count, "free_mb": count,
        "key_place": one_of("file", "key_store"), "upgrades": [{"at": moment, "from": some_id, "to": some_id}],
    },
    "rows": (text_like(_TABLE), count),
    "heads": [{"epoch": count, "seq": count, "hash": digest, "confirmed": count}],
    "sync": {
        "last_contact": moment, "problem": code, "problem_since": moment, "attempts": count, "unsent": count,
        "oldest_unsent": moment, "needs_person": count, "set_aside": count, "files_waiting": count,
        "files_aside": count, "clock_offset_ms": count, "numbers_stopped": code, "protocol": count,
        "is_encrypted": flag, "has_own_ca": flag,
    },
    "packages": [{"kind": text_like(_TABLE), "version": version,
                  "is_active": flag}],
    "leases": [{"left_today": count, "size": count, "covered_to": moment}],
    "second_copy": {"is_chosen": flag, "problem": code, "kept_at": moment, "is_for_province": flag,
                    "operations_at_risk": count, "damaged": count},
    "backups": {"here": count, "newest": moment, "medium_at": moment, "drill_at": moment, "is_drill_good": flag,
                "troubles": [code]},
    "settings": {"printing_way": one_of("cups", "system", "pdf"), "language": one_of("vi", "en"),
                 "has_byte_window": flag, "recovery_proved_at": moment},
    "check": [{"part": one_of(*PARTS), "state": one_of(*STATES), "found": FOUND, "code": code}],
    "errors": [{"at": moment, "code": code, "support": text_like(_SUPPORT)}],
    "stopped": {"at": moment, "place": text_like(_TABLE), "sheet": text_like(_TABLE)},
    "log": [text_like(LOG_LINE)],
}
"""A tuple: any names of the first kind with values of the second. None stands anywhere: not known."""


def fitted(facts: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """What of `facts` has a place, and how many values had none."""
    kept, left_out = _fitted(facts, SHAPE)
    return (kept if isinstance(kept, dict) else {}), left_out


def _fitted(value: Any, shape: Any) -> tuple[Any, int]:
    if value is None:
        return None, 0
    if isinstance(shape, Mapping | tuple):
        if not isinstance(value, Mapping):
            return None, 1
        found: dict[str, Any] = {}
        lost = 0
        for name, inside in value.items():
            place = shape[1] if isinstance(shape, tuple) and shape[0](name) else (
                shape.get(name) if isinstance(shape, Mapping) else None)
            if place is None:
                lost += 1
                continue
            found[name], more = _fitted(inside, place)
            lost += more
        return found, lost
    if isinstance(shape, list):
        if not isinstance(value, list | tuple):
            return None, 1
        pairs = [_fitted(each, shape[0]) for each in value]
        return [each for each, _ in pairs if each is not None], sum(lost for _, lost in pairs)
    return (value, 0) if shape(value) else (None, 1)
