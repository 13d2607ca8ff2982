"""The lists to choose from: one button each with its count and its key, the chosen one lit."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.store.queries.dossiers import DossierList
from ui.models.counts import shown_count
from ui.models.list_words import list_words
from ui.theme import theme
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.even_rows import EvenRows

LISTS: tuple[DossierList, ...] = (
    DossierList.ALL, DossierList.RECEIVED_TODAY, DossierList.DUE_TODAY, DossierList.DUE_SOON, DossierList.OVERDUE,
    DossierList.UNSENT, DossierList.TO_SCAN,
)
"""Those that have their own key; all others are behind Alt 0."""


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
    """`chosen` carries the list that a key or a press took; `others_asked`: the sheet with all lists."""

    chosen = Signal(DossierList)
    others_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8, is_stretched=False)
        self.setAccessibleName(tr("Danh sách"))
        self._buttons: dict[DossierList, ListButton] = {}
        for number, what in enumerate(LISTS, start=1):
            button = ListButton(list_words(what), f"Alt {number}")
            button.clicked.connect(lambda _=False, what=what: self.chosen.emit(what))
            self._buttons[what] = button
        self.others = ListButton(tr("Danh sách khác"), "Alt 0")
        self.others.clicked.connect(self.others_asked)
        self.place((*self._buttons.values(), self.others))

    def show_counts(self, counts: Mapping[DossierList, int]) -> None:
        for what in LISTS:
            if what in counts:
                _relabel(self._buttons[what], f"{list_words(what)}  {shown_count(counts[what])}")

    def show_chosen(self, chosen: DossierList | None, name: str = "", amount: int = 0) -> None:
        """Lights the list that is shown, one without a key by its `name` and count; None: something typed is."""
        is_other = chosen is not None and (bool(name) or chosen not in self._buttons)
        for what, button in self._buttons.items():
            button.setChecked(what is chosen and not is_other)
        self.others.setChecked(is_other)
        _relabel(self.others, f"{name}  {shown_count(amount)}" if is_other else tr("Danh sách khác"))

    def label(self, what: DossierList) -> str:
        """What the button of the list says; a list without a key has the last one while it is shown."""
        return self._buttons.get(what, self.others).label()


def _relabel(button: ListButton, words: str) -> None:
    """The same words again would lay the whole bar out anew, at every key."""
    if button.label() != words:
        button.set_label(words)
