"""The left of the page: scanner, checklist, the tray, the count of sheets, and the one action that files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.models.paper_items import PaperItem, PaperItemsModel
from ui.pages.digitise.items_view import ItemsView
from ui.pages.digitise.scan_card import ScanCard
from ui.pages.digitise.tray_box import TrayBox
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.count_spin import CountSpin
from ui.widgets.key_hint import KeyHint
from ui.widgets.text import ElidedText, Text

WIDTH, LEAST = 408, 392            # at 125 % of 1366 pixels every column must still find its room
_MOST_COUNTED = 999


class LeftColumn(QWidget):
    """Arranges its parts; the page connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(WIDTH)
        self.scan = ScanCard()
        self.scan.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.model = PaperItemsModel(self)
        self.items = ItemsView(self.model)
        card = Card(is_flush=True)
        card.body.addWidget(self.items, 1)
        self.tray = TrayBox()
        self.count = CountSpin(tr("Số tờ bạn đếm"), most=_MOST_COUNTED)
        self._counted = ElidedText("", "secondary")
        self.about = ActionButton(tr("Thông tin"), "I")
        self.file = ActionButton(tr("Lưu"), "F12", kind="primary")
        count = QHBoxLayout()
        count.setSpacing(8)
        count.addWidget(Text(tr("Bạn đếm"), "secondary"))
        count.addWidget(self.count)
        count.addWidget(KeyHint("N"))
        count.addWidget(self._counted, 1)
        end = QHBoxLayout()
        end.setSpacing(8)
        end.addWidget(self.about)
        end.addWidget(self.file, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.scan)
        column.addWidget(card, 1)
        column.addWidget(self.tray)
        column.addLayout(count)
        column.addLayout(end)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def show_items(self, items: Sequence[PaperItem], place: str | None) -> None:
        """`place` is the one to stand on; None: the clerk is walking through the list, leave her where she is."""
        self.model.show_items(items)
        if place is None:
            return
        row = self.items.current_row()
        if (row.requirement if row is not None else "") != place:
            self.items.choose(place)
        self.about.setEnabled(bool(place))

    def show_count(self, declared: int, scanned: int, difference: int | None) -> None:
        """`difference`: sheets too many (> 0) or missing (< 0), None when nobody counted."""
        self.count.set_value(declared)
        if difference is None:
            words, tone = tr("tờ · máy quét {n} tờ", n=scanned), ""
        elif difference == 0:
            words, tone = tr("tờ · máy quét {n} tờ, khớp", n=scanned), "ok"
        elif difference < 0:
            words, tone = tr("tờ · máy quét {scanned}, thiếu {n}", scanned=scanned, n=-difference), "bad"
        else:
            words, tone = tr("tờ · máy quét {scanned}, thừa {n}", scanned=scanned, n=difference), "warn"
        self._counted.setText(words)
        self._counted.set_tone(tone)

    def counted(self) -> str:
        return self._counted.text()
