"""Originals of the citizen, ticked one by one as they go back into her hands; what stays, stays for a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.domain.life.life import Original
from app.domain.life.states import Holder
from ui.pages.returning.words import holder_words
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.line_field import LineField
from ui.widgets.tick import Tick


class OriginalsCard(Card):
    """`given` are the ids that are ticked, `left` the reason for the others. Hidden when there is none."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Bản gốc trả lại"), note=tr("Alt A: đánh dấu tất cả"))
        self._ticks: dict[str, Tick] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.left = LineField(tr("Vì sao còn bản gốc chưa trả"))
        self.left.edited.connect(lambda _: self.left.set_message(""))
        self.body.addLayout(self._rows)
        self.body.addWidget(self.left)
        self.show_originals(())

    def show_originals(self, originals: Sequence[Original]) -> None:
        """Those that the citizen does not have; only what is at the counter can be ticked."""
        for tick in self._ticks.values():
            self._rows.removeWidget(tick)
            tick.deleteLater()
        self._ticks = {}
        for one in originals:
            is_here = one.holder is Holder.COUNTER
            words = one.name if is_here else f"{one.name}: {holder_words(one.holder)[0].lower()}"
            tick = Tick(words)
            tick.setEnabled(is_here)
            tick.toggled.connect(self._on_toggled)
            self._rows.addWidget(tick)
            self._ticks[one.id] = tick
        self.left.set_text("")
        self.left.set_message("")
        self.setVisible(bool(originals))
        self._on_toggled()

    def given(self) -> tuple[str, ...]:
        return tuple(name for name, tick in self._ticks.items() if tick.isChecked())

    def reason(self) -> str:
        return self.left.text() if self.left.isVisibleTo(self) else ""

    def tick(self, name: str) -> bool:
        """By the scan of its own label; False when it is not among these or not here."""
        found = self._ticks.get(name)
        if found is None or not found.isEnabled():
            return False
        found.setChecked(True)
        return True

    def tick_all(self) -> None:
        here = [tick for tick in self._ticks.values() if tick.isEnabled()]
        is_on = not all(tick.isChecked() for tick in here)
        for tick in here:
            tick.setChecked(is_on)

    def _on_toggled(self, _: bool = False) -> None:
        self.left.setVisible(any(not tick.isChecked() for tick in self._ticks.values()))
        self.edited.emit()
