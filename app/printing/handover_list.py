"""Danh sách bàn giao hồ sơ: counter to agency, in numbered copies, with a line and room to sign per dossier."""

from __future__ import annotations

from app.domain.route_papers import HandoverLinePaper, HandoverListPaper
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date, clock_words, short_date
from app.printing.fields import put_field, put_pair
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.list_closing import Closing
from app.printing.list_opening import draw_list_opening
from app.printing.list_table import Cell, Slot, draw_list
from app.printing.paragraph import Run
from app.printing.route_words import day_and_hour, originals_runs, totals
from app.printing.signing import Signature

LINES_TO_SIGN = 3                  # least height of a row, in lines

_SLOTS = (
    Slot("column_row", 8, "centre"), Slot("column_code", 28, is_whole=True), Slot("column_request"),
    Slot("column_sets", 11, "centre"), Slot("column_applicant", 50),
    Slot("column_received", 20, "centre"), Slot("column_due", 21, "centre"),
    Slot("column_result_day", 19, "centre"), Slot("column_giver", 18, above="column_sign"),
    Slot("column_receiver", 18, above="column_sign"), Slot("column_note", 20),
)


def render_handover_list(paper: HandoverListPaper, *, size: str = "A4 landscape",
                         copies: tuple[str, ...] | None = None) -> bytes:
    """The list as PDF, "A4 landscape"; None means the two copies of the form, one for each side.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("handover-list")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.number, area=area, copies=copies, foot=paper.agency_name)


def _lay_out(paper: HandoverListPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_list_opening(flow, form, paper.head, paper.number, local(paper.made_at).date())
    put_pair(flow, (words["agency"], paper.agency_name, BOLD),
             (words["made"], clock_and_date(paper.made_at), ROMAN))
    route = paper.route
    if paper.item_code:
        route += words["item_code"].format(code=paper.item_code)
    cutoff = "" if paper.cutoff_at is None else words["cutoff"].format(
        time=clock_words(local(paper.cutoff_at).time()), day=short_date(local(paper.cutoff_at).date()))
    put_field(flow, words["route"], route, after=cutoff)
    if paper.note:
        put_field(flow, words["note"], paper.note)
    closing = Closing([Signature(words["sign_giver"], words["sign_hint"], paper.giver_name),
                       Signature(words["sign_receiver"], words["sign_receiver_hint"], paper.receiver_name)],
                      _total(form, paper), [[(form.notes["how"], ITALIC)]])
    draw_list(flow, form, _SLOTS, [_row(form, number, line) for number, line in enumerate(paper.lines, 1)],
              least_lines=LINES_TO_SIGN, closing=closing)
    return flow, area


def _row(form: Form, number: int, line: HandoverLinePaper) -> list[Cell]:
    request: list[Run] = [(line.procedure_name, ROMAN), *originals_runs(form, line.originals)]
    person: list[Run] = [(line.applicant_name, BOLD)]
    person += [("\n" + text, ROMAN) for text in (line.address, line.phone) if text]
    return [[(str(number), ROMAN)], [(line.code, BOLD)], request, [(f"{line.sets:02d}", ROMAN)], person,
            [(day_and_hour(line.received_at), ROMAN)],
            [(form.words["no_due"] if line.due_at is None else day_and_hour(line.due_at), ROMAN)],
            [], [], [], [(line.note, ITALIC)]]


def _total(form: Form, paper: HandoverListPaper) -> list[Run]:
    lines = paper.lines
    said = totals(form, ("total_dossiers", len(lines)), ("total_sets", sum(line.sets for line in lines)),
                  ("total_originals", sum(len(line.originals) for line in lines)))
    return [(form.words["total"] + " ", ROMAN), (said, BOLD)]
