"""A paper of the settling agency that came to the counter: which word it brings, what the clerk reads off it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from app.domain.dossier import State
from app.domain.reason_library import Act
from app.services.life.agency_papers import note_extension, note_settled, note_stop, note_taken_up_again
from app.services.life.agency_word import named_due
from app.services.life.payment import note_payment_asked
from app.services.life.reading import KnownLife
from app.services.life.reasons import reasons_for
from ui.dialogs.act_sheet import ActSheet
from ui.dialogs.agency_paper_fields import AgencyPaperFields
from ui.operations.desk import Desk
from ui.operations.dossier_acts import carry_out
from ui.translations import mark, tr
from ui.widgets.choice import Choice
from ui.widgets.day_field import DayField
from ui.widgets.reason_field import ReasonField
from ui.widgets.text import Text
from ui.widgets.tick import Tick


@dataclass(frozen=True, slots=True)
class Word:
    """One kind of paper. `needs_day`: it names a new promised date."""

    kind: str
    words: str
    done: str
    needs_day: bool = False
    needs_reason: bool = True


EXTENSION = Word("extension", mark("Xin lỗi và gia hạn"), mark("Đã ghi gia hạn {code}"), needs_day=True)
PAYMENT = Word("payment", mark("Yêu cầu thực hiện nghĩa vụ tài chính"), mark("Đã ghi, thời hạn {code} tạm dừng"))
STOP = Word("stop", mark("Thông báo dừng giải quyết"), mark("Đã ghi dừng giải quyết {code}"))
SETTLED = Word("result", mark("Đã giải quyết xong, kết quả chưa về"), mark("Đã ghi giải quyết xong {code}"),
               needs_reason=False)
AGAIN = Word("acceptance", mark("Tiếp tục giải quyết sau khi dừng"), mark("Đã ghi tiếp tục giải quyết {code}"),
             needs_day=True)


def words_for(state: State) -> tuple[Word, ...]:
    """What a paper may say of a dossier in this state."""
    if state is State.STOPPED:
        return (AGAIN, SETTLED)
    if state is State.PAYMENT_ASKED:
        return (EXTENSION, STOP, SETTLED)
    return (EXTENSION, PAYMENT, STOP, SETTLED)


class AgencyPaperSheet(ActSheet):
    """`show_dossier`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Ghi văn bản của cơ quan"), tr("Ghi lại"), width=860)
        self._code = ""
        self._words: tuple[Word, ...] = ()
        self._held: KnownLife | None = None
        self.note = Text(tr("Cơ quan quyết định và ký; quầy chỉ ghi lại và báo cho công dân."), "secondary",
                         is_wrapped=True)
        self.kind = Choice(tr("Văn bản nói gì"))
        self.kind.currentIndexChanged.connect(lambda _: self._on_kind())
        self.paper = AgencyPaperFields()
        self.reason = ReasonField(tr("Lý do ghi trong văn bản"))
        self.reason.submitted.connect(self.confirm)
        self.day = DayField(tr("Ngày hẹn trả mới"))
        self.again = Tick(tr("Văn bản gia hạn thêm lần nữa"))
        for widget in (self.note, self.kind, self.paper, self.day, self.again, self.reason):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_dossier(self, held: KnownLife) -> None:
        self._code, self._held = held.code, held
        self.title.setText(tr("Hồ sơ {code}: văn bản của cơ quan", code=held.code))
        self._words = words_for(held.life.business)
        self.kind.blockSignals(True)
        self.kind.clear()
        for word in self._words:
            self.kind.addItem(tr(word.words))
        self.kind.blockSignals(False)
        self.paper.clear()
        self.day.set_day(None)
        self.again.setChecked(False)
        self.reason.set_library(lambda typed: reasons_for(held.body.intake, Act.STOP, typed)
                                if self.word is STOP else ())
        self._on_kind()

    @property
    def word(self) -> Word:
        return self._words[max(0, self.kind.currentIndex())]

    def may_confirm(self) -> bool:
        if not self.paper.are_right() or not self.day.is_right():
            return False
        if self.word is EXTENSION and self.day.day() is None:
            self.day.set_message(tr("Ghi ngày hẹn trả mới trong văn bản."))
            self.day.line.setFocus()
            return False
        return not self.word.needs_reason or self.reason.is_finished()

    def carry_out(self) -> None:
        word, paper = self.word, self.paper.paper(self.word.kind)
        due = self._due(self.day.day()) if word.needs_day else None
        services: dict[str, Callable[[], object]] = {
            EXTENSION.kind: lambda: self._note(
                note_extension, due, self.reason.text(), paper, is_again_meant=self.again.isChecked()),
            PAYMENT.kind: lambda: self._note(note_payment_asked, self.reason.text(), paper),
            STOP.kind: lambda: self._note(note_stop, self.reason.text(), paper),
            SETTLED.kind: lambda: self._note(note_settled, self.reason.text(), paper),
            AGAIN.kind: lambda: self._note(note_taken_up_again, self.reason.text(), paper, due),
        }
        services[word.kind]()
        self._desk.frame.say(tr(word.done, code=self._code))

    def _note(self, service: Callable[..., object], *values: object, **named: bool) -> None:
        carry_out(self._desk, self._code, service, self._code, *values, intent=self.intent, **named)

    def _due(self, day: date | None) -> datetime | None:
        return named_due(day, self._desk.office.rules) if day else None

    def _on_kind(self) -> None:
        self.day.setVisible(self.word.needs_day)
        was_extended = self._held is not None and any(
            change.paper is not None and change.paper.number for change in self._held.life.due_changes
        )
        self.again.setVisible(self.word is EXTENSION and was_extended)
        if self.is_open:
            self._fit()
