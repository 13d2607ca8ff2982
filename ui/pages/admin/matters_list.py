"""The matters at the left: name, keys, and how each stands, with its sign: all of it at one glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.pages.admin.card import Stand
from ui.theme import FontRole, theme
from ui.translations import tr
from ui.widgets.glyph import TONE_ICONS
from ui.widgets.key_hint import key_width, paint_key

TALL, LOW, LEAST = 62, 44, 34
"""Heights of a row: with air, just two lines, one line for the name alone."""

_MATTER = Qt.ItemDataRole.UserRole
_PAD, _GLYPH, _GAP = 12, 18, 4


@dataclass(frozen=True, slots=True)
class Matter:
    """A row: `keys` as on their caps."""

    name: str
    keys: tuple[str, ...]
    stand: Stand


class MattersList(QListWidget):
    """`chosen` as the list moves; `accepted` when Enter says: into it. Rows share the height there is."""

    chosen = Signal(int)
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Việc của máy này"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_MatterDelegate(self))
        self.row_height = TALL
        self.currentRowChanged.connect(self._tell)

    def show_matters(self, matters: Sequence[Matter]) -> None:
        """As many as before, or all anew."""
        while self.count() < len(matters):
            self.addItem(QListWidgetItem())
        for row, matter in enumerate(matters):
            item = self.item(row)
            if item.data(_MATTER) == matter:
                continue
            item.setData(_MATTER, matter)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{matter.name}. {matter.stand.words}")
            item.setToolTip(matter.stand.words)

    def share(self, height: int, *, most_rows: int = 99) -> None:
        """Rows for a list that may be `height` pixels high, of which `most_rows` are in sight; it takes no more
        than they need."""
        if not self.count():
            return
        each = height // self.count()
        wanted = min(TALL, each) if each >= LOW else LEAST
        if wanted != self.row_height:
            self.row_height = wanted
            self.scheduleDelayedItemsLayout()
        rows = min(most_rows, self.count())
        self.setMinimumHeight(min(rows, 2) * LEAST)
        self.setMaximumHeight(rows * self.row_height)
        self.updateGeometry()

    def _tell(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """A letter is the key of an act, never the beginning of a name."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.count() * self.row_height)


class _MatterDelegate(QStyledItemDelegate):
    """Two lines where there is room, else the name with its sign; keys at the right of the name where they fit."""

    def __init__(self, matters: MattersList) -> None:
        super().__init__(matters)
        self._list = matters

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._list.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look, matter, rect = theme(), index.data(_MATTER), QRect(option.rect)
        assert isinstance(matter, Matter)
        painter.save()
        if self._list.currentRow() == index.row():
            painter.fillRect(rect, look.color("row-current"))
            if self._list.hasFocus():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(look.color("focus"), 3))
                painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 6, 6)
            else:
                painter.fillRect(rect.left(), rect.top(), 3, rect.height(), look.color("focus"))
        tone = matter.stand.tone
        sign = look.pixmap(TONE_ICONS[tone], "ink-2" if tone == "neutral" else f"{tone}-ink", _GLYPH,
                           self._list.devicePixelRatio())
        has_two = rect.height() >= LOW
        inner = rect.adjusted(_PAD + _GLYPH + 10, 0, -_PAD, 0)
        lines = QFontMetrics(look.font("heading")).height(), QFontMetrics(look.font("small")).height()
        top = rect.top() + (rect.height() - (sum(lines) if has_two else lines[0])) // 2
        first = QRect(inner.left(), top, inner.width(), lines[0])
        painter.drawPixmap(rect.left() + _PAD, first.center().y() - _GLYPH // 2 + 1, sign)
        self._say(painter, self._beside_keys(painter, first, matter), matter.name, "heading", "ink")
        if has_two:
            second = QRect(inner.left(), first.bottom() + 1, inner.width(), lines[1])
            ink = f"{tone}-ink" if tone in ("warn", "bad") else "ink-2"
            self._say(painter, second, matter.stand.words, "small", ink)
        painter.restore()

    @staticmethod
    def _beside_keys(painter: QPainter, line: QRect, matter: Matter) -> QRect:
        """What the caps leave of the first line; none is drawn where the name would be cut for them."""
        wide = sum(key_width(each) + _GAP for each in matter.keys)
        if QFontMetrics(theme().font("heading")).horizontalAdvance(matter.name) + wide > line.width():
            return line
        left = line.right() + _GAP - wide
        for each in matter.keys:
            paint_key(painter, left, line.center().y(), each)
            left += key_width(each) + _GAP
        return line.adjusted(0, 0, -wide, 0)

    @staticmethod
    def _say(painter: QPainter, place: QRect, words: str, role: FontRole, ink: str) -> None:
        look = theme()
        painter.setFont(look.font(role))
        painter.setPen(look.color(ink))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
