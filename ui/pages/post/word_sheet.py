"""Ghi tin bưu chính: what the post says of one item, and when that was true."""

from __future__ import annotations

import re
from datetime import datetime, time

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.item_code import read_item_code
from app.domain.life.facts import PostWord
from app.domain.reason_library import Act
from app.domain.vietnam_time import VIETNAM, local
from app.services.life.reasons import read_reasons
from app.services.post.following import Word, note_word
from app.store.queries.post import FoundItem
from ui.delegates.dates import full_moment
from ui.dialogs.act_sheet import ActSheet
from ui.models.post_rows import WORDS, age_words
from ui.operations.desk import Desk
from ui.operations.post import carry_out
from ui.pages.intake.segments import Segments
from ui.translations import tr
from ui.widgets.day_field import DayField
from ui.widgets.line_field import LineField
from ui.widgets.money_field import money_text
from ui.widgets.reason_field import ReasonField
from ui.widgets.text import Text

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:hg. ]?([0-5][0-9])?")


def read_clock(text: str) -> time | None:
    """"15:30", "15h30", "1530", "15"; None when it is no time of day."""
    found = _CLOCK.fullmatch(text.strip())
    return time(int(found[1]), int(found[2] or 0)) if found else None


class WordSheet(ActSheet):
    """`show_item`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Tin của bưu chính"), tr("Ghi tin"), width=820)
        self._item: FoundItem | None = None
        self._about = Text("", "lead", is_wrapped=True)
        self.word = Segments(tr("Bưu chính báo"), tuple((word, tr(words)) for word, words in WORDS.items()))
        self.word.chosen.connect(lambda _: self._show_word())
        self.day = DayField(tr("Ngày"))
        self.clock = LineField(tr("Giờ"), hint="15:30", is_figures=True)
        self.receiver = LineField(tr("Ai đã nhận"))
        self.reason = ReasonField(tr("Vì sao không phát được"))
        self.reason.submitted.connect(self.confirm)
        for field in (self.clock, self.receiver):
            field.edited.connect(lambda _, field=field: field.set_message(""))
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.day, 1)
        row.addWidget(self.clock, 1)
        row.addStretch(1)
        self.content.addWidget(self._about)
        self.content.addWidget(self.word)
        self.content.addLayout(row)
        self.content.addWidget(self.receiver)
        self.content.addWidget(self.reason)
        self.content.addStretch(1)

    @property
    def item_code(self) -> str:
        return self._item.item_code if self._item is not None else ""

    def show_item(self, item: FoundItem, word: PostWord = PostWord.DELIVERED) -> None:
        self._item = item
        now = self._desk.clock()
        self.title.setText(tr("Bưu gửi {item}", item=read_item_code(item.item_code).shown))
        said = tr("chưa có tin nào") if item.word is None or item.as_of is None else tr(
            "tin cuối: {word}, {age}", word=tr(WORDS[item.word]).lower(), age=age_words(item.as_of, now))
        self._about.setText(tr("Hồ sơ {code}, gửi {receiver} lúc {at}; {said}.", code=item.code,
                               receiver=item.receiver, at=full_moment(item.posted_at), said=said))
        here = local(now)
        self.day.set_day(here.date())
        self.clock.set_text(f"{here:%H:%M}")
        self.clock.set_message("")
        self.receiver.set_text(item.receiver)
        self.receiver.set_message("")
        self.reason.set_library(lambda typed: read_reasons().find(Act.UNDELIVERED, typed))
        self.word.set_value(word)
        self._show_word()

    def may_confirm(self) -> bool:
        if not self.day.is_right():
            return False
        if self.day.day() is None:
            self.day.set_message(tr("Ghi ngày bưu chính báo."))
            self.day.line.setFocus()
            return False
        if read_clock(self.clock.text()) is None:
            self.clock.set_message(tr("Ghi giờ theo mẫu 15:30."))
            self.clock.line.setFocus()
            return False
        word = self.word.value()
        if word is PostWord.DELIVERED and not self.receiver.text().strip():
            self.receiver.set_message(tr("Ghi tên người đã nhận."))
            self.receiver.line.setFocus()
            return False
        return word is not PostWord.UNDELIVERED or self.reason.is_finished()

    def carry_out(self) -> None:
        item, day, clock = self._item, self.day.day(), read_clock(self.clock.text())
        assert item is not None and day is not None and clock is not None
        as_of = datetime.combine(day, clock, VIETNAM)
        word = self.word.value()
        said = Word(
            word, as_of, self.receiver.text() if word is PostWord.DELIVERED else "",
            self.reason.text() if word is PostWord.UNDELIVERED else "",
        )
        noted = carry_out(self._desk, note_word, item.item_code, said, code=item.code, intent=self.intent,
                          codes=(item.code,))
        words = tr("Đã ghi {code}: {word}", code=noted.code, word=tr(WORDS[word]).lower())
        if noted.fee:
            words = tr("{words}, thu hộ {amount}", words=words, amount=money_text(noted.fee))
        self._desk.frame.say(words if noted.is_new else tr("Tin này đã ghi trước đó, không ghi lại"))

    def _show_word(self) -> None:
        word = self.word.value()
        self.receiver.setVisible(word is PostWord.DELIVERED)
        self.reason.setVisible(word is PostWord.UNDELIVERED)
        if self.is_open:
            self._fit()
