"""Báo cáo: a report for any period as a table or in charts, and from each figure to what it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services.days import today_at_counter
from app.services.reports.registry import Behind, choice_of
from app.services.reports.waiting import ID as WAITING
from ui.changes import Change
from ui.dialogs.period_sheet import PeriodSheet
from ui.dialogs.purpose_sheet import PurposeSheet
from ui.models.report_words import full_name
from ui.operations.desk import Desk
from ui.operations.report import PAPER, SHEET, FigureList, Made
from ui.pages.report import keys
from ui.pages.report.drilling import Way, days_of, named, way_in
from ui.pages.report.finding import Finding
from ui.pages.report.front import Front
from ui.pages.report.list_card import ListCard
from ui.pages.report.making import Making
from ui.pages.report.purposes import Purposes
from ui.pages.report.saving import Saving
from ui.translations import tr
from ui.widgets.page import Page
from ui.widgets.progress_line import ProgressLine


class ReportPage(Page):
    """`dossier_requested` carries a code."""

    dossier_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Báo cáo"), tr("Mỗi con số mở ra đúng danh sách của nó"), parent)
        self._desk = desk
        self.made: Made | None = None
        self._days: PeriodSheet | None = None
        self._purposes = Purposes(desk, self)
        self.progress, saved = ProgressLine(), ProgressLine()
        self.making = Making(desk, self.progress, self)
        self.finding = Finding(desk, self.progress, self)
        self.saving = Saving(desk, self, saved)
        self._front = Front(desk, self._today())
        self.periods, self.reports, self.card = self._front.periods, self._front.reports, self._front.card
        self._list_card = ListCard(desk)
        self.lists = self._list_card.lists
        self.stack = QStackedWidget()
        self.stack.addWidget(self._front)
        self.stack.addWidget(self._list_card)
        self.body.addWidget(self.progress)
        self.body.addWidget(saved)
        self.body.addWidget(self.stack, 1)
        self._bind()
        self.making.made.connect(self._on_made)
        self.finding.found.connect(lambda figure: self._open_list(figure, Behind.DOSSIERS))
        self.periods.changed.connect(lambda _: self.make_again())
        self.periods.free_asked.connect(self.ask_days)
        self.reports.moved.connect(lambda _: self.make_again())
        self.reports.opened.connect(lambda _: self.card.take_focus())
        self.card.table.opened.connect(self.open_figure)
        self.card.offers.asked.connect(self._on_offer)
        self._list_card.asked.connect(self._on_offer)
        self.lists.dossier_requested.connect(self.dossier_requested)
        self.progress.cancelled.connect(lambda: self.finding.give_up() or self.making.give_up())
        saved.cancelled.connect(self.saving.cancel)
        desk.changes.happened.connect(self._on_changed)

    # what is shown

    @property
    def is_list(self) -> bool:
        """Whether the list of a figure is in front."""
        return self.stack.currentWidget() is self._list_card

    def choose_report(self, report: str) -> None:
        """Raises Refusal `report_unknown` (report)."""
        self._front.choose(report)

    def make_again(self) -> None:
        """The chosen report for the chosen period, from the book as it is now."""
        self.finding.drop()
        self._leave_list()
        self.making.start(self._front.choice.id, self.periods.period)

    def show_list(self, way: Way, purpose: str) -> None:
        """The list behind a figure, once its purpose is kept where it needs one."""
        assert self.made is not None
        figure = FigureList(self.made.asked, way.key, way.title, way.count, purpose, has_persons=way.has_persons)
        if way.behind is Behind.DOSSIERS:
            self.finding.start(figure)
        else:
            self._open_list(figure, way.behind)

    # what the keys do

    def open_figure(self, index: QModelIndex) -> None:
        """Enter on a figure: the purpose is asked where persons are named, then its list is shown."""
        made = self.made
        if made is None or not index.isValid() or self.card.is_chart:
            return
        way = way_in(made.table, index.row(), index.column())
        if way is None or way.behind is Behind.NOTHING:
            self._desk.frame.say(tr("Ô này không có danh sách; chọn một con số khác"), "info")
        elif way.behind is Behind.ROW:
            self.dossier_requested.emit(way.key)
        elif not made.table.rows[index.row()].cells[index.column()]:
            self._desk.frame.say(tr("Ô này bằng 0, không có gì để mở"), "info")
        elif way.has_persons:
            self._purposes.ask(self._named(way.key), way.count, partial(self.show_list, way))
        else:
            self.show_list(way, "")

    def turn(self) -> None:
        """D: the charts of the report, or its table again."""
        if self.made is not None and not self.is_list:
            self.card.turn()

    def save(self, ending: str) -> None:
        """X, P: what is in front goes into a file; a file with persons only with a purpose."""
        made, days = self.made, days_of(self.periods.period)
        if made is None:
            return
        figure = self.lists.figure
        if self.is_list and figure is not None:
            self._save_list(figure, days, ending)
            return
        charts = self.card.charts_in_front
        if charts is None:
            self._desk.frame.say(tr("Biểu đồ đang được vẽ; bấm lại khi vẽ xong"), "info")
        elif choice_of(made.table.id).has_persons and made.table.rows:
            self._purposes.ask(f"{self._named(made.table.id)} {ending}", len(made.table.rows),
                               lambda _: self.saving.save_table(made.table, days, ending, charts))
        else:
            self.saving.save_table(made.table, days, ending, charts)

    def ask_days(self) -> None:
        self.periods.show_chosen()
        if self._days is None:
            self._days = PeriodSheet(self.window(), self._desk.language())
            self.destroyed.connect(self._days.deleteLater)
            self._days.chosen.connect(self.periods.choose_days)
        self._days.ask(self.periods.period, self._today())

    def stop(self) -> None:
        """Esc: what is going on ends; else from a list back to its figure, from charts to the table."""
        if self.saving.cancel() or self.finding.give_up() or self.making.give_up():
            return
        if self.is_list:
            self._leave_list()
        elif self.card.is_chart:
            self.card.turn()
        else:
            self.to_reports()

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
            self.card.take_focus()

    # inside

    def _on_made(self, made: Made) -> None:
        if choice_of(made.table.id).has_persons and made.table.rows:
            self.made = None
            self.card.show_report(None, full_name(made.table.id), self._when(made.table.id))
            self._purposes.ask(self._named(made.table.id), len(made.table.rows), lambda _: self._show_made(made))
            return
        self._show_made(made)

    def _show_made(self, made: Made) -> None:
        self.made = made
        self.card.show_report(made, full_name(made.table.id), self._when(made.table.id))

    def _open_list(self, figure: FigureList, behind: Behind) -> None:
        assert self.made is not None
        self._list_card.show_list(figure, behind, self._when(self.made.table.id))
        self.stack.setCurrentWidget(self._list_card)
        self.lists.take_focus()

    def _save_list(self, figure: FigureList, days: str, ending: str) -> None:
        if not self.lists.may_be_saved:
            return
        if not figure.has_persons:
            self.saving.save_list(figure, days, ending)
            return
        self._purposes.ask(
            f"{self._named(figure.key)} {ending}", figure.count,
            lambda purpose: self.saving.save_list(replace(figure, purpose=purpose), days, ending),
        )

    def _leave_list(self) -> None:
        if self.is_list:
            self.stack.setCurrentIndex(0)
            self.card.take_focus()

    @property
    def purpose_sheet(self) -> PurposeSheet | None:
        return self._purposes.sheet

    @property
    def period_sheet(self) -> PeriodSheet | None:
        return self._days

    def _when(self, report: str) -> str:
        return tr("Số liệu lúc lập, không theo kỳ") if report == WAITING else self.periods.name()

    def _named(self, key: str) -> str:
        return named(key, self.periods.period)

    def _today(self) -> date:
        with self._desk.office.database.reading() as connection:
            return today_at_counter(connection, self._desk.clock())

    def _bind(self) -> None:
        self._works: dict[str, Callable[[], object]] = {
            keys.SHEET.cap: partial(self.save, SHEET), keys.PAPER.cap: partial(self.save, PAPER),
            keys.CHART.cap: self.turn, keys.AGAIN.cap: self.make_again, keys.BACK.cap: self.stop,
            keys.BEFORE.cap: partial(self.periods.step, -1), keys.AFTER.cap: partial(self.periods.step, 1),
        }
        acts = (keys.SHEET, keys.PAPER, keys.CHART, keys.AGAIN, keys.BACK, keys.BEFORE, keys.AFTER)
        self.bind_keys({key: partial(self.periods.choose, preset) for preset, key in keys.PERIODS.items()})
        self.bind_keys({keys.FREE: self.ask_days, keys.REPORTS: self.to_reports,
                        **{key: self._works[key.cap] for key in acts}})
        self.tell_keys(keys.ENTER)
        self._works["Enter"] = self._on_enter

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
