"""The charts of a report as they are printed, drawn beside the window for the width there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.domain.reports.chart import Chart
from app.domain.reports.shown import shown_cell
from app.domain.reports.table import ColumnKind
from app.services.reports.charts import may_be_drawn
from ui.background.alive import while_alive
from ui.background.tasks import Task
from ui.operations.desk import Desk, warn_of
from ui.operations.report import Made, count_charts, draw
from ui.theme import theme
from ui.translations import tr
from ui.widgets.empty_state import EmptyState
from ui.widgets.progress_line import PATIENCE_MS

if TYPE_CHECKING:
    from app.printing.chart_picture import Picture

_EDGE, _APART = 8, 14
_RING = 3
_MOST_WIDE = 1000                  # pixels; wider ones only put more air between the figures
_SETTLED_MS = 120                  # a window that is being pulled is not drawn for at each step


class ChartView(QStackedWidget):
    """`show_report`; drawn while they are in front, the arrows scroll. Where there are none it says why."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(_RING, _RING, _RING, _RING)
        self._desk = desk
        self._made: Made | None = None
        self.charts: tuple[Chart, ...] | None = None           # None: not counted yet
        self._task: Task | None = None
        self._asked: object | None = None
        self._drawn_for = (0, 0)
        sheet = QWidget()
        sheet.setProperty("surface", "scrolled")
        self._column = QVBoxLayout(sheet)
        self._column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._column.setSpacing(_APART)
        self._column.addStretch(1)
        self.pictures: list[QLabel] = []
        self.area = QScrollArea()
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(tr("Biểu đồ của báo cáo"))
        self.area.setWidget(sheet)
        self.area.installEventFilter(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = EmptyState("", icon="report")
        self.addWidget(self.area)
        self.addWidget(self.empty)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._begin)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._say(tr("Đang vẽ biểu đồ"), ""))

    def show_report(self, made: Made | None) -> None:
        """The charts of another report; counted and drawn once they are looked at."""
        self._stop()
        self._made, self.charts, self._drawn_for = made, None, (0, 0)
        self._put(())
        self.setCurrentIndex(0)
        if self.isVisible():
            self._begin()

    def _begin(self) -> None:
        if self.charts is not None:
            self._draw()                   # anew where the width has changed meanwhile
            return
        if self._made is None or self._task is not None:
            return
        self._patience.start()
        task = count_charts(self._desk, self._made, while_alive(self, self._on_charted),
                            while_alive(self, self._on_failed))
        self._task = task if self.charts is None else self._task   # a pool that works at once has answered

    def _on_charted(self, charts: tuple[Chart, ...]) -> None:
        assert self._made is not None
        self._task = None
        self.charts = charts
        self.area.setAccessibleDescription(" ".join(map(_said, charts)))
        if charts:
            self._draw()
            return
        self._patience.stop()
        if may_be_drawn(self._made.table.id):
            self._say(tr("Kỳ này chưa có gì để vẽ"), tr("Chọn kỳ khác: Alt 1 đến Alt 8."))
        else:
            self._say(tr("Báo cáo này không có biểu đồ"), tr("Bấm D để về lại bảng."))

    def _draw(self) -> None:
        taken = 2 * (_EDGE + _RING) + self.area.verticalScrollBar().sizeHint().width()
        wide, high = min(self.width() - taken, _MOST_WIDE), self.height() - 2 * (_EDGE + _RING)
        if not self.charts or (wide, high) == self._drawn_for or wide < _EDGE:
            return
        self._stop()
        self._drawn_for = wide, high
        is_asked = object()
        self._asked = is_asked
        task = draw(self._desk, self.charts, wide, high, self.devicePixelRatioF(),
                    while_alive(self, self._on_drawn), while_alive(self, self._on_failed))
        self._task = task if self._asked is is_asked else None     # a pool that works at once has answered

    def _stop(self) -> None:
        self._patience.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _say(self, title: str, sentence: str) -> None:
        self.empty.set_words(title, sentence)
        self.setCurrentIndex(1)

    def _on_drawn(self, pictures: tuple[Picture, ...]) -> None:
        self._stop()
        self._asked = None
        self._put(pictures)
        self.setCurrentIndex(0)

    def _on_failed(self, error: Exception) -> None:
        self._stop()
        self._asked, self._drawn_for = None, (0, 0)
        warn_of(self._desk, error)

    def _put(self, pictures: tuple[Picture, ...]) -> None:
        for label in self.pictures:
            self._column.removeWidget(label)
            label.deleteLater()
        self.pictures = []
        for picture, chart in zip(pictures, self.charts or (), strict=False):
            form = QImage.Format.Format_RGB32
            image = QImage(picture.pixels, picture.width, picture.height, picture.stride, form)
            pixmap = QPixmap.fromImage(image)          # a copy: the bytes may go
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            label = QLabel()
            label.setPixmap(pixmap)
            label.setAccessibleName(_said(chart))
            self._column.insertWidget(len(self.pictures), label, alignment=Qt.AlignmentFlag.AlignHCenter)
            self.pictures.append(label)

    def take_focus(self) -> None:
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.area.hasFocus():
            return
        painter, right, low = QPainter(self), self.width(), self.height()
        for side in (QRect(0, 0, right, _RING), QRect(0, low - _RING, right, _RING), QRect(0, 0, _RING, low),
                     QRect(right - _RING, 0, _RING, low)):
            painter.fillRect(side, theme().color("focus"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.charts is None:
            self._begin()                  # what is counted needs no width
        self._settled.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._settled.start(_SETTLED_MS)


def _said(chart: Chart) -> str:
    """For who does not see it: each series with its values."""
    series = "; ".join(
        f"{each.name}: " + ", ".join(
            f"{label} {shown_cell(ColumnKind.COUNT, value)}"
            for label, value in zip(chart.labels, each.values, strict=True) if value is not None)
        for each in chart.series
    )
    return f"{chart.title}. {series}."
