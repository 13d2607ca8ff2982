"""Charts as a file of their own size, and several of them on the sheets of a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from reportlab.graphics import renderPDF, renderSVG

from app.domain.reports.chart import Chart
from app.domain.reports.shown import made_line
from app.domain.reports.table import ReportTable
from app.printing.charts import draw_chart, natural_height
from app.printing.feet import draw_feet
from app.printing.flow import Flow
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import SETTINGS
from app.printing.forms import load_form
from app.printing.sheet import empty_canvas, write_drawn_pdf

SMALL = 8.5                        # type size of the foot
APART = 22.0                       # between two charts, points


def chart_pdf(chart: Chart, wide: float = 480.0, high: float | None = None) -> bytes:
    """One page as large as the chart, in points: for the screen (through pdfium) and to be put into a letter."""
    drawing = draw_chart(chart, wide, high)
    target = BytesIO()
    canvas = empty_canvas(target, drawing.width, drawing.height, chart.title)
    renderPDF.draw(drawing, canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def chart_svg(chart: Chart, wide: float = 480.0, high: float | None = None) -> str:
    """The same as SVG; its letters need a face that is called Serif."""
    said = renderSVG.drawToString(draw_chart(chart, wide, high))
    return said.decode("utf-8") if isinstance(said, bytes) else str(said)


def render_charts(charts: Sequence[Chart], table: ReportTable) -> bytes:
    """The charts below the head of their report, on A4 upright, as many to a page as fit."""
    sheet = replace(SETTINGS["A4"][-1], small=SMALL)
    flow = Flow(sheet)
    for said in table.head:
        flow.text([(said, ROMAN)], sheet.body)
    flow.skip(8)
    flow.text([(table.title, BOLD)], sheet.title, align="centre")
    flow.text([(table.period_words, ITALIC)], sheet.body, align="centre")
    flow.skip(12)
    placed: list[tuple[int, Any, float]] = []              # page, drawing, its lower edge from the top
    for chart in charts:
        high = min(natural_height(chart, sheet.room), sheet.end - sheet.top)
        flow.need(high)
        flow.skip(high)
        placed.append((len(flow.pages) - 1, draw_chart(chart, sheet.room, high), flow.y))
        flow.skip(APART)
    words = load_form("report").words
    said = words["foot"].format(title=table.title, made=made_line(table))
    feet = draw_feet(sheet, said, words["footer_page"], len(flow.pages))
    for page, foot in zip(flow.pages, feet, strict=True):
        page.texts += foot.texts
        page.rules += foot.rules

    def draw(canvas: Any, number: int) -> None:
        for page, drawing, y in placed:
            if page == number:
                renderPDF.draw(drawing, canvas, sheet.left, sheet.height - y)

    return write_drawn_pdf(sheet, flow.pages, draw, table.title)
