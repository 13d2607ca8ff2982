"""A phone number, grouped as it is read aloud: 0905 123 123."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.line_field import GroupedField

_MOST = 15


class PhoneField(GroupedField):
    """`number` is digits only, with a leading + kept for numbers from abroad. Judging it is the office's rule."""

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, hint=hint, parent=parent)

    def number(self) -> str:
        return self._kept(self.text())

    def set_number(self, number: str) -> None:
        self.set_text(self._grouped(self._kept(number)))

    def _kept(self, text: str) -> str:
        digits = super()._kept(text)[:_MOST]
        return f"+{digits}" if text.lstrip().startswith("+") else digits

    def _grouped(self, kept: str) -> str:
        if kept.startswith("+"):
            head, rest = kept[:3], kept[3:]
        else:
            head, rest = kept[:4], kept[4:]
        parts = [head, *(rest[start:start + 3] for start in range(0, len(rest), 3))]
        return " ".join(part for part in parts if part)
