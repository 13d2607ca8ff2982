"""Charts as pictures for a screen: the paper's own drawing, through pdfium. Works on a background thread."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2

from app.domain.reports.chart import Chart, ChartKind
from app.printing.chart_sheet import chart_pdf
from app.printing.charts import natural_height
from app.printing.pdfium import PDFIUM

POINT = 1.4
"""Pixels to a point of the drawing: its words of 9 points are then as large as the small print of a page."""

LEAST = 150.0                      # points; a lower chart would only be a key
EDGE = 10.0
"""Points of white around it: a page may be dark."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`pixels`: rows of `width` × (blue, green, red, unused), `stride` bytes each."""

    width: int
    height: int
    stride: int
    pixels: bytes


def chart_picture(chart: Chart, wide: int, density: float = 1.0, *, most: int | None = None) -> Picture:
    """The chart on white, `wide` pixels of a page wide and as high as it reads well; `density` is the screen's.

    With `most` no higher than so many pixels as long as it can still be read; bars need a line each.
    """
    room = wide / POINT - 2 * EDGE
    high = natural_height(chart, room)
    if most is not None and chart.kind is not ChartKind.BARS:
        high = min(high, max(most / POINT - 2 * EDGE, LEAST))
    content = chart_pdf(chart, room, high, edge=EDGE)
    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            page = document[0]
            bitmap = page.render(scale=POINT * density, rev_byteorder=False, prefer_bgrx=True)
            found = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
        finally:
            document.close()
    return found
