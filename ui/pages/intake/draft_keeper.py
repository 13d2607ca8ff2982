"""Keeps the form while it is typed: written at most a quarter of a second after the last key, beside the window.

Writes of one form may overtake each other on the pool. Each carries a number, and an older one that comes late
writes nothing: a form once parked or thrown away never comes back as it was before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from ui.changes import Change
from ui.operations.desk import Desk
from ui.operations.park import KeptForm, discard, keep

PAUSE_MS = 200


class DraftKeeper(QObject):
    """`schedule` at each change, `flush` when the focus moves, `flush_now` before the page may vanish."""

    failed = Signal(object)        # Exception: the form could not be kept

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: Callable[[], KeptForm] | None = None
        self._number = 0
        self._written: dict[str, int] = {}
        self._lock = threading.Lock()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    def schedule(self, make: Callable[[], KeptForm]) -> None:
        """Keep what `make` gives, soon; the newest wins. Typing on does not push the moment back for ever."""
        self._waiting = make
        if not self._pause.isActive():
            self._pause.start()

    def flush(self) -> None:
        """Start the write that waits, if there is one."""
        form = self._taken()
        if form is not None:
            self._beside(form.intent, lambda: keep(self._desk, form))

    def flush_now(self) -> None:
        """Write what waits before this returns."""
        form = self._taken()
        if form is not None:
            self._in_order(form.intent, self._next(), lambda: keep(self._desk, form))

    def park(self, form: KeptForm) -> None:
        """Set `form` aside; whoever shows parked forms hears of it once it is written."""
        self._taken()
        self._beside(form.intent, lambda: keep(self._desk, form), is_news=True)

    def discard(self, intent: str) -> None:
        self._taken()
        self._beside(intent, lambda: discard(self._desk, intent), is_news=True)

    def forget(self, intent: str) -> None:
        """The form became a dossier: nothing of it is written any more."""
        self._taken()
        with self._lock:
            self._written[intent] = self._next()

    # inside

    def _taken(self) -> KeptForm | None:
        self._pause.stop()
        make, self._waiting = self._waiting, None
        return make() if make else None

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _beside(self, intent: str, write: Callable[[], None], *, is_news: bool = False) -> None:
        number = self._next()

        def written(_: None) -> None:
            if is_news:
                self._desk.changes.publish(Change(has_drafts=True))

        self._desk.background.run(
            lambda: self._in_order(intent, number, write), written, self.failed.emit
        )

    def _in_order(self, intent: str, number: int, write: Callable[[], None]) -> None:
        with self._lock:
            if number > self._written.get(intent, 0):
                write()
                self._written[intent] = number
