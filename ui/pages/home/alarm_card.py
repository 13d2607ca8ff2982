"""What the office must mend: one sentence each, the gravest first; not there when there is nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.procedure import Catalogue
from app.services.outside_view import Alarm
from ui.pages.home.alarm_words import alarm_words
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.glyph import Glyph
from ui.widgets.text import Text

MOST = 4


class AlarmCard(Card):
    """The icon and the colour say how grave it is; the second line says what to do."""

    def __init__(self) -> None:
        super().__init__(tr("Cần chú ý"))
        self._rows: list[QWidget] = []
        self._alarms: tuple[Alarm, ...] | None = None
        self.said: tuple[str, ...] = ()

    def show_alarms(self, alarms: Sequence[Alarm], catalogue: Catalogue, language: str) -> None:
        if tuple(alarms) == self._alarms:
            return
        self._alarms = tuple(alarms)
        for row in self._rows:
            self.body.removeWidget(row)
            row.deleteLater()
        words = [alarm_words(alarm, catalogue, language) for alarm in alarms]
        self.said = tuple(title for title, _ in words)
        self._rows = [
            _row(title, detail, is_grave=alarm.is_grave)
            for alarm, (title, detail) in zip(alarms[:MOST], words[:MOST], strict=True)
        ]
        if len(alarms) > MOST:
            self._rows.append(Text(tr("và {n} điều nữa", n=len(alarms) - MOST), "secondary"))
        for row in self._rows:
            self.body.addWidget(row)
        self.set_note(tr("{n} điều", n=len(alarms)))
        self.setVisible(bool(alarms))


def _row(title: str, detail: str, *, is_grave: bool) -> QWidget:
    row = QWidget()
    row.setAccessibleName(f"{title}. {detail}")
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(10)
    glyph = Glyph("stop", "bad-ink", 18) if is_grave else Glyph("warn", "warn-ink", 18)
    line.addWidget(glyph, alignment=Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    head = Text(title, is_wrapped=True)
    head.set_tone("bad" if is_grave else "")
    words.addWidget(head)
    words.addWidget(Text(detail, "secondary", is_wrapped=True))
    line.addLayout(words, 1)
    return row
