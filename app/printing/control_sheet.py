"""Mẫu 05/2018 = 06/2025, Phiếu kiểm soát quá trình giải quyết hồ sơ: travels in the cover, signed at each hop.

What the journal knows of a hop is printed; signatures stay to be given by hand, and blank hops follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from app.domain.dossier_papers import ControlSheetPaper, Hop
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date, clock_words, short_date
from app.printing.due_box import draw_framed
from app.printing.fields import OPEN, put_field
from app.printing.flow import LEADING, Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.opening import draw_opening
from app.printing.paragraph import Line, Run, wrap
from app.printing.table import SIDE, Column, Heading, Table

SHARES = (0.28, 0.21, 0.21, 0.17, 0.13)        # of the width: unit, giver, taker, outcome, note
SIGN_LINES = 3                                 # empty lines to sign on
NEVER_DIVIDED = 60                             # lines
EMPTY = Line((), 0.0, 0, True)


def render_control_sheet(paper: ControlSheetPaper, *, size: str = "A4",
                         copies: tuple[str, ...] | None = None) -> bytes:
    """The sheet as PDF on "A4" or "A5", one copy; a hop is never divided between pages.

    Raises EnvironmentFault `form_missing`, `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("control-" + paper.form_set.replace("/", "-"))
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.subject.code, area=area, copies=copies)


def _lay_out(paper: ControlSheetPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words, subject = form.words, paper.subject
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, paper.head, day=paper.printed_at, code=subject.code)
    put_field(flow, words["applicant"], subject.applicant_name, face=BOLD)
    code = words["procedure_code"].format(code=subject.procedure_code) if subject.procedure_code else ""
    put_field(flow, words["request"], subject.procedure_name, after=code)
    if subject.case_name:
        put_field(flow, words["case"], subject.case_name)
    put_field(flow, words["received"], clock_and_date(subject.received_at) if subject.received_at else OPEN)
    put_field(flow, words["agency"], subject.agency_name, face=BOLD)
    put_field(flow, words["partners"], "; ".join(paper.partners) or words["no_partners"])
    draw_framed(flow, words["due"], clock_and_date(paper.due_at) if paper.due_at else words["no_due"])
    blank = Hop("", "", None, None)
    hops = (*paper.hops, *[blank] * paper.blank_hops)
    if hops:
        flow.skip(2)
        columns = _columns(setting)
        table = Table(flow, columns, _headings(form, columns, setting.small - 1), size=setting.small,
                      head_size=setting.small - 1, whole_row=NEVER_DIVIDED)
        table.draw([_row(form, number, hop, columns, setting.small) for number, hop in enumerate(hops, 1)])
    flow.skip(4)
    flow.need(2 * setting.small * LEADING)
    flow.text([(form.notes["post"], ITALIC)], setting.small, align="both")
    return flow, area


def _columns(setting: Paper) -> list[Column]:
    widths = [share * setting.room for share in SHARES]
    xs = accumulate(widths[:-1], initial=setting.left)
    return [Column(x, width, align) for x, width, align in
            zip(xs, widths, ("left", "centre", "centre", "centre", "left"), strict=True)]


def _headings(form: Form, columns: Sequence[Column], size: float) -> list[Heading]:
    """Two storeys: who gives and who takes stand below the time."""
    row = size * LEADING
    both = Column(columns[1].x, columns[1].width + columns[2].width)
    outcome = wrap([(form.words["column_outcome"], BOLD)], size, columns[3].width - 2)
    top, bottom = 2 * row, max(3 * row, len(outcome) * row) + 5
    spans = {"column_unit": (columns[0], 0.0, bottom), "column_time": (both, 0.0, top),
             "column_giver": (columns[1], top, bottom), "column_taker": (columns[2], top, bottom),
             "column_outcome": (columns[3], 0.0, bottom), "column_note": (columns[4], 0.0, bottom)}
    return [Heading(wrap([(form.words[key], BOLD)], size, column.width - 2), column.x, column.width, y1, y2)
            for key, (column, y1, y2) in spans.items()]


def _row(form: Form, number: int, hop: Hop, columns: Sequence[Column], size: float) -> list[Sequence[Line]]:
    rooms = [column.width - 2 * SIDE for column in columns]
    return [_units(form, number, hop, size, rooms[0]),
            _signed(form, hop.given_at, hop.giver, size, rooms[1]),
            _signed(form, hop.taken_at, hop.taker, size, rooms[2]),
            wrap([(hop.outcome, BOLD)], size, rooms[3]), wrap([(hop.note, ROMAN)], size, rooms[4])]


def _units(form: Form, number: int, hop: Hop, size: float, room: float) -> tuple[Line, ...]:
    words = form.words
    said: list[tuple[Line, ...]] = []
    for key, unit in (("from", hop.from_name), ("to", hop.to_name)):
        value = (unit, BOLD) if unit else (words["open_unit"], ROMAN)
        runs: list[Run] = [(words[key].format(hop=number) + " ", ROMAN), value]
        said.append(wrap(runs, size, room))
    return (*said[0], EMPTY, *said[1])


def _signed(form: Form, moment: datetime | None, name: str, size: float, room: float) -> tuple[Line, ...]:
    """Time, room to sign, name; what is not known is left to write."""
    if moment is None:
        time = form.words["open_time"]
    else:
        there = local(moment)
        time = f"{clock_words(there.time())},\nngày {short_date(there.date())}"
    named = wrap([(name, BOLD)], size, room) or (EMPTY,)
    return (*wrap([(time, ROMAN)], size, room), *[EMPTY] * SIGN_LINES, *named)
