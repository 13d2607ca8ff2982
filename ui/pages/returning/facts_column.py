"""What the clerk reads while she gives a result out: where it lies, whose and what it is; and the one action."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.vietnam_time import local
from app.services.life.reading import KnownLife
from ui.delegates.dates import day_text
from ui.pages.returning.keys import DIGITISE, FRESH, GIVE, LOST
from ui.pages.scrolled import Scrolled
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.fact_row import FactRow


class FactsColumn(QWidget):
    """`given`, `lost`, `fresh` and `digitise_asked` are the buttons; the page binds the keys beside them."""

    given = Signal()
    lost = Signal()
    fresh = Signal()
    digitise_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shelf = FactRow(tr("Kệ"), is_large=True)
        self._person = FactRow(tr("Chủ hồ sơ"))
        self._procedure = FactRow(tr("Thủ tục"))
        self._result = FactRow(tr("Kết quả"))
        self._due = FactRow(tr("Hẹn trả"))
        card = Card(tr("Kết quả sẽ trả"))
        card.body.setSpacing(10)
        for fact in (self._shelf, self._person, self._procedure, self._result, self._due):
            card.body.addWidget(fact)
        self.give = ActionButton(tr("Trả kết quả"), GIVE.cap, kind="primary")
        self.give.clicked.connect(self.given)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Scrolled(card, is_snug=True))      # long names scroll before F12 leaves the window
        column.addStretch(1)
        for row in (
            ((tr("Mất giấy hẹn"), LOST, self.lost), (tr("Làm lại"), FRESH, self.fresh)),
            ((tr("Số hóa hồ sơ"), DIGITISE, self.digitise_asked),),
        ):
            buttons = QHBoxLayout()
            buttons.setSpacing(10)
            for words, key, signal in row:
                button = ActionButton(words, key.cap)
                button.clicked.connect(signal)
                buttons.addWidget(button)
            buttons.addStretch(1)
            column.addLayout(buttons)
        column.addWidget(self.give)
        self.show_held(None)

    def show_held(self, held: KnownLife | None, *, is_ready: bool = False) -> None:
        """`is_ready`: both papers belong together, so the result may go out."""
        self.give.setEnabled(is_ready)
        if held is None:
            for row in (self._shelf, self._person, self._procedure, self._result, self._due):
                row.set_value("")
                row.set_note("")
            return
        procedure, applicant = held.body.intake.procedure, held.body.intake.applicant
        assert procedure is not None and applicant is not None
        life, result = held.life, held.life.result
        self._shelf.set_value(life.shelf, "info" if life.shelf else "")
        self._person.set_value(applicant.name)
        submitter = held.body.intake.submitter
        self._person.set_note(tr("Người nộp: {name}", name=submitter.person.full_name) if submitter else "")
        self._procedure.set_value(procedure.name)
        self._procedure.set_note(procedure.agency_name)
        self._result.set_value(result.kind if result else "", "warn" if result and result.is_negative else "")
        said = [result.number, day_text(result.day) if result.day else "", result.summary] if result else []
        if result is not None and result.is_negative:
            said.insert(0, tr("Cơ quan không giải quyết"))
        self._result.set_note(" · ".join(part for part in said if part))
        self._due.set_value(day_text(local(life.due_at).date()) if life.due_at else tr("Không hẹn ngày"))
        self._due.set_note(tr("Đăng ký nhận qua bưu chính") if life.is_posted_back else "")
