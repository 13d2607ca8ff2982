"""A parked form in the few words of the strip: who, since when, what is missing."""

from __future__ import annotations

from datetime import date, datetime

from app.services.drafts import Draft
from ui.delegates.dates import span_words
from ui.pages.intake.filled import tidy
from ui.pages.intake.findings import findings
from ui.pages.intake.form import IntakeForm, Step, form_from_json
from ui.pages.intake.words import joined
from ui.translations import tr
from ui.widgets.parked_strip import Parked

_LONGEST = 24


def label_of(form: IntakeForm) -> str:
    """The name under which a form is found again; the procedure while nobody is named."""
    name = tidy(form.owner_name)
    if name:
        return name
    if form.procedure is not None:
        return form.procedure.name
    return tr("nhóm đang nhận") if form.group else tr("chưa có tên")


def parked_words(draft: Draft, now: datetime, today: date) -> Parked:
    """"Lê Văn Mẫu · 6 phút · thiếu 1 giấy"."""
    name = draft.label if len(draft.label) <= _LONGEST else draft.label[:_LONGEST - 1].rstrip() + "…"
    try:
        form = form_from_json(draft.form)
        missing = joined((tr("trong nhóm") if form.group and not form.is_bare else "",
                          "" if form.group and form.is_bare else _missing_words(form, today)))
    except ValueError:
        missing = tr("của bản chương trình mới hơn")
    return Parked(draft.intent, joined((name, span_words(now - draft.saved_at), missing)))


def _missing_words(form: IntakeForm, today: date) -> str:
    found = findings(form, today)
    papers = sum(finding.step is Step.PAPERS for finding in found)
    if form.procedure is None:
        return tr("chưa chọn thủ tục")
    if any(finding.step is Step.PERSON for finding in found):
        return tr("thiếu người nộp")
    return tr("thiếu {n} giấy", n=papers) if papers else ""
