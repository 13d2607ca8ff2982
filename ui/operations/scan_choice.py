"""Which scanner this counter uses, and how many sheets the clerk counted."""

from __future__ import annotations

from app.errors import KnownError
from app.services.scan_tray import declare_count
from app.store.settings import read_setting, write_setting
from ui.operations.desk import Desk, warn_of

SETTING = "scanning"
"""{"source": id, "feed": "feeder" | "duplex" | "flatbed"} of the scan before; absent: the first that is found."""


def read_choice(desk: Desk) -> tuple[str, str]:
    """Id of the source and the feed used last; "" for what was never chosen."""
    with desk.office.database.reading() as connection:
        chosen = read_setting(connection, SETTING, {})
    return str(chosen.get("source", "")), str(chosen.get("feed", ""))


def keep_choice(desk: Desk, source: str, feed: str) -> None:
    if read_choice(desk) != (source, feed):
        with desk.office.database.writing() as connection:
            known = read_setting(connection, SETTING, {})
            write_setting(connection, SETTING, known | {"source": source, "feed": feed})


def declare(desk: Desk, intent: str, batch: str, sheets: int) -> bool:
    """The clerk counted `sheets` in a batch; whether it was written down."""
    try:
        with desk.office.database.writing() as connection:
            declare_count(connection, intent, batch, sheets)
    except KnownError as error:
        warn_of(desk, error)
        return False
    return True
