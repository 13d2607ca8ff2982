"""BẢN SAO on every page of a paper that is printed again: how many, when, by whom.

Laid over the finished pages in their top margin, so that a copy is the first print and this line, nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2

from app.domain.papers import CopyMark
from app.domain.vietnamese_dates import clock_and_date
from app.printing.codes import MM
from app.printing.flow import Flow
from app.printing.fonts import BOLD, ITALIC
from app.printing.formats import SETTINGS
from app.printing.forms import load_form
from app.printing.pdfium import PDFIUM
from app.printing.sheet import write_pdf

SIZE = 8.5
TOP = 2.2 * MM
SMALLEST = 120 * MM
"""Lower pages are labels: one printed again says the same, and there is no room to say more."""


def mark_copies(pdf: bytes, mark: CopyMark) -> bytes:
    """The same pages, each with the line of `mark` at its top; labels as they are."""
    with PDFIUM:
        paper = pypdfium2.PdfDocument(pdf)
        try:
            for page in paper:
                width, height = page.get_size()
                if height >= SMALLEST:
                    _lay_over(paper, page, _line(mark, width, height))
            written = BytesIO()
            paper.save(written)
            return written.getvalue()
        finally:
            paper.close()


def _lay_over(paper: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, line: bytes) -> None:
    stamp = pypdfium2.PdfDocument(line)
    drawn = stamp.page_as_xobject(0, paper)
    page.insert_obj(drawn.as_pageobject())
    page.gen_content()
    drawn.close()
    stamp.close()


def _line(mark: CopyMark, width: float, height: float) -> bytes:
    words = load_form("copy-mark").words
    sheet = replace(SETTINGS["A5"][0], width=width, height=height, top=TOP, left=8 * MM, right=8 * MM)
    flow = Flow(sheet)
    by = words["copy_mark_by"].format(time=clock_and_date(mark.printed_at), clerk=mark.clerk_name)
    flow.text([(words["copy_mark"].format(number=mark.number), BOLD), (" " + by, ITALIC)], SIZE, align="centre")
    return write_pdf(sheet, flow.pages, [[]], words["copy_mark"].format(number=mark.number), is_overlay=True)
