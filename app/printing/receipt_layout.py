"""Mẫu 01 laid out: which field stands where, in the order of the form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.papers import CopyMark, ReceiptPaper
from app.domain.receipt_code import qr_text
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date
from app.printing.closing import draw_closing
from app.printing.due_box import draw_due
from app.printing.fees import draw_fees
from app.printing.fields import put_field, put_pair
from app.printing.flow import Flow, Page, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, receipt_form
from app.printing.further_dates import put_legs, put_second_stage
from app.printing.heading import CodeArea, draw_codes, draw_head
from app.printing.papers_table import draw_papers
from app.printing.paragraph import wrap

TAX_CODE = re.compile(r"\d{10}(-?\d{3})?")


@dataclass(frozen=True, slots=True)
class ReceiptLayout:
    """The pages all copies share, the setting they are in, and where the codes are."""

    sheet: Paper
    pages: list[Page]
    area: CodeArea


def lay_out_receipt(paper: ReceiptPaper, size: str, mark: CopyMark | None) -> ReceiptLayout:
    """The receipt on as many pages as it needs, in the setting `fit` chooses."""
    return fit(size, lambda setting, most_pages: _lay_out(paper, setting, mark, most_pages))


def _lay_out(paper: ReceiptPaper, setting: Paper, mark: CopyMark | None, most_pages: int | None) -> ReceiptLayout:
    form = receipt_form(paper.form_set)
    words = form.words
    flow = Flow(setting, most_pages)
    draw_head(flow, form, paper.head, number=paper.book_number, day=local(paper.received_at).date())
    flow.skip(5 + setting.gap)
    area = draw_codes(flow, form, paper.code, qr_text(paper.code, paper.version))
    _put_title(flow, form, paper, mark)
    _put_people(flow, form, paper)
    _put_request(flow, form, paper)
    draw_papers(flow, form, paper.papers)
    kept = "; ".join(paper.originals_kept)
    put_pair(flow, (words["originals"], kept or words["no_originals"], BOLD if kept else ROMAN),
             (words["sets"], words["sets_unit"].format(count=f"{paper.sets:02d}"), ROMAN))
    put_field(flow, words["processing"], paper.processing_time)
    put_field(flow, words["received"], clock_and_date(paper.received_at))
    draw_due(flow, form, paper.due_at, paper.due_note)
    put_legs(flow, form, paper.legs)
    put_second_stage(flow, form, paper.second_stage)
    put_field(flow, words["return"], paper.return_place)
    draw_fees(flow, form, paper.fees, paper.fee_note)
    flow.text([(words["register"].format(book=paper.book, number=paper.book_number), ROMAN)], setting.body)
    flow.skip(setting.gap)
    draw_closing(flow, form, paper)
    return ReceiptLayout(setting, flow.pages, area)


def _put_title(flow: Flow, form: Form, paper: ReceiptPaper, mark: CopyMark | None) -> None:
    """Title; then whether this is a reprint, and whether it replaces an earlier version."""
    sheet, words = flow.paper, form.words
    flow.skip(4 + sheet.gap)
    flow.text([(form.title, BOLD)], sheet.title, align="centre")
    if mark and mark.number:
        said = words["copy_mark_by"].format(time=clock_and_date(mark.printed_at), clerk=mark.clerk_name)
        flow.text([(words["copy_mark"].format(number=mark.number), BOLD), (" " + said, ITALIC)], sheet.body + 0.5,
                  align="centre")
    if paper.version > 1:
        what = (words["correction"].format(times=paper.version - 1, version=paper.version), BOLD)
        why = (words["correction_reason"].format(reason=paper.correction) if paper.correction else "", ITALIC)
        together = [what, (" ", BOLD), why]
        is_one_line = len(wrap(together, sheet.body, sheet.room)) == 1
        for runs in [together] if is_one_line else [[what], [why]]:
            flow.text(runs, sheet.body, align="centre")
    flow.skip(3 + sheet.gap)


def _put_people(flow: Flow, form: Form, paper: ReceiptPaper) -> None:
    words = form.words
    put_field(flow, words["receiving_unit"], paper.head.unit)
    label = words["tax_code" if TAX_CODE.fullmatch(paper.identifier) else "identifier"]
    put_pair(flow, (words["applicant"], paper.applicant_name, BOLD), (label, paper.identifier, ROMAN))
    if paper.is_delegate or paper.submitter_name != paper.applicant_name:
        shown = words["delegate_paper"].format(paper=paper.delegate_paper) if paper.delegate_paper else ""
        put_field(flow, words["submitter"], paper.submitter_name, face=BOLD,
                  after=words["delegate"].format(paper=shown) if paper.is_delegate else "")
    put_field(flow, words["address"], paper.address)
    put_pair(flow, (words["phone"], paper.phone, ROMAN), (words["email"], paper.email, ROMAN))


def _put_request(flow: Flow, form: Form, paper: ReceiptPaper) -> None:
    words = form.words
    code = words["procedure_code"].format(code=paper.procedure_code) if paper.procedure_code else ""
    put_field(flow, words["request"], paper.procedure_name, face=BOLD, after=code)
    if paper.case_name:
        put_field(flow, words["case"], paper.case_name)
    put_pair(flow, (words["agency"], paper.agency_name, ROMAN), (words["channel"], paper.channel, ROMAN))
    if paper.national_code:
        put_field(flow, words["national_code"], paper.national_code, face=BOLD)
