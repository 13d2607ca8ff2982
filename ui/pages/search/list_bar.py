"""The lists to choose from: one button each with its count and its key, the chosen one lit."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.store.queries.dossiers import DossierList
from ui.models.counts import shown_count
from ui.theme import theme
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.even_rows import EvenRows

LISTS: tuple[tuple[DossierList, str], ...] = (
    (DossierList.ALL, mark("Tất cả")),
    (DossierList.RECEIVED_TODAY, mark("Hôm nay")),
    (DossierList.DUE_TODAY, mark("Hẹn hôm nay")),
    (DossierList.OVERDUE, mark("Quá ngày hẹn")),
    (DossierList.UNSENT, mark("Chưa gửi")),
    (DossierList.TO_SCAN, mark("Cần số hóa")),
)


class ListButton(ActionButton):
    """A button that stays down; the chosen one has the ground of what can be done."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__(text, key)
        self.setCheckable(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inset = 3.5 if self.hasFocus() else 1.0
            painter.setPen(QPen(theme().color("action"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 5, 5)


class ListBar(EvenRows):
    """`chosen` carries the list that a key or a press took."""

    chosen = Signal(DossierList)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8, is_stretched=False)
        self.setAccessibleName(tr("Danh sách"))
        self._buttons: dict[DossierList, ListButton] = {}
        for number, (what, words) in enumerate(LISTS, start=1):
            button = ListButton(tr(words), f"Alt {number}")
            button.clicked.connect(lambda _=False, what=what: self.chosen.emit(what))
            self._buttons[what] = button
        self.place(tuple(self._buttons.values()))

    def show_counts(self, counts: Mapping[DossierList, int]) -> None:
        for what, words in LISTS:
            if what in counts:
                self._buttons[what].set_label(f"{tr(words)}  {shown_count(counts[what])}")

    def show_chosen(self, chosen: DossierList | None) -> None:
        """Lights the list that is shown; None while something typed is."""
        for what, button in self._buttons.items():
            button.setChecked(what is chosen)

    def label(self, what: DossierList) -> str:
        return self._buttons[what].label()
