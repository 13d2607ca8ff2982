"""The originals of a dossier to be ticked one by one as they go into the citizen's hands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.life.life import Original
from app.domain.life.states import Holder
from ui.models.life_words import holder_words
from ui.translations import tr
from ui.widgets.text import Text
from ui.widgets.tick import Tick


class OriginalTicks(QWidget):
    """Those at the counter can be ticked; where the others are is said, so that nobody promises them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: list[tuple[str, Tick]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_originals(self, originals: Sequence[Original]) -> None:
        self._ticks = []
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        owed = [one for one in originals if one.holder is not Holder.CITIZEN]
        self.setVisible(bool(owed))
        if owed:
            self._column.addWidget(Text(tr("Bản gốc giao lại cho công dân"), "secondary"))
        for one in owed:
            if one.holder is Holder.COUNTER:
                tick = Tick(one.name)
                tick.setChecked(True)
                self._ticks.append((one.id, tick))
                self._column.addWidget(tick)
            else:
                words = tr("{name}: {holder}, trả sau", name=one.name, holder=holder_words(one.holder).lower())
                self._column.addWidget(Text(words, is_wrapped=True))

    def chosen(self) -> tuple[str, ...]:
        return tuple(name for name, tick in self._ticks if tick.isChecked())
