"""The fees of the form, a row each: what it is, what is counted or typed for it, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.fee_words import formula_words
from app.domain.intake import ChargedFee
from app.domain.money import format_money
from ui.models.fee_words import relief_line
from ui.pages.intake.charging import read_amount
from ui.pages.intake.form import FeeEntry
from ui.pages.intake.words import joined
from ui.translations import mark, tr
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField
from ui.widgets.text import Text

KINDS = {"fee": mark("phí"), "charge": mark("lệ phí")}
FIELD_WIDTH = 150


class FeeRows(QWidget):
    """`show_fees` with the entries and what each is charged. A row has a field only where something is asked."""

    typed = Signal(int, str)       # number of the row, digits of an amount
    counted = Signal(int, str)     # number of the row, the count as typed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline: list[object] = []
        self._fields: dict[int, LineField] = {}
        self._amounts: list[Text] = []
        self._reliefs: list[Text] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)

    def show_fees(self, fees: Sequence[FeeEntry], charged: Sequence[ChargedFee]) -> None:
        outline: list[object] = [(fee.name, fee.amount, fee.line) for fee in fees]
        if outline != self._outline:
            self._outline = outline
            self._build(fees)
        for number, (fee, due) in enumerate(zip(fees, charged, strict=True)):
            self._show(number, fee, due)

    def fields(self) -> Iterator[tuple[int, LineField]]:
        """(number of the row, field) of the rows that ask for something."""
        yield from self._fields.items()

    def show_fault(self, number: int, words: str) -> None:
        self._fields[number].set_message(words)

    # inside

    def _build(self, fees: Sequence[FeeEntry]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._fields, self._amounts, self._reliefs = {}, [], []
        before = self._stop_before()
        for number, fee in enumerate(fees):
            amount, relief = Text("", "figures"), Text("", "secondary", is_wrapped=True)
            relief.set_tone("ok")
            self._amounts.append(amount)
            self._reliefs.append(relief)
            self._grid.addWidget(Text(fee.name, is_wrapped=True), 3 * number, 0)
            field = self._field(number, fee)
            if field is not None:
                self._fields[number] = field
                self._grid.addWidget(field, 3 * number, 1)
                # Made after the rest of the window, it would be the last stop of the Tab key; what it lies in
                # stays last, and if it stood for the line it would lead Tab back here instead of on to the rail.
                field.setFocusProxy(None)      # type: ignore[arg-type]  # Qt takes the proxy away
                QWidget.setTabOrder(before, field.line)
                before = field.line
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(amount, 3 * number, 2, right)
            self._grid.addWidget(Text(_detail(fee), "secondary", is_wrapped=True), 3 * number + 1, 0, 1, 3)
            self._grid.addWidget(relief, 3 * number + 2, 0, 1, 3)

    def _stop_before(self) -> QWidget:
        """The last stop of the Tab key before this widget; it was given its place when the page was built."""
        at = self.previousInFocusChain()
        while at is not None and at is not self and at.focusPolicy() == Qt.FocusPolicy.NoFocus:
            at = at.previousInFocusChain()
        return at or self

    def _field(self, number: int, fee: FeeEntry) -> LineField | None:
        if fee.amount is None and (fee.line is None or fee.line.formula is None):
            money = MoneyField("", hint=tr("gõ số tiền"))
            money.line.setAccessibleName(tr("Số tiền: {fee}", fee=fee.name))
            money.edited.connect(lambda kept: self.typed.emit(number, kept))
            money.setFixedWidth(FIELD_WIDTH)
            return money
        formula = fee.line.formula if fee.line is not None else None
        if formula is None:
            return None
        hint = tr("{unit} x {whole}", unit=formula.unit, whole=formula.whole) if formula.whole else formula.unit
        if formula.usual is not None:
            hint = f"{formula.usual} {formula.unit}"
        count = LineField("", hint=hint, is_figures=True)
        count.line.setAccessibleName(
            tr("Số {unit} x số {whole}: {fee}", unit=formula.unit, whole=formula.whole, fee=fee.name)
            if formula.whole else tr("Số {unit}: {fee}", unit=formula.unit, fee=fee.name)
        )
        count.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        count.setFixedWidth(FIELD_WIDTH)
        count.edited.connect(lambda text: self.counted.emit(number, text))
        return count

    def _show(self, number: int, fee: FeeEntry, due: ChargedFee) -> None:
        field = self._fields.get(number)
        is_money = isinstance(field, MoneyField)
        if isinstance(field, MoneyField):
            amount = read_amount(fee.typed)
            if field.amount() != amount:
                field.set_amount(amount)
        elif field is not None:
            field.set_text(fee.counted)
        # An amount in its own field is not said twice, unless something is taken off it.
        is_said = not is_money or due.relief is not None
        said = tr("chưa rõ") if due.amount is None else format_money(due.amount)
        self._amounts[number].setText(said)
        self._amounts[number].setVisible(is_said)
        relief = relief_line(due)
        self._reliefs[number].setText(relief)
        self._reliefs[number].setVisible(bool(relief))


def _detail(fee: FeeEntry) -> str:
    formula = fee.line.formula if fee.line is not None else None
    return joined((
        tr(KINDS[fee.kind]) if fee.kind in KINDS else "", formula_words(formula) if formula is not None else "",
        fee.basis, fee.note,
    ))
