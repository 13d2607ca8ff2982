"""What was in flight when the program ended, or still is: prints without an end, forms that are no dossier yet.

After a crash its head says what lay open, whether that is stored, and what was stored last. Everything in the
lines is stored; nothing is lost by closing the sheet. Each print is asked about once: has the paper come out? Only
the clerk can know. I prints all of it as one slip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.paper_number import read_paper_number
from app.errors import KnownError
from app.services.drafts import drafts_for
from app.services.papers.prints import open_paper_prints
from app.services.receipts import open_prints
from app.services.scan_tray import waiting_pages
from app.services.stored_dossier import read_dossier
from ui.background.alive import while_alive
from ui.changes import Change
from ui.delegates.cells import ChipDelegate, CodeDelegate
from ui.delegates.dates import near_moment
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.models.crash_words import CrashView, read_crash, stopped_words
from ui.models.paper_words import paper_words
from ui.operations.crash_slip import crash_slip, print_crash_slip
from ui.operations.desk import Desk
from ui.operations.resolve_print import came_out, paper_came_out, print_again, print_paper_again
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

ROW, LEAST_ROWS, MOST_ROWS, MOST_BELOW_A_CRASH = 56, 2, 6, 3


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One line: a print (`job`), a form (`intent`), or scanned pages that are in no paper yet (`has_pages`).

    `is_paper`: the print of another paper than the receipt; its `code` may be a list's number.
    """

    what: str
    tone: Tone
    code: str
    subject: str
    when: str
    job: str = ""
    intent: str = ""
    is_parked: bool = False        # put aside on purpose, so not in flight
    has_pages: bool = False
    is_paper: bool = False
    is_dossier: bool = True        # whether `code` opens a dossier

    @property
    def is_print(self) -> bool:
        return bool(self.job)


COLUMNS: tuple[Column[Unfinished], ...] = (
    Column(mark("Việc"), lambda row: row.what, tone=lambda row: row.tone),
    Column(mark("Mã hồ sơ"), lambda row: row.code or tr("chưa có mã")),
    Column(mark("Hồ sơ"), lambda row: row.subject),
    Column(mark("Từ lúc"), lambda row: row.when),
)


def read_unfinished(desk: Desk) -> tuple[Unfinished, ...]:
    """Prints first, oldest first; then the form that was on the desk, the parked ones, and scanned pages."""
    now = desk.clock()
    found: list[Unfinished] = []
    states = {
        "waiting": tr("Chưa in"), "sent": tr("Đã gửi in"), "failed": tr("In không được"),
    }
    with desk.office.database.reading() as connection:
        for job in open_prints(connection):
            intake = read_dossier(connection, job.code).body.intake
            name = intake.applicant.name if intake.applicant else ""
            paper = tr("BẢN SAO {copy}", copy=job.copy_number) if job.copy_number else (
                tr("bản {version}", version=job.version))
            found.append(Unfinished(
                states[job.state], "bad" if job.state == "failed" else "warn", job.code, f"{name} · {paper}",
                near_moment(job.asked_at, now), job=job.job,
            ))
        for each in open_paper_prints(connection):
            paper = paper_words(each.paper)
            if each.copy_number:
                paper = f"{paper} · {tr('BẢN SAO {copy}', copy=each.copy_number)}"
            found.append(Unfinished(
                states[each.state], "bad" if each.state == "failed" else "warn", each.code, paper,
                near_moment(each.asked_at, now), job=each.job, is_paper=True,
                is_dossier=read_paper_number(each.code) is None,
            ))
        mine = drafts_for(connection, desk.office.enrolled, desk.clerk(), now)
        for draft in sorted(mine, key=lambda draft: draft.is_parked):
            what = tr("Đang để tạm") if draft.is_parked else tr("Đang gõ dở")
            found.append(Unfinished(
                what, "neutral" if draft.is_parked else "info", "", draft.label or tr("chưa có tên"),
                near_moment(draft.saved_at, now), intent=draft.intent, is_parked=draft.is_parked,
            ))
        for tray in waiting_pages(connection):
            if tray.code is None:
                continue                           # its form stands above
            intake = read_dossier(connection, tray.code).body.intake
            found.append(Unfinished(
                tr("Trang quét chưa lưu"), "info", tray.code,
                tr("{name} · {n} trang", name=intake.applicant.name if intake.applicant else "", n=tray.count),
                near_moment(tray.newest, now), has_pages=True,
            ))
    return tuple(found)


class RecoveryReport(Sheet):
    """`ask` shows it. Y: the paper is out; P: print it again; Enter: on with form, pages, dossier; I: the slip."""

    draft_requested = Signal(str)
    pages_requested = Signal(str)                  # the code whose scanned pages are gone on with
    dossier_requested = Signal(str)

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, "", way_back=tr("Để sau"), width=900)
        self._desk = desk
        self._crash: CrashView | None = None
        self._lines: tuple[Unfinished, ...] = ()
        self.stopped = Banner()
        self.saved = Text("", "secondary", is_wrapped=True)
        self._lead = Text("", "lead", is_wrapped=True)
        self.table = RowTable(tr("Việc đang dở"), lines=2)
        self.table.set_delegate(0, ChipDelegate(has_icon=True))
        self.table.set_delegate(1, CodeDelegate())
        self._model: PagedTableModel[Unfinished] = PagedTableModel(
            COLUMNS, ListSource(()), lambda row: (row.job, row.intent, row.code), parent=self.table
        )
        self.table.setModel(self._model)
        self.table.set_widths(0, 0, -1, 0)
        self.table.set_empty(EmptyState(tr("Không còn việc dở"), tr("Bấm Esc để quay lại."), icon="check"))
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._open)
        self._out = ActionButton(tr("Đã ra"), "Y")
        self._out.clicked.connect(self._on_came_out)
        self._again = ActionButton(tr("In lại"), "P")
        self._again.clicked.connect(self._on_print_again)
        self._go_on = ActionButton(tr("Làm tiếp"), "Enter")
        self._go_on.clicked.connect(lambda: self._open(self.table.current_row()))
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self._out, self._again, self._go_on):
            actions.addWidget(button)
        actions.addStretch(1)
        self.slip = ActionButton(tr("In phiếu"), "I")
        self.slip.clicked.connect(self.print_slip)
        self.foot.addWidget(self.slip)
        for widget in (self.stopped, self.saved, self._lead, self.table):
            self.content.addWidget(widget)
        self.content.addLayout(actions)
        desk.changes.happened.connect(self._on_changed)

    def ask(self) -> None:
        """Reads and opens; the first line is current."""
        self._crash = read_crash(self._desk)
        self._tell_crash(self._crash)
        self._show(read_unfinished(self._desk))
        self.open(self.table)
        self.table.stand_on(0)

    def print_slip(self) -> None:
        """All of it on A5, to be kept with the papers of the day."""
        print_crash_slip(
            self._desk, crash_slip(self._desk, self._crash, self._lines),
            while_alive(self, lambda _: self._desk.frame.say(tr("Đã in phiếu sau sự cố"))),
            while_alive(self, self._on_not_printed))

    def _on_not_printed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._desk.language())
        self.stopped.say("bad", said.title, f"{said.detail()} ({said.code})")

    def _tell_crash(self, view: CrashView | None) -> None:
        self.saved.setVisible(view is not None and bool(view.saved))
        if view is None:
            self.stopped.silence()
            return
        doing = tr("Lúc đó đang ở: {doing}.", doing=view.doing) if view.doing else ""
        verdict = tr("Việc đó {verdict}", verdict=view.verdict) if view.verdict else ""
        self.stopped.say(view.tone, stopped_words(view, self._desk.clock()),
                         " ".join(part for part in (doing, verdict) if part))
        self.saved.setText(tr("Việc đã lưu gần nhất: {saved}.", saved="; ".join(view.saved)))

    def _show(self, lines: Sequence[Unfinished]) -> None:
        self._lines = tuple(lines)
        self.title.setText(tr("Có {n} việc đang dở", n=len(lines)) if lines else tr("Không còn việc dở"))
        self.setAccessibleName(self.title.text())
        self._lead.setText(
            tr("Mọi việc dưới đây đã nằm trên máy, không mất gì. Với mỗi tờ giấy: đã ra khỏi máy in chưa?")
            if any(line.is_print for line in lines) else tr("Mọi việc dưới đây đã nằm trên máy, không mất gì.")
            if lines else ""
        )
        number = self.table.currentIndex().row()
        self._model.set_source(ListSource(lines))
        shown = min(MOST_BELOW_A_CRASH if self._crash else MOST_ROWS, max(LEAST_ROWS, len(lines)))
        self.table.setFixedHeight(shown * ROW + 34)
        self.table.stand_on(min(max(0, number), len(lines) - 1))
        self._on_moved(self.table.current_row())

    def _on_moved(self, row: Unfinished | None) -> None:
        is_print = row is not None and row.is_print
        self._out.setVisible(is_print)
        self._again.setVisible(is_print)
        self._go_on.setVisible(row is not None and (not is_print or row.is_dossier))
        self._go_on.set_label(tr("Mở hồ sơ") if is_print else tr("Làm tiếp"))

    def _on_came_out(self) -> None:
        row = self.table.current_row()
        if row is not None and row.is_print:
            (paper_came_out if row.is_paper else came_out)(self._desk, row.job, row.code)

    def _on_print_again(self) -> None:
        row = self.table.current_row()
        if row is not None and row.is_print:
            (print_paper_again if row.is_paper else print_again)(self._desk, row.job)

    def _open(self, row: Unfinished | None) -> None:
        if row is None or (row.is_print and not row.is_dossier):
            return
        self.close_sheet()
        if row.is_print:
            self.dossier_requested.emit(row.code)
        elif row.has_pages:
            self.pages_requested.emit(row.code)
        else:
            self.draft_requested.emit(row.intent)

    def _on_changed(self, change: Change) -> None:
        if self.is_open and (change.has_prints or change.has_drafts or change.has_scans or change.is_everything):
            self._show(read_unfinished(self._desk))

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not event.isAutoRepeat() and key == Qt.Key.Key_Y:
            self._on_came_out()
            event.accept()
        elif not event.isAutoRepeat() and key == Qt.Key.Key_P:
            self._on_print_again()
            event.accept()
        elif not event.isAutoRepeat() and key == Qt.Key.Key_I:
            self.print_slip()
            event.accept()
        else:
            super().keyPressEvent(event)
