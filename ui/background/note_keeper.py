"""What the clerk said of papers before they are filed, in the window: written into the book as it is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import KnownError
from app.services.tray_notes import PaperNote

if TYPE_CHECKING:
    from ui.background.tasks import BackgroundTasks

Save = Callable[[str, PaperNote], None]
"""Stores the note of one requirement; called on a worker thread, never two at once."""


class NoteKeeper(QObject):
    """`notes` by requirement. Of one paper only the newest word is stored."""

    failed = Signal(object)        # KnownError: not stored; tried again with the next word

    def __init__(self, save: Save, work: BackgroundTasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._work = save, work
        self.notes: dict[str, PaperNote] = {}
        self._unsaved: dict[str, None] = {}
        self._saving = ""

    @property
    def is_stored(self) -> bool:
        return not self._saving and not self._unsaved

    def say(self, requirement: str, note: PaperNote) -> None:
        """This holds of the paper until it is filed; an empty note takes back what was said."""
        if note == self.notes.get(requirement, PaperNote()):
            return
        self.notes[requirement] = note
        self._unsaved[requirement] = None
        self._save()

    def forget(self, requirement: str) -> None:
        """It stands in the journal, and the book forgot it in the same transaction."""
        self.notes.pop(requirement, None)
        self._unsaved.pop(requirement, None)

    def begin_from(self, stored: Mapping[str, PaperNote]) -> None:
        """What was said before the window opened; what has been said since is newer."""
        self.notes = {**stored, **self.notes}

    def store_now(self) -> None:
        """At the end: what is still unsaved, in this thread, when nobody else is storing any more."""
        for requirement in self._unsaved:
            self._store(requirement, self.notes.get(requirement, PaperNote()))
        self._unsaved.clear()

    def _save(self) -> None:
        if self._saving or not self._unsaved:
            return
        requirement = self._saving = next(iter(self._unsaved))
        del self._unsaved[requirement]
        note = self.notes.get(requirement, PaperNote())
        self._work.run(lambda: self._store(requirement, note), self._on_saved, self._on_failed)

    def _on_saved(self, _: object) -> None:
        self._saving = ""
        self._save()

    def _on_failed(self, error: Exception) -> None:
        self._unsaved[self._saving] = None
        self._saving = ""
        if not isinstance(error, KnownError):
            raise error
        self.failed.emit(error)
