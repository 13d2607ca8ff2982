"""Stills of one sitting at the camera: kept as pages, counted, the last one left out again when not wanted."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain import arranging
from app.domain.scanned_page import ScannedPage
from app.errors import KnownError
from ui.background.page_intake import PageIntake

SOURCE = "camera"
"""First part of a page's source; the camera's id follows."""


class Stills(QObject):
    """Gives stills to `intake` under the requirement `to`. `changed` when `count` or `underway` are others."""

    changed = Signal()
    safe = Signal()                # one more is on the disk
    refused = Signal(object)       # KnownError: it could not be kept

    def __init__(self, intake: PageIntake, to: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._intake, self._to = intake, to
        self._batch = ""
        self._kept: list[str] = []         # page ids, in order
        self._unwanted: set[str] = set()   # left out, or to be as soon as they lie somewhere
        self._left_out: set[str] = set()
        self.underway = 0
        self._to_forget = 0
        intake.kept.connect(self._on_kept)
        intake.refused.connect(self._on_refused)
        intake.keeper.changed.connect(self._leave_out_waiting)

    @property
    def count(self) -> int:
        """Pages that are safe and wanted."""
        return len(self._kept) - len(self._unwanted)

    def take(self, content: bytes, camera: str) -> None:
        self.underway += 1
        self._batch = self._intake.take(
            content, "image/jpeg", f"{SOURCE}:{camera}", batch=self._batch, to=self._to
        )
        self.changed.emit()

    def leave_out_last(self) -> bool:
        """The newest still that is wanted goes out of the PDF; it stays kept, and undo takes it in again. False
        when there is none."""
        if self.underway > self._to_forget:
            self._to_forget += 1
            return True
        wanted = [page for page in self._kept if page not in self._unwanted]
        if not wanted:
            return False
        self._unwanted.add(wanted[-1])
        self._leave_out_waiting()
        self.changed.emit()
        return True

    # inside

    def _on_kept(self, page: ScannedPage) -> None:
        if not self._batch or page.batch != self._batch:
            return
        self.underway -= 1
        self._kept.append(page.id)
        self.safe.emit()
        if self.underway < self._to_forget:        # the last of those on their way was not wanted
            self._to_forget -= 1
            self._unwanted.add(page.id)
        self.changed.emit()

    def _on_refused(self, error: KnownError) -> None:
        if self.underway:
            self.underway -= 1
            self._to_forget = min(self._to_forget, self.underway)
            self.refused.emit(error)
            self.changed.emit()

    def _leave_out_waiting(self) -> None:
        """A page can be left out once it lies somewhere, which is when the light table has seen it."""
        now = self._intake.arrangement
        lying = [page for page in now.page_ids if page in self._unwanted - self._left_out]
        if lying:
            self._left_out.update(lying)   # once: the clerk may take one in again
            self._intake.keeper.act("leave_out", arranging.leave_out(now, lying))
