"""What was pasted or dropped, as things to take: files by their place on this PC, a picture as PNG."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from app.errors import Refusal
from ui.background.file_import import Given, file_given
from ui.translations import tr

CLIPBOARD = "clipboard"


def may_hand_over(held: QMimeData) -> bool:
    return held.hasUrls() or held.hasImage()


def handed_over(held: QMimeData, source: str = CLIPBOARD) -> tuple[Given, ...]:
    """Files when there are any, else the picture; what lies on another machine is refused by its name later."""
    if held.hasUrls():
        return tuple(
            file_given(Path(url.toLocalFile())) if url.isLocalFile() else _elsewhere(url.fileName() or url.host())
            for url in held.urls()
        )
    picture = held.imageData()
    if isinstance(picture, QImage) and not picture.isNull():
        return (Given(tr("Ảnh từ bộ nhớ tạm"), lambda most: as_png(picture, most), source),)
    return ()


def as_png(picture: QImage, most_bytes: int) -> bytes:
    """Called beside the window. Raises `file_too_large`."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt wants str
    buffer.close()
    if held.size() > most_bytes:
        raise Refusal("file_too_large", bytes=held.size(), limit=most_bytes)
    return bytes(held.data())


def _elsewhere(name: str) -> Given:
    def read(most_bytes: int) -> bytes:
        raise Refusal("import_no_file")

    return Given(name, read)
