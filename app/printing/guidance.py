"""Phiếu hướng dẫn: what to bring, where, how much, how long. No dossier is opened for it, so it bears no code."""

from __future__ import annotations

from app.domain.papers import GuidanceSlip
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date
from app.printing.fees import draw_fees
from app.printing.feet import draw_feet
from app.printing.fields import put_field
from app.printing.flow import Flow, fit
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.heading import draw_head
from app.printing.papers_table import draw_papers
from app.printing.sheet import write_pdf


def render_guidance(slip: GuidanceSlip, *, size: str = "A5") -> bytes:
    """The slip as PDF on "A5" or "A4", one copy."""
    form = load_form("guidance")
    flow = fit(size, lambda setting, most_pages: _lay_out(slip, form, setting, most_pages))
    said = form.words["footer"].format(title=slip.procedure_code, time=clock_and_date(slip.printed_at))
    feet = draw_feet(flow.paper, said, form.words["footer_page"], len(flow.pages))
    return write_pdf(flow.paper, flow.pages, [feet], form.title)


def _lay_out(slip: GuidanceSlip, form: Form, setting: Paper, most_pages: int | None) -> Flow:
    words = form.words
    flow = Flow(setting, most_pages)
    draw_head(flow, form, slip.head, number=None, day=local(slip.printed_at).date())
    flow.skip(8 + setting.gap)
    flow.text([(form.title, BOLD)], setting.title, align="centre")
    flow.skip(4 + setting.gap)
    code = words["procedure_code"].format(code=slip.procedure_code) if slip.procedure_code else ""
    put_field(flow, words["procedure"], slip.procedure_name, face=BOLD, after=code)
    if slip.case_name:
        put_field(flow, words["case"], slip.case_name)
    put_field(flow, words["agency"], slip.agency_name)
    draw_papers(flow, form, slip.papers)
    _put_missing(flow, form, slip)
    put_field(flow, words["processing"], slip.processing_time)
    draw_fees(flow, form, slip.fees)
    _put_place(flow, form, slip)
    if slip.guidance:
        put_field(flow, words["guidance"], slip.guidance)
    if slip.legal_basis:
        flow.text([(words["legal"] + " ", ITALIC), ("; ".join(slip.legal_basis) + ".", ROMAN)], setting.small,
                  align="both")
        flow.skip(setting.gap)
    _close(flow, form, slip)
    return flow


def _put_missing(flow: Flow, form: Form, slip: GuidanceSlip) -> None:
    paper, words = flow.paper, form.words
    if not slip.missing:
        put_field(flow, words["missing"], words["nothing_missing"])
        return
    flow.need(3 * paper.body)
    flow.text([(words["missing"], ROMAN)], paper.body)
    for name in slip.missing:
        flow.text([("– " + name, BOLD)], paper.body, x=paper.left + 8, room=paper.room - 8)
    flow.skip(paper.gap)


def _put_place(flow: Flow, form: Form, slip: GuidanceSlip) -> None:
    words, head = form.words, slip.head
    said = [words[key].format(**{key: value}) for key, value in
            (("contact", head.contact), ("phone", head.phone)) if value]
    put_field(flow, words["where"], ". ".join([head.unit, *said]) + ".")


def _close(flow: Flow, form: Form, slip: GuidanceSlip) -> None:
    """The sentence that this is no receipt, and the clerk's name on the right, together on one page."""
    paper, words = flow.paper, form.words
    half = paper.room / 2
    flow.need(paper.small * 3 + paper.body * 3 + paper.sign)
    flow.text([(form.notes["no_receipt"], ITALIC)], paper.small, align="both")
    flow.skip(4 + paper.gap)
    flow.text([(words["sign_clerk"], BOLD)], paper.body, x=paper.left + half, room=half, align="centre")
    flow.skip(paper.sign)
    flow.text([(slip.clerk_name, BOLD)], paper.body, x=paper.left + half, room=half, align="centre")
