"""Thu tiền: what a dossier still owes by its code, postage or another collection typed; in cash or by transfer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.till.accounts import Means, Stream
from app.domain.till.collection import MoneyLine, Taking
from app.errors import KnownError
from app.services.results.known import find_here
from app.services.till.collecting import Collected
from app.services.till.dues import dues_of, unknown_dues
from app.services.till.later_fees import collect_dues
from app.services.till.rule import MoneyRule, read_money_rule
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure, is_written
from ui.messages import sentence
from ui.models.cash_rows import MEANS
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField, money_text
from ui.widgets.text import Text
from ui.widgets.tick import Tick

POSTAGE = "Cước bưu chính"
"""As the receipt names it, in whatever language the window is."""


class _CodeField(LineField):
    """Enter looks a code up that is not `held` yet; the sheet's own Enter would take the money."""

    entered = Signal()

    def __init__(self, label: str) -> None:
        super().__init__(label, is_figures=True)
        self.held = ""
        self.line.installEventFilter(self)

    def is_new(self) -> bool:
        return self.text().strip() not in ("", self.held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and is_enter and self.is_new():
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)


class CashCollectSheet(CashSheet):
    """`show_empty` or `show_dossier`, then `open(sheet.first_empty())`; `stored` carries the `Collected`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Thu tiền"), tr("Thu và in biên lai"), width=860)
        self._rule = MoneyRule()
        self._dues: tuple[MoneyLine, ...] = ()
        self._unknown: list[tuple[MoneyLine, MoneyField]] = []
        self._make_fields()
        self._lay_out()

    # filling

    def show_empty(self) -> None:
        with self._desk.office.database.reading() as connection:
            self._rule = read_money_rule(connection)
        self.code.held = ""
        for field in (self.code, self.payer, self.address, self.name, self.owner):
            field.set_text("")
            field.set_message("")
        self.amount.set_amount(None)
        self.amount.set_message("")
        self.stream.setCurrentIndex(0)
        self.means.setCurrentIndex(0)
        self._show_dues((), "")
        self._show_unknown(())
        self._on_stream()

    def show_dossier(self, text: str) -> bool:
        """The dues of a dossier by its code as scanned or typed; False when it cannot be, which is said there."""
        self.code.set_text(text.strip())
        try:
            with self._desk.office.database.reading() as connection:
                held = find_here(connection, text)
                dues, unknown = dues_of(connection, held.code), unknown_dues(connection, held.code)
        except KnownError as error:
            self.code.held = ""
            self._show_dues((), "")
            self._show_unknown(())
            self._say_code(error)
            return False
        applicant = held.body.intake.applicant
        assert applicant is not None
        who = applicant.person or applicant.organisation
        self.code.held = held.code
        self.code.set_text(held.code)
        self.code.set_message("")
        self.payer.set_text(applicant.name)
        self.address.set_text(who.address if who is not None else "")
        self._show_unknown(unknown)
        self._show_dues(dues, "" if unknown else tr("Hồ sơ này không còn khoản phải thu."))
        return True

    def first_empty(self) -> QWidget:
        """Where the hand goes on: what is owed is confirmed by Enter, else the code is typed."""
        if self._unknown:
            return self._unknown[0][1].line
        return self.means if self._dues else self.code.line

    # CashSheet

    def may_confirm(self) -> bool:
        if self.code.is_new():
            self._look_up()
            return False
        if self.stream.currentData() and not self._is_other_filled():
            return False
        if not self.lines():
            self.code.set_message(tr("Ghi mã hồ sơ còn nợ phí, hoặc chọn khoản khác."))
            self.code.line.setFocus()
            return False
        if self._typed() and not is_written(self.because, tr("Ghi số thông báo, văn bản cho biết mức thu.")):
            return False
        return is_written(self.payer, tr("Ghi tên người nộp.")) and self._has_one_account()

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        means = self.means_chosen()
        account = self._accounts()[0] if means is Means.TRANSFER else ""
        because = self.because.text().strip() if self._typed() else ""
        taking = Taking(means, self.lines(), self.payer.text(), self.address.text(), account, note=because)
        carry_out(self._desk, collect_dues, taking, code=self.code.held, intent=self.intent, on_done=on_done,
                  on_failure=on_failure, codes=(self.code.held,) if self.code.held else ())

    def told(self, found: Collected) -> None:
        words = tr("Đã thu {amount}, biên lai {receipts}", amount=money_text(found.collection.taking.total),
                   receipts=", ".join(each.name for each in found.collection.receipts))
        self._desk.frame.say(words if found.collection.session else tr("{words} · thu ngoài ca", words=words))

    def lines(self) -> tuple[MoneyLine, ...]:
        """What is taken now: the dues, whole or not at all, and the typed one."""
        taken = list(self._dues) if self.dues.isChecked() else []
        taken += self._typed()
        stream, amount = self.stream.currentData(), self.amount.amount()
        if stream and amount:
            is_post = stream == Stream.POSTAGE.value
            owner = "" if is_post else " ".join(self.owner.text().replace(":", " ").split())
            taken.append(MoneyLine(Stream(stream), owner, owner, "postage" if is_post else "other",
                                   self.name.text().strip(), amount))
        return tuple(taken)

    def means_chosen(self) -> Means:
        return Means(str(self.means.currentData()))

    # inside

    def _make_fields(self) -> None:
        self.code = _CodeField(tr("Mã hồ sơ: quét hoặc gõ rồi Enter"))
        self.code.edited.connect(self._on_code)
        self.code.entered.connect(self._look_up)
        self.because = LineField(tr("Mức thu theo thông báo, văn bản nào"))
        self.payer = LineField(tr("Người nộp"))
        self.address = LineField(tr("Địa chỉ"))
        self.stream = Choice(tr("Khoản khác"))
        self.stream.addItem(tr("Không có khoản khác"), "")
        self.stream.addItem(tr("Cước bưu chính"), Stream.POSTAGE.value)
        self.stream.addItem(tr("Thu hộ cơ quan khác"), Stream.OTHER.value)
        self.stream.currentIndexChanged.connect(lambda _: self._on_stream())
        self.name = LineField(tr("Tên khoản"))
        self.owner = LineField(tr("Thu hộ cho"))
        self.amount = MoneyField(tr("Số tiền"))
        self.means = Choice(tr("Thu bằng"))
        for means, words in MEANS.items():
            self.means.addItem(tr(words), means.value)
        for field in (self.payer, self.because, self.name, self.owner, self.amount):
            field.edited.connect(lambda _, field=field: field.set_message(""))
        self.amount.edited.connect(lambda _: self._show_total())
        self.dues = Tick(tr("Thu khoản hồ sơ còn nợ"))
        self.dues.toggled.connect(lambda _: self._show_total())
        self._lines = Text("", "lead", is_wrapped=True)
        self._nothing = Text("", "lead", is_wrapped=True)
        self._total = Text("", "fact")
        self._trouble = Text("", "secondary", is_wrapped=True)
        self._trouble.set_tone("bad")
        self._trouble.hide()
        self.means.currentIndexChanged.connect(lambda _: self._trouble.hide())

    def _lay_out(self) -> None:
        who = QHBoxLayout()
        who.setSpacing(14)
        who.addWidget(self.payer, 2)
        who.addWidget(self.address, 3)
        other = QGridLayout()
        other.setHorizontalSpacing(14)
        other.addWidget(self.name, 0, 0)
        other.addWidget(self.owner, 0, 1)
        other.addWidget(self.amount, 0, 2)
        other.setColumnStretch(0, 3)
        other.setColumnStretch(1, 3)
        other.setColumnStretch(2, 2)
        self.content.addWidget(self.code)
        self.content.addWidget(self.dues)
        self.content.addWidget(self._lines)
        self.content.addWidget(self._nothing)
        self._amounts = QVBoxLayout()
        self._amounts.setSpacing(8)
        self.content.addLayout(self._amounts)
        self.content.addWidget(self.because)
        self.content.addWidget(self.stream)
        self.content.addLayout(other)
        self.content.addLayout(who)
        foot = QHBoxLayout()
        foot.addWidget(Text(tr("Thu bằng"), "secondary"))
        foot.addWidget(self.means)
        foot.addStretch(1)
        foot.addWidget(self._total)
        self.content.addLayout(foot)
        self.content.addWidget(self._trouble)
        self.content.addStretch(1)

    def _look_up(self) -> None:
        if self.show_dossier(self.code.text()):
            self.first_empty().setFocus()

    def _show_dues(self, dues: Sequence[MoneyLine], nothing: str) -> None:
        self._dues = tuple(dues)
        self.dues.setChecked(bool(dues))
        self.dues.setVisible(bool(dues))
        self._lines.setVisible(bool(dues))
        self._lines.setText("\n".join(f"{line.name}: {money_text(line.amount)}" for line in self._dues))
        self._nothing.setText("" if dues else nothing)
        self._nothing.setVisible(not dues and bool(nothing))
        self._show_total()

    def _show_unknown(self, lines: Sequence[MoneyLine]) -> None:
        """A field for each fee whose amount only the agency's notice says."""
        for _, field in self._unknown:
            self._amounts.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._unknown = []
        for line in lines:
            field = MoneyField(tr("{name}: số tiền theo thông báo", name=line.name))
            field.edited.connect(lambda _: self._show_total())
            self._amounts.addWidget(field)
            self._unknown.append((line, field))
        self.because.set_text("")
        self.because.set_message("")
        self.because.setVisible(bool(lines))

    def _typed(self) -> list[MoneyLine]:
        return [replace(line, amount=field.amount() or 0) for line, field in self._unknown if field.amount()]

    def _show_total(self) -> None:
        self._total.setText(tr("Thu {amount}", amount=money_text(sum(line.amount for line in self.lines()))))

    def _on_code(self, text: str) -> None:
        self.code.set_message("")
        if self.code.held and text.strip() != self.code.held:
            self.code.held = ""
            self._show_dues((), "")
            self._show_unknown(())

    def _on_stream(self) -> None:
        stream = self.stream.currentData()
        for field in (self.name, self.amount, self.owner):
            field.setVisible(bool(stream) and (field is not self.owner or stream == Stream.OTHER.value))
        if stream == Stream.POSTAGE.value and not self.name.text():
            self.name.set_text(POSTAGE)
        elif stream == Stream.OTHER.value and self.name.text() == POSTAGE:
            self.name.set_text("")
        self._show_total()

    def _is_other_filled(self) -> bool:
        asked = ((self.name, tr("Ghi tên khoản.")), (self.owner, tr("Ghi cơ quan được thu hộ.")),
                 (self.amount, tr("Ghi số tiền.")))
        return all(is_written(field, words) for field, words in asked if field.isVisibleTo(self))

    def _accounts(self) -> list[str]:
        """The account of each line, each once."""
        found = (self._rule.account_for(line.owner) for line in self.lines())
        return list(dict.fromkeys(each.account if each is not None else "" for each in found))

    def _has_one_account(self) -> bool:
        if self.means_chosen() is Means.CASH:
            return True
        accounts = self._accounts()
        if len(accounts) == 1 and accounts[0]:
            return True
        self._trouble.setText(
            tr("Chưa có tài khoản nhận cho khoản này. Thu tiền mặt, hoặc đặt tài khoản (phím A ở trang Thu phí).")
            if "" in accounts else tr("Một lần chuyển khoản chỉ vào một tài khoản: thu riêng từng khoản."))
        self._trouble.show()
        return False

    def _say_code(self, error: KnownError) -> None:
        said = sentence(error, self._desk.language())
        self.code.set_message(f"{said.title}. {said.press} ({said.code})")
