"""Phiếu bàn giao kết quả giải quyết thủ tục hành chính: from the agency back to the counter."""

from __future__ import annotations

from app.domain.route_papers import ResultHandoverPaper, ResultLinePaper
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date, short_date
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
from app.printing.route_words import originals_runs, totals
from app.printing.signing import Signature

LINES_TO_SIGN = 3
YES = "X"                          # the forms in use say "X là có"

_SLOTS = (
    Slot("column_row", 8, "centre"), Slot("column_code", 28, is_whole=True), Slot("column_request"),
    Slot("column_result"), Slot("column_applicant", 46), Slot("column_owes", 15, "centre"),
    Slot("column_post", 17, "centre"), Slot("column_received", 19), Slot("column_note", 24),
)


def render_result_handover(paper: ResultHandoverPaper, *, size: str = "A4 landscape",
                           copies: tuple[str, ...] | None = None) -> bytes:
    """The list as PDF, "A4 landscape"; None means the two copies of the form, one for each side.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("result-handover")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.number, area=area, copies=copies, foot=paper.agency_name)


def _lay_out(paper: ResultHandoverPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_list_opening(flow, form, paper.head, paper.number, local(paper.made_at).date())
    put_pair(flow, (words["agency"], paper.agency_name, BOLD), (words["unit"], paper.head.unit, ROMAN))
    route = paper.route + (words["item_code"].format(code=paper.item_code) if paper.item_code else "")
    put_pair(flow, (words["made"], clock_and_date(paper.made_at), ROMAN), (words["route"], route, ROMAN))
    if paper.note:
        put_field(flow, words["note"], paper.note)
    closing = Closing([Signature(words["sign_giver"], words["sign_hint"], paper.giver_name),
                       Signature(words["sign_receiver"], words["sign_hint"], paper.receiver_name)],
                      _total(form, paper), [[(form.notes["how"], ITALIC)]])
    draw_list(flow, form, _SLOTS, [_row(form, number, line) for number, line in enumerate(paper.lines, 1)],
              least_lines=LINES_TO_SIGN, closing=closing)
    return flow, area


def _row(form: Form, number: int, line: ResultLinePaper) -> list[Cell]:
    words = form.words
    said = [words["result_number"].format(number=line.result_number) if line.result_number else "",
            words["result_day"].format(day=short_date(line.result_day)) if line.result_day else ""]
    result: list[Run] = [(line.result_name, ROMAN)]
    if any(said):
        result.append(("\n" + ", ".join(part for part in said if part), ROMAN))
    person: list[Run] = [(line.applicant_name, BOLD)]
    if line.address:
        person.append(("\n" + line.address, ROMAN))
    return [[(str(number), ROMAN)], [(line.code, BOLD)], [(line.procedure_name, ROMAN)],
            [*result, *originals_runs(form, line.originals)], person, [(YES if line.owes else "", BOLD)],
            [(YES if line.is_by_post else "", BOLD)], [], [(line.note, ITALIC)]]


def _total(form: Form, paper: ResultHandoverPaper) -> list[Run]:
    lines = paper.lines
    said = totals(form, ("total_results", len(lines)), ("total_owing", sum(line.owes for line in lines)),
                  ("total_by_post", sum(line.is_by_post for line in lines)),
                  ("total_originals", sum(len(line.originals) for line in lines)))
    return [(form.words["total"] + " ", ROMAN), (said, BOLD)]
