"""A clock that jumped is said in the window; that it jumped is in the journal by then."""

from __future__ import annotations

import logging
from datetime import timedelta

from app.domain.business_day import ClockFinding
from app.errors import KnownError
from ui.changes import Change
from ui.delegates.dates import span_words
from ui.operations.desk import Desk
from ui.translations import tr

LOG = logging.getLogger(__name__)


def watch_clock(desk: Desk) -> None:
    """One look, beside the window. What hinders it is said by the act that it hinders too; the next look tells."""

    def failed(error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        LOG.info("the clock was not looked at: %s", error.code)

    desk.background.run(desk.office.look_at_clock, lambda found: say_jump(desk, found), failed)


def say_jump(desk: Desk, found: ClockFinding | None) -> None:
    """In the GUI thread."""
    if found is None:
        return
    span = span_words(timedelta(seconds=found.seconds))
    title = (
        tr("Đồng hồ máy vừa nhảy tới {span}", span=span) if found.code == "clock_jumped_forward"
        else tr("Đồng hồ máy vừa lùi lại {span}", span=span)
    )
    desk.frame.warn("warn", title, tr(
        "Không mất gì, việc này đã ghi vào sổ. Xem giờ góc màn hình; nếu sai, nhờ người phụ trách máy chỉnh lại."
    ))
    desk.changes.publish(Change(has_sync=True))
