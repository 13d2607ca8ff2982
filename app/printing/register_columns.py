"""The columns of the register: their widths, and a head of three storeys with the columns' numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from app.printing.flow import LEADING
from app.printing.fonts import BOLD, ITALIC
from app.printing.formats import Paper
from app.printing.forms import Form
from app.printing.paragraph import wrap
from app.printing.table import Column, Heading

ROW_SIZE = 8.0
COLUMNS = (
    ("number", 10.0, "centre"), ("code", 25.0, "left"), ("procedure", 50.0, "left"), ("sets", 8.0, "centre"),
    ("applicant", 28.0, "left"), ("address", 33.0, "left"), ("agency", 25.0, "left"),
    ("received", 16.5, "centre"), ("due", 16.5, "centre"), ("returned", 16.5, "centre"), ("way", 15.0, "centre"),
    ("signed", 15.0, "left"), ("note", 13.5, "left"),
)
"""Word of the form, width (any unit: they share the sheet), alignment."""

DATES = slice(7, 10)               # they stand below "Ngày, tháng, năm"


def register_columns(sheet: Paper) -> list[Column]:
    """The thirteen columns over the whole width of the sheet."""
    unit = sheet.room / sum(width for _, width, _ in COLUMNS)
    xs = accumulate((width * unit for _, width, _ in COLUMNS), initial=sheet.left)
    return [Column(x, width * unit, align) for x, (_, width, align) in zip(xs, COLUMNS, strict=False)]


def register_headings(form: Form, columns: Sequence[Column]) -> list[Heading]:
    """Names of the columns, the three dates below their common name, and the numbers (1) to (13)."""
    size = ROW_SIZE - 0.5
    row = size * LEADING
    top, bottom, end = row + 3, 4 * row + 4, 5 * row + 6
    dates = columns[DATES]
    common = Column(dates[0].x, sum(column.width for column in dates))
    said = wrap([(form.words["dates"], BOLD)], size, common.width - 2)
    headings = [Heading(said, common.x, common.width, 0.0, top)]
    for number, ((key, _, _), column) in enumerate(zip(COLUMNS, columns, strict=True), 1):
        start = top if column in dates else 0.0
        name = wrap([(form.words[key], BOLD)], size, column.width - 2)
        below = wrap([(f"({number})", ITALIC)], size, column.width)
        headings += [Heading(name, column.x, column.width, start, bottom),
                     Heading(below, column.x, column.width, bottom, end)]
    return headings
