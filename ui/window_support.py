"""What a window does for whoever helps by telephone: a code on every message, and Ctrl M that shows the last one.

Works from the first message on, also where the office never opens.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.errors import EnvironmentFault
from app.own_program import installed_facts
from app.paths import DataFolder
from app.practice import is_practice
from app.services.support.standing import machine_standing
from sync.support.bundle import keep_key
from ui.messages import sign_messages
from ui.operations.desk import Desk
from ui.support_sign import SupportSign, slips_of
from ui.translations import Language

STANDS_FOR = timedelta(seconds=10)
"""So long a look at the machine is good enough for a code."""


class WindowSupport(QObject):
    """Made before the office is opened; `close` with the window."""

    def __init__(self, window: QWidget, folder: DataFolder, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._folder, self._language = window, folder, language
        self._desk: Desk | None = None
        self._looked_at: datetime | None = None
        self.sign = SupportSign(
            slips_of(folder), installed_facts().get("version", ""), self._now, is_practice())
        sign_messages(self.sign)

    def look(self, desk: Desk) -> None:
        """How the machine stands now; once in a while, for it is asked at every change."""
        now = desk.clock()
        if self._looked_at is not None and timedelta(0) <= now - self._looked_at < STANDS_FOR:
            return
        self._desk, self._looked_at = desk, now
        office = desk.office
        try:
            with office.database.reading() as connection:
                self.sign.stand(machine_standing(connection, office.enrolled, self._folder.root, now))
            keep_key(self._folder, office.database, office.enrolled)
        except EnvironmentFault:                   # the next message says it; its code tells of the last look
            return

    def open_sheet(self) -> None:
        """Ctrl M, from wherever the clerk is; pressed again nothing more."""
        from ui.dialogs.support_sheet import SupportSheet

        if any(each.is_open for each in self._window.findChildren(SupportSheet)):
            return
        sheet = SupportSheet(self._window, self._folder, lambda: self._language.name)
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask(self.sign)

    def close(self) -> None:
        sign_messages(None)

    def _now(self) -> datetime:
        return self._desk.clock() if self._desk is not None else datetime.now(UTC)
