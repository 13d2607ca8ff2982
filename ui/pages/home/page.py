"""Hôm nay: the counts, what is due, what came from outside, what must be mended; each thing one key away."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.vietnam_time import local
from app.services.feed import Notice
from app.services.scan_check import CheckResult
from app.store.queries.dossiers import DossierList, DossierRow
from app.store.queries.late import LateCount
from ui.changes import Change
from ui.delegates.dates import WEEKDAYS, day_text
from ui.dialogs.recovery_report import RecoveryReport, read_unfinished
from ui.models import dossier_rows as rows
from ui.models.counts import shown_count
from ui.models.crash_words import read_crash, stopped_words
from ui.models.list_words import late_words
from ui.operations.acknowledge import acknowledge
from ui.operations.check_scans import check_stored_scans
from ui.operations.desk import Desk
from ui.pages.home.alarm_card import AlarmCard
from ui.pages.home.late_card import LateCard
from ui.pages.home.late_sheet import LateSheet
from ui.pages.home.outside_card import OutsideCard
from ui.pages.home.reading import MOST_DUE, Today, read_late, read_today
from ui.pages.home.tiles import LINES, LISTS, TILES, Work, WorkBoard
from ui.pages.scrolled import Scrolled
from ui.pages.search.dossier_table import DossierTable
from ui.shortcuts import PLACES, Key, Place
from ui.translations import mark, tr
from ui.widgets.card import Card
from ui.widgets.columns import Columns
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.paged_table import ListSource

if TYPE_CHECKING:
    from ui.pages.home.shift_sheet import ShiftSheet

MINUTE_MS = 60_000
LEAST_HEIGHT = 300
COLUMNS = (
    (rows.COL_CODE, 0), (rows.COL_PERSON, -5), (rows.COL_PROCEDURE, -6), (rows.COL_AGENCY, -4), (rows.COL_DUE, 0),
)


def scans_words(check: CheckResult, now: datetime) -> str:
    """"bản quét đủ, kiểm tra 02:10": how the stored scans stood when they were last held against the book."""
    there = local(check.at)
    at = f"{there:%H:%M}" if there.date() == local(now).date() else f"{there:%H:%M %d/%m}"
    is_whole = not (check.missing or check.damaged)
    return tr("bản quét đủ, kiểm tra {at}", at=at) if is_whole else tr("bản quét thiếu, kiểm tra {at}", at=at)


class HomePage(Page):
    """Wishes go out as signals; the window goes to the place where the work is done."""

    dossier_requested = Signal(str, object)        # code, None: nothing was scanned
    list_requested = Signal(DossierList)           # open Tra cứu with exactly this list
    late_requested = Signal(object, str)           # the same with one `LatePart` of the overdue, and its name
    manifests_requested = Signal()                 # open Bàn giao at what nobody has acknowledged
    obstacles_requested = Signal()                 # open the log of obstacles
    sent_back_requested = Signal()                 # open Đồng bộ at what needs a person
    draft_requested = Signal(str)                  # resume this intent in Tiếp nhận
    pages_requested = Signal(str)                  # go on with the scanned pages of this dossier
    intake_requested = Signal()
    cash_close_requested = Signal()                # open Thu phí at the count that closes its session

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Việc hôm nay"), parent=parent)
        self._desk = desk
        self.tiles = WorkBoard()
        self.tiles.opened.connect(self.open_work)
        self.table = DossierTable(tr("Đến hạn và quá hạn"), desk.clock, COLUMNS)
        self.table.set_spare(3)
        self.table.opened.connect(self._open_row)
        empty = EmptyState(
            tr("Không có hồ sơ đến hạn"), tr("Hồ sơ đang mở, hẹn trả trong ba ngày tới, sẽ hiện ở đây."),
            icon="calendar", action=tr("Tiếp nhận hồ sơ"), key=PLACES[Place.INTAKE].key,
        )
        empty.asked.connect(self.intake_requested)
        self.table.set_empty(empty)
        self._due = Card(tr("Đến hạn và quá hạn"), is_flush=True)
        self._due.body.addWidget(self.table)
        self._due.setMinimumHeight(LEAST_HEIGHT)
        self.late = LateCard()
        self.late.opened.connect(self._open_late)
        self.alarms = AlarmCard()
        self.outside = OutsideCard(desk.clock)
        self.outside.seen.connect(partial(acknowledge, desk))
        self.outside.opened.connect(self._open_notice)
        self.body.addWidget(self.tiles)
        self.body.addWidget(Columns(self._due, Scrolled(self.late, self.alarms, self.outside), side_width=360,
                                   is_side_scrolled=True), 1)
        self.bind_keys({
            Key(look.key, look.words): partial(self.open_work, work)
            for work, look in (*TILES.items(), *LINES.items())
        })
        self.bind_keys({
            Key("D", mark("Đã xem tin đầu tiên từ bên ngoài")): self.acknowledge_first,
            Key("O", mark("Mở hồ sơ của tin đầu tiên")): self.open_first,
            Key("B", mark("Quá ngày hẹn: ai đang giữ, cơ quan nào, ai tiếp nhận")): self.open_late,
            Key("C", mark("Bàn giao ca cho người khác")): self.hand_over_shift,
            Key("K", mark("Kiểm tra kho bản quét ngay")): partial(check_stored_scans, desk),
        })
        self.tell_keys(Key("Enter", mark("Mở hồ sơ đang chọn")))
        desk.changes.happened.connect(self._on_changed)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self._report: RecoveryReport | None = None
        self._late: LateSheet | None = None
        self._shift: ShiftSheet | None = None

    # what is shown

    def refresh(self) -> None:
        """Reads everything again; the clerk stays on the row she was on."""
        today = read_today(self._desk)
        office = self._desk.office
        self.set_lead(self._session(today))
        self.tiles.show_today(today)
        if today.due != self.table.dossiers.rows():
            number = self.table.currentIndex().row()
            key = self.table.dossiers.key(number) if number >= 0 else None
            self.table.dossiers.set_source(ListSource(today.due))
            self.table.stand_on(max(0, self.table.dossiers.find(key)))
        self.table.viewport().update()             # near dates move on with the clock
        self._due.set_note(self._due_note(today))
        self.late.show_late(today.late)
        self.alarms.show_alarms(today.alarms, office.catalogue, self._desk.language())
        self.outside.show_notices(today.notices, office.catalogue, office.enrolled.device)

    def _session(self, today: Today) -> str:
        now = local(self._desk.clock())
        shift = tr("Ca sáng") if now.hour < 12 else tr("Ca chiều")
        received = today.counts[DossierList.RECEIVED_TODAY]
        parts = [shift, tr("đã tiếp nhận {n}", n=received) if received else tr("chưa tiếp nhận hồ sơ nào")]
        if today.day != now.date():
            day = f"{tr(WEEKDAYS[today.day.weekday()])} {day_text(today.day)}"
            parts.append(tr("sổ ghi ngày {day}", day=day))
        if today.scans is not None and today.scans.checked:
            parts.append(scans_words(today.scans, self._desk.clock()))
        return " · ".join(parts)

    def _due_note(self, today: Today) -> str:
        """The same numbers as the tiles, then those that only come up."""
        overdue, due = today.counts[DossierList.OVERDUE], today.counts[DossierList.DUE_TODAY]
        if overdue + due > len(today.due):
            return tr("{shown} gấp nhất trong {count} hồ sơ", shown=MOST_DUE, count=shown_count(overdue + due))
        coming = len(today.due) - overdue - due
        parts = [
            tr("{n} quá ngày hẹn", n=overdue) if overdue else "", tr("{n} hẹn hôm nay", n=due) if due else "",
            tr("{n} trong ba ngày tới", n=coming) if coming else "",
        ]
        return " · ".join(part for part in parts if part)

    # what the clerk does

    def open_work(self, work: Work) -> None:
        """Opens exactly what the count counts."""
        if work in LISTS:
            self.list_requested.emit(LISTS[work])
        elif work is Work.UNACKNOWLEDGED:
            self.manifests_requested.emit()
        elif work is Work.SENT_BACK:
            self.sent_back_requested.emit()
        elif work is Work.OBSTACLES:
            self.obstacles_requested.emit()
        else:
            self.open_unfinished()

    def open_late(self) -> None:
        """The sheet that breaks the overdue ones down."""
        if self._late is None:
            self._late = LateSheet(self.window())
            self.destroyed.connect(self._late.deleteLater)
            self._late.chosen.connect(self._open_late)
        self._late.ask(read_late(self._desk))

    def hand_over_shift(self) -> None:
        """The sheet that counts what is left and lets the next clerk work this counter."""
        if self._shift is None:
            from ui.pages.home.shift_sheet import ShiftSheet

            self._shift = ShiftSheet(self.window(), self._desk)
            self.destroyed.connect(self._shift.deleteLater)
            self._shift.close_cash_asked.connect(self.cash_close_requested)
        self._shift.ask()

    def _open_late(self, line: LateCount) -> None:
        self.late_requested.emit(line.part, late_words(line))

    def open_unfinished(self) -> None:
        """The sheet of prints without an end and of forms that are not dossiers yet."""
        if self._report is None:
            self._report = RecoveryReport(self.window(), self._desk)
            self.destroyed.connect(self._report.deleteLater)
            self._report.draft_requested.connect(self.draft_requested)
            self._report.pages_requested.connect(self.pages_requested)
            self._report.dossier_requested.connect(lambda code: self.dossier_requested.emit(code, None))
        self._report.ask()

    def offer_recovery(self) -> None:
        """After a start: asks only when a print has no end, or something lay open when the program ended."""
        crash = read_crash(self._desk)
        is_left = any(line.is_print or not line.is_parked for line in read_unfinished(self._desk))
        if is_left or (crash is not None and crash.has_act):
            self.open_unfinished()
        elif crash is not None:
            stopped = stopped_words(crash, self._desk.clock())
            self._desk.frame.warn("info", stopped, tr("Không có việc nào dở. Việc đã lưu còn đủ."))

    def acknowledge_first(self) -> None:
        notice = self.outside.first()
        if notice is not None:
            acknowledge(self._desk, notice)

    def open_first(self) -> None:
        notice = self.outside.first()
        if notice is not None and notice.code:
            self._open_notice(notice)

    def _open_notice(self, notice: Notice) -> None:
        self.dossier_requested.emit(notice.code, None)

    def _open_row(self, row: DossierRow) -> None:
        self.dossier_requested.emit(row.code, None)

    def _on_changed(self, change: Change) -> None:
        if self.isVisible():
            self.refresh()

    def arrive(self) -> None:
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt's side

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)
