"""A table of texts with one storey of headings, over the full width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.printing.flow import LEADING, Flow
from app.printing.fonts import BOLD
from app.printing.paragraph import Run, wrap
from app.printing.table import SIDE, Column, Heading, Table

NEVER_DIVIDED = 40                 # lines


@dataclass(frozen=True, slots=True)
class TextColumn:
    """`width` in any unit: the columns share the sheet."""

    heading: str
    width: float
    align: str = "left"


def draw_plain_table(flow: Flow, columns: Sequence[TextColumn], rows: Sequence[Sequence[Sequence[Run]]]) -> None:
    """At least one row; a row stays whole where a page can hold it."""
    sheet = flow.paper
    size, head_size = sheet.body - 1, sheet.small
    unit = sheet.room / sum(column.width for column in columns)
    xs = accumulate((column.width * unit for column in columns), initial=sheet.left)
    placed = [Column(x, column.width * unit, column.align) for x, column in zip(xs, columns, strict=False)]
    names = [wrap([(column.heading, BOLD)], head_size, place.width - 2)
             for column, place in zip(columns, placed, strict=True)]
    height = max(map(len, names)) * head_size * LEADING + 4
    headings = [Heading(name, place.x, place.width, 0.0, height)
                for name, place in zip(names, placed, strict=True)]
    table = Table(flow, placed, headings, size=size, head_size=head_size, whole_row=NEVER_DIVIDED)
    table.draw([[wrap(cell, size, place.width - 2 * SIDE) for cell, place in zip(row, placed, strict=True)]
                for row in rows])
