"""The program's icon in the sizes that desktops ask for, drawn from its one SVG by Qt."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

SVG = Path(__file__).resolve().parent / "quay-mot-cua.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def png(size: int) -> bytes:
    """The icon, `size` × `size`, with a transparent ground."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    buffer.close()
    return bytes(written.data())


def write_pngs(hicolor: Path) -> None:
    """Into the folders of the `hicolor` theme."""
    for size in SIZES:
        target = hicolor / f"{size}x{size}" / "apps" / "quay-mot-cua.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(png(size))


def write_ico(target: Path) -> None:
    """All sizes in one .ico, for Windows."""
    from PIL import Image

    large = Image.open(BytesIO(png(256)))
    large.save(target, "ICO", append_images=[Image.open(BytesIO(png(size))) for size in SIZES[:-1]],
               sizes=[(size, size) for size in SIZES])
