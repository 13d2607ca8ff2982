"""Tự kiểm tra: begins by itself when it is opened; what can only be tried by a person waits for her key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from app.domain.loop_code import CameBack, came_back, is_loop_code
from app.domain.scanning import Feed
from app.domain.self_check import Checked, Part, State, read_checked
from app.errors import KnownError
from ui.background.alive import while_alive
from ui.background.scan_trial import try_scan
from ui.dialogs.support_sheet import SupportSheet
from ui.messages import sentence
from ui.models.self_check_words import NAMES, summary
from ui.operations import self_check as acts
from ui.operations.desk import Desk
from ui.operations.scan_choice import read_choice
from ui.pages.scrolled import Scrolled
from ui.pages.self_check.rows import CheckRows
from ui.pages.self_check.run import CheckRun, run_at
from ui.shortcuts import Key
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.page import Page
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import Text

AGAIN = Key("R", mark("Kiểm tra lại"))
LOOP = Key("T", mark("In trang thử rồi quét lại"))
SCAN = Key("Q", mark("Quét một trang thử bằng máy quét tài liệu"))
PRINT = Key("P", mark("In phiếu tự kiểm tra"))
SAVE = Key("L", mark("Lưu phiếu thành tệp PDF"))
SUPPORT = Key("G", mark("Mã hỗ trợ và gói hỗ trợ"))


WIDE = 980
"""From this width on all buttons stand in one row."""


class SelfCheckPage(Page):
    """`arrive` begins the check once, or goes on with the one that was left; R begins it again."""

    help_page = "trouble"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tự kiểm tra"), tr("Không in, không gửi gì cho tới khi bạn bấm phím"), parent)
        self._desk = desk
        self._run: CheckRun | None = None
        self._sent = ""                            # what the bars of the page say that is waited for
        self._has_begun = False
        self.trouble = Banner()
        self.rows = CheckRows(desk.clock(), desk.language())
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self._on_cancelled)
        self.said = Text("", "lead", is_wrapped=True)
        self.again = self._button(AGAIN, tr("Kiểm tra lại"), self.check)
        self.loop = self._button(LOOP, tr("In trang thử"), self.print_loop)
        self.scan = self._button(SCAN, tr("Quét trang thử"), self.scan_page)
        self.scan.setEnabled(desk.scans is not None)
        self.print_ = self._button(PRINT, tr("In phiếu"), self.print_sheet)
        self.save = self._button(SAVE, tr("Lưu PDF…"), self.save_sheet)
        self.help_ = self._button(SUPPORT, tr("Mã và gói hỗ trợ"), self.open_support)
        self._acts = QGridLayout()
        self._acts.setSpacing(10)
        self._columns = 0
        self._place(6)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.said)
        self.body.addWidget(Scrolled(self.rows), 1)
        self.body.addWidget(self.progress)
        self.body.addLayout(self._acts)
        self.bind_keys({
            AGAIN: self.again.click, LOOP: self.loop.click, SCAN: self.scan.click, PRINT: self.print_.click,
            SAVE: self.save.click, SUPPORT: self.help_.click,
            Key("Escape", mark("Về trang trước")): desk.frame.go_back,
        })
        self._tell()

    # the moments

    def arrive(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._has_begun:
            return
        if (begun := run_at(self.window())) is not None:
            self._join(begun)
        else:
            self.check()

    def may_close(self) -> bool:
        self._stop()
        return True

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """While a test page is waited for every scan is its answer; later only another test page is."""
        if not self._sent and not is_loop_code(text):
            return False
        found = came_back(self._sent, text, is_rewritten=is_rewritten) if self._sent else CameBack.OLDER
        is_whole = found is CameBack.WHOLE
        state = State.GOOD if is_whole else State.WARN if found in (CameBack.OLDER, CameBack.OTHER) else State.BAD
        self._show(Checked(Part.LOOP, state, str(found)))
        if is_whole:
            self._sent = ""
            self._desk.sound.accept()
        else:
            self._desk.sound.refuse()
        self._keep()
        return True

    # what the clerk does

    def check(self) -> None:
        """Every part anew, in a process of its own; it goes on where this page is left."""
        if self._run is not None:
            return
        run = CheckRun(self._desk, self.window())
        self._join(run)
        run.start()

    def print_loop(self) -> None:
        self.loop.setEnabled(False)
        acts.print_loop_page(
            self._desk, while_alive(self, self._on_loop_printed), while_alive(self, self._on_loop_failed))

    def scan_page(self) -> None:
        """One page of the scanner this counter uses, else of the first; nothing of it is kept."""
        scans = self._desk.scans
        assert scans is not None                   # the button is off without
        self.scan.setEnabled(False)
        if not scans.sources:
            scans.sources_changed.connect(self._on_sources, Qt.ConnectionType.SingleShotConnection)
            scans.look_for_sources()
            self.rows.rows[Part.SCANNER].show_word(tr("Đang xem…"), "neutral")
            return
        chosen, _ = read_choice(self._desk)
        source = next((each for each in scans.sources if each.id == chosen), scans.sources[0])
        self.rows.rows[Part.SCANNER].show_word(tr("Đang quét trang thử…"), "neutral")
        try_scan(scans, source, while_alive(self, self._on_page), while_alive(self, self._on_not_scanned))

    def print_sheet(self) -> None:
        sheet = acts.check_sheet(self._desk, self.rows.found(), acts.sign_at(self._desk).code_for())
        acts.print_sheet(
            self._desk, sheet, while_alive(self, lambda _: self._desk.frame.say(tr("Đã in phiếu tự kiểm tra"))),
            while_alive(self, self._on_failed))

    def save_sheet(self) -> None:
        found, _ = QFileDialog.getSaveFileName(self, tr("Lưu phiếu tự kiểm tra"), "tu-kiem-tra.pdf", "PDF (*.pdf)")
        if found:
            self.save_to(Path(found))

    def save_to(self, target: Path) -> None:
        sheet = acts.check_sheet(self._desk, self.rows.found(), acts.sign_at(self._desk).code_for())
        acts.save_sheet(
            self._desk, sheet, target,
            while_alive(self, lambda path: self._desk.frame.say(tr("Đã lưu {file}", file=path.name))),
            while_alive(self, self._on_failed))

    def open_support(self) -> None:
        # Over the window, not over the page: inside the page its keys would be heard too.
        sheet = SupportSheet(self.window(), self._desk.office.folder, self._desk.language)
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask(acts.sign_at(self._desk))

    # inside

    def _button(self, key: Key, label: str, work: Any) -> ActionButton:
        button = ActionButton(label, key.cap)
        button.clicked.connect(work)
        return button

    def _join(self, run: CheckRun) -> None:
        """Show what `run` has found so far, and then its end."""
        self._has_begun = True
        self._run = run
        self.trouble.silence()
        run.stepped.connect(self._on_step)
        run.ended.connect(self._on_ended)
        for checked in run.found.values():
            self._show(checked)
        self.progress.start(tr("Đang kiểm tra…"), total=len(self.rows.rows))
        if run.answer is not None:
            self._on_ended(run.answer)
            return
        if run.looking is not None:
            self._on_step(run.looking)
        self._tell()

    def _on_step(self, said: dict[str, Any]) -> None:
        if "checked" in said:
            self._show(read_checked(said["checked"]))
            return
        part = Part(str(said["part"]))
        self.rows.rows[part].show_word(tr("Đang xem…"), "neutral")
        words = tr("Đang xem: {part}", part=tr(NAMES[part]))
        self.progress.tell(words, done=int(said["done"]), total=int(said["of"]))

    def _on_ended(self, answer: dict[str, Any]) -> None:
        self._end()
        if "parts" not in answer:                  # the book does not open for another process, or it was killed
            self._say_error(acts.refused(answer))
            return
        self._keep()

    def _on_cancelled(self) -> None:
        self._stop()
        for row in self.rows.rows.values():
            if row.checked is None:
                row.show_word(tr("Chưa xem"), "neutral")
            else:
                row.show_checked(row.checked, self._desk.clock(), self._desk.language())
        self._tell()

    def _stop(self) -> None:
        if self._run is not None:
            self._end()

    def _end(self) -> None:
        if self._run is not None:
            self._run.drop()
            self._run = None
        self.progress.finish()
        self._tell()

    def _on_loop_printed(self, code: str) -> None:
        self.loop.setEnabled(True)
        self._sent = code
        self._show(Checked(Part.LOOP, State.OPEN, "waiting"))

    def _on_loop_failed(self, error: Exception) -> None:
        self.loop.setEnabled(True)
        if not isinstance(error, KnownError):
            raise error
        self._show(Checked(Part.LOOP, State.BAD, "failed", {"code": error.code}))
        self._say_error(error)

    def _on_sources(self) -> None:
        scans = self._desk.scans
        if scans is not None and scans.sources:
            self.scan_page()
        else:
            self.scan.setEnabled(True)
            self._show(Checked(Part.SCANNER, State.OPEN, "none"))

    def _on_page(self, feed: Feed, image: QImage) -> None:
        self.scan.setEnabled(True)
        self._show(Checked(Part.SCANNER, State.GOOD, "page"))
        self._keep()

    def _on_not_scanned(self, error: Exception) -> None:
        self.scan.setEnabled(True)
        if not isinstance(error, KnownError):
            raise error
        self._show(Checked(Part.SCANNER, State.WARN, "trouble", {"code": error.code}))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._say_error(error)

    def _show(self, checked: Checked) -> None:
        self.rows.rows[checked.part].show_checked(checked, self._desk.clock(), self._desk.language())
        self._tell()

    def _keep(self) -> None:
        try:
            acts.keep_found(self._desk, self.rows.found())
        except KnownError as error:                # a disk that refuses stands in its own line already
            self._say_error(error)

    def _tell(self) -> None:
        """All of it in one line above the rows."""
        is_going = self._run is not None
        self.again.setEnabled(not is_going)
        for button in (self.print_, self.save):
            button.setEnabled(not is_going and len(self.rows.found()) > 1)
        words, tone = summary(self.rows.found())
        self.said.setText(tr("Đang kiểm tra…") if is_going else tr("Kết quả: {words}.", words=words))
        self.said.set_tone("" if is_going or tone == "ok" else tone)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._acts.setColumnStretch(self._columns, 0)
        self._columns = columns
        for number, button in enumerate((self.again, self.loop, self.scan, self.print_, self.save, self.help_)):
            self._acts.addWidget(button, number // columns, number % columns)
        self._acts.setColumnStretch(columns, 1)

    def _say_error(self, error: KnownError, tone: Tone = "bad") -> None:
        said = sentence(error, self._desk.language())
        self.trouble.say(tone, said.title, f"{said.detail()} ({said.code})")

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(6 if event.size().width() >= WIDE else 2)
