"""One paper of a list to be ticked: how many originals, certified copies and photocopies, and a word beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.translations import tr
from ui.widgets.count_spin import CountSpin
from ui.widgets.line_field import LineField
from ui.widgets.text import Text
from ui.widgets.tick import Tick

HEADS = 5
"""Columns of the grid: tick and name, three counts, the word."""


class PaperCounts:
    """A row in `grid`. A paper the checklist does not know has an empty `name` and a line to write it in."""

    def __init__(self, grid: QGridLayout, row: int, name: str, word: str, *, parent: QWidget) -> None:
        self.tick = Tick(name=name or tr("Giấy tờ khác"), parent=parent)
        self._name = name
        self.name_line = LineField("", hint=tr("Giấy tờ hoặc nội dung khác"), parent=parent)
        self.name_text = Text(name, is_wrapped=True, parent=parent)
        self.name_text.setVisible(bool(name))
        self.name_line.setVisible(not name)
        self.originals, self.certified, self.copies = (
            CountSpin(f"{name or tr('Giấy tờ khác')}, {what}", parent=parent)
            for what in (tr("bản chính"), tr("bản chứng thực"), tr("bản photo"))
        )
        self.word = LineField("", hint=word, parent=parent)
        self.word.line.setAccessibleName(f"{name or tr('Giấy tờ khác')}, {word}")
        grid.addWidget(self.tick, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.name_text if name else self.name_line, row, 1)
        for column, spin in enumerate((self.originals, self.certified, self.copies), 2):
            grid.addWidget(spin, row, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.word, row, 5)
        self.name_line.edited.connect(lambda text: self.tick.setChecked(bool(text.strip())))
        self.word.edited.connect(lambda text: self.tick.setChecked(self.tick.isChecked() or bool(text.strip())))
        for spin in (self.originals, self.certified, self.copies):
            spin.value_edited.connect(lambda value: self.tick.setChecked(self.tick.isChecked() or value > 0))

    @property
    def name(self) -> str:
        return self._name or self.name_line.text().strip()

    @property
    def is_ticked(self) -> bool:
        return self.tick.isChecked()

    def counts(self) -> tuple[int, int, int]:
        """Originals, certified copies, photocopies."""
        return self.originals.value(), self.certified.value(), self.copies.value()

    def set_usual(self, originals: int, certified: int, copies: int) -> None:
        """How many a tick means while no count was typed."""
        def ticked(is_on: bool) -> None:
            if is_on and not any(self.counts()) and not self.word.text().strip():
                self.show_counts(originals, certified, copies)
        self.tick.toggled.connect(ticked)

    def show_counts(self, originals: int, certified: int, copies: int) -> None:
        self.originals.set_value(originals)
        self.certified.set_value(certified)
        self.copies.set_value(copies)


class PaperList(QWidget):
    """Rows under a head; `clear`, then `add` each paper."""

    changed = Signal()

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self.rows: list[PaperCounts] = []
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 5)
        self.grid.setColumnStretch(5, 4)

    def clear(self) -> None:
        self.rows = []
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        heads = (tr("Giấy tờ"), tr("Chính"), tr("C.thực"), tr("Photo"), self._word)
        for column, words in enumerate(heads, 1):
            self.grid.addWidget(Text(words, "secondary"), 0, column)

    def add(self, name: str) -> PaperCounts:
        row = PaperCounts(self.grid, len(self.rows) + 1, name, self._word, parent=self)
        self.rows.append(row)
        row.tick.toggled.connect(self.changed)
        return row

    def ticked(self) -> tuple[PaperCounts, ...]:
        return tuple(row for row in self.rows if row.is_ticked)
