"""The steps at the left: name, state in a word, and its sign."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.services.first_run import Standing, Step
from ui.pages.first_run.words import LOOKS, name_of, state_of
from ui.theme import theme
from ui.translations import tr

ROW, WIDTH = 56, 300


class StepsList(QListWidget):
    """`chosen` as the list moves; `accepted` when Enter says: this one now."""

    chosen = Signal(object)        # Step
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "pages")
        self.setAccessibleName(tr("Các bước chuẩn bị"))
        self.setIconSize(QSize(20, 20))
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(lambda _: self._tell())

    def step(self) -> Step | None:
        item = self.currentItem()
        return Step(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """Everybody anew; the one that is chosen stays so, and nothing is told of that."""
        here = self.step()
        self.blockSignals(True)
        self.clear()
        for number, each in enumerate(standings, start=1):
            item = QListWidgetItem(f"{number}. {name_of(each.step)}\n{state_of(each)}")
            item.setData(Qt.ItemDataRole.UserRole, each.step.value)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name_of(each.step)}: {state_of(each)}")
            item.setSizeHint(QSize(0, ROW))
            item.setIcon(theme().icon(*LOOKS[each.state]))
            self.addItem(item)
        steps = [each.step for each in standings]
        self.setCurrentRow(steps.index(here) if here in steps else 0)
        self.blockSignals(False)

    def stand_on(self, step: Step) -> None:
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) == step.value:
                self.setCurrentRow(row)

    def _tell(self) -> None:
        step = self.step()
        if step is not None:
            self.chosen.emit(step)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)
