"""Trả tại quầy as it is seen: trouble, the two papers, who, originals, money, satisfaction; facts at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.life.life import Original
from app.domain.reason_library import Act
from app.services.life.reasons import read_reasons
from ui.pages.returning.collector_card import CollectorCard
from ui.pages.returning.facts_column import FactsColumn
from ui.pages.returning.originals_card import OriginalsCard
from ui.pages.returning.scan_slots import ScanSlots
from ui.pages.returning.settle_cards import MoneyCard, SatisfactionCard
from ui.pages.scrolled import Scrolled
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.columns import Columns
from ui.widgets.line_field import LineField
from ui.widgets.reason_field import ReasonField

_LEAST, _WIDE = 300, 800


class _Shrinking(QWidget):
    """Asks for the least height, not for the best of its width: its lower part scrolls before the page does."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())


class _SideBySide(QWidget):
    """Two cards in a row, one under the other where the window is narrow."""

    def __init__(self, *cards: QWidget) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        for card in cards:
            self._row.addWidget(card, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_wide = event.size().width() >= _WIDE
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)


class GiveView(QWidget):
    """Parts only; `giving.Giving` fills and reads them. `typed` is a code entered by hand."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.trouble = Banner()
        self.code = LineField(
            "", hint=tr("Quét giấy hẹn, nhãn kết quả, căn cước; hoặc gõ mã rồi Enter"), is_figures=True)
        self.code.line.setAccessibleName(tr("Quét hoặc gõ mã"))
        self.slots = ScanSlots()
        self.lost = ReasonField(tr("Vì sao không có giấy hẹn (in trên giấy biên nhận)"))
        self.collector = CollectorCard()
        self.originals = OriginalsCard()
        self.money = MoneyCard()
        self.satisfaction = SatisfactionCard()
        self.facts = FactsColumn()
        # What was scanned and what is wrong stay in sight; only what is filled in scrolls.
        self._owed = _SideBySide(self.originals, self.money)
        main = _Shrinking()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.trouble, self.code, self.slots, self.lost):
            column.addWidget(part)
        self._filled = Scrolled(self.collector, self._owed, self.satisfaction)
        column.addWidget(self._filled, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Columns(main, self.facts, side_width=310))
        self.code.line.returnPressed.connect(self._on_typed)

    def clear(self) -> None:
        """As for the next citizen."""
        self.slots.receipt.wait()
        self.slots.result.wait()
        self.code.set_text("")
        self.lost.set_library(partial(read_reasons().find, Act.LOST_RECEIPT))
        self.lost.hide()
        self.collector.clear()
        self.show_owed((), 0)
        self.satisfaction.clear()
        self.facts.show_held(None)

    def show_owed(self, originals: Sequence[Original], money: int | None) -> None:
        """What stands between the citizen and the result: her originals, and money that is due (None: unknown)."""
        self.originals.show_originals(originals)
        self.money.show_due(money)
        self._owed.setVisible(bool(originals) or money != 0)

    def point_to(self, field: QWidget) -> None:
        """Puts the hand on `field` and brings it into sight."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._filled.isAncestorOf(field):
            self._filled.ensureWidgetVisible(field, 0, 40)

    def _on_typed(self) -> None:
        text = self.code.text().strip()
        if text:
            self.code.set_text("")
            self.typed.emit(text)
