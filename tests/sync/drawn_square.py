"""A square code that an operator's command drew, read back as a camera would."""

from __future__ import annotations

from pathlib import Path

import zxingcpp
from PIL import Image
from PySide6.QtGui import QImage


def text_of_square(drawn: Path) -> str:
    """Of an SVG that shows one code and nothing else."""
    picture = QImage.fromData(drawn.read_bytes(), "SVG").convertToFormat(QImage.Format.Format_RGB32)
    (code,) = zxingcpp.read_barcodes(Image.fromqimage(picture).convert("L"))
    return code.text


__all__ = ["text_of_square"]
