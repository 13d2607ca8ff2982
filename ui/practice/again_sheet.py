"""Làm lại từ đầu: asked once more, because what was practised is then gone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.dialogs.sheet import Sheet
from ui.translations import tr
from ui.widgets.text import Text


class AgainSheet(Sheet):
    """`confirmed` when everything practised may go."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Làm lại từ đầu?"), tr("Xóa bài luyện và mở lại"), width=640)
        self.content.addWidget(Text(tr(
            "Mọi hồ sơ luyện tập, giấy đã in ra tệp và tỉnh mẫu trong thư mục luyện tập bị xóa; cửa sổ này đóng "
            "rồi mở lại như lần đầu. Sổ thật của quầy nằm ở nơi khác, không bị đụng tới."
        ), is_wrapped=True))
