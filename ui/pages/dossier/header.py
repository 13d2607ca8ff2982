"""The head of a dossier: code and its other names, what it is and how it stands, and the promised date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.life.life import Life
from app.domain.vietnam_time import local
from app.services.stored_dossier import StoredDossier
from ui.delegates.dates import WEEKDAYS, full_moment, near_moment
from ui.pages.dossier.facts import ChipWords, chips, due_words_long, is_open, time_left
from ui.translations import tr
from ui.widgets.action_button import LinkButton
from ui.widgets.chip import Chip
from ui.widgets.text import ElidedText, Text

NARROWEST_CHIP = 72


class DossierHeader(QWidget):
    """`why_requested` when the clerk asks how the promised date came about."""

    why_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.code = Text("", "fact")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._aliases = ElidedText("", "secondary")
        self._what = ElidedText("", "heading")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._due = Text("", "fact")
        self._left = Text("", "secondary")
        self._why = LinkButton(tr("Vì sao?"))
        self._why.clicked.connect(self.why_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(28)
        row.addLayout(_column(Text(tr("Hồ sơ"), "secondary"), self.code, self._aliases))
        middle = QVBoxLayout()
        middle.setSpacing(7)
        middle.addStretch(1)
        middle.addWidget(self._what)
        middle.addLayout(self._chips)
        middle.addStretch(1)
        row.addLayout(middle, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._left)
        foot.addWidget(self._why)
        right = _column(Text(tr("Hẹn trả"), "secondary"), self._due)
        right.addLayout(foot)
        for number in range(2):
            item = right.itemAt(number)
            if item is not None and (widget := item.widget()) is not None:
                right.setAlignment(widget, Qt.AlignmentFlag.AlignRight)
        row.addLayout(right)

    def show_dossier(self, dossier: StoredDossier, life: Life, now: datetime, group_size: int = 0,
                     owed: int | None = None) -> None:
        """`dossier` with the promise in force; `life` says whether the clock stands; `owed`: đồng left to pay."""
        body = dossier.body
        procedure, applicant = body.intake.procedure, body.intake.applicant
        self.code.setText(body.code)
        self.code.setAccessibleName(tr("Mã hồ sơ {code}", code=body.code))
        self._aliases.setText(tr("Mã của tỉnh: {codes}", codes=", ".join(dossier.aliases)) if dossier.aliases else
                              tr("Sổ {book}, số {number}", book=body.book, number=body.book_number))
        name = procedure.name if procedure else ""
        self._what.setText(f"{name} · {applicant.name}" if applicant else name)
        group: tuple[ChipWords, ...] = ((tr("Nhóm {n} hồ sơ", n=group_size), "info", False),) if group_size else ()
        self._show_chips((*chips(dossier, life, owed), *group))
        due = body.due.at
        left, tone = time_left(body, is_open(dossier), now)
        if life.paused_since is not None:
            left, tone = tr("đồng hồ đang dừng"), "warn"
        self._due.setText(promise_words(due, now) if due else tr("Không hẹn ngày"))
        self._due.setToolTip(full_moment(due) if due else due_words_long(body.due))
        self._due.set_tone("bad" if tone == "bad" else "")
        self._left.setText(left)
        self._left.set_tone("" if tone == "neutral" else tone)

    def chip_words(self) -> tuple[str, ...]:
        """What the chips say, from the left."""
        items = (self._chips.itemAt(number) for number in range(self._chips.count()))
        widgets = (item.widget() for item in items if item is not None)
        return tuple(widget.text for widget in widgets if isinstance(widget, Chip))

    def _show_chips(self, wanted: Sequence[ChipWords]) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for words, tone, has_icon in wanted:
            chip = Chip(words, tone, has_icon=has_icon)
            chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)   # cut before the code is
            chip.setMinimumWidth(min(NARROWEST_CHIP, chip.sizeHint().width()))
            self._chips.addWidget(chip)
        self._chips.addStretch(1)


def promise_words(due: datetime, now: datetime) -> str:
    """"Hôm nay 16:00" near by, day and hour of the promise otherwise."""
    days = (local(due).date() - local(now).date()).days
    if abs(days) <= 1:
        return near_moment(due, now)
    there = local(due)
    day = f"{there:%d/%m}" if there.year == local(now).year else f"{there:%d/%m/%Y}"
    return f"{tr(WEEKDAYS[there.weekday()])} {day}, {there:%H:%M}"


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return column
