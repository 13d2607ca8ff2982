"""A stored paper page by page: what was filed, any version of it, whole or close; printed, handed out as a file.

The stored PDF is opened by the light table only, one page at a time, so that forty pages open as fast as one.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import KnownError
from app.services.filed_paper import Custody, FiledPaper, FiledVersion
from ui.background.pictures import Thumbnails
from ui.background.stored_documents import StoredDocuments
from ui.changes import Change
from ui.dialogs.document_copying import AskFolder, DocumentCopying, ask_for_folder
from ui.dialogs.document_side import DocumentSide
from ui.dialogs.document_strip import DocumentStrip, document_cells
from ui.dialogs.document_viewing import DocumentViewing
from ui.dialogs.document_words import absent_words, old_version_words, short_name
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.operations.desk import Desk, warn_of
from ui.operations.document_copies import is_on_this_machine, note_look, read_paper
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.key_hint import KeyHint
from ui.widgets.page_view import Fit, PageView
from ui.widgets.text import Text

_HELD = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
"""Keys that may be held down."""


class DocumentSheet(Sheet):
    """`show_paper` opens it. One for a page of the window; what it held is given up when it closes."""

    def __init__(self, host: QWidget, desk: Desk, ask_folder: AskFolder = ask_for_folder) -> None:
        super().__init__(host, tr("Bản số hóa đã lưu"), way_back=tr("Đóng"), width=1880)
        assert desk.scans is not None, "this window has no scan desk"
        self._desk = desk
        self._paper: FiledPaper | None = None
        self._version: FiledVersion | None = None
        self._seen: set[int] = set()               # versions whose look is in the journal, or needs no line
        self._failed: dict[str, KnownError] = {}   # file → why it cannot be opened
        self.documents = StoredDocuments(desk.scans)
        self.pictures = Thumbnails(self.documents.thumbnail, desk.scans.work, self)
        self.strip = DocumentStrip(self.pictures)
        self.view = PageView()
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)       # one place for keys: the sheet
        self.viewing = DocumentViewing(self.view, self.documents, self.pictures, self)
        self.side = DocumentSide()
        self.said = Banner()
        self.copying = DocumentCopying(self, desk, self.said, self._copied, ask_folder)
        self._where = Text("", "heading")
        self._state = Text("", "secondary")
        self._room = QWidget()
        self._arrange()
        self._connect()

    @property
    def paper(self) -> FiledPaper | None:
        return self._paper

    @property
    def version(self) -> FiledVersion | None:
        """The version in view."""
        return self._version

    @property
    def page(self) -> int:
        """1, 2, 3 … of the version; 0 while it has none."""
        cell = self.strip.current_page()
        return cell.number if cell is not None else 0

    def show_paper(self, code: str, requirement: str) -> bool:
        """Opens the newest version of the paper; False when it cannot be, and the window says why."""
        try:
            paper = read_paper(self._desk, code, requirement)
            note_look(self._desk, paper, paper.newest)
        except KnownError as error:
            warn_of(self._desk, error)
            return False
        self._paper, self._seen, self._failed = paper, {paper.newest.number}, {}
        self.title.setText(short_name(paper.name))
        self.title.setToolTip(paper.name)
        self.view.fit(Fit.PAGE)
        self._show_version(paper.newest)
        self.open(self.strip)
        self._desk.changes.publish(Change(has_sync=True))
        return True

    def close_sheet(self) -> None:
        """Esc: nothing more is drawn, and nothing of the paper stays in memory."""
        super().close_sheet()
        self.strip.cells.show_cells(())
        self.viewing.forget()
        self.pictures.forget()
        self.documents.forget()
        self._paper = self._version = None

    # what the clerk does

    def step(self, by: int) -> None:
        """The next (+1) or previous (-1) page."""
        self.strip.step(by)

    def step_version(self, by: int) -> None:
        """+1: the older one, as it stands in the list; -1: the newer."""
        if self._paper is not None and self._version is not None:
            place = self._paper.versions.index(self._version) + by
            if 0 <= place < len(self._paper.versions):
                self.choose_version(self._paper.versions[place].number)

    def choose_version(self, number: int) -> None:
        """Another digitisation of the same paper; a look at it is a look."""
        version = self._paper.version(number) if self._paper is not None else None
        if version is None or self._paper is None or version == self._version:
            return
        if number not in self._seen:
            try:
                note_look(self._desk, self._paper, version)
            except KnownError as error:
                self.copying.say_error(error)
                return
            self._seen.add(number)
        self._show_version(version)

    def print(self) -> None:
        """P."""
        self.copying.print()

    def export(self) -> None:
        """E."""
        self.copying.export()
        self.strip.setFocus(Qt.FocusReason.OtherFocusReason)       # the system's dialog had it

    # what is shown

    def _show_version(self, version: FiledVersion) -> None:
        assert self._paper is not None
        self._version = version
        self.copying.leave()
        absent = [each for each in version.documents if not is_on_this_machine(self._desk, each)]
        has_left = bool(absent) and version.custody is Custody.PURGED      # no page is broken: none is to be here
        cells = () if has_left else document_cells(
            version.documents, frozenset((*self._failed, *(each.sha256 for each in absent)))
        )
        self.strip.cells.show_cells(())
        self.strip.cells.show_cells(cells)
        self.side.show_paper(self._paper, version)
        old = old_version_words(self._paper, version)
        if absent:
            title, detail = absent_words(version, self._desk.language())
            is_meant = version.custody in (Custody.ELSEWHERE, Custody.PURGED)
            self.said.say("info" if is_meant else "bad", title, detail)
        elif old:
            self.said.say("warn", old)
        else:
            self.said.silence()
        for button in (self._print, self._export):
            button.setEnabled(not absent)
        if cells:
            self.strip.stand_on(cells[0].page)
        self._show_page()

    def _show_page(self) -> None:
        cell, version = self.strip.current_page(), self._version
        if cell is None or version is None:
            self.viewing.say("")
            self._where.setText("")
            return
        self._where.setText(tr("Trang {number}/{total}", number=cell.number, total=self.strip.cells.rowCount()))
        if cell.thumbnail:
            self.viewing.show_page(cell.page)
        else:
            self.viewing.say(self._why_not(cell.page.partition("/")[0], version))
        self._show_state()

    def _why_not(self, sha256: str, version: FiledVersion) -> str:
        """In the page's place; the banner says all of it."""
        error = self._failed.get(sha256)
        if error is None:
            return absent_words(version, self._desk.language())[0]
        return sentence(error, self._desk.language()).title

    def _show_state(self) -> None:
        if self.viewing.is_underway:
            self._state.setText(tr("Đang mở rõ…"))
        elif not self.view.has_picture():
            self._state.setText("")
        elif self.view.how_fit is Fit.WIDTH:
            self._state.setText(tr("vừa chiều ngang"))
        else:
            self._state.setText(tr("cả trang") if self.view.how_fit is Fit.PAGE else f"{self.view.scale:.0%}")

    def _on_failed(self, key: str, error: KnownError) -> None:
        """A file that is damaged as a whole has no page to be seen; with another only this page fails."""
        sha256, version = key.partition("/")[0], self._version
        if version is None:
            return
        if error.code.startswith("blob_"):
            self._failed[sha256] = error
            cells = document_cells(version.documents, frozenset(self._failed))
            self.strip.cells.show_cells(cells)
            self.copying.say_error(error)
        self._show_state()
        current = self.strip.current_page()
        if current is not None and current.page == key:
            said = sentence(error, self._desk.language())
            is_said_above = error.code.startswith("blob_")
            self.viewing.say(said.title if is_said_above else f"{said.title}. {said.detail()} ({said.code})")
            self._show_state()

    def _copied(self) -> tuple[FiledPaper, FiledVersion] | None:
        if self._paper is None or self._version is None or not self._export.isEnabled():
            return None
        return self._paper, self._version

    def _on_changed(self, change: Change) -> None:
        """The province has it meanwhile, or it was digitised again: said beside the page that is being read."""
        if self._paper is None or self._version is None:
            return
        if not (change.has_sync or change.touches(self._paper.code)):
            return
        fresh = read_paper(self._desk, self._paper.code, self._paper.requirement)
        version = fresh.version(self._version.number)
        if fresh != self._paper and version is not None:
            self._paper, self._version = fresh, version
            self.side.show_paper(fresh, version)

    # inside

    def _arrange(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._where)
        head.addWidget(self._state)
        head.addStretch(1)
        for key in ("↑", "↓"):
            head.addWidget(KeyHint(key))
        head.addWidget(Text(tr("trang trước, trang sau"), "secondary"))
        middle.addWidget(self.said)
        middle.addLayout(head)
        middle.addWidget(self.view, 1)
        row = QHBoxLayout(self._room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.strip)
        row.addLayout(middle, 1)
        row.addWidget(self.side)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.addWidget(self._room)
        self._print = ActionButton(tr("In"), "P")
        self._print.clicked.connect(self.print)
        self._export = ActionButton(tr("Xuất PDF"), "E")
        self._export.clicked.connect(self.export)
        for words, key, work in (
            (tr("To"), "+", self.view.zoom_in), (tr("Nhỏ"), "−", self.view.zoom_out),
            (tr("Vừa"), "F", self.view.toggle_fit),
        ):
            button = ActionButton(words, key)
            button.clicked.connect(work)
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        for button in (self._print, self._export):
            self.foot.addWidget(button)

    def _connect(self) -> None:
        assert self._desk.scans is not None
        self.strip.moved.connect(lambda _: self._show_page())
        self.side.version_asked.connect(self.choose_version)
        self.viewing.failed.connect(self._on_failed)
        self.viewing.sharpened.connect(self._show_state)
        self.view.zoomed.connect(self._show_state)
        self._desk.changes.happened.connect(self._on_changed)
        self._desk.scans.closing.connect(self.pictures.stop)
        self._scroll.installEventFilter(self)      # it would take the page keys on their way here

    def _fit(self) -> None:
        title = self.title.heightForWidth(min(self._width, self._host.width() - 48) - 56)
        frame = 48 + 4 + 22 + 20 + 28 + 48 + title
        self._room.setFixedHeight(max(280, self._host.height() - frame - 12))
        super()._fit()

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._scroll and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.isAutoRepeat() and key not in _HELD:
            event.accept()
            return
        match key:
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                by = -1 if key == Qt.Key.Key_Up else 1
                if not self.view.push(0, by):          # an enlarged page is read to its end first
                    self.step(by)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self.step(-1 if key == Qt.Key.Key_PageUp else 1)
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                self.step(-self.strip.cells.rowCount() if key == Qt.Key.Key_Home else self.strip.cells.rowCount())
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                by = -1 if key == Qt.Key.Key_Left else 1
                if self.view.horizontalScrollBar().maximum() > 0:
                    self.view.push(by, 0)              # never another version because the edge was reached
                else:
                    self.step_version(by)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.view.zoom_in()
            case Qt.Key.Key_Minus:
                self.view.zoom_out()
            case Qt.Key.Key_F:
                self.view.toggle_fit()
            case Qt.Key.Key_P:
                self.print()
            case Qt.Key.Key_E:
                self.export()
            case Qt.Key.Key_Escape if self.copying.leave():
                pass
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not self.back.hasFocus():
                pass                                   # the second of two Enters that opened it
            case _:
                super().keyPressEvent(event)
                return
        event.accept()
