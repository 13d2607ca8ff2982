"""From a book that opens to its restore: only where damage was found, and only after the window was closed."""

from __future__ import annotations

import sys

from PySide6.QtCore import QProcess, QProcessEnvironment
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import KnownError
from app.own_program import FORMER
from ui.delegates.dates import lowered, near_moment
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.operations.backup import BackupView, want_restore
from ui.operations.desk import Desk
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.text import Text


class RestoreSheet(Sheet):
    """`ask` with how the backups stand. Enter closes the program and opens it where a backup is chosen."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Khôi phục từ bản sao lưu"), tr("Đóng và mở lại ở trang khôi phục"), width=760)
        self._desk = desk
        self._may = False
        self.refused = Banner()
        self.standing = Text("", "lead", is_wrapped=True)
        self.meaning = Text("", is_wrapped=True)
        for widget in (self.refused, self.standing, self.meaning):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self.confirmed.connect(self._on_confirmed)

    def ask(self, view: BackupView) -> None:
        self.refused.silence()
        self._may = view.is_whole is False and bool(view.here or view.on_medium)
        if view.is_whole is False:
            self.standing.setText(tr("Lần kiểm tra gần nhất thấy sổ trên máy này có chỗ hỏng."))
            self.meaning.setText(tr(
                "Chương trình sẽ đóng rồi mở ra ở trang khôi phục. Sổ hiện tại được giữ nguyên ở chỗ riêng; việc "
                "làm sau bản sao lưu được đọc lại từ sổ đó, từ bản thứ hai, phần còn lại tỉnh đưa về. "
                "Từ lúc đó tới lần liên lạc với tỉnh, quầy chưa cấp số mới."
            ) if self._may else tr("Chưa có bản sao lưu nào để khôi phục. Gọi người phụ trách máy."))
        else:
            newest = lowered(near_moment(view.here[0].at, self._desk.clock())) if view.here else tr("chưa có")
            self.standing.setText(tr("Sổ trên máy này đang dùng được, không cần khôi phục."))
            self.meaning.setText(tr(
                "Khôi phục chỉ dành cho sổ hỏng hoặc mất: thay một sổ lành bằng bản cũ là mất việc đã làm. "
                "Bản sao lưu mới nhất: {newest}. Khi sổ không mở được, chương trình tự đưa ra trang khôi phục.",
                newest=newest,
            ))
        self.act.setVisible(self._may)
        self.open()

    def may_confirm(self) -> bool:
        return self._may

    def _on_confirmed(self) -> None:
        try:
            want_restore(self._desk)
        except KnownError as error:
            said = sentence(error, self._desk.language())
            self.open()
            self.refused.say("bad", said.title, f"{said.detail()} ({said.code})")
            return
        start_again(self._desk)


def start_again(desk: Desk) -> None:
    """This program ends and begins anew on the same folder; it asks for nothing on the way.

    Not through the launcher, so nobody would hear it give way to the version before.
    """
    surroundings = QProcessEnvironment.systemEnvironment()
    surroundings.remove(FORMER)
    process = QProcess()
    process.setProcessEnvironment(surroundings)
    process.setProgram(sys.executable)
    process.setArguments(["-m", "app", "--data", str(desk.office.folder.root)])
    process.startDetached()
    application = QApplication.instance()
    assert application is not None
    application.exit(0)
