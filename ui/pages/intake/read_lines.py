"""What is read back to the citizen, and what a correction changes: fields with their words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.domain.body import to_body
from app.domain.dossier import Due
from app.domain.intake import Intake, PaperStatus, ReturnMethod
from app.domain.money import format_money
from app.services.correct import differences
from ui.dialogs.correct_reason import ChangeLine
from ui.dialogs.read_back import ReadLine
from ui.pages.intake.charging import is_for_less, timing
from ui.pages.intake.filled import intake_of, tidy
from ui.pages.intake.form import IntakeForm, OwnerKind
from ui.pages.intake.persons import shown_birth_date
from ui.pages.intake.words import (
    METHODS,
    SECOND_PERSON,
    TIMINGS,
    joined,
    kept_words,
    moment_words,
    person_line,
    taken_words,
    total_words,
)
from ui.translations import mark, tr


def read_lines(form: IntakeForm, due: Due | None) -> Iterator[ReadLine]:
    """The fields citizens dispute, in the order in which they are read aloud."""
    applicant = intake_of(form).applicant
    if applicant is None or form.procedure is None:
        return
    is_organisation = form.owner_kind is OwnerKind.ORGANISATION
    yield ReadLine(tr("Tên tổ chức") if is_organisation else tr("Họ và tên"), applicant.name,
                   is_wide=len(applicant.name) > 30)
    label = tr("Mã số thuế") if is_organisation else tr("Số định danh, hộ chiếu")
    yield ReadLine(label, applicant.identifier, is_figures=True)
    if not is_organisation:
        yield ReadLine(tr("Ngày sinh"), shown_birth_date(form.owner.birth_date), is_figures=True)
    yield ReadLine(tr("Điện thoại"), applicant.phone or tr("không có"), is_figures=True)
    if form.has_submitter:
        yield ReadLine(tr(SECOND_PERSON[form.submitter_kind]), person_line(form.submitter), is_wide=True)
    yield ReadLine(tr("Việc cần giải quyết"), form.procedure.name, is_wide=True)
    if form.national_code:
        yield ReadLine(tr("Mã hồ sơ trên Cổng DVCQG"), form.national_code, is_figures=True, is_wide=True)
    yield ReadLine(tr("Giấy tờ nhận"), joined((taken_words(form.papers), kept_words(form.papers))), is_wide=True)
    missing = [paper.requirement.name for paper in form.papers
               if paper.status is PaperStatus.MISSING and paper.reason.strip()]
    if missing:
        yield ReadLine(tr("Còn thiếu"), "; ".join(missing), is_wide=True)
    promised = moment_words(due.at) if due is not None and due.at else tr("Không có ngày hẹn cụ thể theo quy định")
    yield ReadLine(tr("Hẹn trả kết quả"), promised, is_figures=True)
    when = tr(TIMINGS[timing(form)]) if form.fees else ""
    yield ReadLine(tr("Phải thu"), joined((total_words(form), when)), is_figures=True)
    if is_for_less(form) and form.fees:
        yield ReadLine(tr("Miễn, giảm cho"), joined((tidy(form.exemption_reason), tidy(form.exemption_proof))),
                       is_wide=True)
    is_post = form.return_method is ReturnMethod.POST
    yield ReadLine(tr("Trả kết quả"), joined((tr(METHODS[form.return_method]),
                                              form.return_address if is_post else "")), is_wide=True)


_LABELS = (
    ("applicant.person.full_name", mark("Họ và tên")),
    ("applicant.person.personal_id", mark("Số định danh, hộ chiếu")),
    ("applicant.person.birth_date", mark("Ngày sinh")),
    ("applicant.person.gender", mark("Giới tính")),
    ("applicant.person.address", mark("Địa chỉ")),
    ("applicant.person.phone", mark("Điện thoại")),
    ("applicant.person.email", mark("Thư điện tử")),
    ("applicant.organisation.name", mark("Tên tổ chức")),
    ("applicant.organisation.tax_code", mark("Mã số thuế")),
    ("applicant.organisation", mark("Tổ chức")),
    ("applicant", mark("Chủ hồ sơ")),
    ("submitter", mark("Người nộp")),
    ("papers", mark("Giấy tờ")),
    ("sets", mark("Số bộ")),
    ("fee_timing", mark("Thu khi nào")),
    ("fees", mark("Phí, lệ phí")),
    ("exemption_reason", mark("Lý do miễn")),
    ("exemption_proof", mark("Giấy tờ chứng minh miễn, giảm")),
    ("exemption", mark("Đối tượng miễn, giảm")),
    ("return_method", mark("Nhận kết quả")),
    ("return_address", mark("Địa chỉ nhận kết quả")),
    ("note", mark("Ghi chú")),
    ("procedure", mark("Thủ tục, trường hợp")),
    ("national_code", mark("Mã hồ sơ trên Cổng DVCQG")),
)
_QUIET = ("overridden", "intent", "channel", "card_text", "id_issue_date", "old_id", "procedure.catalogue_version")


def changes_between(before: Intake, after: Intake) -> tuple[ChangeLine, ...]:
    """What a correction changes, one line per field in words; () when nothing does."""
    found: dict[str, ChangeLine] = {}
    for path, old, new in differences("", to_body(before), to_body(after)):
        if path.endswith(_QUIET) or path == "intent":
            continue
        label = next((words for start, words in _LABELS if path.startswith(start)), "")
        if label and label not in found:
            found[label] = ChangeLine(tr(label), *_shown(path, old, new, before, after))
    return tuple(found.values())


def _shown(path: str, old: Any, new: Any, before: Intake, after: Intake) -> tuple[str, str]:
    if path.startswith("papers"):
        return _papers(before), _papers(after)
    if path.startswith("fees"):
        return _fees(before), _fees(after)
    if path.startswith("submitter"):
        return _submitter(before), _submitter(after)
    if path.startswith("procedure"):
        return _procedure(before), _procedure(after)
    if path == "fee_timing":
        return tr(TIMINGS[before.fee_timing]), tr(TIMINGS[after.fee_timing])
    if path == "return_method":
        return tr(METHODS[before.return_method]), tr(METHODS[after.return_method])
    if path in ("applicant", "applicant.person", "applicant.organisation"):
        return (before.applicant.name if before.applicant else "", after.applicant.name if after.applicant else "")
    if path.endswith("birth_date"):
        return _day(old), _day(new)
    return _plain(old), _plain(new)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _day(value: Any) -> str:
    return "/".join(reversed(str(value).split("-"))) if value else ""


def _papers(intake: Intake) -> str:
    return "; ".join(
        f"{paper.name} ({paper.originals}/{paper.certified}/{paper.copies})"
        if paper.status is PaperStatus.PRESENT else tr("{paper}: thiếu, {reason}", paper=paper.name,
                                                       reason=paper.missing_reason)
        for paper in intake.papers if paper.status is not PaperStatus.NOT_APPLICABLE
    )


def _fees(intake: Intake) -> str:
    return "; ".join(
        f"{fee.name}: {tr('chưa rõ') if fee.amount is None else format_money(fee.amount)}" for fee in intake.fees
    )


def _submitter(intake: Intake) -> str:
    if intake.submitter is None:
        return tr("tự nộp")
    return joined((intake.submitter.person.full_name, intake.submitter.person.personal_id))


def _procedure(intake: Intake) -> str:
    return joined((intake.procedure.name, intake.procedure.case_name)) if intake.procedure else ""
