"""The code to be read to support over the telephone, as letters and as a square; and the bundle for the province.

Needs no open office: just then it is wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import EnvironmentFault
from app.paths import DataFolder
from ui.background.one_job import OneJob
from ui.delegates.dates import lowered, near_moment
from ui.dialogs.sheet import Sheet
from ui.messages import read_words, sentence, wording
from ui.models.sizes import shown_size
from ui.operations.self_check import bundle_job, refused
from ui.support_sign import SupportSign
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.progress_line import ProgressLine
from ui.widgets.qr_square import QrSquare
from ui.widgets.text import Text


class SupportSheet(Sheet):
    """`ask` with what makes the code. C copies it again, G writes the bundle; Esc ends that, else it closes."""

    def __init__(self, host: QWidget, folder: DataFolder, language: Callable[[], str]) -> None:
        super().__init__(host, tr("Mã hỗ trợ"), way_back=tr("Đóng"), width=760)
        self._folder, self._language = folder, language
        self._job: OneJob | None = None
        self.trouble = Banner()
        self.lead = Text(tr(
            "Đọc từng chữ của mã này cho người hỗ trợ. Trong mã không có tên hay số giấy tờ của ai."
        ), "lead", is_wrapped=True)
        self.code = Text("", "fact")
        self.about = Text("", is_wrapped=True)
        self.square = QrSquare(tr("Mã hỗ trợ dạng ô vuông"), side=168)
        self.said = Text("", is_wrapped=True)
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self._on_cancelled)
        self.copy = ActionButton(tr("Chép mã"), "C")
        self.copy.clicked.connect(self.copy_code)
        self.bundle = ActionButton(tr("Ghi gói hỗ trợ…"), "G")
        self.bundle.clicked.connect(self.choose_target)
        column = QVBoxLayout()
        column.setSpacing(8)
        for widget in (self.code, self.about):
            column.addWidget(widget)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(column, 1)
        row.addWidget(self.square, alignment=Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self.trouble)
        self.content.addWidget(self.lead)
        self.content.addLayout(row)
        self.content.addWidget(Text(tr(
            "Gói hỗ trợ là một tệp nhỏ kể máy đang thế nào, không có dữ liệu của công dân. Chỉ tỉnh mở được."
        ), "secondary", is_wrapped=True))
        self.content.addWidget(self.said)
        self.content.addWidget(self.progress)
        self.foot.addWidget(self.copy)
        self.foot.addWidget(self.bundle)

    def ask(self, sign: SupportSign) -> None:
        """Open with the error that was said last, or with how the machine stands; the code is copied at once."""
        last = sign.last
        code = last.support if last is not None else sign.code_for()
        self.code.setText(code)
        self.code.setAccessibleName(tr("Mã hỗ trợ: {code}", code=" ".join(code.replace("-", ""))))
        self.square.show_code(code)
        if last is None:
            self.about.setText(tr("Chưa có lỗi nào được báo. Mã kể phiên bản và tình trạng của máy."))
        else:
            at = lowered(near_moment(last.at, sign.clock()))
            self.about.setText(tr("Lỗi báo gần nhất, {at}: {title} ({code}).", at=at, title=self._title(last.code),
                                  code=last.code))
        self.trouble.silence()
        self.copy_code()
        self.open()

    def copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.said.setText(tr("Đã chép mã, có thể dán vào tin nhắn."))

    def choose_target(self) -> None:
        """The folder of a stick; the file's name says machine and moment."""
        if self._job is None and (found := QFileDialog.getExistingDirectory(self, tr("Ghi gói hỗ trợ vào đâu"))):
            self.write_bundle(Path(found))

    def close_sheet(self) -> None:
        """While a bundle is being written that alone is given up, and said; pressed again the sheet closes."""
        if self._job is not None:
            self._on_cancelled()
        else:
            super().close_sheet()

    def write_bundle(self, target: Path) -> None:
        """In a process of its own: a stick may hang."""
        self._job = job = bundle_job(self._folder.root, target)
        job.setParent(self)
        job.ended.connect(self._on_written)
        self.trouble.silence()
        self.said.setText("")
        self.bundle.setEnabled(False)
        self.progress.start(tr("Đang ghi gói hỗ trợ…"))
        job.start()

    # inside

    def _title(self, code: str) -> str:
        if code not in read_words():
            return tr("lỗi của chương trình")
        words = read_words()[code]["en" if self._language() == "en" else "vi"]["title"]
        return words if "{" not in words else wording(EnvironmentFault(code), self._language()).title

    def _on_written(self, answer: dict[str, Any]) -> None:
        self._end()
        if answer.get("ok"):
            self.said.setText(tr(
                "Đã ghi {file} ({size}). Gửi tệp này cho người hỗ trợ: chỉ tỉnh mở được.",
                file=Path(str(answer["file"])).name, size=shown_size(int(answer["bytes"])),
            ))
            return
        said = sentence(refused(answer), self._language())
        self.trouble.say("bad", said.title, f"{said.detail()} ({said.code})")

    def _on_cancelled(self) -> None:
        if self._job is not None:
            self._job.stop()
        self._end()
        self.said.setText(tr("Đã dừng, gói hỗ trợ chưa được ghi. Bấm G để ghi lại."))

    def _end(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self.progress.finish()
        self.bundle.setEnabled(True)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        work = {Qt.Key.Key_C: self.copy, Qt.Key.Key_G: self.bundle}.get(Qt.Key(event.key()))
        if work is not None and not event.isAutoRepeat():
            work.click()
            event.accept()
        else:
            super().keyPressEvent(event)
