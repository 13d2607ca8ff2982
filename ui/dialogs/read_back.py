"""Read-back: what citizens dispute, large enough to be read across the counter, before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.dialogs.sheet import Sheet
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One field: label, value in 28 px, `is_figures` for numbers; `is_wide` takes the whole line."""

    label: str
    value: str
    is_figures: bool = False
    is_wide: bool = False


class ReadBack(Sheet):
    """`confirmed`: the citizen agreed. `show_lines` before `open`."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Xin ông/bà đọc lại"), tr("Người dân đã xác nhận, lưu và in"),
                         way_back=tr("Sửa lại"), width=1120)
        self._action = tr("Người dân đã xác nhận, lưu và in")
        self.warning = Banner()
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.content.addWidget(self.warning)
        self.content.addWidget(self._lines)
        self.content.addStretch(1)

    def show_lines(self, lines: Sequence[ReadLine], warning: str = "", detail: str = "") -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        place = 0
        for line in lines:
            if line.is_wide and place % 2:
                place += 1
            cell = _cell(line)
            self._grid.addWidget(cell, place // 2, place % 2, 1, 2 if line.is_wide else 1)
            place += 2 if line.is_wide else 1
        if warning:
            self.warning.say("warn", warning, detail)
        else:
            self.warning.silence()

    def set_action(self, words: str) -> None:
        """What yes leads to, where it leads on."""
        self._action = words
        self.act.set_label(words)

    def set_busy(self, *, is_busy: bool) -> None:
        """While the dossier is being stored there is no way back and no second yes."""
        self.act.setEnabled(not is_busy)
        self.back.setEnabled(not is_busy)
        self.act.set_label(tr("Đang lưu") if is_busy else self._action)

    def close_sheet(self) -> None:
        if self.back.isEnabled():
            super().close_sheet()


def _cell(line: ReadLine) -> QWidget:
    cell = QWidget()
    cell.setAccessibleName(f"{line.label}: {line.value}")
    grid = QGridLayout(cell)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    grid.addWidget(Text(line.label, "secondary"), 0, 0)
    role = "readback-figures" if line.is_figures else "readback"
    grid.addWidget(Text(line.value or "–", role, is_wrapped=True), 1, 0)
    return cell
