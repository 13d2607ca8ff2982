"""The tray "Chưa xếp": always in sight, with its count; a place to stand on and to drop pages into."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.models.scanned_pages import carried_pages
from ui.theme import theme
from ui.translations import tr
from ui.widgets.key_hint import key_width, paint_key

HEIGHT = 46


class TrayBox(QPushButton):
    """`chosen` when the clerk stands on it, `left_above` on Up, `dropped(pages)`; `opened` on Enter."""

    chosen = Signal()
    left_above = Signal()
    opened = Signal()
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "plain")
        self.setMinimumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAcceptDrops(True)
        self._pages, self._is_current = 0, False
        self.clicked.connect(self.chosen)
        self.show_tray(0, is_current=False)

    def show_tray(self, pages: int, *, is_current: bool) -> None:
        self._pages, self._is_current = pages, is_current
        self.setAccessibleName(f"{tr('Chưa xếp')}: {self.words()}")
        self.update()

    def words(self) -> str:
        return tr("{n} trang", n=self._pages) if self._pages else tr("trống")

    # Qt's side

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = "warn" if self._pages else "neutral"
        box = self.rect().adjusted(1, 1, -1, -1)
        if self._is_current or self._pages:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("row-current" if self._is_current else "warn-soft"))
            painter.drawRoundedRect(box, 6, 6)
        if self._is_current:
            painter.fillRect(QRect(box.left(), box.top() + 6, 4, box.height() - 12), look.color("focus"))
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        middle = self.height() // 2
        icon = look.pixmap("warn" if self._pages else "inbox", f"{tone}-ink", 20, self.devicePixelRatio())
        painter.drawPixmap(QPoint(14, middle - 10), icon)
        painter.setFont(look.font("heading"))
        painter.setPen(look.color("ink"))
        name = tr("Chưa xếp")
        painter.drawText(QRect(44, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, name)
        right = self.width() - 14 - key_width("0")
        paint_key(painter, right, middle, "0")
        painter.setFont(look.font("heading" if self._pages else "body"))
        painter.setPen(look.color(f"{tone}-ink"))
        room = QRect(0, 0, right - 12, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.words())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.left_above.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carried_pages(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        pages = carried_pages(event.mimeData())
        if pages:
            event.acceptProposedAction()
            self.dropped.emit(pages)
