"""The practice room is being prepared: the first time that takes as long as making an office with its province."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.page import Page
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import Text


class OpeningPage(Page):
    """Shown while the work is done beside the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Đang mở phòng luyện tập"), "", parent)
        card = Card()
        card.body.addWidget(Text(tr(
            "Một quầy mẫu với một tỉnh mẫu chạy ngay trên máy này: danh mục mẫu, người dân không có thật. "
            "Sổ thật của quầy không bị mở, không tờ nào gửi đi đâu."
        ), is_wrapped=True))
        self.progress = ProgressLine()
        card.body.addWidget(self.progress)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.progress.start(tr("Đang chuẩn bị tỉnh mẫu…"), may_cancel=False)

    def may_close(self) -> bool:
        self.progress.finish()
        return True
