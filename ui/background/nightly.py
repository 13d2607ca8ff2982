"""What a counter does for itself while nobody works: its book and scans checked, and room kept on its disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

QUIET_MS = 10 * 60_000
"""No key and no click for so long: the clerk is away, or it is night."""
PAUSE_MS = 3 * 60_000
"""Nobody stands at the counter; what takes seconds may be done."""
AGAIN = timedelta(hours=20)
_WORK = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class Nightly(QObject):
    """Calls `check` once a day when the counter has been left alone, and `tend` each time it is left alone."""

    def __init__(
        self, app: QApplication, clock: Callable[[], datetime], last: Callable[[], datetime | None],
        check: Callable[[], object], tend: Callable[[], object], parent: QObject | None = None,
        *, quiet_ms: int = QUIET_MS,
    ) -> None:
        super().__init__(parent)
        self._clock, self._last, self._check, self._tend = clock, last, check, tend
        self._quiet = QTimer(self)
        self._quiet.setInterval(quiet_ms)
        self._quiet.timeout.connect(self._on_quiet)
        self._quiet.start()
        app.installEventFilter(self)

    def _on_quiet(self) -> None:
        self._tend()
        last = self._last()
        # A last check that lies in the future was noted by a clock that has been set back since.
        if last is None or not timedelta(0) <= self._clock() - last < AGAIN:
            self._check()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _WORK:
            self._quiet.start()                    # from the beginning
        return False
