"""Giấy vừa in: the paper that a printer would have put out, to be looked at; in practice printers are files."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from app.printing.pdfium import PDFIUM
from ui.dialogs.sheet import Sheet
from ui.translations import tr
from ui.widgets.text import Text

_WIDE = 700
_DENSITY = 1.5


class PaperSheet(Sheet):
    """`show_newest` opens it on the newest file of a folder; Esc puts it away."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Giấy vừa in"), way_back=tr("Cất giấy"), width=_WIDE + 80)
        self._name = Text("", "secondary")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(Text(tr(
            "Khi luyện tập, máy in là tệp PDF trong thư mục luyện tập. Tờ giấy mang dấu chìm, không dùng được."
        ), "secondary", is_wrapped=True))
        self.content.addWidget(self._name)
        self.content.addWidget(self.picture)

    def show_newest(self, folder: Path) -> bool:
        """False when nothing was printed yet."""
        file = newest_paper(folder)
        if file is None:
            return False
        self._name.setText(file.name)
        self.picture.setAccessibleName(tr("Ảnh tờ giấy {name}", name=file.name))
        self.picture.setPixmap(_first_page(file))
        self.open()
        return True


def newest_paper(folder: Path) -> Path | None:
    """The paper that came out last; of several at once the receipt before the slip for the money."""
    papers = sorted(folder.glob("*.pdf"), key=lambda file: file.stat().st_mtime_ns)
    if not papers:
        return None
    last = papers[-1].stat().st_mtime
    together = [file for file in papers if last - file.stat().st_mtime < 5]
    return min(reversed(together), key=lambda file: len(file.stem))


def _first_page(file: Path) -> QPixmap:
    with PDFIUM:
        document = pypdfium2.PdfDocument(file)
        try:
            page = document[0]
            bitmap = page.render(scale=_WIDE * _DENSITY / page.get_width(), prefer_bgrx=True)
            picture = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride,
                             QImage.Format.Format_RGB32).copy()
            bitmap.close()
            page.close()
        finally:
            document.close()
    made = QPixmap.fromImage(picture)
    made.setDevicePixelRatio(_DENSITY)
    return made
