"""What is overdue and with whom it lies, at a glance: by who holds it, and the agencies with the most."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.store.queries.late import LateBy, LateCount
from ui.models.counts import shown_count
from ui.models.list_words import late_words
from ui.translations import tr
from ui.widgets.action_button import LinkButton
from ui.widgets.card import Card
from ui.widgets.text import Text

MOST_AGENCIES = 3


class LateCard(Card):
    """`opened` carries the `LateCount` whose list is wanted. Not there while nothing is overdue."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Quá ngày hẹn, ai đang giữ"))
        self.set_note(tr("B xem hết"))
        self.lines: tuple[LateCount, ...] = ()
        self._rows: list[QWidget] = []
        self.setVisible(False)

    def show_late(self, late: Mapping[LateBy, tuple[LateCount, ...]]) -> None:
        lines = (*late[LateBy.HOLDER], *late[LateBy.AGENCY][:MOST_AGENCIES])
        self.setVisible(bool(lines))
        if lines == self.lines:
            return
        self.lines = lines
        for row in self._rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(line) for line in lines]
        for row in self._rows:
            self.body.addWidget(row)

    def _row(self, line: LateCount) -> QWidget:
        row = QWidget()
        place = QHBoxLayout(row)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(10)
        link = LinkButton(late_words(line))
        link.setAccessibleName(tr("{name}: {n} hồ sơ quá ngày hẹn", name=late_words(line), n=line.amount))
        link.clicked.connect(lambda: self.opened.emit(line))
        number = Text(shown_count(line.amount), "heading")
        if line.part.by is LateBy.HOLDER:
            number.set_tone("bad")
        place.addWidget(link)
        place.addStretch(1)
        place.addWidget(number)
        return row
