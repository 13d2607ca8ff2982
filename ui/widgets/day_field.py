"""A line for one day, typed as people write it; what is no day is said under it."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtWidgets import QWidget

from ui.translations import tr
from ui.widgets.line_field import LineField

_DAY = re.compile(r"([0-9]{1,2})[/.\- ]?([0-9]{1,2})[/.\- ]?([0-9]{4})")


class DayField(LineField):
    """`day()` after `is_right()`: None for an empty line."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, hint="dd/mm/yyyy", is_figures=True, parent=parent)
        self.edited.connect(lambda _: self.set_message(""))

    def day(self) -> date | None:
        found = _DAY.fullmatch(self.text().strip())
        try:
            return date(int(found[3]), int(found[2]), int(found[1])) if found else None
        except ValueError:
            return None

    def is_right(self) -> bool:
        """False, with a word under the line and the focus in it, when something is typed that is no day."""
        if not self.text().strip() or self.day() is not None:
            return True
        self.set_message(tr("Ghi ngày theo mẫu 05/10/2026."))
        self.line.setFocus()
        return False

    def set_day(self, day: date | None) -> None:
        self.set_text(f"{day:%d/%m/%Y}" if day else "")
        self.set_message("")
