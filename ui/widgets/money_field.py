"""An amount in đồng, grouped by dots while it is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.line_field import GroupedField

_MOST = 12                         # digits: below one thousand billion đồng


def money_text(amount: int) -> str:
    """"1.234.567 đ"."""
    return f"{_dotted(str(abs(amount)))} đ" if amount >= 0 else f"−{_dotted(str(-amount))} đ"


def _dotted(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".") if digits else ""


class MoneyField(GroupedField):
    """`amount` is an integer of đồng, None while empty."""

    amount_edited = Signal(object)  # int, or None when the field was emptied

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edited.connect(self._on_amount)

    def amount(self) -> int | None:
        kept = self._kept(self.text())
        return int(kept) if kept else None

    def set_amount(self, amount: int | None) -> None:
        self.set_text("" if amount is None else _dotted(str(amount)))

    def _on_amount(self, kept: str) -> None:
        self.amount_edited.emit(int(kept) if kept else None)

    def _kept(self, text: str) -> str:
        return super()._kept(text)[:_MOST]

    def _grouped(self, kept: str) -> str:
        return _dotted(kept)
