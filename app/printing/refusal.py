"""Mẫu 03, Phiếu từ chối tiếp nhận giải quyết hồ sơ: why, on what law, and where else to turn."""

from __future__ import annotations

from app.domain.dossier_papers import RefusalPaper
from app.domain.vietnamese_dates import clock_and_date
from app.printing.fields import OPEN, put_field
from app.printing.flow import Flow, fit
from app.printing.fonts import ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.item_list import put_items
from app.printing.notes import contact_note
from app.printing.opening import draw_opening
from app.printing.papers_table import draw_papers
from app.printing.signing import Signature, draw_signatures
from app.printing.subject_fields import put_subject


def render_refusal(paper: RefusalPaper, *, size: str = "A5", copies: tuple[str, ...] | None = None) -> bytes:
    """The refusal as PDF on "A5" or "A4"; None means the two copies of the form.

    A dossier refused at the counter has no code, so the paper bears none that could be taken for a receipt's.
    Raises EnvironmentFault `form_missing`, `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("refusal-" + paper.form_set.replace("/", "-"))
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.subject.code, area=area, copies=copies)


def _lay_out(paper: RefusalPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, paper.head, day=paper.refused_at, code=paper.subject.code,
                        number=OPEN if paper.number is None else paper.number)
    put_field(flow, words["receiving_unit"], paper.head.unit)
    put_subject(flow, form, paper.subject)
    if paper.submitted_at is not None:
        put_field(flow, words["submitted"], clock_and_date(paper.submitted_at))
    put_items(flow, words["reasons"], [(reason.text, reason.legal_basis) for reason in paper.reasons])
    if paper.advice:
        put_field(flow, words["advice"], paper.advice)
    if paper.papers_back:
        draw_papers(flow, form, paper.papers_back)
    flow.text([(form.notes["told"], ROMAN)], setting.body)
    flow.skip(setting.gap)
    contact = contact_note(form, paper.head, has_code=area is not None)
    draw_signatures(flow, [Signature(words["sign_submitter"], words["sign_hint"], paper.submitter_name),
                           Signature(words["sign_clerk"], words["sign_hint"], paper.clerk_name)],
                    [[(contact, ROMAN)]] if contact else [])
    return flow, area
