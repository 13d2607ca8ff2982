"""The window closes: the book is being backed up first; the clerk may always close at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.dialogs.sheet import Sheet
from ui.translations import tr
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import Text


class ClosingSheet(Sheet):
    """`confirmed`: close now, backed up or not. `closed` (Esc): go on working, the window stays."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(
            host, tr("Đang sao lưu trước khi đóng"), tr("Đóng ngay, không chờ"), way_back=tr("Làm việc tiếp"),
            width=640,
        )
        self.words = Text("", is_wrapped=True)
        self.progress = ProgressLine()
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)       # its place is there before it comes
        self.progress.setSizePolicy(policy)
        self.content.addWidget(self.words)
        self.content.addWidget(self.progress)
        self.content.addStretch(1)

    def ask(self, kept: str) -> None:
        """`kept`: what is safe even without this backup."""
        self.title.setText(tr("Đang sao lưu trước khi đóng"))
        self.words.setText(tr("Chương trình tự đóng khi xong. Bấm Enter để đóng ngay: {kept}", kept=kept))
        self.act.set_label(tr("Đóng ngay, không chờ"))
        self.progress.start(tr("Đang chép sổ…"), may_cancel=False)
        self.open()

    def tell(self, words: str, done: int, of: int) -> None:
        self.progress.tell(words, done=done, total=of)

    def say_failed(self, title: str, why: str) -> None:
        """The backup came to nothing; closing loses nothing but this backup."""
        self.progress.finish()
        self.title.setText(title)
        self.words.setText(why)
        self.act.set_label(tr("Đóng, không sao lưu"))
