"""Mẫu 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: every gap at once, and until when to close it."""

from __future__ import annotations

from app.domain.dossier_papers import SupplementRequestPaper
from app.domain.vietnamese_dates import clock_and_date, weekday_and_date
from app.printing.due_box import draw_framed
from app.printing.fields import OPEN, put_field
from app.printing.flow import Flow, fit
from app.printing.fonts import ITALIC, ROMAN
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out
from app.printing.heading import CodeArea
from app.printing.item_list import put_items
from app.printing.notes import contact_note
from app.printing.opening import draw_opening
from app.printing.papers_table import draw_papers
from app.printing.signing import Signature, draw_signatures
from app.printing.subject_fields import put_subject, said_of


def render_supplement_request(paper: SupplementRequestPaper, *, size: str = "A5",
                              copies: tuple[str, ...] | None = None) -> bytes:
    """The request as PDF on "A5" or "A4"; None means the two copies of the form.

    Raises EnvironmentFault `form_missing`, `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("supplement-" + paper.form_set.replace("/", "-"))
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.subject.code, area=area, copies=copies)


def _lay_out(paper: SupplementRequestPaper, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = draw_opening(flow, form, paper.head, day=paper.asked_at, code=paper.subject.code,
                        number=OPEN if paper.number is None else paper.number,
                        below_title=words["times"].format(times=paper.times) if paper.times > 1 else "")
    put_field(flow, words["receiving_unit"], paper.head.unit)
    put_subject(flow, form, paper.subject)
    if paper.asked_by is not None:
        said = said_of(paper.asked_by, form)
        put_field(flow, words["asked_by"], paper.asked_by.agency_name, after=f"({said})" if said else "")
    _put_gaps(flow, form, paper)
    put_field(flow, words["reason"], paper.reason)
    if paper.legal_basis:
        put_field(flow, words["legal"], "; ".join(paper.legal_basis))
    _put_dates(flow, form, paper)
    notes = [form.notes["bring"], contact_note(form, paper.head, has_code=area is not None)]
    draw_signatures(flow, [Signature(words["sign_clerk"], words["sign_hint"], paper.clerk_name)],
                    [[(note, ROMAN)] for note in notes if note])
    return flow, area


def _put_gaps(flow: Flow, form: Form, paper: SupplementRequestPaper) -> None:
    words = form.words
    if paper.papers:
        draw_papers(flow, form, paper.papers)
    if paper.demands:
        put_items(flow, words["more_demands" if paper.papers else "papers"], paper.demands)


def _put_dates(flow: Flow, form: Form, paper: SupplementRequestPaper) -> None:
    words = form.words
    note = form.notes["clock_stopped"] if paper.is_clock_stopped else ""
    if paper.bring_by is not None:
        draw_framed(flow, words["bring_by"], weekday_and_date(paper.bring_by), note)
    elif note:
        flow.text([(note, ITALIC)], flow.paper.body, align="both")
        flow.skip(flow.paper.gap)
    if paper.due_at is not None:
        put_field(flow, words["due"], clock_and_date(paper.due_at),
                  after=words["due_moves"] if paper.is_clock_stopped else "")
