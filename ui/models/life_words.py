"""The states of a dossier's life in the words of the counter: custody, result, money, holders, whose word."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.life.facts import LineVerdict
from app.domain.life.states import Custody, Delivery, Holder, MoneyState, PauseCause
from ui.theme import Tone
from ui.translations import mark, tr

CUSTODIES: Mapping[Custody, tuple[str, Tone]] = {
    Custody.COUNTER: (mark("Giấy ở quầy"), "neutral"),
    Custody.ON_THE_WAY: (mark("Giấy đang chuyển, chưa ai xác nhận"), "warn"),
    Custody.AGENCY: (mark("Giấy ở cơ quan giải quyết"), "info"),
    Custody.CITIZEN: (mark("Đã trả giấy cho công dân"), "neutral"),
    Custody.MISSING: (mark("Không thấy giấy trong túi"), "bad"),
}
DELIVERIES: Mapping[Delivery, tuple[str, Tone]] = {
    Delivery.NONE: ("", "neutral"),
    Delivery.SHELF: (mark("Kết quả trên kệ"), "ok"),
    Delivery.POSTED: (mark("Kết quả đang ở bưu chính"), "info"),
    Delivery.UNDELIVERED: (mark("Bưu chính trả về, chưa phát được"), "warn"),
    Delivery.DELIVERED: (mark("Bưu chính đã phát"), "ok"),
    Delivery.RETURNED: (mark("Đã giao kết quả"), "ok"),
    Delivery.RECALLED: (mark("Đang thu hồi kết quả"), "warn"),
    Delivery.ELSEWHERE: (mark("Nơi khác đã trả"), "neutral"),
}
HOLDERS: Mapping[Holder, str] = {
    Holder.COUNTER: mark("Ở quầy"), Holder.ON_THE_WAY: mark("Đang trên đường"), Holder.AGENCY: mark("Ở cơ quan"),
    Holder.POST: mark("Ở bưu chính"), Holder.CITIZEN: mark("Đã trả công dân"),
    Holder.MISSING: mark("Chưa tìm thấy"),
}
MONEY: Mapping[MoneyState, tuple[str, Tone]] = {
    MoneyState.NONE: (mark("Không thu phí"), "neutral"), MoneyState.DUE: (mark("Còn phải thu"), "warn"),
    MoneyState.TAKEN: (mark("Đã thu"), "neutral"), MoneyState.EXEMPT: (mark("Miễn phí, lệ phí"), "neutral"),
    MoneyState.REFUNDED: (mark("Đã hoàn phí"), "neutral"),
}
CAUSES: Mapping[PauseCause, str] = {
    PauseCause.SUPPLEMENT: mark("chờ bổ sung"), PauseCause.PAYMENT: mark("chờ nghĩa vụ tài chính"),
}
VERDICTS: Mapping[LineVerdict, str] = {
    LineVerdict.ACCEPTED: mark("Cơ quan đã nhận hồ sơ"), LineVerdict.REFUSED: mark("Cơ quan không nhận hồ sơ"),
    LineVerdict.MISSING: mark("Không thấy hồ sơ trong túi"),
    LineVerdict.EXTRA: mark("Cơ quan nhận ngoài danh sách"),
}
CHANGES: Mapping[str, str] = {
    "supplement": mark("đã bổ sung"), "payment": mark("đã nộp nghĩa vụ tài chính"),
    "agency": mark("cơ quan báo ngày mới"),
    "second_stage": mark("bắt đầu giai đoạn 2"),
    "recount": mark("tính lại thời gian chờ"),
}
"""Reasons of a changed date that are words of the program; any other is the text of a paper."""


def custody_words(custody: Custody) -> tuple[str, Tone]:
    words, tone = CUSTODIES[custody]
    return tr(words), tone


def delivery_words(delivery: Delivery) -> tuple[str, Tone]:
    """Empty while there is no result."""
    words, tone = DELIVERIES[delivery]
    return tr(words) if words else "", tone


def holder_words(holder: Holder) -> str:
    return tr(HOLDERS[holder])


def money_words(money: MoneyState) -> tuple[str, Tone]:
    words, tone = MONEY[money]
    return tr(words), tone


def change_words(reason: str) -> str:
    return tr(CHANGES[reason]) if reason in CHANGES else reason
