"""A line for a secret."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.domain.people.secret import MOST
from ui.widgets.line_field import LineField


class SecretField(LineField):
    """Dots for what is typed; never copied, never completed, never offered to an input method."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(2 * MOST)
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
