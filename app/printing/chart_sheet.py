"""Charts as a file of their own size, and several of them on the last sheets of a report."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.graphics import renderPDF, renderSVG

from app.domain.reports.chart import Chart
from app.domain.reports.table import ReportTable
from app.printing.charts import draw_chart, natural_height
from app.printing.flow import Flow, Page
from app.printing.fonts import BOLD, ITALIC
from app.printing.formats import Paper
from app.printing.practice_mark import chart_mark, marks_pages
from app.printing.sheet import empty_canvas

APART = 22.0                       # between two charts, points


def chart_pdf(chart: Chart, wide: float = 480.0, high: float | None = None, *, edge: float = 0.0) -> bytes:
    """One page as large as the chart with `edge` around it, in points: for the screen, or put into a letter."""
    drawing = draw_chart(chart, wide, high)
    target = BytesIO()
    canvas = empty_canvas(target, drawing.width + 2 * edge, drawing.height + 2 * edge, chart.title)
    renderPDF.draw(drawing, canvas, edge, edge)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def chart_svg(chart: Chart, wide: float = 480.0, high: float | None = None) -> str:
    """The same as SVG; its letters need a face that is called Serif."""
    drawing = draw_chart(chart, wide, high)
    if marks_pages():
        drawing.add(chart_mark(drawing.width, drawing.height))
    said = renderSVG.drawToString(drawing)
    return said.decode("utf-8") if isinstance(said, bytes) else str(said)


class ChartPages:
    """The charts of a report on pages of their own behind its table: `pages` for words, `draw` for the rest."""

    def __init__(self, charts: Sequence[Chart], table: ReportTable, sheet: Paper, title: str) -> None:
        """`title` ("Biểu đồ kèm theo: {title}") stands above the first."""
        self._sheet = sheet
        flow = Flow(sheet)
        flow.text([(title.format(title=table.title), BOLD)], sheet.body, align="centre")
        if table.period_words:
            flow.text([(table.period_words, ITALIC)], sheet.body, align="centre")
        flow.skip(12)
        self._placed: list[tuple[Page, Any, float]] = []   # page, drawing, its lower edge from the top
        for chart in charts:
            high = min(natural_height(chart, sheet.room), sheet.end - sheet.top)
            flow.need(high)
            flow.skip(high)
            self._placed.append((flow.page, draw_chart(chart, sheet.room, high), flow.y))
            flow.skip(APART)
        self.pages = tuple(flow.pages)

    def draw(self, canvas: Any, page: Page) -> None:
        for on, drawing, y in self._placed:
            if on is page:
                renderPDF.draw(drawing, canvas, self._sheet.left, self._sheet.height - y)
