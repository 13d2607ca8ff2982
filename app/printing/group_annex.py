"""Biên bản giao nhận hồ sơ: one submitter's many dossiers on one list; each has its own receipt beside it."""

from __future__ import annotations

from app.domain.money import format_money
from app.domain.route_papers import GroupAnnexPaper, GroupLine
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date
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
from app.printing.route_words import day_and_hour, totals
from app.printing.signing import Signature

_SLOTS = (
    Slot("column_row", 9, "centre"), Slot("column_code", 28, is_whole=True), Slot("column_request"),
    Slot("column_applicant", 40), Slot("column_agency", 36), Slot("column_received", 20, "centre"),
    Slot("column_due", 21, "centre"), Slot("column_time", 22, "centre"), Slot("column_sets", 12, "centre"),
    Slot("column_fee", 23, "right"),
)


def render_group_annex(paper: GroupAnnexPaper, *, size: str = "A4 landscape",
                       copies: tuple[str, ...] | None = None) -> bytes:
    """The list as PDF, "A4 landscape"; None means the two copies of the form.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("group-annex")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.number, area=area, copies=copies)


def _lay_out(paper: GroupAnnexPaper, form: Form, setting: Paper, most_pages: int | None) -> tuple[Flow, CodeArea]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_list_opening(flow, form, paper.head, paper.number, local(paper.received_at).date(),
                             words["below_title"])
    delegate = words["delegate"].format(paper=paper.delegate_paper) if paper.delegate_paper else ""
    put_field(flow, words["submitter"], paper.submitter_name, face=BOLD, after=delegate)
    put_pair(flow, (words["identifier"], paper.submitter_identifier, ROMAN),
             (words["phone"], paper.submitter_phone, ROMAN))
    if paper.submitter_address:
        put_field(flow, words["address"], paper.submitter_address)
    put_pair(flow, (words["unit"], paper.head.unit, ROMAN),
             (words["received"], clock_and_date(paper.received_at), ROMAN))
    closing = Closing([Signature(words["sign_submitter"], words["sign_hint"], paper.submitter_name),
                       Signature(words["sign_clerk"], words["sign_hint"], paper.clerk_name)],
                      _total(form, paper), [[(form.notes["each"], ITALIC)]])
    draw_list(flow, form, _SLOTS, [_row(form, number, line) for number, line in enumerate(paper.lines, 1)],
              closing=closing)
    return flow, area


def _row(form: Form, number: int, line: GroupLine) -> list[Cell]:
    words = form.words
    request: list[Run] = [(line.procedure_name, ROMAN)]
    if line.note:
        request.append((f" ({line.note})", ITALIC))
    fee = words["fee_unknown"] if line.fee is None else format_money(line.fee) if line.fee else words["no_fee"]
    return [[(str(number), ROMAN)], [(line.code, BOLD)], request, [(line.applicant_name, BOLD)],
            [(line.agency_name, ROMAN)], [(day_and_hour(line.received_at), ROMAN)],
            [(words["no_due"] if line.due_at is None else day_and_hour(line.due_at), BOLD)],
            [(line.processing_time, ROMAN)], [(f"{line.sets:02d}", ROMAN)], [(fee, ROMAN)]]


def _total(form: Form, paper: GroupAnnexPaper) -> list[Run]:
    """Dossiers, sets and money; where an amount is not known here, the sum says that it is of the others."""
    words, lines = form.words, paper.lines
    said = totals(form, ("total_dossiers", len(lines)), ("total_sets", sum(line.sets for line in lines)))
    runs: list[Run] = [(words["total"] + " ", ROMAN), (said, BOLD)]
    known = [line.fee for line in lines if line.fee is not None]
    runs += [(" " + words["total_fees" if len(known) == len(lines) else "total_known_fees"] + " ", ROMAN),
             (format_money(sum(known)), BOLD)]
    runs.append((f" ({paper.fee_note})." if paper.fee_note else ".", ROMAN))
    return runs
