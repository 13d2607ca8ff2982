"""The book of an earlier version is being brought over: what happens, and that nothing can be lost."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.page import Page
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import Text


class UpgradePage(Page):
    """Shown while the work is done beside the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Đang nâng cấp sổ"), "", parent)
        card = Card()
        card.body.addWidget(Text(tr(
            "Bản mới mở sổ này lần đầu: sao lưu, nâng cấp rồi đối chiếu từng con số trước khi dùng. Tắt máy giữa "
            "chừng cũng không mất gì. Hồ sơ để tạm và việc chờ gửi được giữ nguyên."
        ), is_wrapped=True))
        self.progress = ProgressLine()
        card.body.addWidget(self.progress)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.progress.start(tr("Đang nâng cấp sổ…"), may_cancel=False)

    def may_close(self) -> bool:
        self.progress.finish()
        return True
