"""The questions that may lie over the form: one at a time, answered before anything under it moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from ui.operations.desk import Desk
from ui.pages.intake.filing_online import FilingOnline
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.from_pickup import FromPickup
from ui.pages.intake.grouping import Grouping
from ui.pages.intake.reading_back import ReadingBack
from ui.pages.intake.refusing import Refusing
from ui.pages.intake.transferring import Transferring
from ui.pages.intake.turnover import Turnover


class Covers:
    """`form` gives the form on the desk, `today` the day at the counter."""

    def __init__(
        self, desk: Desk, form: Callable[[], IntakeForm], today: Callable[[], date], turnover: Turnover,
        host: QWidget,
    ) -> None:
        self._desk = desk
        self.reading = ReadingBack(desk, host)
        self.group = Grouping(desk, form, host)
        self.online = FilingOnline(desk, form, turnover, host)
        self.pickup = FromPickup(desk, today, host)
        self.refusal = Refusing(desk, form, turnover, host)
        self.square = Transferring(desk, host)
        self.online.refusal_asked.connect(self.refusal.open)
        self._all = (self.reading, self.group, self.online, self.pickup, self.refusal, self.square)

    @property
    def is_open(self) -> bool:
        return any(cover.is_open for cover in self._all)

    def take_scan(self, text: str) -> bool:
        """Only those that ask for a code take it; what the citizen is reading does not change under her eyes."""
        for cover in (self.online, self.pickup):
            if cover.is_open:
                return cover.take_scan(text)
        self._desk.sound.refuse()
        return True

    def when_free(self, work: Callable[[], None]) -> Callable[[], None]:
        """`work` while nothing lies over the form; else nothing."""
        return lambda: None if self.is_open else work()

    def close(self) -> None:
        for cover in self._all:
            cover.close_sheet()
