"""Báo cáo: a report for any period, and from each figure to the dossiers that it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.reports.periods import Period
from app.domain.reports.table import ColumnKind, ReportTable, Row, name_column
from app.errors import KnownError
from app.services.days import today_at_counter
from app.services.reports.registry import CHOICES, Behind, Choice, choice_of
from ui.background.alive import while_alive
from ui.background.tasks import Task
from ui.changes import Change
from ui.dialogs.period_sheet import PeriodSheet
from ui.dialogs.purpose_sheet import PurposeSheet
from ui.models.counts import shown_count
from ui.operations.desk import Desk, warn_of
from ui.operations.report import PAPER, SHEET, FigureList, Made, make
from ui.pages.post.bar import Offers
from ui.pages.report import keys
from ui.pages.report.list_view import ListView
from ui.pages.report.period_bar import PeriodBar
from ui.pages.report.report_card import ReportCard
from ui.pages.report.saving import Saving
from ui.translations import mark, tr
from ui.widgets.card import Card
from ui.widgets.page import Page
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.progress_line import ProgressLine
from ui.widgets.row_table import RowTable

_OPEN, _BACK = (mark("Mở hồ sơ"), "Enter"), (mark("Về bảng"), keys.BACK.cap)
_LIST_OFFERS = (_OPEN, (mark("Lưu Excel"), keys.SHEET.cap), (mark("Lưu PDF"), keys.PAPER.cap), _BACK)
_LEFT = 208
_NAMES: tuple[Column[Choice], ...] = (Column(mark("Báo cáo"), lambda choice: choice.name),)


class ReportPage(Page):
    """`dossier_requested` carries a code."""

    dossier_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Báo cáo"), tr("Mỗi con số mở ra đúng danh sách của nó"), parent)
        self._desk = desk
        self.made: Made | None = None
        self._task: Task | None = None
        self._purpose: PurposeSheet | None = None
        self._days: PeriodSheet | None = None
        self.periods = PeriodBar(self._today())
        self.progress, saved = ProgressLine(), ProgressLine()
        self.saving = Saving(desk, self, saved)
        self.reports = self._report_list()
        self.card = ReportCard()
        self.lists = ListView(desk, self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._front())
        self._list_card = Card(tr("Hồ sơ của con số"), is_flush=True)
        self._list_card.body.setSpacing(0)
        self._list_offers = Offers()
        self._list_card.body.addWidget(self._list_offers)
        self._list_card.body.addWidget(self.lists.stack, 1)
        self.stack.addWidget(self._list_card)
        self.body.addWidget(self.progress)
        self.body.addWidget(saved)
        self.body.addWidget(self.stack, 1)
        self.periods.changed.connect(lambda _: self.make_again())
        self.periods.free_asked.connect(self.ask_days)
        self.reports.moved.connect(lambda _: self.make_again())
        self.reports.opened.connect(lambda _: self.card.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.card.table.opened.connect(self.open_figure)
        self.card.offers.asked.connect(self._on_offer)
        self._list_offers.asked.connect(self._on_offer)
        self.lists.dossier_requested.connect(self.dossier_requested)
        self.progress.cancelled.connect(self._give_up)
        saved.cancelled.connect(self.saving.cancel)
        desk.changes.happened.connect(self._on_changed)
        self._bind()

    # what is shown

    @property
    def choice(self) -> Choice:
        row = self.reports.current_row()
        return row if isinstance(row, Choice) else next(iter(CHOICES.values()))

    @property
    def is_list(self) -> bool:
        """Whether the dossiers of a figure are in front."""
        return self.stack.currentWidget() is self._list_card

    def choose_report(self, report: str) -> None:
        """Raises Refusal `report_unknown` (report)."""
        self.reports.stand_on(list(CHOICES).index(choice_of(report).id))

    def make_again(self) -> None:
        """The chosen report for the chosen period, from the book as it is now."""
        if self._task is not None:
            self._task.cancel()
        self._leave_list()
        self.progress.start(tr("Đang lập {report}", report=self.choice.name))
        try:
            task = make(self._desk, self.choice.id, self.periods.period,
                        while_alive(self, self._on_made), while_alive(self, self._on_failed))
        except KnownError as error:
            self._on_failed(error)
            return
        self._task = task if self.progress.is_going else None      # a pool that works at once has answered

    def show_list(self, index: QModelIndex, purpose: str) -> None:
        """The list behind a figure, once its purpose is kept."""
        made, key = self.made, self.card.table.figures.drill(index)
        assert made is not None and key is not None
        row, column = made.table.rows[index.row()], made.table.columns[index.column()]
        title = " · ".join(part for part in (_name(made.table, row), column.group, column.title) if part)
        count = persons_in(made.table, row, index.column())
        try:
            figure = FigureList(made.asked, key, title, count, purpose)
            self.lists.show_list(figure, choice_of(made.table.id).behind)
        except KnownError as error:
            warn_of(self._desk, error)
            return
        self._list_card.set_title(title)
        self._list_card.set_note(tr("{count} dòng · {period}", n=count, count=shown_count(count),
                                    period=self.periods.name()))
        self._list_offers.show_acts(_LIST_OFFERS if self.lists.may_be_saved else (_OPEN, _BACK))
        self.stack.setCurrentWidget(self._list_card)
        self.lists.take_focus()

    # what the keys do

    def open_figure(self, index: QModelIndex) -> None:
        """Enter on a figure: the purpose is asked, then its list is shown."""
        made = self.made
        if made is None or not index.isValid():
            return
        key = self.card.table.figures.drill(index)
        cell = made.table.rows[index.row()].cells[index.column()]
        if key is None or choice_of(made.table.id).behind is Behind.NOTHING:
            self._desk.frame.say(tr("Ô này không có danh sách; chọn một con số khác"), "info")
        elif not cell:
            self._desk.frame.say(tr("Ô này bằng 0, không có gì để mở"), "info")
        else:
            count = persons_in(made.table, made.table.rows[index.row()], index.column())
            self._ask_purpose(self._named(key), count, partial(self.show_list, index))

    def save(self, ending: str) -> None:
        """X, P: what is in front goes into a file; a file with persons only with a purpose."""
        made, days = self.made, _days(self.periods.period)
        if made is None:
            return
        figure = self.lists.figure
        if self.is_list and figure is not None:
            if self.lists.may_be_saved:
                self._ask_purpose(
                    f"{self._named(figure.key)} {ending}", figure.count,
                    lambda purpose: self.saving.save_list(_for(figure, purpose), days, ending),
                )
        elif choice_of(made.table.id).has_persons and made.table.rows:
            self._ask_purpose(f"{self._named(made.table.id)} {ending}", len(made.table.rows),
                              lambda _: self.saving.save_table(made.table, days, ending))
        else:
            self.saving.save_table(made.table, days, ending)

    def ask_days(self) -> None:
        self.periods.show_chosen()
        if self._days is None:
            self._days = PeriodSheet(self.window(), self._desk.language())
            self.destroyed.connect(self._days.deleteLater)
            self._days.chosen.connect(self.periods.choose_days)
        self._days.ask(self.periods.period, self._today())

    def stop(self) -> None:
        """Esc: what is going on ends; else from the list back to the figure it came from."""
        if self.saving.cancel() or self._give_up():
            return
        if self.is_list:
            self._leave_list()
        else:
            self.to_reports()

    def _give_up(self) -> bool:
        """False when no report is being made."""
        if self._task is None:
            return False
        self._task.cancel()
        self._end()
        self._desk.frame.say(tr("Đã dừng; bấm R để lập lại"), "info")
        return True

    def to_reports(self) -> None:
        self._leave_list()
        self.reports.setFocus(Qt.FocusReason.OtherFocusReason)

    # Page

    def arrive(self) -> None:
        self.periods.set_today(self._today())
        if self.reports.current_row() is None:
            self.reports.stand_on(0)               # which makes the first report
            self.reports.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.is_list:
            self.lists.take_focus()
        else:
            self.card.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # inside

    def _on_made(self, made: Made) -> None:
        self._end()
        if choice_of(made.table.id).has_persons and made.table.rows:
            self.card.show_table(None, self.choice.name, self.periods.name())
            self.made = None
            self._ask_purpose(self._named(made.table.id), len(made.table.rows), lambda _: self._show_made(made))
            return
        self._show_made(made)

    def _show_made(self, made: Made) -> None:
        self.made = made
        self.card.show_table(made.table, choice_of(made.table.id).name, self.periods.name())

    def _on_failed(self, error: Exception) -> None:
        self._end()
        warn_of(self._desk, error)

    def _end(self) -> None:
        self._task = None
        self.progress.finish()

    def _leave_list(self) -> None:
        if self.is_list:
            self.stack.setCurrentIndex(0)
            self.card.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_purpose(self, what: str, count: int, follow: Callable[[str], object]) -> None:
        if self._purpose is None:
            self._purpose = PurposeSheet(self.window(), self._desk)
            self.destroyed.connect(self._purpose.deleteLater)
        self._purpose.ask(what, count, follow)

    @property
    def purpose_sheet(self) -> PurposeSheet | None:
        return self._purpose

    @property
    def period_sheet(self) -> PeriodSheet | None:
        return self._days

    def _named(self, key: str) -> str:
        """As the journal names it: the figure and its days."""
        return f"{key} {_days(self.periods.period)}"

    def _today(self) -> date:
        with self._desk.office.database.reading() as connection:
            return today_at_counter(connection, self._desk.clock())

    def _report_list(self) -> RowTable:
        table = RowTable(tr("Các báo cáo"), lines=2)
        model: PagedTableModel[Choice] = PagedTableModel(
            _NAMES, ListSource(tuple(CHOICES.values())), lambda choice: choice.id, parent=table
        )
        table.setModel(model)
        model.reload()
        table.set_widths(-1)
        return table

    def _front(self) -> QWidget:
        front = QWidget()
        row = QHBoxLayout()
        row.setSpacing(14)
        left = Card(is_flush=True)
        left.body.addWidget(self.reports)
        left.setFixedWidth(_LEFT)
        row.addWidget(left)
        row.addWidget(self.card, 1)
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.periods)
        column.addLayout(row, 1)
        return front

    def _bind(self) -> None:
        self._works: dict[str, Callable[[], object]] = {
            keys.SHEET.cap: partial(self.save, SHEET), keys.PAPER.cap: partial(self.save, PAPER),
            keys.AGAIN.cap: self.make_again, keys.BACK.cap: self.stop, "Enter": self._on_enter,
            keys.BEFORE.cap: partial(self.periods.step, -1), keys.AFTER.cap: partial(self.periods.step, 1),
        }
        self.bind_keys({key: partial(self.periods.choose, preset) for preset, key in keys.PERIODS.items()})
        self.bind_keys({
            keys.FREE: self.ask_days, keys.BEFORE: self._works[keys.BEFORE.cap],
            keys.AFTER: self._works[keys.AFTER.cap], keys.SHEET: self._works[keys.SHEET.cap],
            keys.PAPER: self._works[keys.PAPER.cap], keys.AGAIN: self.make_again, keys.REPORTS: self.to_reports,
            keys.BACK: self.stop,
        })
        self.tell_keys(keys.ENTER)

    def _on_enter(self) -> None:
        if self.is_list:
            self.lists.open_current()
        else:
            self.open_figure(self.card.table.currentIndex())

    def _on_offer(self, cap: str) -> None:
        self._works[cap]()

    def _on_changed(self, change: Change) -> None:
        if self.made is not None and (change.dossiers or change.is_everything):
            self.card.say_older()


def persons_in(table: ReportTable, row: Row, at: int) -> int:
    """How many rows the list of a figure has: the count itself; of money the count beside it."""
    cell = row.cells[at]
    if table.columns[at].kind is ColumnKind.COUNT and isinstance(cell, int):
        return cell
    beside = next((row.cells[n] for n, column in enumerate(table.columns) if column.key == "count"), None)
    if isinstance(beside, int):
        return beside
    return sum(not each.is_total for each in table.rows) if row.is_total else 1


def _name(table: ReportTable, row: Row) -> str:
    at = name_column(table.columns)
    return str(row.cells[at] or "") if at >= 0 else ""


def _for(figure: FigureList, purpose: str) -> FigureList:
    return replace(figure, purpose=purpose)


def _days(period: Period) -> str:
    return f"{period.first.isoformat()}..{period.last.isoformat()}"
