"""Any report on paper: the same table as on the screen and in the spreadsheet, page by page.

Rows are read one by one and pages written one by one, so a list of thousands needs no more memory than its PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from app.domain.reports.chart import Chart
from app.domain.reports.shown import made_line, shown_cell, unit_line
from app.domain.reports.table import ColumnKind, ReportTable, Row, check_row, name_column
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import full_date
from app.printing.chart_sheet import ChartPages
from app.printing.flow import ASCENT, LEADING, Flow, Page
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import SETTINGS, Paper
from app.printing.forms import Form, load_form
from app.printing.long_feet import everywhere, numbered
from app.printing.paragraph import Line, wrap
from app.printing.report_columns import COMFORTABLE, INDENT, Setting, headings, indented, set_columns
from app.printing.sheet import write_long_pdf
from app.printing.signing import Signature, draw_signatures
from app.printing.table import SIDE, Table

SMALL = 8.5                        # type size of the foot
SAMPLE = 400                       # rows that settle the columns' widths
STEP = 500                         # rows between two tellings of how far it is
NEVER_DIVIDED = 40                 # lines
MOST_UPRIGHT = 9                   # columns; more of them are read more easily side by side
NO_PLACE = "…………………"
UPRIGHT, TURNED = "A4", "A4 landscape"


def render_report(table: ReportTable, *, size: str | None = None, rows: Iterable[Row] | None = None,
                  place: str | None = None, charts: Sequence[Chart] = (),
                  progress: Callable[[int], None] | None = None) -> bytes:
    """`table` as PDF on "A4" or "A4 landscape"; without `size` upright where that is comfortable to read.

    `rows` stand in for the table's own where they are read one by one. With `place` ("Đà Nẵng") the paper ends
    with place, day and room for two signatures: who made it, and the head of the unit; dots where the place is not
    known (""). `charts` follow on pages of their own. `progress` is told how many rows are laid out, every some
    hundred; what it raises stops the printing. EnvironmentFault `form_missing`.
    """
    form = load_form("report")
    coming = iter(table.rows) if rows is None else _checked(table, rows)
    sample = list(coming) if rows is None else list(islice(coming, SAMPLE))
    sheet, setting = _sheet(table, sample, size)
    behind = ChartPages(charts, table, sheet, form.words["charts"]) if charts else None
    pages: Iterator[Page] = _pages(table, _told(chain(sample, coming), progress), form, sheet, setting, place)
    if behind is not None:
        pages = chain(pages, behind.pages)
    foot = form.words["foot"].format(title=table.title, made=made_line(table))
    return write_long_pdf(sheet, numbered(pages, sheet, form.words["footer_page"]),
                          lambda count: everywhere(sheet, foot, count), table.title,
                          None if behind is None else behind.draw)


def _told(rows: Iterable[Row], progress: Callable[[int], None] | None) -> Iterator[Row]:
    count = 0
    for count, row in enumerate(rows, 1):
        if progress is not None and count % STEP == 0:
            progress(count)
        yield row
    if progress is not None:
        progress(count)


def _checked(table: ReportTable, rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        check_row(table.columns, row)
        yield row


def _sheet(table: ReportTable, sample: list[Row], size: str | None) -> tuple[Paper, Setting]:
    names = (UPRIGHT, TURNED) if len(table.columns) <= MOST_UPRIGHT else (TURNED,)
    for name in (size,) if size else names:
        base = SETTINGS[name][-1 if name == UPRIGHT else 0]
        sheet = replace(base, left=base.left * 0.7, small=SMALL, body=min(base.body, 11.0), sign=55.0)
        setting = set_columns(table.columns, sample, sheet)
        if setting.is_whole and setting.size >= COMFORTABLE:
            break
    return sheet, setting


def _pages(table: ReportTable, rows: Iterable[Row], form: Form, sheet: Paper, setting: Setting,
           place: str | None) -> Iterator[Page]:
    """Each page as soon as it is full."""
    flow = Flow(sheet)
    _open(flow, table)
    lines = Table(flow, setting.places, headings(table.columns, setting), size=setting.size,
                  head_size=setting.size - 0.5, whole_row=NEVER_DIVIDED)
    lines.begin()
    is_empty = True
    held: list[tuple[Line, ...]] | None = None         # the last row never stands without what follows it
    for row in rows:
        if held is not None:
            lines.add(held)
        held, is_empty = _row(table, row, setting), False
        while len(flow.pages) > 1:
            yield flow.pages.pop(0)
    if held is not None:
        if place is not None and lines.least_height(held) - lines.head_height + _signing(sheet) > flow.left_over:
            flow.break_page()
            lines.begin()
        lines.add(held)
    if is_empty:
        flow.skip(4)
        flow.text([(form.words["empty"], ITALIC)], sheet.body, align="centre")
    _close(flow, table, form, place)
    yield from flow.pages


def _open(flow: Flow, table: ReportTable) -> None:
    sheet = flow.paper
    for line in table.head:
        flow.text([(line, ROMAN)], sheet.body)
    flow.skip(6)
    for title in _balanced(table.title, sheet):
        flow.line(title, sheet.left, flow.y + sheet.title * ASCENT, sheet.title, sheet.room, "centre")
        flow.skip(sheet.title * LEADING)
    if table.period_words:
        flow.text([(table.period_words, ITALIC)], sheet.body, align="centre")
    flow.skip(4)
    if unit_line(table):
        flow.text([(unit_line(table), ITALIC)], sheet.body - 1, align="right")
        flow.skip(2)


def _balanced(title: str, sheet: Paper) -> tuple[Line, ...]:
    """In no more lines than it needs, and those of about one length: a single word below looks forgotten."""
    wide = lines = wrap([(title, BOLD)], sheet.title, sheet.room)
    room = sheet.room
    while len(lines) == len(wide) > 1 and room > sheet.room / 2:
        wide, room = lines, room - 0.04 * sheet.room
        lines = wrap([(title, BOLD)], sheet.title, room)
    return wide


def _row(table: ReportTable, row: Row, setting: Setting) -> list[tuple[Line, ...]]:
    face = BOLD if row.is_total else ROMAN
    named = name_column(table.columns)
    cells = []
    for at, (column, cell, place) in enumerate(zip(table.columns, row.cells, setting.places, strict=True)):
        level = row.level if at == named else 0
        shown = shown_cell(column.kind, cell)
        if column.kind is ColumnKind.TIME:
            shown = shown.replace(" ", "\n")           # the clock above the day: neither is broken
        room = place.width - 2 * SIDE - level * INDENT * setting.size
        cells.append(indented(wrap([(shown, face)], setting.size, room), level, face, setting.size))
    return cells


def _signing(sheet: Paper) -> float:
    """What signatures need below the last row, without the notes."""
    return sheet.sign + 5 * sheet.body * LEADING


def _close(flow: Flow, table: ReportTable, form: Form, place: str | None) -> None:
    sheet, words = flow.paper, form.words
    notes = [[(note, ITALIC)] for note in table.notes]
    if place is None:
        flow.skip(4)
        for note in notes:
            flow.text(note, sheet.body - 1)
        return
    lines = sum(len(wrap(note, sheet.body - 1, sheet.room)) for note in notes)
    flow.need(_signing(sheet) + lines * sheet.body * LEADING)
    flow.skip(4)
    for note in notes:
        flow.text(note, sheet.body - 1)
    flow.skip(4)
    day = words["place_date"].format(place=place or NO_PLACE, date=full_date(local(table.made_at).date()))
    half = sheet.room / 2
    flow.text([(day, ITALIC)], sheet.body, x=sheet.left + half, room=half, align="centre")
    draw_signatures(flow, [Signature(words["sign_maker"], words["sign_hint"], table.made_by),
                           Signature(words["sign_head"], words["sign_hint"])])
