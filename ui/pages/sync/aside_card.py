"""Documents that do not go out: why, whose turn it is, what to press, and when they are tried again by themselves.

One reason is said once, with the dossiers it holds up under it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import EnvironmentFault
from app.services.aside_files import AsideFile
from ui.delegates.dates import lowered, near_moment
from ui.messages import sentence
from ui.models.counts import shown_count
from ui.translations import tr
from ui.widgets.action_button import LinkButton
from ui.widgets.card import Card
from ui.widgets.glyph import Glyph
from ui.widgets.text import Text

MOST_FILES = 3
"""Of one reason by name; the others are counted."""


class AsideCard(Card):
    """Not there when every document may go. `opened` carries the dossier that a document belongs to."""

    opened = Signal(str)

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(tr("Tệp để riêng"))
        self._clock = clock
        self._shown: tuple[object, ...] = ()
        self._rows: list[QWidget] = []
        self.lines: tuple[AsideFile, ...] = ()
        self.said: tuple[str, ...] = ()

    def show_lines(self, lines: Sequence[AsideFile], count: int, language: str) -> None:
        """`lines` are the first of `count`."""
        moments = tuple(self._when(line) for line in lines)
        if (tuple(lines), moments, count) == self._shown:
            return
        self._shown = (tuple(lines), moments, count)
        self.lines = tuple(lines)
        for row in self._rows:
            self.body.removeWidget(row)
            row.deleteLater()
        by_reason: dict[str, list[AsideFile]] = {}
        for line in lines:
            by_reason.setdefault(line.reason, []).append(line)
        self._rows, said = [], []
        for reason, held in by_reason.items():
            message = sentence(EnvironmentFault(reason), language)
            said.append(f"{message.title}. {message.detail()} ({message.code})")
            self._rows.append(self._reason(message.title, f"{message.detail()} ({message.code})", held))
        if count > len(lines):
            self._rows.append(Text(tr("và {n} tệp nữa", n=shown_count(count - len(lines))), "secondary"))
        for row in self._rows:
            self.body.addWidget(row)
        self.said = tuple(said)
        self.set_note(tr("{n} tệp · T gửi lại ngay", n=shown_count(count)))
        self.setVisible(bool(lines))

    def first_code(self) -> str:
        return next((line.code for line in self.lines if line.code), "")

    def _when(self, line: AsideFile) -> str:
        now = self._clock()
        if line.next_try <= now:
            return tr("máy thử lại ở lần liên lạc tới")
        return tr("máy tự thử lại {at}", at=lowered(near_moment(line.next_try, now)))

    def _reason(self, title: str, detail: str, held: Sequence[AsideFile]) -> QWidget:
        row = QWidget()
        row.setAccessibleName(f"{title}. {detail}")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(10)
        line.addWidget(Glyph("warn", "warn-ink", 18), alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Text(title, is_wrapped=True))
        words.addWidget(Text(detail, "secondary", is_wrapped=True))
        for each in held[:MOST_FILES]:
            words.addWidget(self._file(each))
        if len(held) > MOST_FILES:
            words.addWidget(Text(tr("và {n} tệp nữa", n=shown_count(len(held) - MOST_FILES)), "secondary"))
        words.addWidget(Text(self._when(min(held, key=lambda each: each.next_try)), "secondary", is_wrapped=True))
        line.addLayout(words, 1)
        return row

    def _file(self, each: AsideFile) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        if each.code:
            link = LinkButton(each.code)
            link.setAccessibleName(tr("Mở hồ sơ {code}", code=each.code))
            link.clicked.connect(lambda: self.opened.emit(each.code))
            column.addWidget(link, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Text(each.paper or tr("tệp chưa rõ của hồ sơ nào"), is_wrapped=True))
        return row
