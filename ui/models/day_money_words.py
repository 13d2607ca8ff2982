"""A day's money in the words of the counter: the sum of all owners, and each difference with its lawful repair."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.day_money import DayMoney, Loose, LooseMoney
from app.domain.money import format_money
from ui.delegates.dates import day_text
from ui.translations import mark, tr

WHAT: Mapping[Loose, str] = {
    Loose.FEE_UNCOLLECTED: mark("Hồ sơ thu trước, chưa có khoản thu"),
    Loose.VOID_UNCOLLECTED: mark("Đã hủy biên lai, chưa thu lại"),
    Loose.OVER_COLLECTED: mark("Thu nhiều hơn phí của hồ sơ"),
    Loose.OTHER_DAY: mark("Thu khác ngày với hồ sơ"),
    Loose.REFUNDED: mark("Đã hoàn cho người nộp"),
    Loose.UNCONFIRMED: mark("Khách báo chuyển, sao kê chưa có"),
    Loose.COUNT_DIFFERS: mark("Đếm ngăn tiền lệch"),
    Loose.SESSION_OPEN: mark("Ca quỹ chưa chốt"),
    Loose.OUTSIDE: mark("Thu ngoài ca, chưa ca nào nhận"),
    Loose.RECEIPT_TWICE: mark("Một số biên lai cấp hai lần"),
    Loose.RECEIPT_MISSING: mark("Số biên lai bị bỏ qua"),
}
REPAIR: Mapping[Loose, str] = {
    Loose.FEE_UNCOLLECTED: mark("Thu tiền, cấp biên lai; được miễn thì đính chính hồ sơ"),
    Loose.VOID_UNCOLLECTED: mark("Thu lại đúng số; không thu nữa thì đính chính hồ sơ"),
    Loose.OVER_COLLECTED: mark("Đính chính phí; hồ sơ đúng thì hoàn phần thừa"),
    Loose.OTHER_DAY: mark("Không phải sửa"),
    Loose.REFUNDED: mark("Không phải sửa; biên lai cũ giữ nguyên"),
    Loose.UNCONFIRMED: mark("Đọc sao kê và khớp; không có tiền thì hủy khoản thu"),
    Loose.COUNT_DIFFERS: mark("Giữ nguyên dòng chênh lệch; biên bản chốt ca kèm giải trình"),
    Loose.SESSION_OPEN: mark("Đếm tiền và chốt ca"),
    Loose.OUTSIDE: mark("Mở ca: ca mới nhận khoản này"),
    Loose.RECEIPT_TWICE: mark("Hủy khoản thu ghi sau, cấp số khác; lập biên bản"),
    Loose.RECEIPT_MISSING: mark("Tìm tờ biên lai; hỏng hoặc mất thì ghi hỏng số"),
}
"""The paper of the day says the same at length (`resources/forms/day-end.json`)."""


def what_is_loose(each: LooseMoney) -> str:
    """What does not agree, and since when."""
    what = tr(WHAT[each.kind])
    return tr("{what}, từ {day}", what=what, day=day_text(each.since)) if each.since is not None else what


def repair_words(each: LooseMoney) -> str:
    """The key of the place, then what to do there."""
    return f"{each.key}: {tr(REPAIR[each.kind])}"


def money_sentence(money: DayMoney) -> str:
    """Receipts, where the money is, what went back and what the others say, of all owners.

    While a session is open it says none of it: who knows the sum does not count blind.
    """
    if money.is_blind:
        return tr("Ca quỹ còn mở: tiền của ngày hiện ra sau khi đếm và chốt ca.")

    def total(name: str) -> int:
        return sum(getattr(each, name) for each in money.owners)

    parts = [
        tr("Biên lai đã cấp: {money}", money=format_money(total("receipts"))),
        tr("tiền mặt {cash}, chuyển khoản {transfers}", cash=format_money(total("cash")),
           transfers=format_money(total("confirmed") + total("claimed"))),
        tr("đã hoàn, hủy {money}", money=format_money(total("back"))),
        tr("hồ sơ ghi {money}", money=format_money(total("dossiers"))),
    ]
    if total("beside"):
        parts.append(tr("ngoài hồ sơ {money}", money=format_money(total("beside"))))
    there = [each.there for each in money.owners if each.there is not None]
    if there:
        parts.append(tr("tỉnh giữ {money}", money=format_money(sum(there))))
    return " · ".join(parts)
