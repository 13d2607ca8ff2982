"""What changed in a procedure, one short sentence each: the fee, paper or time as it was, and as it is."""

from __future__ import annotations

from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.procedure_changes import Changed, ProcedureChange
from ui.delegates.dates import day_text
from ui.translations import tr
from ui.widgets.money_field import money_text


def change_words(change: ProcedureChange) -> str:
    """"Phí cấp phiếu: 200.000 đ → 250.000 đ, từ 01/01/2027"."""
    subject = change.subject
    match change.kind:
        case Changed.FEE:
            return _since(_arrow(subject, *map(_money, change.amounts)), change)
        case Changed.FEE_COUNTED:
            counted, now = (change.before or _money(change.amounts[0]), change.after or _money(change.amounts[1]))
            return _since(_arrow(subject, counted, now), change)
        case Changed.FEE_RELIEFS:
            return _reliefs(change)
        case Changed.FEE_NEW:
            said = tr("Thêm khoản thu {fee}: {amount}", fee=subject, amount=_money(change.amounts[1]))
            return _since(said, change)
        case Changed.FEE_GONE:
            return tr("Không còn thu {fee}", fee=subject)
        case Changed.PAPER_NEW:
            return tr("Thêm giấy tờ: {paper} ({count})", paper=subject, count=_count(change.counts[1]))
        case Changed.PAPER_GONE:
            return tr("Không cần nữa: {paper}", paper=subject)
        case Changed.PAPER_COUNT:
            return _arrow(subject, *map(_count, change.counts))
        case Changed.PAPER_FORM:
            return _arrow(subject, change.before or tr("không theo mẫu"), change.after or tr("không theo mẫu"))
        case Changed.PAPER_REQUIRED:
            return tr("Nay bắt buộc: {paper}", paper=subject)
        case Changed.PAPER_OPTIONAL:
            return tr("Không còn bắt buộc: {paper}", paper=subject)
        case Changed.TIME:
            before, after = change.times or (ProcessingTime(None, TimeUnit.NONE),) * 2
            return _arrow(tr("Thời hạn"), _time(before), _time(after))
        case Changed.STARTS:
            if not change.after:
                return tr("Không còn giờ chốt nhận: {time}", time=change.before)
            return tr("Nhận sau {time} thì tính từ ngày làm việc sau", time=change.after)
        case Changed.AGENCY:
            return _arrow(tr("Cơ quan giải quyết"), change.before, change.after)
        case Changed.NAME:
            return tr("Tên cũ: {name}", name=change.before)
        case Changed.CASE_NEW:
            return tr("Trường hợp mới: {name}", name=subject)


def _reliefs(change: ProcedureChange) -> str:
    fee, gone, more = change.subject, change.before, change.after
    if not gone:
        return tr("{fee}: nay có {more}", fee=fee, more=more)
    if not more:
        return tr("{fee}: thôi {gone}", fee=fee, gone=gone)
    return tr("{fee}: nay có {more}; thôi {gone}", fee=fee, more=more, gone=gone)


def _arrow(subject: str, before: str, after: str) -> str:
    return f"{subject}: {before} → {after}"


def _since(said: str, change: ProcedureChange) -> str:
    return tr("{said}, từ {day}", said=said, day=day_text(change.day)) if change.day is not None else said


def _money(amount: int | None) -> str:
    return tr("chưa rõ") if amount is None else money_text(amount)


def _count(count: tuple[int, int, int]) -> str:
    originals, certified, copies = count
    parts = (
        tr("{n} bản chính", n=originals) if originals else "",
        tr("{n} bản chứng thực", n=certified) if certified else "",
        tr("{n} bản photo", n=copies) if copies else "",
    )
    return ", ".join(part for part in parts if part) or tr("chỉ xuất trình")


def _time(time: ProcessingTime) -> str:
    if time.value is None:
        return tr("không quy định")
    match time.unit:
        case TimeUnit.WORKING_DAY:
            return tr("{n} ngày làm việc", n=time.value)
        case TimeUnit.DAY:
            return tr("{n} ngày", n=time.value)
        case TimeUnit.HOUR:
            return tr("{n} giờ", n=time.value)
        case TimeUnit.NONE:
            return tr("không quy định")
