"""Mẫu 06/2018 = 07/2025, Sổ theo dõi hồ sơ: A4 landscape, thirteen columns, the head again on every page.

Lines are read one by one and pages are written one by one, so a year's book needs no more memory than a day's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.dossier_papers import RegisterLine, RegisterPaper
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import short_date
from app.printing.flow import ASCENT, Flow, Page
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import SETTINGS, Paper
from app.printing.forms import Form, load_form
from app.printing.heading import draw_head
from app.printing.long_feet import everywhere, numbered
from app.printing.paragraph import Line, wrap
from app.printing.register_columns import ROW_SIZE, register_columns, register_headings
from app.printing.sheet import write_long_pdf
from app.printing.signing import Signature, draw_signatures
from app.printing.table import SIDE, Column, Table

SMALL = 8.5                        # type size of totals and foot, beside rows of 8
TOTAL_HEIGHT = 13.0                # below the table of each page, points
NEVER_DIVIDED = 60                 # lines


def render_register(paper: RegisterPaper, *, size: str = "A4 landscape") -> bytes:
    """The register as PDF, "A4 landscape", one copy; each page ends with its own and the running total.

    A line with 0 sets is a number that became no dossier: shown, but in no total. Raises EnvironmentFault
    `form_missing`.
    """
    form = load_form("register-" + paper.form_set.replace("/", "-"))
    sheet = replace(SETTINGS[size][0], small=SMALL)
    title = f"{form.title} {paper.book}/{paper.year}"
    foot = form.words["foot"].format(unit=paper.unit, book=paper.book, year=paper.year)
    return write_long_pdf(sheet, numbered(_pages(paper, form, sheet), sheet, form.words["footer_page"]),
                          lambda pages: everywhere(sheet, foot, pages), title)


@dataclass(slots=True)
class _Totals:
    """Dossiers and sets of this page and of all pages so far."""

    lines: int = 0
    sets: int = 0
    all_lines: int = 0
    all_sets: int = 0

    def count(self, line: RegisterLine) -> None:
        dossiers = 1 if line.sets else 0
        self.lines += dossiers
        self.sets += line.sets
        self.all_lines += dossiers
        self.all_sets += line.sets

    def said(self, form: Form, key: str) -> str:
        return form.words[key].format(lines=self.lines, sets=self.sets, all_lines=self.all_lines,
                                      all_sets=self.all_sets)

    def turn_page(self) -> None:
        self.lines = self.sets = 0


def _pages(paper: RegisterPaper, form: Form, sheet: Paper) -> Iterator[Page]:
    """Each page as soon as it is full."""
    flow = Flow(replace(sheet, bottom=sheet.bottom + TOTAL_HEIGHT))
    _open(flow, form, paper)
    columns = register_columns(sheet)
    totals = _Totals()

    def close_page() -> None:
        _put_total(flow, totals.said(form, "page_total"))
        totals.turn_page()

    table = Table(flow, columns, register_headings(form, columns), size=ROW_SIZE, head_size=ROW_SIZE - 0.5,
                  whole_row=NEVER_DIVIDED, close_page=close_page)
    table.begin()
    is_empty = True
    for line in paper.lines:
        is_empty = False
        table.add(_row(line, columns))
        totals.count(line)
        while len(flow.pages) > 1:
            yield flow.pages.pop(0)
    if is_empty:
        flow.skip(4)
        flow.text([(form.words["empty"], ITALIC)], sheet.body, align="centre")
    else:
        close_page()
    _close(flow, form, paper, totals)
    yield from flow.pages


def _open(flow: Flow, form: Form, paper: RegisterPaper) -> None:
    words, sheet = form.words, flow.paper
    draw_head(flow, form, paper.head, number=None, day=local(paper.printed_at).date())
    flow.skip(6)
    flow.text([(form.title, BOLD)], sheet.title, align="centre")
    flow.text([(words["unit"].format(unit=paper.unit), BOLD)], sheet.body, align="centre")
    flow.text([(words["which"].format(book=paper.book, year=paper.year, first=short_date(paper.first_day),
                                      last=short_date(paper.last_day)), ROMAN)], sheet.body, align="centre")
    flow.skip(6)


def _row(line: RegisterLine, columns: list[Column]) -> list[tuple[Line, ...]]:
    said = (str(line.number), line.code, line.procedure_name, str(line.sets) if line.sets else "",
            line.applicant_name, "\n".join(part for part in (line.address, line.phone) if part), line.agency_name,
            _moment(line.received_at), _moment(line.due_at), _moment(line.returned_at), line.return_way,
            line.signed, line.note)
    return [wrap([(text, BOLD if index == 1 else ROMAN)], ROW_SIZE, column.width - 2 * SIDE)
            for index, (text, column) in enumerate(zip(said, columns, strict=True))]


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    there = local(moment)
    return f"{short_date(there.date())}\n{there:%H:%M}"


def _put_total(flow: Flow, said: str) -> None:
    size = flow.paper.small
    line = wrap([(said, BOLD)], size, flow.paper.room)[0]
    flow.line(line, flow.paper.left, flow.y + 2 + size * ASCENT, size, flow.paper.room, "right")
    flow.skip(TOTAL_HEIGHT)


def _close(flow: Flow, form: Form, paper: RegisterPaper, totals: _Totals) -> None:
    """The total of the book and who answers for it, together on one page."""
    words = form.words
    keeper = Signature(words["sign_keeper"], words["sign_hint"], paper.clerk_name)
    head = Signature(words["sign_head"], words["sign_hint"])
    draw_signatures(flow, [keeper, head], [[(totals.said(form, "total"), BOLD)]])
