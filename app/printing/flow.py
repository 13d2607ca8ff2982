"""Pages under construction: marks are placed from the top down, and a page breaks before anything would be cut.

Measures are points; x runs from the left edge, y from the TOP edge of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.printing.codes import LASER_DPI, Bars, Square, snap
from app.printing.formats import SETTINGS, Paper
from app.printing.paragraph import Line, Run, wrap

HAIR = 0.5                         # points: rules of tables
FIRM = 0.75                        # rules under the state's and the unit's name
LEADING = 1.18                     # line height over type size
ASCENT = 0.93                      # top of a line to its baseline, over type size
STRETCH = 0.4                      # em: a blank wider than this looks torn, so the line stays ragged


@dataclass(slots=True)
class Page:
    """Marks of one page: texts (x, baseline, size, pieces, extra width of a blank), rules, boxes and codes."""

    texts: list[tuple[float, float, float, tuple[Run, ...], float]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float, float]] = field(default_factory=list)
    codes: list[tuple[float, float, float, Bars | Square]] = field(default_factory=list)


class PagesFull(Exception):
    """The paper needs more pages than the flow may use; the caller tries a denser setting."""


class Flow:
    """A cursor that walks down the pages of one paper; `most_pages` bounds a trial, None does not."""

    def __init__(self, paper: Paper, most_pages: int | None = None) -> None:
        self.paper = paper
        self.most_pages = most_pages
        self.pages = [Page()]
        self.y = paper.top

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def left_over(self) -> float:
        """Height that is still free on this page."""
        return self.paper.end - self.y

    def break_page(self) -> None:
        if len(self.pages) == self.most_pages:
            raise PagesFull
        self.pages.append(Page())
        self.y = self.paper.top

    def need(self, height: float) -> None:
        """Go to the next page unless `height` is free here (or the page is still empty)."""
        if height > self.left_over and self.y > self.paper.top:
            self.break_page()

    def skip(self, height: float) -> None:
        self.y += height

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float = HAIR) -> None:
        self.page.rules.append((x1, y1, x2, y2, weight))

    def box(self, x: float, y: float, width: float, height: float, weight: float = HAIR) -> None:
        for x1, y1, x2, y2 in ((x, y, x + width, y), (x, y + height, x + width, y + height),
                               (x, y, x, y + height), (x + width, y, x + width, y + height)):
            self.rule(x1, y1, x2, y2, weight)

    def line(self, line: Line, x: float, baseline: float, size: float, room: float, align: str = "left") -> None:
        """One line between x and x + room: left, centre, right or both (stretched unless it ends a paragraph)."""
        extra = 0.0
        free = room - line.width
        if align == "centre":
            x += free / 2
        elif align == "right":
            x += free
        elif align == "both" and line.blanks and not line.is_last and 0 < free / line.blanks <= STRETCH * size:
            extra = free / line.blanks
        self.page.texts.append((x, baseline, size, line.pieces, extra))

    def lines(self, lines: Sequence[Line], size: float, *, x: float | None = None, room: float | None = None,
              align: str = "left", leading: float = LEADING) -> None:
        """Lines below each other across pages; never a single line of a paragraph alone at a page's end or top."""
        x = self.paper.left if x is None else x
        room = self.paper.room if room is None else room
        step = size * leading
        placed = 0
        while placed < len(lines):
            rest = len(lines) - placed
            fit = min(rest, int((self.left_over + 0.01) / step))
            if fit < rest:
                fit = min(fit, rest - 2)
            if fit < min(rest, 2) and self.y > self.paper.top:
                self.break_page()
                continue
            for line in lines[placed:placed + max(fit, 1)]:
                self.line(line, x, self.y + size * ASCENT, size, room, align)
                self.y += step
            placed += max(fit, 1)

    def text(self, runs: Sequence[Run], size: float, *, x: float | None = None, room: float | None = None,
             align: str = "left", leading: float = LEADING) -> None:
        room = self.paper.room if room is None else room
        self.lines(wrap(runs, size, room), size, x=x, room=room, align=align, leading=leading)

    def bars(self, code: Bars, x: float, y: float, height: float, dpi: int = LASER_DPI) -> None:
        """Bars with their left top corner near (x, y), moved by less than a dot onto the printer's grid."""
        self.page.codes.append((snap(x, dpi), snap(y, dpi), height, code))

    def square(self, code: Square, x: float, y: float, dpi: int = LASER_DPI) -> None:
        self.page.codes.append((snap(x, dpi), snap(y, dpi), code.width, code))


Laid = TypeVar("Laid")


def fit(size: str, lay_out: Callable[[Paper, int | None], Laid]) -> Laid:
    """What `lay_out` makes in the most comfortable setting that needs one page; if none does, in the first."""
    settings = SETTINGS[size]
    for setting in settings:
        try:
            return lay_out(setting, 1)
        except PagesFull:
            continue
    return lay_out(settings[0], None)
