"""Files of this PC on their way to a paper: chosen, pasted or dropped; how far they are; which were refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.background.file_import import FileImport, Given, Imported, ImportState, file_given
from ui.background.handed_over import handed_over
from ui.background.page_intake import PageIntake
from ui.background.scan_desk import ScanDesk
from ui.dialogs.refused_files import RefusedFiles
from ui.operations.desk import Desk
from ui.translations import tr
from ui.widgets.file_drops import FileDrops
from ui.widgets.progress_line import ProgressLine

Ask = Callable[[QWidget], Sequence[Path]]


def ask_for_files(over: QWidget) -> Sequence[Path]:
    """The system's own dialog; empty when it was left without a choice."""
    kinds = tr("Giấy tờ (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)")
    chosen, _ = QFileDialog.getOpenFileNames(over, tr("Nhập tệp vào hồ sơ"), "", f"{kinds};;{tr('Mọi tệp (*)')}")
    return tuple(map(Path, chosen))


class Importing(QObject):
    """`place` answers with the paper that is open. `line` is to be laid somewhere in sight."""

    def __init__(
        self, page: QWidget, desk: Desk, scans: ScanDesk, intake: PageIntake, place: Callable[[], str],
        ask: Ask = ask_for_files,
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._place = page, desk, place
        self.ask = ask
        self.files = FileImport(scans, intake, self)
        self.line = ProgressLine()
        self.drops = FileDrops(self)
        self.refused: RefusedFiles | None = None
        self.line.cancelled.connect(self.files.cancel)
        self.drops.dropped.connect(self.take)
        self.files.progressed.connect(self._on_progress)
        self.files.ended.connect(self._on_ended)
        scans.closing.connect(self.files.cancel)

    def choose(self) -> None:
        """Ctrl+O."""
        self.take(tuple(map(file_given, self.ask(self._page))), self._place())

    def paste(self) -> None:
        """Ctrl+V: files or a picture of the clipboard."""
        held = QGuiApplication.clipboard().mimeData()
        given = handed_over(held) if held is not None else ()      # None, says Qt, when nobody owns it
        if given:
            self.take(given, self._place())
        else:
            self._desk.frame.say(tr("Bộ nhớ tạm không có tệp hay ảnh nào"), "info")

    def take(self, given: Sequence[Given], to: str) -> None:
        self.files.take(given, to)

    # inside

    def _on_progress(self, state: ImportState) -> None:
        if not state.is_running:
            self.line.finish()
            return
        if state.page:
            words = tr("Đang nhập {name}, trang {page}", name=state.name, page=state.page)
        else:
            words = tr("Đang nhập {name}", name=state.name)
        if state.files > 1:
            words = tr("{words} · tệp {file}/{files}", words=words, file=state.file, files=state.files)
        # Of a PDF nobody knows how many pages it has before the last: then the bar only moves.
        self.line.tell(words, done=state.file - 1, total=state.files if state.files > 1 else 0)

    def _on_ended(self, imported: Imported) -> None:
        if imported.refused:
            self._desk.sound.refuse()
            if self.refused is None:
                self.refused = RefusedFiles(self._page.window())
                self.destroyed.connect(self.refused.deleteLater)
            self.refused.show_refused(imported, self._desk.language())
            self.refused.open()
        elif imported.pages:
            self._desk.sound.accept()
        if imported.is_cancelled:
            self._desk.frame.say(tr("Đã dừng nhập; {n} trang đã giữ", n=imported.pages), "info")
        elif imported.pages:
            self._desk.frame.say(tr("Đã nhập {n} trang", n=imported.pages))
