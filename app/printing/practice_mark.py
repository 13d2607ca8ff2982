"""BẢN LUYỆN TẬP under every page that this process makes while it practises, and over every scan that leaves it.

There is one door: `sheet.empty_canvas` makes each canvas of this room, and asks `marks_pages` here. A paper that
is invented tomorrow is marked without knowing of it. The mark lies under the words, so that all of them can be
read, and leaves the codes their quiet white, so that they can be scanned.
"""

from __future__ import annotations

from io import BytesIO
from math import atan, cos, radians, sin
from typing import Any

import pypdfium2
from reportlab.graphics.shapes import String
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from app.practice import WATERMARK, is_practice
from app.printing.codes import MM
from app.printing.fonts import BOLD, register_fonts, text_width
from app.printing.pdfium import PDFIUM

LOW = 120 * MM
"""Lower pages are labels: level lines in a firmer grey, because a label printer turns a light one into nothing."""
TILT = 24.0                        # degrees
FILL = 0.94                        # of the width of the page
GREY, LABEL_GREY = 0.80, 0.66
LARGEST = 46.0                     # points


class PracticeCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Puts the mark under each page as it is finished."""

    def showPage(self) -> None:
        width, height = self._pagesize
        self._code.insert(0, mark_operators(width, height, self._doc))
        super().showPage()


def marks_pages() -> bool:
    return is_practice()


def mark_operators(width: float, height: float, doc: Any) -> str:
    """The mark of a page of that size, as operators of a PDF page."""
    is_label = height < LOW
    rows = 2 if is_label else max(2, round(height / width * 2))
    tilt = 0.0 if is_label else min(radians(TILT), atan(FILL * height / rows / width))     # whole inside its row
    size = min(LARGEST, FILL * width / cos(tilt) / text_width(WATERMARK, BOLD, 1.0))
    half = text_width(WATERMARK, BOLD, size) / 2
    font = pdfmetrics.getFont(BOLD)
    shown = []
    for subset, codes in font.splitString(WATERMARK, doc):
        shown.append(f"{font.getSubsetInternalName(subset, doc)} {size:.2f} Tf <{codes.hex()}> Tj")
    words = " ".join(shown)
    out = ["q", f"{LABEL_GREY if is_label else GREY:g} g", "BT"]
    for row in range(rows):
        middle = height * (2 * row + 1) / (2 * rows)
        left, down = width / 2 - half * cos(tilt), middle - half * sin(tilt) - size / 3
        out.append(f"{cos(tilt):.5f} {sin(tilt):.5f} {-sin(tilt):.5f} {cos(tilt):.5f} {left:.2f} {down:.2f} Tm")
        out.append(words)
    return "\n".join([*out, "ET", "Q"])


def chart_mark(width: float, height: float) -> String:
    """The mark for a drawing that becomes no page of ours (SVG)."""
    size = min(LARGEST / 2, FILL * width / text_width(WATERMARK, BOLD, 1.0))
    return String(width / 2, height / 2, WATERMARK, fontName=BOLD, fontSize=size, textAnchor="middle",
                  fillColor=Color(GREY, GREY, GREY))


def mark_scan(pdf: bytes) -> bytes:
    """A scanned paper as it may leave the practice room: the mark over each page. Unchanged in real work."""
    if not is_practice():
        return pdf
    with PDFIUM:
        paper = pypdfium2.PdfDocument(pdf)
        try:
            for page in paper:
                stamp = pypdfium2.PdfDocument(_sheet(*page.get_size()))
                drawn = stamp.page_as_xobject(0, paper)
                page.insert_obj(drawn.as_pageobject())
                page.gen_content()
                drawn.close()
                stamp.close()
            written = BytesIO()
            paper.save(written)
            return written.getvalue()
        finally:
            paper.close()


def _sheet(width: float, height: float) -> bytes:
    """An empty page that bears the mark."""
    register_fonts()
    target = BytesIO()
    canvas = PracticeCanvas(target, pagesize=(width, height), pageCompression=1, invariant=1)
    canvas.showPage()
    canvas.save()
    return target.getvalue()
