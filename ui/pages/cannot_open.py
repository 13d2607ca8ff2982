"""The office cannot be opened: what happened, whether the work is safe, what to press."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.messages import Message
from ui.translations import tr
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page


class CannotOpenPage(Page):
    """`words` are what stands under the title, with the code to be read out to support."""

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(tr("Chưa mở được sổ hồ sơ"), "", parent)
        self.words = f"{message.detail()} ({message.code})"
        self.body.addWidget(EmptyState(message.title, self.words, icon="warn"), 1)
