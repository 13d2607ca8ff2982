"""What a hand writes where letters are hidden."""

from __future__ import annotations

from ui.dialogs.secret_field import SecretField


def write(field: SecretField, text: str) -> None:
    """As an input method does it: QTest types no letter with a mark."""
    field.line.setText(text)
    field.line.textEdited.emit(text)


__all__ = ["write"]
