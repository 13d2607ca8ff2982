"""The steps at the left: name, state in a word, and its sign; as the matters of Quản trị look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.first_run import Standing, Step
from ui.pages.admin.card import Stand
from ui.pages.admin.matters_list import TALL, Matter, MattersList
from ui.pages.first_run.words import LOOKS, name_of, state_of
from ui.translations import tr

WIDTH = 300


class StepsList(MattersList):
    """`chosen` as the list moves, with its Step; `accepted` when Enter says: this one now."""

    chosen = Signal(object)        # Step

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.setAccessibleName(tr("Các bước chuẩn bị"))
        self.setFixedWidth(WIDTH)

    def step(self) -> Step | None:
        return self._steps[self.currentRow()] if self.currentRow() >= 0 else None

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """As they are now; the one that is chosen stays so, and nothing is told of that."""
        self._steps = tuple(each.step for each in standings)
        self.show_matters([
            Matter(f"{number}. {name_of(each.step)}", (), Stand(state_of(each), LOOKS[each.state]))
            for number, each in enumerate(standings, start=1)
        ])
        self.setMaximumHeight(len(standings) * TALL)
        if self.currentRow() < 0:
            self.blockSignals(True)
            self.setCurrentRow(0)
            self.blockSignals(False)

    def stand_on(self, step: Step) -> None:
        if step in self._steps:
            self.setCurrentRow(self._steps.index(step))

    def _tell(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self._steps[row])
