"""What a camera sees now, as large as there is room; a few words where nothing is to be seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme
from ui.translations import tr

_RADIUS = 6


class LivePicture(QWidget):
    """`show_picture` as often as one comes; `say` takes the picture away and says why there is none."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._picture: QPixmap | None = None
        self._title = self._detail = ""
        theme().changed.connect(self.update)

    def show_picture(self, picture: QImage) -> None:
        self._picture = QPixmap.fromImage(picture)
        self.setAccessibleDescription(tr("Đang có hình"))
        self.update()

    def say(self, title: str, detail: str = "") -> None:
        self._picture, self._title, self._detail = None, title, detail
        self.setAccessibleDescription(f"{title} {detail}".strip())
        self.update()

    def has_picture(self) -> bool:
        return self._picture is not None

    def words(self) -> str:
        """What stands where the picture would be; "" while there is one."""
        return "" if self._picture is not None else f"{self._title} {self._detail}".strip()

    # Qt's side

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.color("line-control"))
        painter.setBrush(look.color("ground"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), _RADIUS, _RADIUS)
        if self._picture is not None:
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(QPoint(0, 0), size)
            place.moveCenter(self.rect().center())
            painter.drawPixmap(place, self._picture)
            return
        room = self.rect().adjusted(32, 16, -32, -16)
        wrapped = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.setFont(look.font("heading"))
        title = painter.boundingRect(room, wrapped, self._title)
        painter.setFont(look.font("body"))
        detail = painter.boundingRect(room, wrapped, self._detail)
        top = self.rect().center().y() - (title.height() + detail.height() + 8) // 2
        painter.setFont(look.font("heading"))
        painter.setPen(look.color("ink"))
        painter.drawText(QRect(room.left(), top, room.width(), title.height()), wrapped, self._title)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("ink-2"))
        below = QRect(room.left(), top + title.height() + 8, room.width(), detail.height())
        painter.drawText(below, wrapped, self._detail)
