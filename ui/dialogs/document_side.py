"""Beside the page: which version this is, what is known of the paper, who checked it, where it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.services.filed_paper import FiledPaper, FiledVersion
from ui.dialogs.document_words import (
    check_lines,
    checked_words,
    custody_words,
    facts,
    file_words,
    size_words,
    status_chip,
    version_words,
)
from ui.translations import tr
from ui.widgets.chip import Chip
from ui.widgets.choice import Choice
from ui.widgets.glyph import Glyph
from ui.widgets.key_hint import KeyHint
from ui.widgets.text import Text

WIDTH = 292
_LABEL = 116


class DocumentSide(QWidget):
    """`show_paper`; `version_asked` carries the number of the version chosen with the mouse."""

    version_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.choice = Choice(tr("Bản số hóa"))
        self.choice.setFocusPolicy(Qt.FocusPolicy.NoFocus)     # ← → change it; a box with the focus eats letters
        self.choice.activated.connect(lambda place: self.version_asked.emit(self.choice.itemData(place)))
        self._only = Text("", "strong", is_wrapped=True)
        self._hint = QWidget()
        hint = QHBoxLayout(self._hint)
        hint.setContentsMargins(0, 0, 0, 0)
        hint.setSpacing(6)
        for key in ("←", "→"):
            hint.addWidget(KeyHint(key))
        hint.addWidget(Text(tr("bản mới hơn, cũ hơn"), "secondary"))
        hint.addStretch(1)
        self._status, self._custody = Chip(has_icon=True), Chip(has_icon=True)
        self._size = Text("", "secondary")
        self._list = QWidget()
        self._list.setProperty("surface", "scrolled")
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(10)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._list)
        self._said: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.choice, self._only, self._hint, self._status, self._custody, self._size):
            column.addWidget(widget)
        column.addWidget(self._scroll, 1)

    def words(self) -> str:
        """Everything that stands here, line by line."""
        above = (self._only.text(), self._status.text, self._custody.text, self._size.text())
        return "\n".join((*above, *self._said))

    def show_paper(self, paper: FiledPaper, version: FiledVersion) -> None:
        self.choice.blockSignals(True)
        self.choice.clear()
        for each in paper.versions:
            self.choice.addItem(version_words(paper, each), each.number)
        self.choice.setCurrentIndex(paper.versions.index(version))
        self.choice.blockSignals(False)
        has_choice = len(paper.versions) > 1
        self.choice.setVisible(has_choice)
        self._hint.setVisible(has_choice)
        self._only.setText(version_words(paper, version))
        self._only.setVisible(not has_choice)
        self._status.set_state(*status_chip(version))
        self._custody.set_state(*custody_words(version))
        self._size.setText(size_words(version))
        self._fill(version)

    def _fill(self, version: FiledVersion) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        said: list[str] = []
        about = facts(version)
        self._rows.addWidget(_pairs(about))
        said += [f"{label}: {value}" for label, value in about]
        checks = check_lines(version.checks)
        self._rows.addWidget(_ticks(checks, checked_words(version)))
        said += [f"{words}: {is_done}" for words, is_done in checks]
        said.append(checked_words(version))
        codes = ((tr("SHA-256"), file_words(version)),)
        self._rows.addWidget(_pairs(codes, role="code"))
        said += [f"{label}: {value}" for label, value in codes]
        self._rows.addStretch(1)
        self._said = tuple(said)


def _pairs(pairs: tuple[tuple[str, str], ...], role: str = "") -> QWidget:
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    for row, (label, value) in enumerate(pairs):
        name = Text(label, "secondary", is_wrapped=True)
        name.setFixedWidth(_LABEL)
        shown = Text(value or "–", role, is_wrapped=True)
        shown.setAccessibleName(f"{label}: {value or '–'}")
        shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown, row, 1)
    return block


def _ticks(lines: tuple[tuple[str, bool], ...], checked: str) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for words, is_done in lines:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Glyph("check" if is_done else "dot", "ok-ink" if is_done else "ink-2", 16))
        said = words if is_done else tr("{check}: chưa", check=words)
        row.addWidget(Text(said, "" if is_done else "secondary"), 1)
        column.addLayout(row)
    if checked:
        column.addWidget(Text(checked, "secondary", is_wrapped=True))
    return block
