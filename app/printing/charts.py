"""Charts for paper and screen: trend, lying bars, columns by hour. Values are written beside marks where they fit.

A chart is drawn once as a reportlab drawing: on a page (`chart_sheet`), as a PDF or SVG of its own size. The
screen shows the PDF through pdfium, so it is the paper's chart that is looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from reportlab.graphics.shapes import Drawing, Line

from app.domain.reports.chart import Chart, ChartKind, scale_steps
from app.domain.reports.shown import shown_cell
from app.domain.reports.table import ColumnKind
from app.printing.chart_marks import GRID, INK, SIZE, bar, line, point, text, width
from app.printing.fonts import BOLD, ITALIC, ROMAN, register_fonts
from app.printing.paragraph import wrap

TITLE = 12.0
LINE = SIZE * 1.2
BAR = 13.0                         # height of a lying bar, points
BETWEEN = 8.0                      # between two of them
NAMES = 0.34                       # of the width at most for the labels of lying bars
GAP = 6.0
KEY = 22.0                         # a mark beside its series' name


class Room(NamedTuple):
    """Where the marks go: from (left, bottom) to (right, top), y upwards."""

    left: float
    bottom: float
    right: float
    top: float


def draw_chart(chart: Chart, wide: float, high: float | None = None) -> Drawing:
    """The chart `wide` points wide; without `high` as high as it reads well (bars need a line each)."""
    register_fonts()
    high = natural_height(chart, wide) if high is None else high
    drawing = Drawing(wide, high)
    top = _head(drawing, chart, wide, high)
    draw: dict[ChartKind, Callable[[Drawing, Chart, Room], None]] = {
        ChartKind.TREND: _trend, ChartKind.COLUMNS: _columns, ChartKind.BARS: _bars}
    draw[chart.kind](drawing, chart, Room(0.0, 0.0, wide, top))
    return drawing


def natural_height(chart: Chart, wide: float) -> float:
    """What `draw_chart` takes by itself, in points."""
    head = TITLE * 1.2 * len(wrap([(chart.title, BOLD)], TITLE, wide)) + (1 + len(chart.series)) * LINE + 2 * GAP
    if chart.kind is not ChartKind.BARS:
        return head + max(0.36 * wide, 130.0)
    rows = sum(max(len(names) * LINE, BAR) + BETWEEN for names in _bar_names(chart, wide))
    return head + rows + LINE + GAP


def figure(value: int) -> str:
    return shown_cell(ColumnKind.COUNT, value)


def _head(drawing: Drawing, chart: Chart, wide: float, high: float) -> float:
    """Title, unit and the key to the marks; returns where they end."""
    y = high
    for part in wrap([(chart.title, BOLD)], TITLE, wide):
        y -= TITLE * 1.2
        drawing.add(text("".join(said for said, _ in part.pieces), 0, y + 3, face=BOLD, size=TITLE))
    y -= LINE
    if chart.unit_words:
        drawing.add(text(f"Đơn vị: {chart.unit_words}", 0, y + 3, face=ITALIC))
    return _key(drawing, chart, wide, y) - GAP if len(chart.series) > 1 else y - GAP


def _key(drawing: Drawing, chart: Chart, wide: float, y: float) -> float:
    """Which mark is which series, at the right; below the unit where both do not fit into one line."""
    takes = [KEY + 4 + width(each.name) + 2 * GAP for each in chart.series]
    x = wide - sum(takes) + 2 * GAP
    if x < width(f"Đơn vị: {chart.unit_words}", ITALIC) + GAP:
        y -= LINE
        x = 0.0
    for at, (each, take) in enumerate(zip(chart.series, takes, strict=True)):
        if x and x + take - 2 * GAP > wide + 0.1:
            y -= LINE
            x = 0.0
        if chart.kind is ChartKind.TREND:
            drawing.add(line(x, y + 6, x + KEY, y + 6, at))
            drawing.add(point(x + KEY / 2, y + 6, at))
        else:
            drawing.add(bar(x, y + 2, KEY, 8, at))
        drawing.add(text(each.name, x + KEY + 4, y + 3))
        x += take
    return y


def _grid(drawing: Drawing, chart: Chart, room: Room) -> tuple[Room, Callable[[int], float]]:
    """The scale on the left with its fine lines; returns what is left and where a value lies."""
    steps = scale_steps(chart.most)
    left = room.left + max(width(figure(step)) for step in steps) + GAP
    pace = (room.right - left) / max(len(chart.labels), 1)
    beyond = max((width(label) for label in chart.labels[-1:]), default=0.0) / 2 - pace / 2
    inner = Room(left, room.bottom + LINE + GAP, room.right - max(beyond, 0.0), room.top - LINE)

    def at(value: int) -> float:
        return inner.bottom + (inner.top - inner.bottom) * value / steps[-1]

    for step in steps:
        y = at(step)
        drawing.add(Line(left, y, inner.right, y, strokeColor=INK if step == 0 else GRID, strokeWidth=0.5))
        drawing.add(text(figure(step), left - 4, y - SIZE * 0.32, align="end"))
    return inner, at


def _label_each(labels: tuple[str, ...], pace: float) -> int:
    """Every how many a label can stand without touching the next one."""
    widest = max((width(label) for label in labels), default=0.0) + 6
    return max(1, -(-int(widest) // max(int(pace), 1)))


def _trend(drawing: Drawing, chart: Chart, room: Room) -> None:
    inner, at = _grid(drawing, chart, room)
    pace = (inner.right - inner.left) / max(len(chart.labels), 1)
    xs = [inner.left + pace * (number + 0.5) for number in range(len(chart.labels))]
    _under(drawing, chart, inner, xs, pace)
    for series, each in enumerate(chart.series):
        placed = [(x, at(value), value) if value is not None else None
                  for x, value in zip(xs, each.values, strict=True)]
        for one, other in pairwise(placed):
            if one and other:
                drawing.add(line(one[0], one[1], other[0], other[1], series))
        shown = [each for each in placed if each]
        for x, y, _ in shown:
            drawing.add(point(x, y, series))
        if len(chart.series) == 1:
            _tops(drawing, shown, pace)


def _tops(drawing: Drawing, shown: list[tuple[float, float, int]], pace: float) -> None:
    """Values above the points that no line rises from: beside a slope a figure would be crossed out."""
    for at, (x, y, value) in enumerate(shown):
        beside = [each[2] for each in (shown[max(at - 1, 0)], shown[min(at + 1, len(shown) - 1)])]
        if value >= max(beside) and 2 * pace > width(figure(value)) + 4:
            drawing.add(text(figure(value), x, y + 5, align="middle"))


def _columns(drawing: Drawing, chart: Chart, room: Room) -> None:
    inner, at = _grid(drawing, chart, room)
    pace = (inner.right - inner.left) / max(len(chart.labels), 1)
    xs = [inner.left + pace * (number + 0.5) for number in range(len(chart.labels))]
    _under(drawing, chart, inner, xs, pace)
    wide = min(pace * 0.72 / len(chart.series), 34.0)
    for series, each in enumerate(chart.series):
        for x, value in zip(xs, each.values, strict=True):
            if value is None:
                continue
            left = x + wide * (series - len(chart.series) / 2)
            drawing.add(bar(left, inner.bottom, wide, at(value) - inner.bottom, series))
            if width(figure(value)) <= wide:
                drawing.add(text(figure(value), left + wide / 2, at(value) + 2, align="middle"))


def _under(drawing: Drawing, chart: Chart, inner: Room, xs: list[float], pace: float) -> None:
    every = _label_each(chart.labels, pace)
    for number, (x, label) in enumerate(zip(xs, chart.labels, strict=True)):
        if number % every == 0:
            drawing.add(text(label, x, inner.bottom - LINE, align="middle"))


def _bar_names(chart: Chart, wide: float) -> list[list[str]]:
    wrapped = (wrap([(label, ROMAN)], SIZE, wide * NAMES) for label in chart.labels)
    return [["".join(said for said, _ in part.pieces) for part in lines] or [""] for lines in wrapped]


def _bar_words(chart: Chart, at: int) -> str:
    """"717 + 55 = 772": short parts of a bar are too narrow for a figure."""
    values = [each.values[at] for each in chart.series]
    if all(value is None for value in values):
        return "–"
    known = [value or 0 for value in values]
    total = figure(sum(known))
    return f"{' + '.join(map(figure, known))} = {total}" if len(known) > 1 else total


def _bars(drawing: Drawing, chart: Chart, room: Room) -> None:
    """Series one after the other in each bar, their values at its end."""
    names = _bar_names(chart, room.right - room.left)
    left = room.left + max((width(name) for lines in names for name in lines), default=0.0) + GAP
    words = [_bar_words(chart, at) for at in range(len(chart.labels))]
    right = room.right - max(map(width, words), default=0.0) - GAP
    natural = sum(max(len(lines) * LINE, BAR) + BETWEEN for lines in names)
    stretch = min((room.top - room.bottom) / natural, 1.5) if natural else 1.0
    y = room.top
    for at, lines in enumerate(names):
        tall = (max(len(lines) * LINE, BAR) + BETWEEN) * stretch
        middle = y - tall / 2
        for number, name in enumerate(lines):
            offset = (len(lines) / 2 - number - 0.5) * LINE
            drawing.add(text(name, left - GAP, middle + offset - SIZE * 0.32, align="end"))
        x = left
        for series, each in enumerate(chart.series):
            value = each.values[at] or 0
            wide = (right - left) * value / max(chart.most, 1)
            drawing.add(bar(x, middle - BAR * stretch / 2, wide, BAR * stretch, series))
            x += wide
        drawing.add(text(words[at], x + 4, middle - SIZE * 0.32))
        y -= tall
    drawing.add(Line(left, y, left, room.top, strokeColor=INK, strokeWidth=0.5))
