"""The marks of charts that a grey printer keeps apart: fills with lines, dashed lines, shapes of points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.graphics.shapes import Circle, Group, Line, Polygon, Rect, String
from reportlab.lib.colors import HexColor

from app.printing.fonts import ROMAN, text_width
from app.printing.paragraph import printable

INK = HexColor(0x1D2733)
GRID = HexColor(0xC9CDD2)
WHITE = HexColor(0xFFFFFF)
FILLS = (HexColor(0x14324F), HexColor(0xF3DFC1), HexColor(0x8FA3B5), WHITE)
"""Dark, light, middle, white: four greys on a grey printer."""
HATCH = (0.0, 4.5, 0.0, 3.0)       # points between the slanting lines over a fill, 0 without
LINES = (HexColor(0x14324F), HexColor(0xA86400), HexColor(0x566273), HexColor(0x8A94A3))
DASHES: tuple[Sequence[float] | None, ...] = (None, (6, 3), (2, 2), (8, 2, 2, 2))
SIZE = 9.0                         # type size inside a chart, points


def text(said: str, x: float, y: float, *, align: str = "start", face: str = ROMAN, size: float = SIZE) -> String:
    return String(x, y, printable(said, face), fontName=face, fontSize=size, fillColor=INK, textAnchor=align)


def width(said: str, face: str = ROMAN, size: float = SIZE) -> float:
    return text_width(printable(said, face), face, size)


def bar(x: float, y: float, wide: float, high: float, series: int) -> Group:
    """A filled box; nothing at all for no width or height."""
    found = Group()
    if wide <= 0 or high <= 0:
        return found
    found.add(Rect(x, y, wide, high, fillColor=FILLS[series], strokeColor=INK, strokeWidth=0.5))
    if HATCH[series]:
        for x1, y1, x2, y2 in slants(x, y, wide, high, HATCH[series]):
            found.add(Line(x1, y1, x2, y2, strokeColor=INK, strokeWidth=0.4))
    return found


def slants(x: float, y: float, wide: float, high: float, apart: float) -> list[tuple[float, float, float, float]]:
    """Lines rising to the right inside the box, at the same places of the page whatever the box."""
    found = []
    first = int((x - y - high) // apart) + 1
    last = int((x + wide - y) // apart)
    for at in range(first, last + 1):
        shift = at * apart                                     # the line where page x - page y is this
        x1, x2 = max(x, y + shift), min(x + wide, y + high + shift)
        if x2 > x1:
            found.append((x1, x1 - shift, x2, x2 - shift))
    return found


def point(x: float, y: float, series: int, size: float = 2.6) -> Any:
    """Circle, square, triangle or open circle."""
    look = {"fillColor": LINES[series], "strokeColor": LINES[series], "strokeWidth": 0.8}
    if series == 1:
        return Rect(x - size, y - size, 2 * size, 2 * size, **look | {"fillColor": WHITE})
    if series == 2:
        return Polygon([x - size, y - size, x + size, y - size, x, y + size], **look)
    return Circle(x, y, size, **look | ({"fillColor": WHITE} if series == 3 else {}))


def line(x1: float, y1: float, x2: float, y2: float, series: int) -> Line:
    return Line(x1, y1, x2, y2, strokeColor=LINES[series], strokeWidth=1.4, strokeDashArray=DASHES[series])
