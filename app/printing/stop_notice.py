"""Phiếu báo: the agency stopped the case (Mẫu 05 of 03/2025). Why, since when, and what to take back where."""

from __future__ import annotations

from app.domain.dossier_papers import StopNotice
from app.domain.vietnamese_dates import weekday_and_date
from app.printing.due_box import draw_framed
from app.printing.fields import put_field
from app.printing.flow import Flow, fit
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out, printed_by
from app.printing.heading import CodeArea
from app.printing.notice import close_notice, open_notice
from app.printing.papers_table import draw_papers


def render_stop_notice(paper: StopNotice, *, size: str = "A5", copies: tuple[str, ...] | None = None) -> bytes:
    """The notice as PDF on "A5" or "A4"; None means its one copy. It has no place for a signature, on purpose.

    Raises EnvironmentFault `form_missing`, `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("stop-" + paper.form_set.replace("/", "-"))
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.subject.code, area=area, copies=copies,
                    foot=printed_by(form, paper.printed_at, paper.clerk_name))


def _lay_out(paper: StopNotice, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = open_notice(flow, form, paper.head, paper.subject, paper.paper, paper.printed_at)
    put_field(flow, words["reason"], paper.reason)
    if paper.legal_basis:
        put_field(flow, words["legal"], "; ".join(paper.legal_basis))
    if paper.stopped_on is not None:
        draw_framed(flow, words["stopped"], weekday_and_date(paper.stopped_on))
    if paper.papers_back:
        draw_papers(flow, form, paper.papers_back)
    if paper.advice:
        put_field(flow, words["advice"], paper.advice)
    close_notice(flow, form, paper.head)
    return flow, area
