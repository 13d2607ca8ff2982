"""Settings of the machine: which of them the province keeps for itself, and who may change the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.people.roles import Act
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.people.rights import may, require
from app.store.settings import read_setting, write_setting

PRINTERS, SCANNING, BYTE_WINDOW, SECOND_COPY = "printers", "scanning", "byte_window", "second_copy"
"""The names by which a province locks them; the first three also name what stands in the book."""
LOCK = "machine_lock"


def keep_machine_settings(
    connection: Connection, settings: Mapping[str, Mapping[str, Any]], lock: Iterable[str],
) -> None:
    """What came with the enrolment file, once the province's signature vouched for it."""
    for name, value in settings.items():
        write_setting(connection, name, dict(value))
    write_setting(connection, LOCK, sorted(lock))


def locked(connection: Connection, counter: Counter) -> frozenset[str]:
    """What only the province changes, by its enrolment file or its words on the office."""
    of_office = counter.office.get("lock")
    named = of_office if isinstance(of_office, list | tuple) else ()
    return frozenset(map(str, (*named, *read_setting(connection, LOCK, ()))))


def require_setting(connection: Connection, counter: Counter, clerk: Clerk, name: str, now: datetime) -> None:
    """Nothing when she may change it: where it is locked, that takes the right over the machine.

    Raises `setting_locked` {setting}, and for the others what `require` does.
    """
    if name not in locked(connection, counter):
        require(connection, counter, clerk, Act.DEVICES, now)
    elif not may(connection, counter, clerk, Act.SETTINGS, now):
        raise Refusal("setting_locked", setting=name)
