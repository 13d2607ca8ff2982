"""The strip over the whole window: nothing here is real, in words, with an icon, in a colour nothing else has."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.practice import keys
from ui.shortcuts import Key
from ui.theme import theme
from ui.translations import tr
from ui.widgets.glyph import Glyph
from ui.widgets.text import ElidedText

HEIGHT = 36
_ROOMY = 1240                      # from this width on the strip says all of it
_GAP, _SIDE = 8, 8


class StripButton(QPushButton):
    """Words and their key on the strip's own ground."""

    def __init__(self, key: Key) -> None:
        super().__init__()
        self._key = key
        self._label = ""
        self.setProperty("kind", "strip")
        self.setFixedHeight(28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)   # a click leaves the keyboard with the page or the sheet
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_label(self, label: str) -> None:
        self._label = label
        self.setAccessibleName(label)
        self.setAccessibleDescription(self._key.cap)
        self.setToolTip(f"{tr(self._key.does)} ({self._key.cap})")
        self.updateGeometry()
        self.update()

    def label(self) -> str:
        return self._label

    def _width_of(self, text: str) -> int:
        return QFontMetrics(theme().font("small")).horizontalAdvance(text)

    def sizeHint(self) -> QSize:
        key = QFontMetrics(theme().font("key")).horizontalAdvance(self._key.cap)
        return QSize(self._width_of(self._label) + key + _GAP + 2 * _SIDE + 4, 28)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        look = theme()
        painter.setPen(look.color("practice-ink" if self.isEnabled() else "practice-line"))
        painter.setFont(look.font("small"))
        wide = self._width_of(self._label)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(_SIDE + 1, 0, 0, 0), middle, self._label)
        painter.setFont(look.font("key"))
        painter.drawText(self.rect().adjusted(_SIDE + wide + _GAP + 2, 0, 0, 0), middle, self._key.cap)


class PracticeStrip(QFrame):
    """`show_cable` says how the cable stands; the signals are what the clerk wants."""

    card_asked = Signal()
    cable_asked = Signal()
    paper_asked = Signal()
    guide_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "practice")
        self.setFixedHeight(HEIGHT)
        self._is_plugged, self._is_moving = True, False
        self._said = ElidedText("", "practice")
        self.card, self.cable = StripButton(keys.CARD), StripButton(keys.CABLE)
        self.paper, self.guide = StripButton(keys.PAPER), StripButton(keys.GUIDE)
        for button, asked in (
            (self.card, self.card_asked), (self.cable, self.cable_asked), (self.paper, self.paper_asked),
            (self.guide, self.guide_asked),
        ):
            button.clicked.connect(asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(Glyph("edit", "practice-ink", 18))
        row.addWidget(self._said, 1)
        for button in (self.card, self.cable, self.paper, self.guide):
            row.addWidget(button)
        self._tell()

    def show_cable(self, *, is_plugged: bool, is_moving: bool) -> None:
        self._is_plugged, self._is_moving = is_plugged, is_moving
        self._tell()

    def words(self) -> str:
        """What it says, whole."""
        return self._said.text()

    def _tell(self) -> None:
        said = tr("LUYỆN TẬP — không có hồ sơ thật")
        self._said.setText(said)
        self.setAccessibleName(said)
        self.card.set_label(tr("Quét thẻ mẫu"))
        self.cable.set_label(tr("Rút dây mạng") if self._is_plugged else tr("Cắm lại"))
        self.cable.setEnabled(not self._is_moving)
        is_roomy = self.width() >= _ROOMY
        self.paper.set_label(tr("Xem giấy vừa in") if is_roomy else tr("Giấy"))
        self.guide.set_label(tr("Hướng dẫn từng bước") if is_roomy else tr("Hướng dẫn"))

    # Qt's side

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()
