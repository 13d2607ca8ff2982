"""The list of results that is being scanned and not stored yet: it survives a restart, as a form does."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.body import from_body, to_body
from app.services.results.taking_in import Arrived
from app.store.settings import forget_setting, read_setting, write_setting

SETTING = "results_being_taken_in"


@dataclass(frozen=True, slots=True)
class Tray:
    """`intent` makes ten F12 one list. `agency` is that of the first line."""

    intent: str
    agency: str = ""
    agency_name: str = ""
    delivery: str = ""
    giver_name: str = ""
    lines: tuple[Arrived, ...] = ()


def keep_tray(connection: Connection, tray: Tray) -> None:
    write_setting(connection, SETTING, to_body(tray))


def read_tray(connection: Connection) -> Tray | None:
    """What was being scanned when the program ended, None when nothing was, or nothing that can be read."""
    held = read_setting(connection, SETTING)
    try:
        return from_body(Tray, held) if held else None
    except ValueError:
        return None


def empty_tray(connection: Connection) -> None:
    forget_setting(connection, SETTING)
