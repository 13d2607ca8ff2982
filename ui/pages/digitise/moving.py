"""Chosen pages on their way to another paper: by its number, by arrows and Enter, or dragged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.arrangement import TRAY
from ui.background.page_intake import PageIntake
from ui.pages.digitise.acting import Acts, place_of
from ui.pages.digitise.aiming import Aim
from ui.pages.digitise.cells import page_cells
from ui.pages.digitise.left_column import LeftColumn
from ui.translations import tr
from ui.widgets.page_thumbs import PageThumbs


class Moving(QObject):
    """`place` answers with what is shown, `show` shows another place. `changed` when `words` are others."""

    changed = Signal()

    def __init__(
        self, intake: PageIntake, acts: Acts, side: LeftColumn, thumbs: PageThumbs, place: Callable[[], str],
        show: Callable[[str], object], parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._intake, self._acts, self._side, self._thumbs = intake, acts, side, thumbs
        self._place, self._show = place, show
        self._aim = Aim()
        side.items.dropped.connect(self.send)
        side.tray.dropped.connect(self._on_dropped_into_tray)

    @property
    def is_on(self) -> bool:
        return self._aim.is_on

    def begin(self) -> None:
        """M: the chosen pages are on their way; the checklist takes the arrows."""
        chosen = self._thumbs.chosen_pages()
        if not chosen:
            return
        self._aim.begin(chosen, self._place())
        walked = self._side.items if self._side.model.rowCount() else self._side.tray
        walked.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.changed.emit()

    def aim_at(self, place: str) -> None:
        self._aim.target = place

    def arrive(self) -> None:
        """Enter: the paper whose number was typed, or that was walked to, is the one."""
        number = int(self._aim.typed or 0)
        typed = self._side.model.item(number - 1).requirement if number else ""
        self.send(self._aim.pages, typed or self._aim.target)

    def end(self) -> None:
        """Esc: the pages stay where they lie."""
        self._aim.end()
        self._side.items.choose(self._place())
        self.changed.emit()

    def send(self, pages: Sequence[str], to: str) -> None:
        """Lays `pages` under `to`; what lay behind them is chosen next, so that the keys go on."""
        origin = place_of(self._intake.arrangement, pages[0])
        cells = [cell.page for cell in page_cells(self._intake.arrangement, self._intake.pages, origin)]
        behind = [page for page in cells[cells.index(pages[-1]) + 1:] if page not in pages]
        self.end()
        if not self._acts.move(pages, to):
            return
        self._show(origin)
        left = behind or [page for page in cells if page not in pages][-1:]
        self._thumbs.choose(left[:1])
        self._thumbs.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_digit(self, digit: str) -> bool:
        """A digit on the pages, or while they are on their way; False when it is somebody else's."""
        papers = self._side.model.rowCount()
        if not self._aim.is_on and self._thumbs.hasFocus():
            self._aim.begin(self._thumbs.chosen_pages(), self._place())
        if not self._aim.is_on:
            return False
        number = self._aim.type(digit, papers)
        if number is None:
            self.changed.emit()
        elif number <= papers:
            self.send(self._aim.pages, self._side.model.item(number - 1).requirement if number else TRAY)
        return True

    def words(self) -> str:
        """What is said over the pages while they are on their way."""
        if self._aim.typed:
            return tr("{n} trang → giấy {typed}… rồi Enter", n=len(self._aim.pages), typed=self._aim.typed)
        return tr("{n} trang → gõ số, hoặc ↑↓ rồi Enter", n=len(self._aim.pages))

    def _on_dropped_into_tray(self, pages: Sequence[str]) -> None:
        self.send(pages, TRAY)
