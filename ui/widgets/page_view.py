"""One page large: as wide as the room, whole, or enlarged and pushed about with the keys."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.theme import theme
from ui.translations import tr

_EDGE = 8
STEP = 1.25
LEAST, MOST = 0.05, 8.0


class Fit(Enum):
    """How large a page stands by itself; None in `PageView` once the clerk has zoomed."""

    WIDTH = "width"
    PAGE = "page"


class PageView(QAbstractScrollArea):
    """`show_picture` a page, `clear` it. `zoom_in`, `zoom_out`, `fit`; arrows push an enlarged page about.

    `sharper_wanted(pixels)` when the page stands larger than its picture has points: the owner may bring one
    with more. `words` stand where no picture is.
    """

    sharper_wanted = Signal(int)   # the longest side that would be sharp, in device pixels
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Trang đang xem"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._pixmap: QPixmap | None = None
        self._small: QPixmap | None = None     # as it was painted last, smaller than `_pixmap`
        self._page = QSize()           # the page's own size in points of its best picture
        self._words = ""
        self._fit: Fit | None = Fit.WIDTH
        self._scale = 1.0
        self._grip: QPoint | None = None
        theme().changed.connect(self.viewport().update)

    def show_picture(self, image: QImage, page: QSize) -> None:
        """`page`: pixels of the whole page, of which `image` may be a smaller picture. Zoom stays as it is."""
        is_other_shape = page != self._page
        self._pixmap, self._page, self._words, self._small = QPixmap.fromImage(image), page, "", None
        self.setAccessibleDescription("")
        self._lay_out(is_other_shape=is_other_shape)

    def clear(self, words: str = "") -> None:
        self._pixmap, self._page, self._words, self._small = None, QSize(), words, None
        self.setAccessibleDescription(words)
        self._lay_out(is_other_shape=True)

    @property
    def scale(self) -> float:
        """Shown size by the page's own pixels."""
        return self._scale

    @property
    def how_fit(self) -> Fit | None:
        return self._fit

    def has_picture(self) -> bool:
        return self._pixmap is not None

    def fit(self, how: Fit) -> None:
        self._fit = how
        self._lay_out()
        self.zoomed.emit()

    def show_at(self, how: Fit | float) -> None:
        """Fitted, or at a scale of the page's own points: 1.0 is one to one."""
        if isinstance(how, Fit):
            self.fit(how)
        else:
            self._zoom(how / self._scale)

    def toggle_fit(self) -> None:
        """Whole page or full width, in turn."""
        self.fit(Fit.PAGE if self._fit is Fit.WIDTH else Fit.WIDTH)

    def zoom_in(self) -> None:
        self._zoom(STEP)

    def zoom_out(self) -> None:
        self._zoom(1 / STEP)

    def push(self, dx: int, dy: int) -> bool:
        """Pushes the page by steps of a tenth of the room; False when it cannot go further that way."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        before = across.value(), down.value()
        across.setValue(across.value() + dx * self.viewport().width() // 10)
        down.setValue(down.value() + dy * self.viewport().height() // 10)
        return (across.value(), down.value()) != before

    # inside

    def _zoom(self, by: float, at: QPoint | None = None) -> None:
        """`at`: the point of the viewport that stays where it is; its middle where none is given."""
        if self._pixmap is None:
            return
        middle = QPoint(self.viewport().width() // 2, self.viewport().height() // 2)
        spot = at if at is not None else middle
        place = self._place()
        across = (spot.x() - place.left()) / max(1, place.width())
        down = (spot.y() - place.top()) / max(1, place.height())
        self._fit = None
        self._scale = min(max(self._scale * by, LEAST), MOST)
        self._lay_out()
        shown = self._shown()
        self.horizontalScrollBar().setValue(round(across * shown.width() + _EDGE - spot.x()))
        self.verticalScrollBar().setValue(round(down * shown.height() + _EDGE - spot.y()))
        self.zoomed.emit()

    def _room(self) -> QSize:
        return self.viewport().size() - QSize(2 * _EDGE, 2 * _EDGE)

    def _shown(self) -> QSize:
        return QSize(round(self._page.width() * self._scale), round(self._page.height() * self._scale))

    def _lay_out(self, *, is_other_shape: bool = False) -> None:
        if self._page.isEmpty():
            self.horizontalScrollBar().setRange(0, 0)
            self.verticalScrollBar().setRange(0, 0)
            self.viewport().update()
            return
        room = self._room()
        if self._fit is not None:
            wide = room.width() / self._page.width()
            high = room.height() / self._page.height()
            self._scale = max(LEAST, wide if self._fit is Fit.WIDTH else min(wide, high))
        shown = self._shown()
        for bar, length, place in (
            (self.horizontalScrollBar(), shown.width() - room.width(), room.width()),
            (self.verticalScrollBar(), shown.height() - room.height(), room.height()),
        ):
            bar.setRange(0, max(0, length))
            bar.setPageStep(max(1, place))
            bar.setSingleStep(40)
            if is_other_shape:
                bar.setValue(0)
        self.viewport().update()
        wanted = round(max(shown.width(), shown.height()) * self.devicePixelRatio())
        if self._pixmap is not None and wanted > max(self._pixmap.width(), self._pixmap.height()):
            self.sharper_wanted.emit(wanted)

    def _sharp(self, shown: QSize) -> QPixmap:
        """The picture in exactly the points it will have: thin strokes stay whole when a page is made small."""
        assert self._pixmap is not None
        ratio = self.devicePixelRatio()
        points = QSize(round(shown.width() * ratio), round(shown.height() * ratio))
        if points.width() >= self._pixmap.width():
            return self._pixmap
        if self._small is None or self._small.size() != points:
            self._small = self._pixmap.scaled(
                points, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        return self._small

    def _place(self) -> QRect:
        shown, room = self._shown(), self._room()
        left = _EDGE + max(0, (room.width() - shown.width()) // 2) - self.horizontalScrollBar().value()
        top = _EDGE + max(0, (room.height() - shown.height()) // 2) - self.verticalScrollBar().value()
        return QRect(QPoint(left, top), shown)

    # Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.color("ground"))
        if self._pixmap is None:
            painter.setPen(look.color("ink-2"))
            painter.setFont(look.font("body"))
            room = self.viewport().rect().adjusted(24, 24, -24, -24)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self._words)
        else:
            place = self._place()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, self._sharp(place.size()))
            painter.setPen(QPen(look.color("line-control"), 1))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -2, -2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pushes = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in pushes:
            self.push(*pushes[Qt.Key(event.key())])
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(STEP if event.angleDelta().y() > 0 else 1 / STEP, event.position().toPoint())
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is pinch:
            self._zoom(max(0.1, 1 + event.value()), event.position().toPoint())    # two fingers on the touchpad
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        here = event.position().toPoint()
        by = self._grip - here
        self._grip = here
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + by.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + by.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.toggle_fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
