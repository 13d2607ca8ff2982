"""Giấy biên nhận trả kết quả: what was given to whom, when, and by whom; both sign.

Its codes hold the paper's own number and not the dossier's code: at the return two papers are scanned, and this
one must never pass for the citizen's receipt.
"""

from __future__ import annotations

from app.domain.route_papers import ResultReceiptPaper, ReturnedResult, Satisfaction
from app.domain.vietnamese_dates import clock_and_date, short_date
from app.printing.fees import draw_fees
from app.printing.fields import put_field, put_pair
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.item_list import put_items
from app.printing.list_table import Cell, Slot, draw_list
from app.printing.opening import draw_opening
from app.printing.signing import Signature, draw_signatures
from app.printing.tick_boxes import put_tick_boxes

_SLOTS = (Slot("column_row", 8, "centre"), Slot("column_kind"), Slot("column_number", 34), Slot("column_about"),
          Slot("column_copies", 13, "centre"))


def render_result_receipt(paper: ResultReceiptPaper, *, size: str = "A5",
                          copies: tuple[str, ...] | None = None) -> bytes:
    """The paper as PDF on "A5" or "A4"; None means the two copies of the form.

    Raises EnvironmentFault `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("result-receipt")
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.number, area=area, copies=copies, foot=paper.code)


def _lay_out(paper: ResultReceiptPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, paper.head, day=paper.returned_at, code=paper.number)
    _put_dossier(flow, form, paper)
    _put_people(flow, form, paper)
    draw_list(flow, form, _SLOTS, [_row(form, number, result) for number, result in enumerate(paper.results, 1)],
              title=[(words["results"], ROMAN)])
    for key, names in (("given_back", paper.originals_given_back), ("taken", paper.originals_taken)):
        if names:
            put_items(flow, words[key], names)
    if paper.fees:
        draw_fees(flow, form, paper.fees, paper.fee_note)
    if paper.lost_receipt_reason:
        put_field(flow, words["lost"], paper.lost_receipt_reason)
    if paper.note:
        put_field(flow, words["note"], paper.note)
    put_field(flow, words["returned"], clock_and_date(paper.returned_at), face=BOLD)
    levels = tuple(Satisfaction)
    put_tick_boxes(flow, words["satisfaction"], [words[f"level_{level}"] for level in levels],
                   None if paper.satisfaction is None else levels.index(paper.satisfaction))
    draw_signatures(flow, [Signature(words["sign_giver"], words["sign_hint"], paper.clerk_name),
                           Signature(words["sign_collector"], words["sign_hint"], paper.collector_name)],
                    [[(form.notes["checked"], ROMAN)]])
    return flow, area


def _put_dossier(flow: Flow, form: Form, paper: ResultReceiptPaper) -> None:
    words = form.words
    put_field(flow, words["dossier"], paper.code, face=BOLD)
    code = words["procedure_code"].format(code=paper.procedure_code) if paper.procedure_code else ""
    put_field(flow, words["procedure"], paper.procedure_name, face=BOLD, after=code)
    put_pair(flow, (words["applicant"], paper.applicant_name, BOLD), (words["agency"], paper.agency_name, ROMAN))
    due = words["no_due"] if paper.due_at is None else clock_and_date(paper.due_at)
    put_field(flow, words["received"], clock_and_date(paper.received_at))
    put_field(flow, words["due"], due)


def _put_people(flow: Flow, form: Form, paper: ResultReceiptPaper) -> None:
    words = form.words
    giver = (words["giver"], paper.clerk_name, ROMAN)
    if paper.clerk_phone:
        put_pair(flow, giver, (words["phone"], paper.clerk_phone, ROMAN))
    else:
        put_field(flow, words["giver"], paper.clerk_name)
    role = words["as_applicant"]
    if paper.is_delegate:
        shown = words["delegate_paper"].format(paper=paper.delegate_paper) if paper.delegate_paper else ""
        role = words["as_delegate"].format(paper=shown)
    put_field(flow, words["collector"], paper.collector_name, face=BOLD, after=role)
    put_pair(flow, (words["identifier"], paper.collector_identifier, ROMAN),
             (words["phone"], paper.collector_phone, ROMAN))


def _row(form: Form, number: int, result: ReturnedResult) -> list[Cell]:
    said = [result.number, form.words["result_day"].format(day=short_date(result.day)) if result.day else ""]
    return [[(str(number), ROMAN)], [(result.kind, BOLD)], [("\n".join(part for part in said if part), ROMAN)],
            [(result.about, ROMAN)], [(f"{result.copies:02d}", ROMAN)]]
