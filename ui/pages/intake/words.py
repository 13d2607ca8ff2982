"""The form in words: the folded lines of the steps and the facts of the right column, in the window's language.

Names of procedures, papers and agencies are the catalogue's and stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.domain.checklist import missing_requirements
from app.domain.intake import FeeTiming, PaperStatus, ReturnMethod
from app.domain.masking import mask_identifier, mask_phone
from app.domain.money import format_money
from app.domain.procedure import Procedure, ProcedureCase, ProcessingTime, TimeUnit
from app.domain.till.accounts import Means
from app.domain.vietnam_time import local
from ui.delegates.dates import WEEKDAYS, day_text
from ui.pages.intake.charging import charged_fees, is_for_less, timing, total_due
from ui.pages.intake.filled import tidy
from ui.pages.intake.form import IntakeForm, OwnerKind, PaperEntry, PersonEntry, SubmitterKind
from ui.pages.intake.paper_answers import COUNTS, Papers
from ui.pages.intake.persons import shown_birth_date
from ui.translations import mark, tr

SEPARATOR = " · "
GENDERS = {"Nam": mark("nam"), "Nữ": mark("nữ")}
SUBMITTER_KINDS = {
    SubmitterKind.OWNER: mark("Tự nộp"),
    SubmitterKind.DELEGATE: mark("Ủy quyền"),
    SubmitterKind.REPRESENTATIVE: mark("Đại diện"),
}
SECOND_PERSON = {
    SubmitterKind.DELEGATE: mark("Người được ủy quyền"),
    SubmitterKind.REPRESENTATIVE: mark("Người đại diện (cha, mẹ, người giám hộ, người đứng đầu)"),
}
TIMINGS = {
    FeeTiming.BEFORE: mark("Thu trước"),
    FeeTiming.AFTER: mark("Thu sau"),
    FeeTiming.EXEMPT: mark("Miễn"),
}
MEANS = {Means.CASH: mark("Tiền mặt"), Means.TRANSFER: mark("Chuyển khoản")}
METHODS = {ReturnMethod.COUNTER: mark("Tại quầy"), ReturnMethod.POST: mark("Qua bưu chính")}


def joined(parts: Iterable[str]) -> str:
    return SEPARATOR.join(part for part in parts if part)


def time_words(time: ProcessingTime) -> str:
    """"10 ngày làm việc", "trong ngày", "không quy định"."""
    if time.value is None or time.unit is TimeUnit.NONE:
        return tr("không quy định thời hạn")
    if time.unit is TimeUnit.HOUR:
        return tr("{n} giờ làm việc", n=time.value)
    if time.value == 0:
        return tr("trong ngày")
    if time.unit is TimeUnit.WORKING_DAY:
        return tr("{n} ngày làm việc", n=time.value)
    return tr("{n} ngày", n=time.value)


def moment_words(moment: datetime) -> str:
    """"Thứ Ba 01/12/2026, 11:00"."""
    there = local(moment)
    return f"{tr(WEEKDAYS[there.weekday()])} {day_text(there.date())}, {there:%H:%M}"


def hit_detail(procedure: Procedure, agency: str) -> str:
    cases = tr("{n} trường hợp", n=len(procedure.cases)) if len(procedure.cases) > 1 else ""
    return joined((procedure.code, procedure.field, agency, cases))


def case_detail(case: ProcedureCase) -> str:
    needed = len(missing_requirements(case.requirements, ()))
    return joined((time_words(case.time), tr("{n} giấy tờ", n=needed), case.note))


def procedure_summary(form: IntakeForm) -> str:
    chosen = form.procedure
    if chosen is None:
        return ""
    return joined((
        tr("Trường hợp: {case}", case=chosen.case_name) if chosen.case_name else "",
        tr("Cơ quan giải quyết: {agency}", agency=chosen.agency_name),
        time_words(chosen.time),
    ))


def decided_words(form: IntakeForm) -> str:
    """Under which catalogue: "Bản 12/2026"."""
    return tr("Bản {version}", version=form.procedure.catalogue_version) if form.procedure else ""


def person_title(form: IntakeForm) -> str:
    if form.owner_kind is OwnerKind.ORGANISATION:
        return tidy(form.organisation.name)
    owner = form.owner
    gender = tr(GENDERS[owner.gender]) if owner.gender in GENDERS else ""
    return joined((tidy(owner.full_name), gender, shown_birth_date(owner.birth_date)))


def person_summary(form: IntakeForm) -> str:
    """Masked: the folded line is in sight of the next citizen in the queue."""
    if form.owner_kind is OwnerKind.ORGANISATION:
        entry = form.organisation
        owner = (tr("MST {code}", code=tidy(entry.tax_code)) if entry.tax_code else "", mask_phone(entry.phone),
                 tidy(entry.address))
    else:
        owner = (mask_identifier(tidy(form.owner.personal_id)), mask_phone(form.owner.phone),
                 tidy(form.owner.address))
    return joined((*owner, submitter_words(form)))


def submitter_words(form: IntakeForm) -> str:
    """"tự nộp" or "người được ủy quyền: Lê Thị Mẫu"."""
    if not form.has_submitter:
        return tr("tự nộp")
    name = tidy(form.submitter.full_name)
    if form.submitter_kind is SubmitterKind.DELEGATE:
        return tr("người được ủy quyền: {name}", name=name)
    return tr("người đại diện: {name}", name=name)


def person_line(entry: PersonEntry) -> str:
    return joined((tidy(entry.full_name), tidy(entry.personal_id), shown_birth_date(entry.birth_date)))


def origin_words(form: IntakeForm) -> str:
    """How the dossier came, where it was not simply handed in: "Trên Cổng DVCQG: H47.15-261120-0777"."""
    return joined((
        tr("Trên Cổng DVCQG: {code}", code=form.national_code) if form.national_code else "",
        tr("Thu gom tại nhà") if form.pickup else "",
    ))


def papers_summary(papers: Papers) -> str:
    here = sum(paper.status is PaperStatus.PRESENT for paper in papers)
    absent = tuple(paper for paper in papers if paper.status is PaperStatus.MISSING and paper.reason.strip())
    return joined((
        tr("{here}/{all} giấy tờ", here=here, all=len(papers)),
        taken_words(papers) if here else "",
        tr("thiếu {n} giấy, có lý do", n=len(absent)) if absent else "",
    ))


def taken_words(papers: Papers) -> str:
    """What stays here: "1 bản chính · 1 chứng thực · 2 photo"."""
    counts = {
        count: sum(getattr(paper, count) for paper in papers if paper.status is PaperStatus.PRESENT)
        for count in COUNTS
    }
    return joined((
        tr("{n} bản chính", n=counts["originals"]) if counts["originals"] else "",
        tr("{n} chứng thực", n=counts["certified"]) if counts["certified"] else "",
        tr("{n} photo", n=counts["copies"]) if counts["copies"] else "",
    ))


def kept_words(papers: Papers) -> str:
    kept = sum(paper.keeps_original for paper in papers)
    return tr("giữ {n} bản gốc", n=kept) if kept else tr("không giữ bản gốc")


def row_words(paper: PaperEntry) -> str:
    """A whole row of the checklist for a screen reader."""
    state = {
        PaperStatus.PRESENT: tr("có"), PaperStatus.MISSING: tr("chưa có"),
        PaperStatus.NOT_APPLICABLE: tr("không áp dụng"),
    }[paper.status]
    return joined((
        paper.requirement.name, state, taken_words((paper,)) if paper.total else "",
        tr("đã đối chiếu") if paper.is_compared else "", tr("giữ bản gốc") if paper.keeps_original else "",
        tr("lý do: {reason}", reason=paper.reason) if paper.reason else "",
    ))


def total_words(form: IntakeForm) -> str:
    if form.procedure is None:
        return ""
    total = total_due(form)
    return tr("Chưa rõ") if total is None else format_money(total)


def when_words(form: IntakeForm) -> str:
    """Under the sum: "Thu trước · đã giảm 50.000 đ"; "" where nothing is charged."""
    if not form.fees:
        return ""
    off = sum(fee.discount for fee in charged_fees(form))
    return joined((tr(TIMINGS[timing(form)]), tr("đã giảm {amount}", amount=format_money(off)) if off else ""))


def fees_summary(form: IntakeForm) -> str:
    if not form.fees:
        return tr("Thủ tục này không thu phí, lệ phí") if form.procedure else ""
    reason = tidy(form.exemption_reason) if is_for_less(form) else ""
    return joined((tr(TIMINGS[timing(form)]), reason, *(fee.name for fee in form.fees)))


def return_summary(form: IntakeForm) -> str:
    if form.return_method is ReturnMethod.POST:
        return tidy(form.return_address)
    return ""
