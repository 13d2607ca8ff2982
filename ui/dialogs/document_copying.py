"""A stored paper leaves the book: printed, or as a file in a folder. What comes of it is said in the banner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import KnownError
from app.services.filed_paper import FiledPaper, FiledVersion
from ui.background.alive import while_alive
from ui.dialogs.document_words import trouble_detail
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.document_copies import export_document, print_document
from ui.translations import tr
from ui.widgets.banner import Banner

MANY_PAGES = 50
"""More are printed only when it is asked for twice."""

AskFolder = Callable[[QWidget], str]
Subject = Callable[[], tuple[FiledPaper, FiledVersion] | None]
"""The paper and the version in view; None where nothing can be copied."""


def ask_for_folder(over: QWidget) -> str:
    """The system's own dialog; "" when it was left without a choice."""
    return QFileDialog.getExistingDirectory(over, tr("Chọn thư mục để xuất tệp PDF"))


class DocumentCopying(QObject):
    """`print` and `export` what `subject` answers; `said` tells how it went."""

    def __init__(self, over: QWidget, desk: Desk, said: Banner, subject: Subject, ask_folder: AskFolder) -> None:
        super().__init__(over)
        self._over, self._desk, self._said, self._subject, self._ask_folder = over, desk, said, subject, ask_folder
        self.is_asking = False             # whether so many pages are really to be printed
        said.asked.connect(self._on_asked)

    def print(self) -> None:
        """More than fifty pages only when it is asked for again."""
        found = self._subject()
        if found is None:
            return
        paper, version = found
        if version.pages > MANY_PAGES and not self.is_asking:
            self.is_asking = True
            self._said.say(
                "warn", tr("Bản này có {n} trang", n=version.pages),
                tr("Bấm P lần nữa để in hết. Bấm Esc để thôi."), tr("In hết"), "P",
            )
            return
        self.is_asking = False
        self._said.say("info", tr("Đang in…"))
        print_document(
            self._desk, paper, version, while_alive(self, self._on_printed), while_alive(self, self.say_error)
        )

    def export(self) -> None:
        """The stored bytes as files, in a folder that the clerk chooses."""
        found = self._subject()
        folder = self._ask_folder(self._over.window()) if found is not None else ""
        if found is None or not folder:
            return
        self._said.say("info", tr("Đang xuất…"))
        export_document(
            self._desk, *found, Path(folder),
            while_alive(self, self._on_exported), while_alive(self, self.say_error),
        )

    def leave(self) -> bool:
        """Takes the question back; False when none was asked."""
        was_asking, self.is_asking = self.is_asking, False
        if was_asking:
            self._said.silence()
        return was_asking

    def say_error(self, error: KnownError) -> None:
        language, found = self._desk.language(), self._subject()
        said = sentence(error, language)
        known = f"{said.detail()} ({said.code})"
        self._said.say("bad", said.title, known if found is None else trouble_detail(found[1], error, language))

    def _on_printed(self) -> None:
        self._said.say("ok", tr("Đã gửi bản số hóa sang máy in"))

    def _on_exported(self, files: tuple[Path, ...]) -> None:
        names = ", ".join(file.name for file in files)
        self._said.say("ok", tr("Đã xuất {names}", names=names), str(files[0].parent))

    def _on_asked(self) -> None:
        if self.is_asking:
            self.print()
