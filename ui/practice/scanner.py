"""A scanner that is not there: each pull hands over two sample sheets, from a thread of its own as others do."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.devices.scanning.port import Notice, ScanTrouble, Source, SourceKind, trouble_error
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError
from app.practice import WATERMARK

SHEETS = 2
SOURCE = Source("folder:luyen-tap", "Máy quét mẫu", SourceKind.FOLDER, (Feed.FEEDER,))
_DPI = 200
_JPEG = "image/jpeg"


class SampleRun:
    """One pull, used once; see `app.devices.scanning.run.ScanRun`."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._is_cancelled = threading.Event()

    def start(
        self, source_id: str, settings: ScanSettings, on_page: Callable[[bytes, str], None],
        on_end: Callable[[KnownError | None], None], on_notice: Callable[[Notice], None],
    ) -> None:
        self._thread = threading.Thread(target=self._run, args=(on_page, on_end), name="sample-scan", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        self._is_cancelled.set()

    def wait(self, seconds: float | None = None) -> bool:
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def _run(
        self, on_page: Callable[[bytes, str], None], on_end: Callable[[KnownError | None], None],
    ) -> None:
        error: KnownError | None = None
        try:
            for number in range(1, SHEETS + 1):
                if self._is_cancelled.is_set():
                    raise trouble_error(ScanTrouble.CANCELLED, source=SOURCE.id, pages=number - 1)
                on_page(sample_sheet(number), _JPEG)
        except KnownError as known:
            error = known
        on_end(error)


def sample_sheet(number: int) -> bytes:
    """An A4 sheet as a scanner sees it: an invented declaration that says on itself what it is."""
    from PySide6.QtCore import QBuffer, QIODevice, QRect, Qt
    from PySide6.QtGui import QFont, QImage, QPainter

    width, height = round(210 / 25.4 * _DPI), round(297 / 25.4 * _DPI)
    sheet = QImage(width, height, QImage.Format.Format_Grayscale8)
    sheet.setDotsPerMeterX(round(_DPI / 0.0254))
    sheet.setDotsPerMeterY(round(_DPI / 0.0254))
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.setPen(Qt.GlobalColor.black)
    for at, (text, size, is_bold) in enumerate(_lines(number)):
        font = QFont("Be Vietnam Pro")
        font.setPixelSize(size)
        font.setBold(is_bold)
        painter.setFont(font)
        box = QRect(150, 180 + at * 98, width - 300, 94)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter if is_bold else Qt.AlignmentFlag.AlignLeft, text)
    painter.end()
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    sheet.save(kept, "JPG", 85)  # type: ignore[call-overload]  # the stub wants bytes, Qt wants str
    return bytes(kept.data().data())


def _lines(number: int) -> tuple[tuple[str, int, bool], ...]:
    return (
        (WATERMARK, 46, True), (f"TỜ KHAI MẪU, tờ {number}", 54, True),
        ("Kính gửi: Công an tỉnh Mẫu", 38, False),
        ("Họ và tên người khai: TRẦN THỊ MẪU MỘT", 38, False),
        ("Ngày sinh: 07/03/1990. Nơi thường trú: xã Thử, tỉnh Mẫu", 38, False),
        ("Đề nghị giải quyết theo quy định.", 38, False),
        ("Tôi cam đoan những điều khai trên là để luyện tập.", 38, False),
        ("Người khai ký tên: (chữ ký mẫu)", 38, False),
    )
