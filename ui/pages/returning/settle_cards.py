"""Money that is still due, and what the citizen says of the service."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from app.domain.life.facts import MoneyTaken
from ui.pages.intake.segments import Segments
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField, money_text
from ui.widgets.text import Text


class MoneyCard(Card):
    """Hidden unless money is due. `money` is what the clerk says was taken; None while nothing is."""

    def __init__(self) -> None:
        super().__init__(tr("Thu tiền trước khi trả"), note=" ")
        self._is_due = False
        self.amount = MoneyField(tr("Số tiền đã thu"))
        self.receipt = LineField(tr("Số biên lai (nếu có)"), is_figures=True)
        self.means = Segments(tr("Cách thu"), (
            ("cash", tr("Tiền mặt")), ("transfer", tr("Chuyển khoản")), ("online", tr("Trực tuyến")),
        ))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.amount, 2)
        row.addWidget(self.receipt, 2)
        self.body.addWidget(self.means)
        self.body.addLayout(row)
        self.amount.edited.connect(lambda _: self.amount.set_message(""))
        self.show_due(0)

    def show_due(self, amount: int | None) -> None:
        """None: money is due and the catalogue does not know how much."""
        self._is_due = amount != 0
        self.setVisible(self._is_due)
        self.set_note(tr("Chưa rõ số tiền, xem thông báo phí") if amount is None
                      else tr("Phải thu {money}", money=money_text(amount)))
        self.amount.set_amount(None)
        self.amount.set_message("")
        self.receipt.set_text("")
        self.means.set_value("cash")

    def money(self) -> MoneyTaken | None:
        amount = self.amount.amount()
        if amount is None or not self._is_due:
            return None
        return MoneyTaken(amount, self.means.value(), self.receipt.text())


NOT_ASKED = 0


class SatisfactionCard(Card):
    """Three levels, or nothing said; and a note for the paper both sign."""

    def __init__(self) -> None:
        super().__init__()
        self._level = Segments(tr("Mức độ hài lòng"), (
            (NOT_ASKED, tr("Không hỏi")), (1, tr("Rất hài lòng")), (2, tr("Hài lòng")), (3, tr("Không hài lòng")),
        ), is_labelled=False)
        self.note = LineField(tr("Ghi chú (in trên giấy biên nhận)"))
        self.body.addWidget(Text(tr("Mức độ hài lòng"), "secondary"))
        self.body.addWidget(self._level)
        self.body.addWidget(self.note)
        self.clear()

    def level(self) -> int | None:
        return self._level.value() or None

    def set_level(self, level: int | None) -> None:
        self._level.set_value(level or NOT_ASKED)

    def clear(self) -> None:
        self.set_level(None)
        self.note.set_text("")
        self.note.set_message("")
