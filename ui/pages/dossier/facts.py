"""A dossier in words: chips, papers, fees, deadline. No widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.calendar import CalendarWarning
from app.domain.derivation import LeftIn, step_from_json
from app.domain.derivation_words import describe_calendar_warning, describe_step
from app.domain.dossier import OPEN_STATES, DossierBody, Due
from app.domain.intake import ChargedFee, FeeTiming, Intake, PaperGiven, PaperStatus, ReturnMethod
from app.domain.life.life import Life, Original
from app.domain.life.states import Holder, MoneyState
from app.domain.money import format_money
from app.domain.remaining import Remaining
from app.domain.vietnam_time import local
from app.services.stored_dossier import StoredDossier
from app.services.stored_papers import Completeness, RequirementPapers
from ui.delegates.dates import span_words
from ui.models.life_words import custody_words, delivery_words, holder_words
from ui.models.life_words import money_words as life_money_words
from ui.models.state_words import state_words
from ui.theme import Tone
from ui.translations import mark, tr

ChipWords = tuple[str, Tone, bool]
"""Words, tone, and whether the shape of the tone stands before the words."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the papers: `state` and its tone are the chip."""

    name: str
    given: str
    state: str
    tone: Tone
    kept: str
    scanned: str = ""              # chip of what is digitised of it, "" for a paper that was not handed in
    scanned_tone: Tone = "neutral"


TIMINGS = {
    FeeTiming.BEFORE: mark("Thu trước"), FeeTiming.AFTER: mark("Thu sau"), FeeTiming.EXEMPT: mark("Miễn"),
}


def chips(dossier: StoredDossier, life: Life, left: int | None = None) -> tuple[ChipWords, ...]:
    """The four states that move apart: business, money, papers or result, and how far the dossier is safe.

    Between them the version and whose dossier it is. Only what the province has said is green for safety. `left`:
    what is still to be paid where that is less than the whole.
    """
    words, tone = state_words(dossier.state)
    found: list[ChipWords] = [(words, tone, False), (*_money_chip(dossier.body.intake, life.money, left), False)]
    where, tone = delivery_words(life.delivery)
    if not where:
        where, tone = custody_words(life.custody)
    found.append((where, tone, tone in ("warn", "bad")))
    if dossier.body.version > 1:
        found.append((tr("Giấy tiếp nhận bản {version}", version=dossier.body.version), "info", False))
    if not dossier.is_own:
        found.append((tr("Hồ sơ của quầy khác"), "neutral", False))
    elif dossier.confirmed_at is None:
        found.append((tr("Đã lưu trên máy, chờ gửi"), "neutral", True))
    else:
        found.append((tr("Tỉnh đã nhận {at}", at=f"{local(dossier.confirmed_at):%H:%M %d/%m}"), "ok", True))
    return tuple(found)


def _money_chip(intake: Intake, money: MoneyState, left: int | None) -> tuple[str, Tone]:
    amount = total(intake.fees)
    if money is MoneyState.REFUNDED:
        return life_money_words(money)
    if amount is None and money is MoneyState.TAKEN:
        return life_money_words(money)
    if amount is None or money in (MoneyState.NONE, MoneyState.EXEMPT):
        return money_words(intake), "warn" if money is MoneyState.DUE else "neutral"
    said = format_money(amount)
    if money is MoneyState.DUE:
        said = format_money(left or amount)
        return tr("Còn phải thu {amount}", amount=said), "warn"
    return tr("Đã thu {amount}", amount=said), "neutral"


def total(fees: Sequence[ChargedFee]) -> int | None:
    """None when one amount is not known: a sum with an unknown part is no sum."""
    amounts = [fee.amount for fee in fees]
    return None if None in amounts else sum(amount or 0 for amount in amounts)


def money_words(intake: Intake) -> str:
    amount = total(intake.fees)
    if intake.fee_timing is FeeTiming.EXEMPT:
        return tr("Miễn phí, lệ phí")
    if amount is None:
        return tr("Phải thu: theo thông báo")
    return tr("Phải thu {amount}", amount=format_money(amount)) if amount else tr("Không thu phí")


def fee_rows(intake: Intake) -> tuple[tuple[str, str], ...]:
    """(what, how much) for each fee, in the order of the catalogue."""
    return tuple(
        (fee.name, tr("theo thông báo") if fee.amount is None else format_money(fee.amount)) for fee in intake.fees
    )


def paper_rows(
    intake: Intake, digitised: Sequence[RequirementPapers], originals: Sequence[Original] = ()
) -> tuple[PaperRow, ...]:
    """One row a paper; an original that is kept says who holds it."""
    by_requirement = {each.requirement: each for each in digitised}
    rows = []
    for paper in intake.papers:
        scanned, tone = _scanned(by_requirement.get(paper.requirement))
        row = replace(_paper(paper), scanned=scanned, scanned_tone=tone)
        rows.append(replace(row, kept=_held(paper, originals) or row.kept))
    return tuple(rows)


def _held(paper: PaperGiven, originals: Sequence[Original]) -> str:
    """"Ở quầy", "Ở cơ quan 2, đã trả công dân 1"."""
    holders = [one.holder for one in originals if one.requirement == paper.requirement]
    if len(set(holders)) == 1:
        return holder_words(holders[0])
    parts = [f"{holder_words(holder)} {holders.count(holder)}" for holder in dict.fromkeys(holders)]
    return ", ".join(parts)


def _scanned(paper: RequirementPapers | None) -> tuple[str, Tone]:
    """Green only for what the province holds whole, like everything else."""
    if paper is None or not (paper.documents or paper.is_wanted):
        return "", "neutral"
    if not paper.documents:
        return tr("Chưa số hóa"), "neutral"
    if paper.is_uploaded:
        return tr("Tỉnh đã nhận tệp"), "ok"
    return tr("Tệp chờ gửi"), "info"


def papers_note(intake: Intake, done: Completeness, originals: Sequence[Original] = ()) -> str:
    """"3 giấy, đã số hóa 2/3, 1 bản gốc đang giữ"; the end is what a narrow window cuts."""
    present = [paper for paper in intake.papers if paper.status is PaperStatus.PRESENT]
    kept = sum(paper.keeps_original for paper in present)
    missing = sum(paper.status is PaperStatus.MISSING for paper in intake.papers)
    parts = [
        tr("{n} giấy", n=len(present)), tr("thiếu {n}", n=missing) if missing else "",
        tr("đã số hóa {n}/{all}", n=done.digitised, all=done.required) if done.required else "",
        _owed_note(originals) if originals else (
            tr("{n} bản gốc đang giữ", n=kept) if kept else tr("không giữ bản gốc")),
    ]
    return ", ".join(part for part in parts if part)


def _owed_note(originals: Sequence[Original]) -> str:
    owed = sum(one.holder is not Holder.CITIZEN for one in originals)
    return tr("{n} bản gốc đang giữ", n=owed) if owed else tr("bản gốc đã trả đủ")


def _paper(paper: PaperGiven) -> PaperRow:
    if paper.status is PaperStatus.MISSING:
        return PaperRow(paper.name, paper.missing_reason, tr("Thiếu"), "warn", "")
    if paper.status is PaperStatus.NOT_APPLICABLE:
        return PaperRow(paper.name, paper.missing_reason, tr("Không áp dụng"), "neutral", "")
    counts = (
        (paper.originals, mark("{n} chính")), (paper.certified, mark("{n} chứng thực")),
        (paper.copies, mark("{n} photo")),
    )
    given = ", ".join(tr(words, n=amount) for amount, words in counts if amount)
    state = tr("Đã đối chiếu") if paper.is_compared else tr("Có")
    return PaperRow(paper.name, given, state, "ok", tr("Giữ bản gốc") if paper.keeps_original else "")


def due_words_long(due: Due) -> str:
    """"Thứ Hai 30/11/2026, 11:00" is the header's; here what stands where no date may be promised."""
    return "" if due.at else tr("Không có ngày hẹn cụ thể theo quy định")


def time_left(body: DossierBody, is_open: bool, now: datetime) -> tuple[str, Tone]:
    """How far the promise is, or by how much it is broken; silent for a dossier that is done."""
    if body.due.at is None or not is_open:
        return "", "neutral"
    if body.due.at < now:
        return tr("đã quá hạn {span}", span=span_words(now - body.due.at)), "bad"
    return tr("còn {span}", span=span_words(body.due.at - now)), "neutral"


def left_words(left: Remaining) -> str:
    """"4 ngày làm việc 2 giờ 30 phút": office time, as it is counted."""
    hours, minutes = divmod(left.minutes, 60)
    days = {
        LeftIn.WORKING_DAYS: mark("{n} ngày làm việc"), LeftIn.DAYS: mark("{n} ngày"),
        LeftIn.OFFICE_HOURS: mark("{n} ngày"),
    }[left.unit]
    parts = (
        tr(days, n=left.days) if left.days else "", tr("{n} giờ", n=hours) if hours else "",
        tr("{n} phút", n=minutes) if minutes else "",
    )
    said = " ".join(part for part in parts if part) or tr("0 giờ")
    return tr("quá {time}", time=said) if left.is_over else tr("còn {time}", time=said)


def is_open(dossier: StoredDossier) -> bool:
    return dossier.state in OPEN_STATES


def return_words(intake: Intake) -> str:
    if intake.return_method is ReturnMethod.POST:
        return tr("Trả qua bưu chính")
    return tr("Trả tại quầy")


def why_steps(due: Due) -> tuple[str, ...]:
    """The derivation in the official wording, which is Vietnamese in every language of the window."""
    return tuple(describe_step(step_from_json(step)) for step in due.steps)


def doubts(due: Due) -> tuple[str, ...]:
    return tuple(describe_calendar_warning(CalendarWarning.from_text(text)) for text in due.warnings)


def rule_versions(due: Due) -> str:
    return tr("Lịch {calendar} · quy tắc {policy}", calendar=due.calendar_version, policy=due.policy_version)
