"""A correction before it is stored: what was and what will be, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.dialogs.sheet import Sheet
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field that changes, in words."""

    label: str
    before: str
    after: str


class CorrectReason(Sheet):
    """`confirmed` with `reason.text()`; without a reason nothing is stored."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Lưu bản sửa"), tr("Lưu bản sửa và in lại"), way_back=tr("Sửa tiếp"), width=860)
        self._changes = QWidget()
        self._grid = QGridLayout(self._changes)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.reason = LineField(tr("Lý do sửa, được in trên giấy tiếp nhận mới"))
        self.reason.edited.connect(lambda _: self.reason.set_message(""))
        self.content.addWidget(self._changes)
        self.content.addWidget(self.reason)
        self.content.addStretch(1)

    def show_changes(self, version: int, changes: Sequence[ChangeLine]) -> None:
        """`version` is the one that will be made."""
        self.title.setText(tr("Bản {version} sẽ thay bản đã in", version=version))
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, change in enumerate(changes):
            row = 3 * number
            self._grid.addWidget(Text(change.label, "secondary"), row, 0)
            self._grid.addWidget(Text(tr("trước: {value}", value=change.before or "–"), "lead", is_wrapped=True),
                                 row + 1, 0)
            self._grid.addWidget(Text(change.after or "–", "readback", is_wrapped=True), row + 2, 0)
        self.reason.set_text("")
        self.reason.set_message("")

    def may_confirm(self) -> bool:
        if self.reason.text().strip():
            return True
        self.reason.set_message(tr("Ghi lý do sửa."))
        self.reason.line.setFocus()
        return False

    def set_busy(self, *, is_busy: bool) -> None:
        self.act.setEnabled(not is_busy)
        self.back.setEnabled(not is_busy)
        self.act.set_label(tr("Đang lưu") if is_busy else tr("Lưu bản sửa và in lại"))

    def close_sheet(self) -> None:
        if self.back.isEnabled():
            super().close_sheet()
