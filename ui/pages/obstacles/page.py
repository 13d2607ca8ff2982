"""Vướng mắc: what hinders the work, month by month, with what was answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.domain.vietnam_time import local
from app.errors import KnownError
from app.services.days import today_at_counter
from app.services.obstacles import month_days, month_list
from app.store.queries.obstacles import ObstacleRow
from ui.background.alive import while_alive
from ui.changes import Change
from ui.delegates.cells import ChipDelegate
from ui.models.obstacle_rows import COL_STATE, COLUMNS
from ui.operations.desk import Desk, warn_of
from ui.operations.obstacles import export_month, print_month
from ui.pages.obstacles.sheets import AnswerSheet, NoteSheet
from ui.shortcuts import Key
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.paged_table import ListSource, PagedTableModel
from ui.widgets.row_table import RowTable

AskFolder = Callable[[QWidget], str]


def ask_for_folder(over: QWidget) -> str:
    """The system's own dialog; "" when it was left without a choice."""
    return QFileDialog.getExistingDirectory(over, tr("Chọn thư mục để lưu danh sách vướng mắc"))


class ObstaclePage(Page):
    """The month in front; `dossier_requested` opens what a line is about."""

    help_page = "start"
    dossier_requested = Signal(str, object)

    def __init__(self, desk: Desk, ask_folder: AskFolder = ask_for_folder, parent: QWidget | None = None) -> None:
        super().__init__(tr("Vướng mắc"), parent=parent)
        self._desk, self._ask_folder = desk, ask_folder
        with desk.office.database.reading() as connection:
            self.month = f"{today_at_counter(connection, desk.clock()):%Y-%m}"
        self._note: NoteSheet | None = None
        self._answer: AnswerSheet | None = None
        self.rows: PagedTableModel[ObstacleRow] = PagedTableModel(COLUMNS, ListSource(()), lambda row: row.id)
        self.table = RowTable(tr("Vướng mắc trong tháng"), lines=2)
        self.rows.setParent(self.table)
        self.table.setModel(self.rows)
        self.table.set_delegate(COL_STATE, ChipDelegate())
        self.table.set_widths(112, -6, -5, 150, 112)
        self.table.set_spare(2)
        self.table.opened.connect(self.answer_current)
        self._empty = EmptyState("", icon="check", action=tr("Ghi vướng mắc"), key="N")
        self._empty.asked.connect(self.note)
        self.table.set_empty(self._empty)
        self._card = Card(tr("Trong tháng"), is_flush=True)
        self._card.body.addWidget(self.table)
        works = {
            Key("N", mark("Ghi vướng mắc mới")): self.note,
            Key("[", mark("Tháng trước")): lambda: self.turn(-1),
            Key("]", mark("Tháng sau")): lambda: self.turn(1),
            Key("P", mark("In danh sách của tháng")): self.print,
            Key("X", mark("Lưu danh sách ra PDF và CSV")): self.export,
            Key("O", mark("Mở hồ sơ của dòng đang chọn")): self.open_dossier,
            Key("Escape", mark("Về Hôm nay")): desk.frame.go_back,
        }
        self.bind_keys(works)
        self.tell_keys(Key("Enter", mark("Ghi cách giải quyết của dòng đang chọn")))
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for words, key, work in (
            (tr("Ghi mới"), "N", self.note), (tr("Tháng trước"), "[", lambda: self.turn(-1)),
            (tr("Tháng sau"), "]", lambda: self.turn(1)), (tr("In"), "P", self.print),
            (tr("Lưu PDF và CSV"), "X", self.export), (tr("Mở hồ sơ"), "O", self.open_dossier),
        ):
            button = ActionButton(words, key)
            button.clicked.connect(work)
            bar.addWidget(button)
        bar.addStretch(1)
        self.body.addLayout(bar)
        self.body.addWidget(self._card, 1)
        desk.changes.happened.connect(self._on_changed)

    def refresh(self) -> None:
        """Reads the month again and stays on the same line."""
        with self._desk.office.database.reading() as connection:
            rows = month_list(connection, self.month)
        first, _ = month_days(self.month)
        number = self.table.currentIndex().row()
        key = self.rows.key(number) if number >= 0 else None
        self._empty.set_words(tr("Tháng này chưa ghi vướng mắc nào"),
                              tr("Bấm N khi có chuyện vướng: danh sách của tháng đem ra họp."))
        self.rows.set_source(ListSource(rows))
        self.table.stand_on(max(0, self.rows.find(key)))
        self._card.set_title(tr("Tháng {month}", month=f"{first:%m/%Y}"))
        open_ones = sum(row.is_open for row in rows)
        self._card.set_note(
            tr("{n} vướng mắc, {open} chưa xong", n=len(rows), open=open_ones) if rows else "")
        self.set_lead(tr("Ghi trong tháng, và những việc tháng trước chưa xong"))

    def turn(self, months: int) -> None:
        """To the month before or after; not beyond this month."""
        first, last = month_days(self.month)
        to = first - timedelta(days=1) if months < 0 else last + timedelta(days=1)
        if to > local(self._desk.clock()).date():
            self._desk.frame.say(tr("Đang ở tháng này"), "info")
            return
        self.month = f"{to:%Y-%m}"
        self.refresh()

    def note(self) -> None:
        if self._note is None:
            self._note = NoteSheet(self.window(), self._desk)
            self.destroyed.connect(self._note.deleteLater)
        self._note.ask()

    def answer_current(self, row: ObstacleRow | None = None) -> None:
        row = row or self.table.current_row()
        if row is None:
            return
        if not row.is_open:
            self._desk.frame.say(row.answer, "info")
            return
        if self._answer is None:
            self._answer = AnswerSheet(self.window(), self._desk)
            self.destroyed.connect(self._answer.deleteLater)
        self._answer.ask(row)

    def open_dossier(self) -> None:
        row = self.table.current_row()
        if row is not None and row.code:
            self.dossier_requested.emit(row.code, None)

    def print(self) -> None:
        try:
            print_month(self._desk, self.month)
        except KnownError as error:        # nobody works this counter
            warn_of(self._desk, error)

    def export(self) -> None:
        folder = self._ask_folder(self.window())
        if not folder:
            return
        try:
            export_month(self._desk, self.month, Path(folder), while_alive(self, self._on_exported))
        except KnownError as error:
            warn_of(self._desk, error)

    def _on_exported(self, files: tuple[Path, ...]) -> None:
        names = ", ".join(file.name for file in files)
        self._desk.frame.say(tr("Đã lưu {names}", names=names))

    def _on_changed(self, change: Change) -> None:
        if self.isVisible() and (change.has_sync or change.is_everything):
            self.refresh()

    # Page

    def arrive(self) -> None:
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
