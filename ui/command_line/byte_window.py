"""`python -m app sync --byte-window 18:00-06:00,200`: when scans may travel; records always do."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from datetime import time
from typing import TYPE_CHECKING, Any

from ui.command_line.answer import Said

if TYPE_CHECKING:
    from app.services.byte_window import Allowance, ByteWindow

MEGABYTE = 1_000_000                   # as the Đồng bộ page counts
_WINDOW = re.compile(r"([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})(?:,([0-9]{1,6}))?")


def window_of(text: str) -> tuple[time, time, int | None] | None:
    """Begin, end and bytes of "18:00-06:00,200"; None of "off". Raises ArgumentTypeError."""
    if text == "off":
        return None
    found = _WINDOW.fullmatch(text)
    try:
        if found is not None:
            begins, ends, most = found.groups()
            return time.fromisoformat(begins), time.fromisoformat(ends), int(most) * MEGABYTE if most else None
    except ValueError:                 # 25:00
        pass
    raise argparse.ArgumentTypeError("FROM-TO,MB such as 18:00-06:00,200, or off")


def set_byte_window(said: Said) -> Mapping[str, Any]:
    """Sets it, and makes no contact. Raises Refusal `byte_window_too_small`."""
    from app.services.byte_window import ByteWindow, allowance, set_window
    from app.services.machine_settings import BYTE_WINDOW
    from ui.command_line.acting import require_here
    from ui.command_line.folder import opened  # the book's imports; reading the text needs none

    with opened(said) as office:
        require_here(office, BYTE_WINDOW)
        with office.database.writing() as connection:
            window = None if said.byte_window is None else ByteWindow(*said.byte_window)
            set_window(connection, window)
            return {"ok": True, "byte_window": told(window, allowance(connection, office.clock.now()))}


def told(window: ByteWindow | None, allowed: Allowance) -> Mapping[str, Any] | None:
    """The window and how much of it is used; None: documents go at any time, as many as there are."""
    if window is None:
        return None
    return {
        "from": f"{window.begins:%H:%M}", "to": f"{window.ends:%H:%M}", "bytes": window.most, "used": allowed.used,
        "open": allowed.is_open, "opens_at": allowed.opens_at.isoformat() if allowed.opens_at else None,
    }
