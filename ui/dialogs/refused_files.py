"""Files that were not taken: each by its name, what stands in its way, and what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.background.file_import import Imported, RefusedFile
from ui.dialogs.sheet import Sheet
from ui.messages import Language, sentence
from ui.translations import tr
from ui.widgets.text import Text


class RefusedFiles(Sheet):
    """`show_refused`, then `open`. Nothing is asked: Enter and Esc go on."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, "", way_back=tr("Tôi đã đọc"), width=820)
        self.safe = Text("", "lead", is_wrapped=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(14)
        self.content.addWidget(self.safe)
        self.content.addLayout(self._lines)
        self.content.addStretch(1)

    def show_refused(self, imported: Imported, language: Language | str) -> None:
        self.title.setText(tr("{n} tệp không nhận được", n=len(imported.refused)))
        self.setAccessibleName(self.title.text())
        if imported.pages:
            self.safe.setText(tr("{n} trang đã được giữ. Tệp trên máy vẫn nguyên ở chỗ cũ.", n=imported.pages))
        else:
            self.safe.setText(tr("Chưa có trang nào vào hồ sơ. Tệp trên máy vẫn nguyên ở chỗ cũ."))
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for refused in imported.refused:
            self._lines.addWidget(_line(refused, language))

    def words(self) -> tuple[str, ...]:
        """What is said of each file."""
        items = (self._lines.itemAt(place) for place in range(self._lines.count()))
        lines = (item.widget() for item in items if item is not None)
        return tuple(line.accessibleName() for line in lines if line is not None)


def _line(refused: RefusedFile, language: Language | str) -> QWidget:
    said = sentence(refused.error, language)
    parts = [f"{said.title}.", said.what, said.press]
    if refused.pages:
        parts.insert(2, tr("{n} trang trước chỗ hỏng đã được giữ.", n=refused.pages))
    words = f"{' '.join(part for part in parts if part)} ({said.code})"
    line = QWidget()
    line.setAccessibleName(f"{refused.name}: {words}")
    column = QVBoxLayout(line)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(Text(refused.name, "heading", is_wrapped=True))
    column.addWidget(Text(words, is_wrapped=True))
    return line
