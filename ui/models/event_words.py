"""What happened to a dossier, as the timeline says it in the language of the window."""

from __future__ import annotations

from collections.abc import Sequence

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
from app.domain.life.states import Custody
from app.domain.money import format_money
from app.domain.vietnam_time import local
from ui.models.life_words import VERDICTS, change_words, holder_words
from ui.models.state_words import state_words
from ui.translations import mark, tr

_POST = {
    PostWord.ACCEPTED: mark("Bưu chính đã nhận bưu gửi"), PostWord.IN_TRANSIT: mark("Bưu gửi đang trên đường"),
    PostWord.DELIVERED: mark("Bưu chính đã phát cho người nhận"),
    PostWord.UNDELIVERED: mark("Bưu chính không phát được"),
}
_ROLES = {
    CollectorRole.OWNER: mark("chủ hồ sơ"), CollectorRole.DELEGATE: mark("người được ủy quyền"),
    CollectorRole.SUBMITTER: mark("người nộp hồ sơ"),
}


def event_words(facts: Facts) -> tuple[str, str]:
    """What happened, and what belongs to it ("" for nothing)."""
    match facts:
        case SupplementAsked():
            title = tr("Yêu cầu bổ sung lần {n}", n=facts.request) if facts.request > 1 else tr("Yêu cầu bổ sung")
            return title, _join("; ".join(gap.name for gap in facts.gaps), facts.reason, paper_words(facts.paper))
        case SupplementReceived():
            title = tr("Đã nhận bổ sung") if facts.is_whole else tr("Nhận bổ sung, chưa đủ")
            return title, _join("; ".join(paper.name for paper in facts.papers), facts.note)
        case PaymentDone():
            amount = format_money(facts.amount) if facts.amount is not None else ""
            return tr("Đã nộp nghĩa vụ tài chính"), _join(facts.proof, amount)
        case Withdrawn():
            back = tr("đã trả giấy tờ") if facts.papers_given_back else ""
            return tr("Công dân rút hồ sơ"), _join(facts.by_name, facts.reason, back)
        case AgencySaid():
            return state_words(facts.state)[0], _join(facts.reason, paper_words(facts.paper))
        case Extended():
            until = f"{local(facts.due.at):%d/%m/%Y %H:%M}" if facts.due.at else ""
            title = tr("Cơ quan gia hạn") if facts.paper.number else tr("Tính lại ngày hẹn")
            new = tr("hẹn mới {due}", due=until) if until else ""
            return title, _join(new, change_words(facts.reason), paper_words(facts.paper))
        case HandedOver():
            return tr("Bàn giao cho cơ quan"), _originals(facts.originals)
        case HandoverUndone():
            return tr("Hủy bàn giao"), facts.reason
        case Acknowledged():
            return tr(VERDICTS[facts.verdict]), _join(facts.by_name, facts.reason)
        case Found():
            is_here = facts.where is Custody.COUNTER
            return (tr("Tìm thấy hồ sơ ở quầy") if is_here else tr("Tìm thấy hồ sơ ở cơ quan")), facts.note
        case _:
            return _later_words(facts)


def _later_words(facts: Facts) -> tuple[str, str]:
    """Everything from the result on."""
    match facts:
        case ResultIn():
            said = " ".join(part for part in (facts.result.kind, facts.result.number) if part)
            return tr("Nhận kết quả về"), _join(said, facts.result.summary, _originals(facts.originals))
        case Shelved():
            return tr("Đặt kết quả lên kệ {shelf}", shelf=facts.shelf), facts.note
        case Posted():
            return tr("Đã gửi kết quả qua bưu chính"), _join(facts.item_code, _originals(facts.originals))
        case PostSaid():
            at = tr("lúc {at}", at=f"{local(facts.as_of):%H:%M %d/%m}")
            return tr(_POST[facts.word]), _join(at, facts.receiver, facts.note)
        case Returned():
            who = f"{facts.collector.name}, {tr(_ROLES[facts.collector.role])}"
            lost = tr("không có giấy tiếp nhận: {reason}", reason=facts.lost_receipt) if facts.lost_receipt else ""
            given = _originals(facts.originals)
            return tr("Trả kết quả tại quầy"), _join(who, facts.collector.authority, given, lost)
        case Recalled():
            return tr("Thu hồi kết quả đã trả"), facts.reason
        case PapersReturned():
            given = _originals(facts.originals)
            return tr("Trả lại giấy tờ cho công dân"), _join(facts.to_name, given, facts.note)
        case OriginalMoved():
            return tr("Ghi nơi giữ bản gốc"), _join(holder_words(facts.holder), facts.reason)
        case StageBegun():
            return tr("Bắt đầu giai đoạn 2"), _join("; ".join(paper.name for paper in facts.papers), facts.note)
        case FeeTaken():
            return tr("Thu phí, lệ phí"), _join(format_money(facts.money.amount), facts.money.receipt)
        case Settled():
            return tr("Quyết định về việc hai quầy làm trùng"), facts.note
        case _:
            raise TypeError(f"{type(facts).__name__} has no words")


def paper_words(paper: AgencyPaper | None) -> str:
    """"số 12/PXL ngày 05/10/2026, Lê Mẫu ký"; "" without a paper."""
    if paper is None:
        return ""
    parts = (
        tr("số {number}", number=paper.number) if paper.number else "",
        tr("ngày {day}", day=f"{paper.day:%d/%m/%Y}") if paper.day else "",
        tr("{signer} ký", signer=paper.signer) if paper.signer else "",
    )
    return ", ".join(part for part in parts if part)


def _originals(names: Sequence[str]) -> str:
    return tr("{n} bản gốc", n=len(names)) if names else ""


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
