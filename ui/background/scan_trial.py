"""One page from a scanner to be looked at and forgotten: nothing of it is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtGui import QImage

from app.devices.scanning.port import Notice, ScanTrouble, trouble_error
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError
from ui.background.scan_desk import ScanDesk
from ui.background.tasks import Task

DPI, LONGEST = 150, 420
_LOOK_SECONDS = 0.5


def try_scan(
    scans: ScanDesk, source: str, feed: Feed, on_done: Callable[[QImage], object],
    on_failure: Callable[[Exception], object],
) -> Task:
    """Beside the window. Fails with what the scanner says."""
    pages: list[bytes] = []
    ends: list[KnownError | None] = []
    has_ended = threading.Event()

    def take(content: bytes, mime: str) -> None:
        pages.append(content)

    def end(error: KnownError | None) -> None:
        ends.append(error)
        has_ended.set()

    def work() -> QImage:
        while not has_ended.wait(_LOOK_SECONDS):
            if scans.is_closed:
                run.cancel()
        if not pages:
            raise ends[0] or trouble_error(ScanTrouble.NO_PAPER, source=source)
        made = scans.table().preview(pages[0], LONGEST, 0)
        return QImage.fromData(made, "JPG")  # type: ignore[arg-type]  # the stub knows bytes, not the format

    run = scans.new_run()
    run.start(source, ScanSettings(feed=feed, dpi=DPI, most_pages=1), take, end, _unheard)
    return scans.work.run(work, on_done, on_failure)


def _unheard(notice: Notice) -> None:
    """What a scanner remarks on the way is no matter of a trial."""
