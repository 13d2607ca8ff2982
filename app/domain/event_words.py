"""What happened to a dossier in the words of its printed history (quá trình xử lý): Vietnamese, official, short.

Source: the buttons and the history print of the provincial systems (domain facts 2.9, 5.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.dossier import State
from app.domain.life.facts import (
    Acknowledged,
    AgencyPaper,
    AgencySaid,
    CollectorRole,
    Extended,
    Facts,
    FeeTaken,
    Found,
    HandedOver,
    HandoverUndone,
    LineVerdict,
    OriginalMoved,
    PapersReturned,
    PaymentDone,
    Posted,
    PostSaid,
    PostWord,
    Recalled,
    ResultIn,
    Returned,
    Settled,
    Shelved,
    StageBegun,
    SupplementAsked,
    SupplementReceived,
    Withdrawn,
)
from app.domain.life.states import Custody, Holder, Source
from app.domain.money import format_money
from app.domain.vietnamese_dates import clock_and_date, short_date

STATES: Mapping[State, str] = {
    State.REGISTERED: "Mới đăng ký", State.RECEIVED: "Được tiếp nhận", State.NOT_RECEIVED: "Không được tiếp nhận",
    State.IN_PROCESS: "Đang xử lý", State.SUPPLEMENT_ASKED: "Yêu cầu bổ sung giấy tờ",
    State.PAYMENT_ASKED: "Yêu cầu thực hiện nghĩa vụ tài chính", State.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    State.STOPPED: "Dừng xử lý", State.DONE: "Đã xử lý xong", State.RETURNED: "Đã trả kết quả",
}
"""The national list TrangThaiHoSo in its own words."""

HOLDERS: Mapping[Holder, str] = {
    Holder.COUNTER: "quầy tiếp nhận", Holder.ON_THE_WAY: "đang chuyển", Holder.AGENCY: "cơ quan giải quyết",
    Holder.POST: "bưu chính", Holder.CITIZEN: "công dân", Holder.MISSING: "chưa tìm thấy",
}
SOURCES: Mapping[Source, str] = {
    Source.COUNTER: "", Source.PAPER: "Ghi từ giấy của cơ quan",
    Source.AGENCY: "Cơ quan báo qua hệ thống của tỉnh",
}
REASONS: Mapping[str, str] = {
    "supplement": "Công dân đã bổ sung hồ sơ", "payment": "Công dân đã thực hiện nghĩa vụ tài chính",
    "agency": "Cơ quan giải quyết báo ngày mới",
    "second_stage": "Bắt đầu giai đoạn 2",
    "recount": "Cơ quan đã nhận bổ sung, phần thời gian chờ được tính lại",
}
"""Reasons of a changed date that are words of the program; any other is a text and shown as it is."""

_VERDICTS = {
    LineVerdict.ACCEPTED: "Cơ quan đã nhận hồ sơ", LineVerdict.REFUSED: "Cơ quan không nhận hồ sơ",
    LineVerdict.MISSING: "Không thấy hồ sơ trong túi bàn giao",
    LineVerdict.EXTRA: "Cơ quan nhận hồ sơ ngoài danh sách",
}
_POST = {
    PostWord.ACCEPTED: "Bưu chính đã nhận bưu gửi", PostWord.IN_TRANSIT: "Bưu gửi đang trên đường",
    PostWord.DELIVERED: "Bưu chính đã phát cho người nhận", PostWord.UNDELIVERED: "Bưu chính không phát được",
}
_ROLES = {
    CollectorRole.OWNER: "chủ hồ sơ", CollectorRole.DELEGATE: "người được ủy quyền",
    CollectorRole.SUBMITTER: "người nộp hồ sơ",
}


def describe_event(facts: Facts) -> tuple[str, str]:
    """What happened, and what belongs to it ("" for nothing)."""
    match facts:
        case SupplementAsked():
            times = f" lần {facts.request}" if facts.request > 1 else ""
            gaps = "; ".join(gap.name for gap in facts.gaps)
            return f"Yêu cầu bổ sung{times}", _join(gaps, _reason(facts.reason), paper_words(facts.paper))
        case SupplementReceived():
            brought = "; ".join(paper.name for paper in facts.papers)
            title = "Nhận hồ sơ bổ sung" if facts.is_whole else "Nhận hồ sơ bổ sung, chưa đủ"
            return title, _join(brought, facts.note)
        case PaymentDone():
            amount = format_money(facts.amount) if facts.amount is not None else ""
            return "Đã thực hiện nghĩa vụ tài chính", _join(facts.proof, amount)
        case Withdrawn():
            back = "đã trả lại hồ sơ" if facts.papers_given_back else ""
            return "Công dân rút hồ sơ", _join(facts.by_name, _reason(facts.reason), back)
        case AgencySaid():
            return STATES[facts.state], _join(facts.reason, paper_words(facts.paper))
        case Extended():
            until = f"hẹn trả mới {clock_and_date(facts.due.at)}" if facts.due.at else ""
            is_paper = bool(facts.paper.number)
            title = "Cơ quan xin lỗi và gia hạn" if is_paper else "Tính lại ngày hẹn trả"
            return title, _join(until, REASONS.get(facts.reason, facts.reason), paper_words(facts.paper))
        case HandedOver():
            return "Bàn giao cho cơ quan giải quyết", _originals(facts.originals)
        case HandoverUndone():
            return "Hủy bàn giao", facts.reason
        case Acknowledged():
            return _VERDICTS[facts.verdict], _join(facts.by_name, facts.reason)
        case Found():
            where = "tại quầy" if facts.where is Custody.COUNTER else "tại cơ quan giải quyết"
            return f"Đã tìm thấy hồ sơ {where}", facts.note
        case ResultIn():
            said = " ".join(part for part in (facts.result.kind, facts.result.number) if part)
            return "Nhận kết quả từ cơ quan", _join(said, facts.result.summary, _originals(facts.originals))
        case _:
            return _describe_end(facts)


def _describe_end(facts: Facts) -> tuple[str, str]:
    match facts:
        case Shelved():
            return "Đặt kết quả lên kệ", _join(facts.shelf, facts.note)
        case Posted():
            return "Gửi kết quả qua bưu chính", _join(facts.item_code, _originals(facts.originals))
        case PostSaid():
            return _POST[facts.word], _join(f"lúc {clock_and_date(facts.as_of)}", facts.receiver, facts.note)
        case Returned():
            who = f"{facts.collector.name}, {_ROLES[facts.collector.role]}"
            lost = f"không có giấy tiếp nhận: {facts.lost_receipt}" if facts.lost_receipt else ""
            return "Trả kết quả tại quầy", _join(who, facts.collector.authority, _originals(facts.originals), lost)
        case Recalled():
            return "Thu hồi kết quả đã trả", _reason(facts.reason)
        case PapersReturned():
            return "Trả lại hồ sơ cho công dân", _join(facts.to_name, _originals(facts.originals), facts.note)
        case OriginalMoved():
            return "Ghi nơi giữ bản gốc", _join(HOLDERS[facts.holder], facts.reason)
        case StageBegun():
            return "Bắt đầu giai đoạn 2", _join("; ".join(paper.name for paper in facts.papers), facts.note)
        case FeeTaken():
            return "Thu phí, lệ phí", _join(format_money(facts.money.amount), facts.money.receipt)
        case Settled():
            return "Xử lý việc hai quầy làm trùng", facts.note
        case _:
            raise TypeError(f"{type(facts).__name__} has no words")


def paper_words(paper: AgencyPaper | None) -> str:
    """"số 12/PXL ngày 05/10/2026, Lê Mẫu ký"; "" without a paper."""
    if paper is None:
        return ""
    said = " ".join(part for part in (f"số {paper.number}" if paper.number else "", _day(paper.day)) if part)
    return ", ".join(part for part in (said, f"{paper.signer} ký" if paper.signer else "") if part)


def _day(day: date | None) -> str:
    return f"ngày {short_date(day)}" if day else ""


def _reason(reason: str) -> str:
    return f"lý do: {reason}" if reason else ""


def _originals(names: Iterable[str]) -> str:
    amount = len(tuple(names))
    return f"{amount} bản gốc" if amount else ""


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
