"""The honest states as large figures: on this machine, second copy, province; what waits (work, and
documents apart from it), what is at risk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.courier import Outbox
from app.services.second_copy import SecondCopyState
from ui.delegates.dates import lowered, near_moment
from ui.models.counts import shown_count
from ui.models.sizes import shown_size
from ui.pages.sync.file_progress import FileProgress
from ui.pages.sync.line_words import age_words
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.even_rows import EvenRows
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


class FigureRow(EvenRows):
    """Six figures in a row (two rows in a narrow window), in the order in which a dossier becomes safe."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stored = Figure(tr("Đã lưu trên máy"))
        self.second = Figure(tr("Đã có bản thứ hai"))
        self.received = Figure(tr("Tỉnh đã nhận"))
        self.waiting = Figure(tr("Chờ gửi"))
        self.files = Figure(tr("Tệp chờ gửi"))
        self.risk = Figure(tr("Nếu máy hỏng lúc này"))
        self.place((self.stored, self.second, self.received, self.waiting, self.files, self.risk))

    def show_box(
        self, box: Outbox, now: datetime, going: FileProgress | None = None, copy: SecondCopyState | None = None
    ) -> None:
        """A dossier is safe from this machine once the province or the second medium has it; a document once the
        province has."""
        self.stored.say(shown_count(box.dossiers), tr("hồ sơ của quầy này"))
        self._show_copy(copy, box.dossiers)
        contact = tr("lần cuối {at}", at=lowered(near_moment(box.last_contact_at, now))) if (
            box.last_contact_at) else tr("chưa liên lạc lần nào")
        is_all = box.unsent_dossiers == 0 and box.files_waiting == 0 and box.dossiers > 0
        self.received.say(shown_count(box.confirmed_dossiers), contact, "ok" if is_all else "",
                          "check" if is_all else "")
        age = age_words(box.oldest_unsent_at, now)
        self.waiting.say(
            shown_count(box.unsent), tr("việc, cũ nhất {age}", age=age) if box.unsent else tr("không còn gì chờ")
        )
        self.show_files(box, going)
        has_copy = copy is not None and copy.chosen is not None
        at_risk = copy.risk.dossiers if copy is not None and has_copy else box.unsent_dossiers
        files = box.files_waiting
        if at_risk:
            note = tr("hồ sơ và {n} tệp", n=shown_count(files)) if files else (
                tr("hồ sơ chỉ có ở máy này"))
            self.risk.say(tr("mất {n}", n=at_risk), note, "bad", "stop")
        elif files:
            self.risk.say(tr("mất {n} tệp", n=shown_count(files)), tr("chỉ có ở máy này"), "warn",
                          "warn")
        elif is_all:
            self.risk.say(tr("mất {n}", n=0), tr("mọi hồ sơ đã có ở tỉnh"), "ok", "check")
        elif has_copy and box.dossiers:
            self.risk.say(tr("mất {n}", n=0), tr("mọi hồ sơ đã có bản thứ hai"), "ok", "check")
        else:
            self.risk.say(tr("mất {n}", n=0), tr("chưa có hồ sơ nào"))

    def _show_copy(self, copy: SecondCopyState | None, dossiers: int) -> None:
        if copy is None or copy.chosen is None:
            self.second.say("–", tr("chưa đặt nơi lưu"), "warn", "warn")
            return
        amount, left = shown_count(max(0, dossiers - copy.unkept.dossiers)), copy.unkept.operations
        if copy.problem is not None:
            self.second.say(amount, tr("ổ đang trục trặc, còn {n} việc", n=shown_count(left)), "warn", "warn")
        elif left:
            self.second.say(amount, tr("đang chép, còn {n} việc", n=shown_count(left)), "warn", "warn")
        elif copy.kept is not None and not copy.kept.is_for_province:
            self.second.say(amount, tr("tỉnh chưa mở được"), "warn", "warn")
        else:
            self.second.say(amount, tr("đã đọc lại từ ổ"), "ok", "check")

    def show_files(self, box: Outbox, going: FileProgress | None) -> None:
        """Documents that wait; `going` while they are on their way, and then its counts, which are newer."""
        aside = box.files_aside
        tone, icon = ("warn", "warn") if aside else ("", "")
        apart = tr("để riêng {n}", n=shown_count(aside)) if aside else ""
        if going is not None:
            words = [tr("đang gửi {number}/{total}", number=shown_count(going.number),
                        total=shown_count(going.total)), shown_size(going.size)]
            self.files.say(shown_count(going.left + aside), _together(words), tone, icon)
        elif box.files_waiting:
            words = [tr("tệp"), shown_size(box.file_bytes_waiting), apart]
            self.files.say(shown_count(box.files_waiting), _together(words), tone, icon)
        else:
            self.files.say("0", tr("không còn gì chờ"))


def _together(words: Sequence[str]) -> str:
    return " · ".join(each for each in words if each)
