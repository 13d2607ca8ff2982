"""One page from a scanner to be looked at and forgotten: nothing of it is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtGui import QImage

from app.devices.scanning.port import Notice, ScanTrouble, Source, trouble_error
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError
from ui.background.scan_desk import ScanDesk
from ui.background.tasks import Task

DPI, LONGEST = 150, 420
NOT_FROM_THERE = frozenset({ScanTrouble.REFUSED.value, ScanTrouble.NO_PAPER.value})
"""What a scanner says of a way of feeding that it has not, or that nothing lies in."""

_LOOK_SECONDS = 0.5


def try_scan(
    scans: ScanDesk, source: Source, on_done: Callable[[Feed, QImage], object],
    on_failure: Callable[[Exception], object],
) -> Task:
    """From the feeder, and where it has none or nothing lies in it, from the glass; beside the window. `on_done`
    hears from where the page came. Fails with what the scanner says."""
    feeds = [feed for feed in (Feed.FEEDER, Feed.FLATBED) if not source.feeds or feed in source.feeds]

    def work() -> tuple[Feed, QImage]:
        *others, last = feeds or [Feed.FEEDER]
        for feed in others:
            try:
                return feed, _one_page(scans, source.id, feed)
            except KnownError as error:
                if error.code not in NOT_FROM_THERE:
                    raise
        return last, _one_page(scans, source.id, last)

    return scans.work.run(work, lambda found: on_done(*found), on_failure)


def _one_page(scans: ScanDesk, source: str, feed: Feed) -> QImage:
    """Waits for it; a desk that closes meanwhile stops the scanner."""
    pages: list[bytes] = []
    ends: list[KnownError | None] = []
    has_ended = threading.Event()

    def take(content: bytes, mime: str) -> None:
        pages.append(content)

    def end(error: KnownError | None) -> None:
        ends.append(error)
        has_ended.set()

    run = scans.new_run()
    run.start(source, ScanSettings(feed=feed, dpi=DPI, most_pages=1), take, end, _unheard)
    while not has_ended.wait(_LOOK_SECONDS):
        if scans.is_closed:
            run.cancel()
    if not pages:
        raise ends[0] or trouble_error(ScanTrouble.NO_PAPER, source=source)
    made = scans.table().preview(pages[0], LONGEST, 0)
    return QImage.fromData(made, "JPG")  # type: ignore[arg-type]  # the stub knows bytes, not the format


def _unheard(notice: Notice) -> None:
    """What a scanner remarks on the way is no matter of a trial."""
