"""What came from outside: who did it stands before each sentence, and one key says "seen"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.procedure import Catalogue
from app.services.feed import Notice
from ui.delegates.dates import near_moment
from ui.models.state_words import notice_words, origin_words
from ui.pages.home.reading import MOST_NOTICES
from ui.translations import tr
from ui.widgets.action_button import LinkButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.text import Text

SHOWN = 3
NARROWEST_CHIP = 60


class OutsideCard(Card):
    """`seen` and `opened` carry the notice. The first one has the keys."""

    seen = Signal(Notice)
    opened = Signal(Notice)

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(tr("Từ bên ngoài"))
        self._clock = clock
        self._rows: list[QWidget] = []
        self.notices: tuple[Notice, ...] | None = None

    def show_notices(self, notices: Sequence[Notice], catalogue: Catalogue, device: str) -> None:
        if tuple(notices) == self.notices:
            return
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.notices = tuple(notices)
        for row in self._rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(notice, catalogue, device) for notice in notices[:SHOWN]]
        if len(notices) > SHOWN:
            self._rows.append(Text(tr("và {n} tin nữa", n=len(notices) - SHOWN), "secondary"))
        if not notices:
            self._rows.append(Text(tr("Tin của tỉnh, của cơ quan và của quầy khác sẽ hiện ở đây."), "secondary",
                                   is_wrapped=True))
        for row in self._rows:
            self.body.addWidget(row)
        more = "+" if len(notices) == MOST_NOTICES else ""
        keys = tr("chưa xem {count} · D đã xem · O mở", count=f"{len(notices)}{more}")
        self.set_note(keys if notices else tr("đã xem hết"))
        if had_focus and notices:
            self._rows[0].findChildren(LinkButton)[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> Notice | None:
        return self.notices[0] if self.notices else None

    def _row(self, notice: Notice, catalogue: Catalogue, device: str) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(3)
        who = origin_words(notice.origin, catalogue, device)
        words = notice_words(notice.kind, notice.code, notice.values)
        row.setAccessibleName(f"{who}: {words}")
        head = QHBoxLayout()
        head.setSpacing(8)
        chip = Chip(who, "info")
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)   # a long name gives way
        chip.setMinimumWidth(min(NARROWEST_CHIP, chip.sizeHint().width()))
        chip.setToolTip(who)
        head.addWidget(chip)
        head.addWidget(Text(near_moment(notice.at, self._clock()), "secondary"))
        head.addStretch(1)
        if notice.code:
            link = LinkButton(tr("Mở"))
            link.setAccessibleName(tr("Mở hồ sơ {code}", code=notice.code))
            link.clicked.connect(lambda: self.opened.emit(notice))
            head.addWidget(link)
        seen = LinkButton(tr("Đã xem"))
        seen.clicked.connect(lambda: self.seen.emit(notice))
        head.addWidget(seen)
        column.addLayout(head)
        column.addWidget(Text(words, is_wrapped=True))
        return row
