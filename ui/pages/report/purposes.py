"""A purpose before persons are shown or saved; without one nothing follows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.dialogs.purpose_sheet import PurposeSheet
from ui.operations.desk import Desk


class Purposes:
    """Of one page: the purpose given last is offered again."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._desk, self._page = desk, page
        self.sheet: PurposeSheet | None = None

    def ask(self, what: str, count: int, follow: Callable[[str], object]) -> None:
        """`what` as the journal names it; `follow` gets the purpose once it is kept."""
        if self.sheet is None:
            self.sheet = PurposeSheet(self._page.window(), self._desk)
            self._page.destroyed.connect(self.sheet.deleteLater)
        self.sheet.ask(what, count, follow)
