"""Phiếu báo: the agency's apology (Mẫu 04) sets a new date. The citizen reads it here, the agency signed it."""

from __future__ import annotations

from datetime import datetime

from app.domain.dossier_papers import ExtensionNotice
from app.domain.vietnamese_dates import clock_and_date
from app.printing.due_box import draw_framed
from app.printing.fields import put_field
from app.printing.flow import Flow, fit
from app.printing.formats import Paper
from app.printing.forms import Form, load_form
from app.printing.hand_out import hand_out, printed_by
from app.printing.heading import CodeArea
from app.printing.notice import close_notice, open_notice


def render_extension_note(paper: ExtensionNotice, *, size: str = "A5",
                          copies: tuple[str, ...] | None = None) -> bytes:
    """The notice as PDF on "A5" or "A4"; None means its one copy. It has no place for a signature, on purpose.

    Raises EnvironmentFault `form_missing`, `barcode_unreadable`, Refusal `code_too_long`, `code_not_printable`.
    """
    form = load_form("extension-" + paper.form_set.replace("/", "-"))
    flow, area = fit(size, lambda setting, most_pages: _lay_out(paper, form, setting, most_pages))
    return hand_out(flow, form, code=paper.subject.code, area=area, copies=copies,
                    foot=printed_by(form, paper.printed_at, paper.clerk_name))


def _lay_out(paper: ExtensionNotice, form: Form, setting: Paper,
             most_pages: int | None) -> tuple[Flow, CodeArea | None]:
    words = form.words
    flow = Flow(setting, most_pages)
    area = open_notice(flow, form, paper.head, paper.subject, paper.paper, paper.printed_at)
    put_field(flow, words["reason"], paper.reason)
    put_field(flow, words["original_due"], _moment(form, paper.original_due_at))
    if paper.times > 1:
        put_field(flow, words["due_before"], _moment(form, paper.due_at))
        put_field(flow, words["times"], str(paper.times))
    given = paper.new_due_at
    draw_framed(flow, words["new_due"], clock_and_date(given) if given else words["no_new_due"])
    close_notice(flow, form, paper.head, form.notes["right"] if given else "")
    return flow, area


def _moment(form: Form, moment: datetime | None) -> str:
    return clock_and_date(moment) if moment else form.words["no_due"]
