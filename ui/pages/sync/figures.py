"""The honest states as large figures: on this machine, second copy, province; what waits, what is at risk."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.services.courier import Outbox
from ui.delegates.dates import near_moment
from ui.models.counts import shown_count
from ui.pages.sync.line_words import age_words, lowered
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.glyph import Glyph
from ui.widgets.text import Text


class Figure(Card):
    """A name, a number, and one line on what it means now."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.body.setContentsMargins(16, 10, 14, 11)
        self.body.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(6)
        self._glyph = Glyph("check", "ok-ink", 18)
        self._glyph.hide()
        head.addWidget(Text(name, "secondary"), 1)
        head.addWidget(self._glyph)
        self.number = Text("–", "readback-figures")
        self.note = Text("", "secondary", is_wrapped=True)
        self.body.addLayout(head)
        self.body.addWidget(self.number)
        self.body.addWidget(self.note)
        self.body.addStretch(1)

    def say(self, number: str, note: str, tone: str = "", icon: str = "") -> None:
        self.number.setText(number)
        self.number.set_tone(tone)
        self.note.setText(note)
        self.setAccessibleName(f"{self._name}: {number}. {note}")
        self._glyph.setVisible(bool(icon))
        if icon:
            self._glyph.set_icon(icon, f"{tone or 'neutral'}-ink")


class FigureRow(QWidget):
    """Five figures in a row, in the order in which a dossier becomes safe."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.stored = Figure(tr("Đã lưu trên máy"))
        self.second = Figure(tr("Đã có bản thứ hai"))
        self.received = Figure(tr("Tỉnh đã nhận"))
        self.waiting = Figure(tr("Chờ gửi"))
        self.risk = Figure(tr("Nếu máy hỏng lúc này"))
        for figure in (self.stored, self.second, self.received, self.waiting, self.risk):
            row.addWidget(figure, 1)

    def show_box(self, box: Outbox, now: datetime) -> None:
        """A dossier is safe from this machine once the province has it; this release keeps no second copy."""
        self.stored.say(shown_count(box.dossiers), tr("hồ sơ của quầy này"))
        self.second.say("–", tr("chưa đặt nơi lưu bản thứ hai"), "warn", "warn")
        contact = tr("lần cuối {at}", at=lowered(near_moment(box.last_contact_at, now))) if (
            box.last_contact_at) else tr("chưa liên lạc lần nào")
        is_all = box.unsent_dossiers == 0 and box.dossiers > 0
        self.received.say(shown_count(box.confirmed_dossiers), contact, "ok" if is_all else "",
                          "check" if is_all else "")
        age = age_words(box.oldest_unsent_at, now)
        self.waiting.say(
            shown_count(box.unsent), tr("việc, cũ nhất {age}", age=age) if box.unsent else tr("không còn gì chờ")
        )
        at_risk = box.unsent_dossiers
        self.risk.say(
            tr("mất {n}", n=at_risk), tr("hồ sơ chưa có ở nơi nào khác") if at_risk else
            tr("mọi hồ sơ đã có ở tỉnh") if is_all else tr("chưa có hồ sơ nào"),
            "bad" if at_risk else "ok" if is_all else "", "stop" if at_risk else "check" if is_all else "",
        )
