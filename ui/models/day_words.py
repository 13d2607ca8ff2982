"""Differences of the daily comparison in the words of the counter: what differs, whose turn, what to press."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.day_comparison import MONEY, STATUS, TAKEN, Difference, Kind
from app.domain.dossier import State
from app.domain.money import format_money
from ui.models.counts import shown_count
from ui.models.state_words import state_words, verdict_words
from ui.translations import mark, tr

PRESS: Mapping[tuple[Kind, str], str] = {
    (Kind.MISSING_THERE, "unsent"): mark("G: gửi ngay rồi so lại"),
    (Kind.MISSING_THERE, "parked"): mark("Gọi tỉnh: tỉnh chưa đọc được việc này; máy tự thử lại"),
    (Kind.MISSING_THERE, "held"): mark("Chờ tỉnh: tỉnh giữ bản niêm phong, chưa đọc được"),
    (Kind.MISSING_THERE, "beside"): mark("Gọi tỉnh: nhập nhánh giữ riêng vào sổ"),
    (Kind.MISSING_THERE, "lost"): mark("Gọi tỉnh, đọc mã hồ sơ: tỉnh đã xác nhận giữ"),
    (Kind.MISSING_THERE, "foreign"): mark("Gọi tỉnh, đọc mã hồ sơ của quầy khác"),
    (Kind.MISSING_HERE, "not_applied"): mark("Nhờ phụ trách máy lập lại bảng từ nhật ký"),
    (Kind.FEE, "unsent"): mark("G: gửi bản sửa rồi so lại"),
    (Kind.FEE, "differs"): mark("Enter mở hồ sơ; nhờ phụ trách máy hỏi tỉnh"),
    (Kind.STATUS, "not_applied"): mark("Nhờ phụ trách máy: tin của tỉnh chưa vào sổ"),
    (Kind.STATUS, "lost"): mark("Gọi tỉnh: tỉnh không còn trạng thái đã gửi"),
    (Kind.FILES, "waiting"): mark("Máy đang gửi; G: gửi ngay rồi so lại"),
    (Kind.FILES, "gone"): mark("Nhờ phụ trách máy: không còn tệp nào chờ gửi"),
    (Kind.FILES, "other_counter"): mark("Quầy nhận hồ sơ còn phải gửi tệp"),
    (Kind.VERDICT, "needs_fix"): mark("Enter mở hồ sơ và sửa"),
    (Kind.VERDICT, "refused"): mark("Enter mở hồ sơ và sửa"),
    (Kind.VERDICT, "held"): mark("Chờ tỉnh xét"),
    (Kind.OPERATIONS, "unsent"): mark("G: gửi ngay rồi so lại"),
    (Kind.OPERATIONS, "differs"): mark("Enter mở hồ sơ; nhờ phụ trách máy hỏi tỉnh"),
    (Kind.MONEY, "unsent"): mark("G: gửi ngay rồi so lại"),
    (Kind.MONEY, "parked"): mark("Gọi tỉnh: tỉnh chưa đọc được việc này; máy tự thử lại"),
    (Kind.MONEY, "held"): mark("Chờ tỉnh: tỉnh giữ bản niêm phong, chưa đọc được"),
    (Kind.MONEY, "beside"): mark("Gọi tỉnh: nhập nhánh giữ riêng vào sổ"),
    (Kind.NUMBER, "no_fate"): mark("Tìm giấy mang số này; báo phụ trách máy"),
}
_COMMON: Mapping[Kind, str] = {
    Kind.MISSING_THERE: mark("tỉnh chưa có hồ sơ"),
    Kind.MISSING_HERE: mark("bảng trên máy chưa có hồ sơ"),
    Kind.FEE: mark("phí, lệ phí khác nhau"),
    Kind.STATUS: mark("trạng thái khác nhau"),
    Kind.FILES: mark("tỉnh còn thiếu tệp"),
    Kind.VERDICT: mark("tỉnh chưa chấp nhận"),
    Kind.OPERATIONS: mark("số việc đã ghi khác nhau"),
    Kind.NUMBER: mark("số đã cấp, không hồ sơ nào mang"),
    Kind.MONEY: mark("tỉnh chưa tính khoản tiền"),
    Kind.SUM: mark("tổng khác nhau"),
}
_FIGURES: Mapping[str, str] = {
    "received": mark("số hồ sơ"), "fee": mark("phí"), "charge": mark("lệ phí"),
    "before": mark("tiền thu khi tiếp nhận"), "exempt": mark("hồ sơ miễn phí"),
    "unknown_amounts": mark("hồ sơ chưa rõ mức phí"), "corrected": mark("số lần sửa"),
    "incomplete": mark("hồ sơ thiếu tệp"), "unsettled": mark("hồ sơ chưa được chấp nhận"),
}
_ACTS: Mapping[str, str] = {
    "collected": mark("tiền đã thu"), "back": mark("tiền đã hoàn, hủy"), "remitted": mark("tiền đã nộp"),
}
_PARTS: Mapping[str, str] = {
    "fee": mark("phí"), "charge": mark("lệ phí"), "postage": mark("cước"), "other": mark("thu hộ"),
    "cash": mark("tiền mặt"), "transfer": mark("chuyển khoản"),
}
_MONEY = frozenset({"fee", "charge", "before"})


def press_words(difference: Difference) -> str:
    """What to press or whom to ask."""
    if difference.kind is Kind.SUM:
        return tr("Báo phụ trách máy: tổng lệch, từng hồ sơ thì khớp")
    words = PRESS.get((difference.kind, difference.reason))
    return tr(words) if words else difference.reason


def common_words(difference: Difference) -> str:
    """What many differences of one kind have in common."""
    return tr(_COMMON[difference.kind])


def what_words(difference: Difference) -> str:
    """What differs, with both ends' figures."""
    values = difference.values
    match difference.kind:
        case Kind.MISSING_THERE:
            return tr("Tỉnh chưa có hồ sơ này")
        case Kind.MISSING_HERE:
            return tr("Tỉnh có, bảng trên máy chưa có")
        case Kind.FEE:
            return tr("Phí, lệ phí: quầy {here}, tỉnh {there}", here=_money(values["here"]),
                      there=_money(values["there"]))
        case Kind.STATUS:
            return tr("Trạng thái: quầy {here}, tỉnh {there}", here=status_words(values["here"]),
                      there=status_words(values["there"]))
        case Kind.FILES:
            return tr("Tỉnh còn thiếu {n} tệp", n=values["missing"])
        case Kind.VERDICT:
            return verdict_words(difference.reason)[0]
        case Kind.OPERATIONS:
            return tr("Việc đã ghi: quầy {here}, tỉnh {there}", here=values["here"], there=values["there"])
        case Kind.NUMBER:
            return tr("Số {n} đã cấp, không hồ sơ nào mang", n=values["number"])
        case Kind.MONEY:
            return tr("Tỉnh chưa tính khoản {money}", money=_money(values["here"]))
        case Kind.SUM:
            return _sum_words(difference)


def status_words(status: str | int) -> str:
    """A status of the national list by name; a word that no list knows as it is."""
    if status == "received":
        return state_words(State.RECEIVED)[0]
    known = {str(int(state)): state for state in State}
    return state_words(known[str(status)])[0] if str(status) in known else str(status)


def _sum_words(difference: Difference) -> str:
    name = str(difference.values["figure"])
    here, there = int(difference.values["here"]), int(difference.values["there"])
    if name.startswith(STATUS):
        what = status_words(name.removeprefix(STATUS))
    elif name.startswith(TAKEN):
        what = tr("tiền thu sau tiếp nhận")
    elif name.startswith(MONEY):
        what = _money_words(*name.removeprefix(MONEY).split("."))
    else:
        what = tr(_FIGURES[name]) if name in _FIGURES else name
    is_money = name in _MONEY or name.startswith((TAKEN, MONEY))
    shown = format_money if is_money else shown_count
    return tr("Tổng {what}: quầy {here}, tỉnh {there}", what=what, here=shown(here), there=shown(there))


def _money_words(act: str, stream: str, kind: str = "", means: str = "") -> str:
    """A sum of the cash book: the act, then what it is of and how it was paid."""
    parts = [_PARTS[each] for each in (kind if kind in ("fee", "charge") else stream, means) if each in _PARTS]
    what = tr(_ACTS[act]) if act in _ACTS else act
    return f"{what} ({', '.join(map(tr, parts))})" if parts else what


def _money(amount: str | int) -> str:
    return format_money(int(amount))
