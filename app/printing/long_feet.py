"""The foot of papers whose pages are written while their lines are read: the number of pages is known last."""

from __future__ import annotations

from collections.abc import Iterator

from app.printing.flow import ASCENT, HAIR, LEADING, Flow, Page
from app.printing.fonts import ROMAN
from app.printing.formats import Paper
from app.printing.paragraph import wrap

PAGES_ROOM = 14.0                  # for the number of pages: three digits, points


def numbered(pages: Iterator[Page], sheet: Paper, page_words: str) -> Iterator[Page]:
    """Each page with its own number, up to where their count begins. `page_words`: "Trang {page}/{pages}"."""
    before = page_words.partition("{pages}")[0]
    for number, page in enumerate(pages, 1):
        flow = Flow(sheet)
        line = wrap([(before.format(page=number), ROMAN)], sheet.small, sheet.room)[0]
        flow.line(line, sheet.left, _baseline(sheet), sheet.small, sheet.room - PAGES_ROOM, "right")
        page.texts += flow.page.texts
        yield page


def everywhere(sheet: Paper, said: str, pages: int) -> Page:
    """What every page shows: which paper this is, and of how many pages."""
    flow = Flow(sheet)
    y = sheet.end + sheet.small * 0.5
    flow.rule(sheet.left, y, sheet.left + sheet.room, y, HAIR)
    for row, line in enumerate(wrap([(said, ROMAN)], sheet.small, sheet.room * 0.8)):
        flow.line(line, sheet.left, _baseline(sheet) + row * sheet.small * LEADING, sheet.small, sheet.room)
    total = wrap([(str(pages), ROMAN)], sheet.small, sheet.room)[0]
    flow.line(total, sheet.left + sheet.room - PAGES_ROOM, _baseline(sheet), sheet.small, PAGES_ROOM)
    return flow.page


def _baseline(sheet: Paper) -> float:
    return sheet.end + sheet.small * (0.5 + ASCENT) + 1
