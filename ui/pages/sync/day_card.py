"""Đối chiếu ngày on the Đồng bộ page: the last days at a glance, and the way to the sheet of differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.day_comparison import Difference, Tried
from app.domain.day_end import DayEnd
from app.services.day_end import day_end
from app.services.days import today_at_counter
from app.services.reconcile import (
    Compared,
    Standing,
    asked_back,
    compared_days,
    last_comparison,
    standing_differences,
)
from ui.background.alive import while_alive
from ui.delegates.dates import day_text, near_moment
from ui.dialogs.day_sheet import DaySheet
from ui.models.counts import shown_count
from ui.operations.compare_days import ask_for_comparison, print_day_end
from ui.operations.desk import Desk
from ui.operations.pack import ask_for_file, pack_name, write_pack_of
from ui.pages.sync.machine_card import Fact, FactsCard
from ui.translations import tr

DAYS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class DaysView:
    """What is known of the comparisons, of one moment."""

    today: date
    last: Tried | None
    is_asked: bool
    differences: tuple[Standing, ...]
    days: tuple[Compared, ...]


class DayCard(FactsCard):
    """Its count is the length of the sheet's list."""

    def __init__(
        self, desk: Desk, page: QWidget, send: Callable[[], object], opened: Callable[[str], object]
    ) -> None:
        super().__init__(tr("Đối chiếu ngày"))
        self._desk = desk
        self.ways = DayWays(desk, page, send, opened)

    def refresh(self) -> None:
        view = self.ways.read()
        now = self._desk.clock()
        facts = []
        if view.last is not None and view.last.problem:
            facts.append(Fact(tr("Chưa đối chiếu được"), near_moment(view.last.at, now), tone="warn",
                              note=tr("máy tự thử lại, mã {code}", code=view.last.problem)))
        for each in view.days[:DAYS_SHOWN]:
            count = each.differences
            facts.append(Fact(
                day_text(date.fromisoformat(each.day)), tr("{n} chỗ lệch", n=shown_count(count)) if count else
                tr("khớp"), tone="warn" if count else "",
            ))
        if not view.days:
            facts.append(Fact(tr("Chưa so"), "", tr("máy tự đối chiếu khi liên lạc được với tỉnh")))
        self.show_facts(facts)
        n = len(view.differences)
        self.set_note(tr("{n} chỗ lệch · C xem", n=shown_count(n)) if n else tr("C xem"))
        self.ways.refresh(view)


class DayWays(QObject):
    """Makes the sheet when it is first asked for; its keys lead to what they do."""

    def __init__(
        self, desk: Desk, page: QWidget, send: Callable[[], object], opened: Callable[[str], object]
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._send, self._opened = desk, page, send, opened
        self._day: date | None = None
        self._asked = 0                            # readings of a day; only the last one is shown
        self.ask_file = ask_for_file
        self.sheet: DaySheet | None = None

    def open(self, at: Difference | None = None) -> None:
        """The sheet, with how things stand now, on the row of `at`; the minutes of today, or of that day."""
        if self.sheet is None:
            self.sheet = sheet = DaySheet(self._page.window(), self._desk.clock)
            self._page.destroyed.connect(sheet.deleteLater)
            sheet.opened.connect(self._opened)
            sheet.compare_asked.connect(self._compare)
            sheet.print_asked.connect(self._print)
            sheet.pack_asked.connect(self._pack)
            sheet.day_asked.connect(self._step)
        self._day = None if at is None else date.fromisoformat(at.day)
        self._show(self.read())
        self.sheet.open(self.sheet.table)
        if at is not None:
            self.sheet.stand_on(at)

    def read(self) -> DaysView:
        with self._desk.office.database.reading() as connection:
            return DaysView(
                today_at_counter(connection, self._desk.clock()), last_comparison(connection),
                asked_back(connection) is not None, standing_differences(connection), compared_days(connection),
            )

    def refresh(self, view: DaysView) -> None:
        """Something changed."""
        if self.sheet is not None and self.sheet.is_open:
            self._show(view)

    # inside

    def _show(self, view: DaysView) -> None:
        assert self.sheet is not None
        self.sheet.show_all(view.last, view.differences, len(view.days), is_busy=view.is_asked)
        wanted = self._day or view.today
        self.sheet.show_waiting(wanted)
        self._asked += 1
        asked, office = self._asked, self._desk.office

        def work() -> DayEnd:
            with office.database.reading() as connection:
                return day_end(connection, office.enrolled, wanted)

        def shown(end: DayEnd) -> None:
            if self.sheet is not None and asked == self._asked:        # not what was asked for since
                self.sheet.show_day(end)

        self._desk.background.run(work, while_alive(self, shown))

    def _compare(self) -> None:
        view = self.read()
        ask_for_comparison(self._desk, self._day or view.today, view.today)
        self._show(self.read())
        self._send()

    def _print(self) -> None:
        print_day_end(self._desk, self._day or self.read().today)

    def _pack(self) -> None:
        assert self.sheet is not None
        day = self._day or self.read().today
        chosen = self.ask_file(self.sheet, pack_name(day))
        if chosen:
            write_pack_of(self._desk, day, Path(chosen))

    def _step(self, days: int) -> None:
        view = self.read()
        self._day = min(view.today, (self._day or view.today) + timedelta(days=days))
        self._show(view)
