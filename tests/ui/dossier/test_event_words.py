"""Everything that may happen to a dossier has words: on paper, and on the screen in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.domain.dossier import State
from app.domain.event_words import describe_event
from app.domain.intake import PaperGiven, PaperStatus
from app.domain.life.facts import (
    SHAPES,
    Acknowledged,
    AgencyPaper,
    AgencySaid,
    Collector,
    CollectorRole,
    Extended,
    Facts,
    FeeTaken,
    Found,
    Gap,
    HandedOver,
    HandoverUndone,
    LineVerdict,
    MoneyTaken,
    NewDue,
    OriginalMoved,
    PapersReturned,
    PaymentDone,
    Posted,
    PostSaid,
    PostWord,
    Recalled,
    Receiver,
    ResultIn,
    ResultPaper,
    Returned,
    Settled,
    Shelved,
    StageBegun,
    SupplementAsked,
    SupplementReceived,
    Withdrawn,
)
from app.domain.life.states import Custody, Holder
from ui.models.event_words import event_words
from ui.translations import Language

NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
PAPER = AgencyPaper("extension", "12/PXL", date(2026, 11, 20), "Lê Mẫu")
BROUGHT = (PaperGiven("1", "Tờ khai", PaperStatus.PRESENT, True, originals=1),)
EACH: tuple[Facts, ...] = (
    SupplementAsked(2, (Gap("Tờ khai"),), "thiếu", paper=PAPER),
    SupplementReceived(2, BROUGHT, None, is_whole=False),
    PaymentDone("GNT-1", None, 500_000), Withdrawn("đổi ý", "Lê Ví Dụ", papers_given_back=True),
    AgencySaid(State.STOPPED, "quá hạn", PAPER), Extended(NewDue(NOON), "xác minh", PAPER),
    HandedOver("m1", ("1#1",)), HandoverUndone("m1", "nhầm"), Acknowledged("m1", LineVerdict.MISSING, "không có"),
    Found(Custody.AGENCY, "ở phòng khác"), ResultIn(ResultPaper("giấy phép", "2/GP"), "B1"),
    Shelved("B2", "chuyển kệ"),
    Posted("RA123456785VN", Receiver("Lê Ví Dụ", "0905000123", "1 Đường Thử")),
    PostSaid("RA123456785VN", PostWord.UNDELIVERED, NOON, note="vắng nhà"),
    Returned(Collector(CollectorRole.DELEGATE, "Lê Ví Dụ", "B1234567"), lost_receipt="mất"),
    Recalled("x", "nhầm người"), PapersReturned("Lê Ví Dụ", ("1#1",)),
    OriginalMoved("1#1", Holder.COUNTER, "đem về"), FeeTaken(MoneyTaken(200_000, "cash")),
    StageBegun(BROUGHT, None), Settled(("x",), "đã hỏi"),
)


def test_no_kind_of_event_is_left_out() -> None:
    assert {type(facts) for facts in EACH} == set(SHAPES.values())


@pytest.mark.parametrize("facts", EACH, ids=lambda facts: type(facts).__name__)
def test_it_has_words_on_paper_and_on_the_screen(facts: Facts, language: Language) -> None:
    printed, note = describe_event(facts)
    assert printed and note and "_" not in printed + note
    title, more = event_words(facts)
    language.use("en")
    other, _ = event_words(facts)
    assert title and more and other and other != title
