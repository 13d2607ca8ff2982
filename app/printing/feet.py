"""The foot of each page: which paper it belongs to, and which page of how many."""

from __future__ import annotations

from app.printing.flow import ASCENT, HAIR, Flow, Page
from app.printing.fonts import ROMAN
from app.printing.formats import Paper
from app.printing.paragraph import wrap


def draw_feet(sheet: Paper, said: str, page_words: str, count: int) -> list[Page]:
    """One page of marks per page of the paper: a hair line, `said` on the left, "Trang x/y" on the right."""
    out = []
    for number in range(1, count + 1):
        flow = Flow(sheet)
        y = sheet.end + sheet.small * 0.5
        flow.rule(sheet.left, y, sheet.left + sheet.room, y, HAIR)
        shown = wrap([(page_words.format(page=number, pages=count), ROMAN)], sheet.small, sheet.room)[0]
        baseline = y + sheet.small * ASCENT + 1
        flow.line(shown, sheet.left, baseline, sheet.small, sheet.room, "right")
        for row, line in enumerate(wrap([(said, ROMAN)], sheet.small, sheet.room - shown.width - sheet.small)):
            flow.line(line, sheet.left, baseline + row * sheet.small, sheet.small, sheet.room)
        out.append(flow.page)
    return out
