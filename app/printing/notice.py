"""What both notices of an agency's paper share: who signed what, for which dossier, and that no clerk signs."""

from __future__ import annotations

from datetime import datetime

from app.domain.dossier_papers import AgencyPaper, Subject
from app.domain.papers import OfficeHead
from app.printing.fields import put_field, put_pair
from app.printing.flow import LEADING, Flow
from app.printing.fonts import BOLD, ITALIC, ROMAN
from app.printing.forms import Form
from app.printing.heading import CodeArea
from app.printing.notes import contact_note
from app.printing.opening import draw_opening
from app.printing.paragraph import Run, wrap
from app.printing.subject_fields import put_request, said_of


def open_notice(flow: Flow, form: Form, head: OfficeHead, subject: Subject, paper: AgencyPaper,
                printed_at: datetime) -> CodeArea | None:
    """Head, codes, title, whom it is for, the agency's paper and the dossier it speaks of."""
    words = form.words
    area = draw_opening(flow, form, head, day=printed_at, code=subject.code)
    put_field(flow, words["applicant"], subject.applicant_name, face=BOLD)
    put_field(flow, words["address"], subject.address)
    put_pair(flow, (words["phone"], subject.phone, ROMAN), (words["email"], subject.email, ROMAN))
    which = said_of(paper, form)
    said = words["paper"].format(agency=paper.agency_name, which=f" {which}," if which else "")
    flow.text([(said, ROMAN)], flow.paper.body, align="both")
    flow.skip(flow.paper.gap)
    put_request(flow, form, subject)
    return area


def close_notice(flow: Flow, form: Form, head: OfficeHead, *notes: str) -> None:
    """The notes, the sentence that this is not the agency's paper, and whom to ask; all on one page."""
    sheet = flow.paper
    contact = contact_note(form, head, has_code=True)
    said: list[list[Run]] = [[(note, ROMAN)] for note in (*notes, contact) if note]
    said.append([(form.notes["not_signed"], ITALIC)])
    lines = [wrap(runs, sheet.small, sheet.room) for runs in said]
    flow.need(4 + sheet.small * LEADING * sum(map(len, lines)))
    flow.skip(4)
    for paragraph in lines:
        flow.lines(paragraph, sheet.small, align="both")
