"""How often a clerk's secret was wrong: counted in the book and beside the keys before a try is judged.

A try whose program is killed in the middle has been counted. Where the file beside the keys is gone though the
book says that there was one, five wrong tries are assumed: waiting begins at once, and nobody is locked out by a
lost file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.domain.people.lockout import FREE
from app.store.settings import read_setting, write_setting
from app.store.tries import TryFile, Wrong

SIGN_INS = "sign_ins"
"""Setting: clerk id → {"serial", "verifier", "wrong"}."""
MIRRORED = "tries_beside_keys"

NONE = Wrong(0, 0)


@dataclass(frozen=True, slots=True)
class Kept:
    """What this book keeps of one clerk: her verifier ("" before her first secret here), begun with which code."""

    serial: int = 0
    verifier: str = ""
    wrong: Wrong = NONE


def read_kept(connection: Connection, clerk: str) -> Kept:
    held = read_setting(connection, SIGN_INS, {}).get(clerk)
    if held is None:
        return Kept()
    return Kept(held["serial"], held["verifier"], Wrong(*held["wrong"]))


def keep(connection: Connection, clerk: str, kept: Kept) -> None:
    held: Mapping[str, Any] = read_setting(connection, SIGN_INS, {})
    mine = {"serial": kept.serial, "verifier": kept.verifier, "wrong": [kept.wrong.serial, kept.wrong.count]}
    write_setting(connection, SIGN_INS, {**held, clerk: mine})


def count_wrong(connection: Connection, beside: TryFile, clerk: str, serial: int) -> int:
    """Wrong tries in a row of the secret or code of `serial`, by whichever witness says more."""
    book = read_kept(connection, clerk).wrong
    known = beside.read()
    if known is None:
        lost = FREE if read_setting(connection, MIRRORED, False) else 0
        other = Wrong(serial, lost)
    else:
        other = known.get(clerk, Wrong(serial, 0))
    return max((each.count for each in (book, other) if each.serial == serial), default=0)


def note_wrong(
    connection: Connection, beside: TryFile, clerk: str, serial: int, count: int, used_with: date | None = None,
) -> None:
    """`count` wrong tries from now on, in both places; 0 after a right one, `used_with` a grant of that day.

    Beside the keys first: what is counted there and not in the book, when the power goes, is counted all the same.
    """
    wrong = Wrong(serial, count)
    known = beside.read()
    if known is None and read_setting(connection, MIRRORED, False):
        known = _assumed(connection)
    is_beside = beside.write({**(known or {}), clerk: wrong}, used_with)
    if read_setting(connection, MIRRORED, False) != is_beside:
        write_setting(connection, MIRRORED, is_beside)
    keep(connection, clerk, replace(read_kept(connection, clerk), wrong=wrong))


def _assumed(connection: Connection) -> Mapping[str, Wrong]:
    """What the lost file may have said of everybody."""
    held = read_setting(connection, SIGN_INS, {})
    return {
        clerk: Wrong(serial, max(FREE, count))
        for clerk, each in held.items() for serial, count in [each["wrong"]]
    }
