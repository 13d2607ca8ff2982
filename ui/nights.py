"""What the counter does for itself once it is left alone: the scans by night, the book at the first pause."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.services.disk_room import tend_ballast
from app.services.scan_check import last_check
from ui.background.nightly import PAUSE_MS, Nightly
from ui.background.tasks import BackgroundTasks
from ui.operations.check_book import check_whole_book, last_looked_at
from ui.operations.check_scans import check_stored_scans
from ui.operations.desk import Desk


def begin_nights(
    app: QApplication, desk: Desk, background: BackgroundTasks, root: Path, parent: QObject
) -> None:
    """Both live as long as `parent`; neither begins while other work goes on beside the window."""

    def last() -> datetime | None:
        with desk.office.database.reading() as connection:
            found = last_check(connection)
        return found.at if found is not None else None

    def check() -> None:
        if not background.is_busy:
            check_stored_scans(desk, is_asked=False)

    def check_book() -> None:
        if not background.is_busy:
            check_whole_book(desk)

    def tend() -> None:
        background.run(lambda: tend_ballast(root))

    Nightly(app, desk.clock, last, check, tend, parent)
    # The book is read through in seconds: at the first pause of a day, not only by night.
    Nightly(app, desk.clock, lambda: last_looked_at(desk), check_book, lambda: None, parent, quiet_ms=PAUSE_MS)
