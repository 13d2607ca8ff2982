"""The one local time of the counter: official Vietnamese time, UTC+7 all year (Quyết định 134/2002/QĐ-TTg).

A fixed offset instead of the time-zone database: Windows and bare Linux images carry none, and a receipt
must not depend on whether one is installed. It equals Asia/Ho_Chi_Minh for every date since 1975.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


def local(moment: datetime) -> datetime:
    """The same moment on the counter's clock. Raises ValueError for a naive time, which could be any moment."""
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment.astimezone(VIETNAM)
