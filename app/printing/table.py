"""Tables with real rules, whose head is repeated on each page and whose rows never lose a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.printing.flow import ASCENT, HAIR, LEADING, Flow
from app.printing.paragraph import Line

SIDE = 3.0                         # air between a cell's text and its rules, points
WHOLE_ROW = 6                      # rows up to so many lines are never divided
LEAST_PART = 3                     # a divided row shows at least so many lines on each page


@dataclass(frozen=True, slots=True)
class Column:
    x: float
    width: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of the table head: lines centred between x and x + width, from `top` down to `bottom` (points)."""

    lines: tuple[Line, ...]
    x: float
    width: float
    top: float
    bottom: float


class Table:
    """One table on a flow; page breaks close its frame and open it again with its head.

    Rows up to `whole_row` lines are divided only when a whole page is too short for them. `close_page` is called
    below the last row of every page but the last, before the break.
    """

    def __init__(self, flow: Flow, columns: Sequence[Column], headings: Sequence[Heading], *, size: float,
                 head_size: float, whole_row: int = WHOLE_ROW,
                 close_page: Callable[[], None] | None = None) -> None:
        self.flow, self.columns, self.headings = flow, columns, headings
        self.size, self.head_size = size, head_size
        self.whole_row, self.close_page = whole_row, close_page
        self.pad = 0.2 * size
        self.step = size * LEADING
        self.left = columns[0].x
        self.right = columns[-1].x + columns[-1].width
        self.head_height = max(heading.bottom for heading in headings)

    def least_height(self, first_row: Sequence[Sequence[Line]]) -> float:
        """What must be free for the table to begin here: its head and the beginning of its first row."""
        lines = max(len(cell) for cell in first_row)
        first = lines if lines <= self.whole_row else LEAST_PART
        return self.head_height + first * self.step + 2 * self.pad

    def draw(self, rows: Sequence[Sequence[Sequence[Line]]]) -> None:
        """The head and all rows, over as many pages as they need."""
        self.flow.need(self.least_height(rows[0]))
        self.begin()
        for cells in rows:
            self.add(cells)

    def begin(self) -> None:
        """The head alone; rows that come one by one follow with `add`."""
        flow, top = self.flow, self.flow.y
        for heading in self.headings:
            height = len(heading.lines) * self.head_size * LEADING
            y = top + heading.top + (heading.bottom - heading.top - height) / 2
            for line in heading.lines:
                flow.line(line, heading.x, y + self.head_size * ASCENT, self.head_size, heading.width, "centre")
                y += self.head_size * LEADING
            flow.box(heading.x, top + heading.top, heading.width, heading.bottom - heading.top)
        flow.skip(self.head_height)

    def _next_page(self) -> None:
        if self.close_page is not None:
            self.close_page()
        self.flow.break_page()
        self.begin()

    def add(self, cells: Sequence[Sequence[Line]]) -> None:
        """One row; a long one may continue on the next page, with at least three lines on each."""
        rest = [list(cell) for cell in cells]
        while True:
            count = max(len(cell) for cell in rest)
            fit = int((self.flow.left_over - 2 * self.pad + 0.01) / self.step)
            if fit >= count:
                self._part(rest, count)
                return
            fit = min(fit, count - LEAST_PART)
            is_fresh = self.flow.y <= self.flow.paper.top + self.head_height + 0.01
            if not is_fresh and (count <= self.whole_row or fit < LEAST_PART):
                self._next_page()
                continue
            self._part([cell[:fit] for cell in rest], fit)
            rest = [cell[fit:] for cell in rest]
            self._next_page()

    def _part(self, cells: Sequence[Sequence[Line]], count: int) -> None:
        flow, top = self.flow, self.flow.y
        height = count * self.step + 2 * self.pad
        for column, cell in zip(self.columns, cells, strict=True):
            y = top + self.pad
            for line in cell:
                flow.line(line, column.x + SIDE, y + self.size * ASCENT, self.size, column.width - 2 * SIDE,
                          column.align)
                y += self.step
            flow.rule(column.x, top, column.x, top + height)
        flow.rule(self.right, top, self.right, top + height)
        flow.rule(self.left, top + height, self.right, top + height, HAIR)
        flow.skip(height)
