"""Step 3: a sheet goes through the document scanner and is seen here. It is not kept."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel

from app.domain.scanning import Feed
from app.services.first_run import Standing, Step
from ui.background.alive import while_alive
from ui.background.scan_trial import try_scan
from ui.delegates.dates import near_moment
from ui.operations import first_run as acts
from ui.operations.desk import Desk
from ui.operations.scan_choice import keep_choice, read_choice
from ui.pages.first_run.panel import StepPanel
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.text import Text

SHOWN = 260


class ScannerPanel(StepPanel):
    """The scanners of this PC; F12 scans one page and shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr(
            "Đặt một tờ giấy không quan trọng vào máy quét rồi bấm F12: trang quét hiện ra dưới đây là được. "
            "Trang thử không được lưu lại."
        ))
        self.choice = Choice(tr("Máy quét tài liệu"))
        self.found = Text("", "secondary", is_wrapped=True)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.picture.hide()
        for widget in (self.choice, self.found, self.picture):
            self.body.addWidget(widget)
        self.set_label(tr("Quét trang thử"))
        if desk.scans is not None:
            desk.scans.sources_changed.connect(self._on_sources)

    def show_standing(self, standing: Standing, now: datetime) -> None:
        super().show_standing(standing, now)
        if standing.at is not None and not self.result.isVisibleTo(self):
            self.say("ok", tr("Đã quét được một trang"), f"{standing.name} · {near_moment(standing.at, now)}")

    def enter(self) -> None:
        scans = self._desk.scans
        if scans is None:
            return
        if scans.sources:
            self._on_sources()
        else:
            self.choice.hide()
            self.found.setText(tr("Đang tìm máy quét…"))
            scans.look_for_sources()

    def act(self) -> None:
        scans = self._desk.scans
        at = self.choice.currentIndex()
        if self._is_busy:
            return
        if scans is None or not 0 <= at < len(scans.sources):
            self.enter()
            return
        source = scans.sources[at]
        self.picture.hide()
        if self.begin(tr("Đang quét trang thử…")):
            try_scan(scans, source, while_alive(self, lambda feed, image: self._on_page(source.id, feed, image)),
                     while_alive(self, self.fail))

    def _on_sources(self) -> None:
        scans = self._desk.scans
        assert scans is not None
        chosen, _ = read_choice(self._desk)
        self.choice.clear()
        self.choice.addItems([source.name for source in scans.sources])
        self.choice.setVisible(bool(scans.sources))
        for row, source in enumerate(scans.sources):
            if source.id == chosen:
                self.choice.setCurrentIndex(row)
        self.found.setText(
            tr("Thấy {n} máy quét.", n=len(scans.sources)) if scans.sources
            else tr("Chưa thấy máy quét nào. Cắm và bật máy quét rồi bấm F12 để tìm lại; quầy không số hóa thì "
                    "để sau.")
        )

    def _on_page(self, source: str, feed: Feed, image: QImage) -> None:
        self.finish()
        self.picture.setPixmap(QPixmap.fromImage(image.scaled(
            SHOWN, SHOWN, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)))
        self.picture.setAccessibleName(tr("Trang vừa quét"))
        self.picture.show()
        self.say("ok", tr("Đã quét được một trang"), tr("Máy quét này được chọn cho các lần quét sau."))
        keep_choice(self._desk, source, feed.value)
        acts.note_proved(self._desk, Step.SCANNER, self.choice.currentText())
        self.changed.emit()
