"""The arrangement of one intake's pages in the window: what the clerk does, undo, redo, and storing each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.arrangement import Arrangement
from app.domain.arrangement_history import History
from app.errors import KnownError

if TYPE_CHECKING:
    from ui.background.tasks import BackgroundTasks

Save = Callable[[Arrangement], None]
"""Stores an arrangement; called on a worker thread, never two at once."""


class ArrangementKeeper(QObject):
    """Holds `history` and stores what is new. While one is being stored only the newest is remembered."""

    changed = Signal()
    failed = Signal(object)        # KnownError: not stored; tried again with the next change

    def __init__(
        self, start: Arrangement, save: Save, work: BackgroundTasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.history = History(start)
        self._store, self._work = save, work
        self._is_saving = False
        self._unsaved: Arrangement | None = None

    @property
    def now(self) -> Arrangement:
        return self.history.now

    @property
    def is_stored(self) -> bool:
        return not self._is_saving and self._unsaved is None

    def act(self, act: str, after: Arrangement) -> None:
        """The clerk did `act` (a code); without any change nothing happens."""
        self._become(self.history.act(act, after))

    def arrive(self, after: Arrangement) -> None:
        """Pages came; that is not taken back by undo."""
        self._become(self.history.arrive(after))

    def undo(self) -> str:
        """Takes the last act back and says its code, "" when there is none."""
        act = self.history.next_undo
        self._become(self.history.undo())
        return act

    def redo(self) -> str:
        act = self.history.next_redo
        self._become(self.history.redo())
        return act

    def begin_from(self, stored: Arrangement) -> None:
        """What was stored before the window opened; it is not stored again."""
        self.history = History(stored)
        self.changed.emit()

    def store_now(self) -> None:
        """At the end: what is still unsaved, in this thread, when nobody else is storing any more."""
        if self._unsaved is not None:
            arrangement, self._unsaved = self._unsaved, None
            self._store(arrangement)

    def _become(self, history: History) -> None:
        if history == self.history:
            return
        is_other = history.now != self.history.now
        self.history = history
        if is_other:
            self._unsaved = history.now
            self._save()
        self.changed.emit()

    def _save(self) -> None:
        if self._is_saving or self._unsaved is None:
            return
        self._is_saving = True
        arrangement, self._unsaved = self._unsaved, None
        self._work.run(lambda: self._store(arrangement), self._on_saved, self._on_failed)

    def _on_saved(self, _: object) -> None:
        self._is_saving = False
        self._save()

    def _on_failed(self, error: Exception) -> None:
        self._is_saving = False
        if self._unsaved is None:
            self._unsaved = self.now
        if not isinstance(error, KnownError):
            raise error
        self.failed.emit(error)
