"""The faces of the papers, shipped with the program: never the machine's own fonts.

Liberation Serif 2.1.5 has the measures of Times New Roman, which Nghị định 30/2020 demands, and all 134
Vietnamese letters in both cases (1.07, which Debian calls fonts-liberation, lacks 93 of them).
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from app.printing.shared_face import SharedFace

ROMAN = "Serif"
BOLD = "Serif-Bold"
ITALIC = "Serif-Italic"
BOLD_ITALIC = "Serif-BoldItalic"
LABEL = "Label"
LABEL_BOLD = "Label-SemiBold"

FACES = {
    ROMAN: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
    BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
    LABEL: "BeVietnamPro-Regular.ttf",
    LABEL_BOLD: "BeVietnamPro-SemiBold.ttf",
}


@cache
def register_fonts() -> None:
    """Make every face of `FACES` known to reportlab, once; later calls cost nothing.

    Takes about 0.1 s: call it when the window is idle, after the first paint.
    """
    rl_config.useA85 = 0           # streams as bytes: base 85 makes them a quarter larger and slower
    for name, file_name in FACES.items():
        ttf = resources.files("resources").joinpath("fonts", file_name).read_bytes()
        pdfmetrics.registerFont(SharedFace(name, ttf))


class _Advances(dict[str, float]):
    """Widths of single letters in 1/1000 em, filled as letters are met."""

    def __init__(self, face_name: str) -> None:
        super().__init__()
        self._face = pdfmetrics.getFont(face_name).face

    def __missing__(self, letter: str) -> float:
        width: float = self._face.charWidths.get(ord(letter), self._face.defaultWidth)
        self[letter] = width
        return width


@cache
def _advances(face_name: str) -> _Advances:
    register_fonts()
    return _Advances(face_name)


def text_width(text: str, face_name: str, size: float) -> float:
    """How wide `text` is in points. No kerning: the PDF is written without it, so the measure is exact."""
    return sum(map(_advances(face_name).__getitem__, text)) * size / 1000


@cache
def has_letter(face_name: str, letter: str) -> bool:
    """Whether the face can draw `letter` (one code point)."""
    register_fonts()
    return ord(letter) in pdfmetrics.getFont(face_name).face.charToGlyph
