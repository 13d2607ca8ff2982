"""The table of moves, told once more by hand: each act in each of the four hundred places a dossier may stand in.

Business states by their national numbers (TrangThaiHoSo), custody and delivery by name.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from app.domain.dossier import State
from app.domain.life.facts import (
    Acknowledged,
    AgencyPaper,
    AgencySaid,
    Extended,
    Facts,
    FeeTaken,
    Found,
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
    Settled,
    Shelved,
    StageBegun,
    SupplementAsked,
    SupplementReceived,
    Withdrawn,
)
from app.domain.life.fold import begin
from app.domain.life.life import Handover, Life
from app.domain.life.moves import refusal_of
from app.domain.life.states import Custody, Delivery, Holder, MoneyState
from tests.app.domain.life.lives import ASKED, MORNING, RETURNED, START

ITEM = "EA123456785VN"
MONEY = MoneyTaken(200_000, "cash")
ALL_BUSINESS = set(range(1, 11))
ALL_CUSTODY = {"COUNTER", "ON_THE_WAY", "AGENCY", "CITIZEN", "MISSING"}
ALL_DELIVERY = {"NONE", "SHELF", "POSTED", "UNDELIVERED", "DELIVERED", "RETURNED", "RECALLED", "ELSEWHERE"}
HERE = {"SHELF", "UNDELIVERED"}
OUT = {"DELIVERED", "RETURNED", "ELSEWHERE"}
OPEN = {1, 2, 4, 5, 6}

Row = tuple[Facts, set[int], set[str], set[str]]
TABLE: tuple[Row, ...] = (
    (ASKED, {1, 2, 4}, ALL_CUSTODY, ALL_DELIVERY),
    (SupplementReceived(1, (), None), {5}, ALL_CUSTODY, ALL_DELIVERY),
    (PaymentDone("GNT-01", None), {6}, ALL_CUSTODY, ALL_DELIVERY),
    (Withdrawn("đổi ý", "Mẫu"), OPEN, ALL_CUSTODY, ALL_DELIVERY),
    (Extended(NewDue(MORNING), "chờ", AgencyPaper()), OPEN, ALL_CUSTODY, ALL_DELIVERY),
    (HandedOver("m2"), {2, 4}, {"COUNTER"}, ALL_DELIVERY),
    (HandoverUndone("m1"), ALL_BUSINESS, {"ON_THE_WAY"}, ALL_DELIVERY),
    (Acknowledged("m1", LineVerdict.ACCEPTED), ALL_BUSINESS, {"ON_THE_WAY"}, ALL_DELIVERY),
    (Acknowledged("m9", LineVerdict.EXTRA), ALL_BUSINESS, {"COUNTER"}, ALL_DELIVERY),
    (Found(Custody.AGENCY), ALL_BUSINESS, {"MISSING"}, ALL_DELIVERY),
    (ResultIn(ResultPaper("giấy phép"), "A1"), OPEN | {9}, ALL_CUSTODY, {"NONE"}),
    (Shelved("B2"), {9}, ALL_CUSTODY, HERE | {"RECALLED"}),
    (Posted(ITEM, Receiver("Mẫu", "0905", "1")), {9}, ALL_CUSTODY, HERE),
    (PostSaid(ITEM, PostWord.IN_TRANSIT, MORNING), {9}, ALL_CUSTODY, {"POSTED"}),
    (replace(RETURNED, originals=()), {9}, ALL_CUSTODY, HERE),
    (Recalled("e4", "nhầm"), {10}, ALL_CUSTODY, OUT),
    (PapersReturned("Mẫu"), {3, 7, 8}, ALL_CUSTODY, ALL_DELIVERY),
    (OriginalMoved("1#1", Holder.AGENCY, "kiểm"), ALL_BUSINESS, ALL_CUSTODY, ALL_DELIVERY),
    (StageBegun((), None), {10}, ALL_CUSTODY, OUT),
    (Settled(("e1",), "đã hỏi"), ALL_BUSINESS, ALL_CUSTODY, ALL_DELIVERY),
)


def standing(business: int, custody: str, delivery: str) -> Life:
    """A dossier of which everything else allows the act: one trip, one request, one result that is out."""
    return replace(
        begin(START), business=State(business), custody=Custody[custody], delivery=Delivery[delivery], requests=1,
        handovers=(Handover("m1", MORNING),), item_code=ITEM, out="e4",
    )


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{type(row[0]).__name__}")
def test_each_act_is_allowed_in_exactly_its_places(row: Row) -> None:
    facts, business, custody, delivery = row
    for place in product(ALL_BUSINESS, ALL_CUSTODY, ALL_DELIVERY):
        is_allowed = place[0] in business and place[1] in custody and place[2] in delivery
        assert (refusal_of(standing(*place), facts) == "") is is_allowed, place


AGENCY_MAY = {1: ALL_BUSINESS, 2: ALL_BUSINESS, 3: {3}, 4: ALL_BUSINESS, 5: ALL_BUSINESS, 6: ALL_BUSINESS,
              7: {7}, 8: {8, 4, 9}, 9: {1, 2, 4, 5, 6, 9, 10}, 10: {1, 2, 4, 5, 6, 9, 10}}
"""What the agency may say in each state; the same once more is no news, a settled dossier hears late news."""


def test_what_the_agency_may_say() -> None:
    for before, said in product(ALL_BUSINESS, ALL_BUSINESS):
        code = refusal_of(standing(before, "AGENCY", "NONE"), AgencySaid(State(said)))
        assert code == ("" if said in AGENCY_MAY[before] else "agency_word_against_ours"), (before, said)


@pytest.mark.parametrize(("place", "facts", "code"), [
    ((9, "AGENCY", "NONE"), ASKED, "supplement_not_now"),
    ((5, "AGENCY", "NONE"), ASKED, "supplement_already_asked"),
    ((4, "AGENCY", "NONE"), SupplementReceived(1, (), None), "no_supplement_open"),
    ((4, "AGENCY", "NONE"), PaymentDone("GNT-01", None), "no_payment_open"),
    ((8, "AGENCY", "NONE"), Withdrawn("đổi ý", "Mẫu"), "withdrawal_not_now"),
    ((9, "AGENCY", "NONE"), Extended(NewDue(MORNING), "", AgencyPaper()), "extension_not_now"),
    ((9, "COUNTER", "NONE"), HandedOver("m2"), "handover_not_now"),
    ((4, "AGENCY", "NONE"), HandedOver("m2"), "not_at_counter"),
    ((4, "AGENCY", "NONE"), HandoverUndone("m1"), "not_on_the_way"),
    ((2, "ON_THE_WAY", "NONE"), HandoverUndone("m2"), "not_on_manifest"),
    ((4, "AGENCY", "NONE"), Acknowledged("m1", LineVerdict.ACCEPTED), "not_on_manifest"),
    ((4, "AGENCY", "NONE"), Acknowledged("m9", LineVerdict.EXTRA), "not_at_counter"),
    ((4, "AGENCY", "NONE"), Found(Custody.AGENCY), "not_missing"),
    ((4, "MISSING", "NONE"), Found(Custody.CITIZEN), "found_where"),
    ((4, "MISSING", "NONE"), Found(Custody.COUNTER), ""),
    ((7, "AGENCY", "NONE"), ResultIn(ResultPaper("x"), "A1"), "result_not_now"),
    ((9, "AGENCY", "SHELF"), ResultIn(ResultPaper("x"), "A1"), "result_already_in"),
    ((10, "AGENCY", "SHELF"), Shelved("B2"), "result_not_here"),
    ((9, "AGENCY", "POSTED"), Shelved("B2"), "result_not_here"),
    ((10, "AGENCY", "SHELF"), Posted(ITEM, Receiver("", "", "")), "result_not_here"),
    ((9, "AGENCY", "NONE"), Posted(ITEM, Receiver("", "", "")), "result_not_here"),
    ((10, "AGENCY", "ELSEWHERE"), Posted(ITEM, Receiver("", "", "")), "result_already_out"),
    ((9, "AGENCY", "SHELF"), PostSaid(ITEM, PostWord.DELIVERED, MORNING), "not_posted"),
    ((10, "AGENCY", "POSTED"), PostSaid(ITEM, PostWord.DELIVERED, MORNING), "not_posted"),
    ((9, "AGENCY", "POSTED"), PostSaid("EA1", PostWord.DELIVERED, MORNING), "not_posted"),
    ((10, "AGENCY", "SHELF"), replace(RETURNED, originals=()), "result_not_here"),
    ((10, "AGENCY", "DELIVERED"), replace(RETURNED, originals=()), "result_already_out"),
    ((9, "AGENCY", "RECALLED"), replace(RETURNED, originals=()), "result_not_here"),
    ((9, "AGENCY", "RETURNED"), Recalled("e4", ""), "not_returned"),
    ((10, "AGENCY", "SHELF"), Recalled("e4", ""), "not_returned"),
    ((10, "AGENCY", "RETURNED"), Recalled("e5", ""), "not_returned"),
    ((4, "AGENCY", "NONE"), PapersReturned("Mẫu"), "papers_not_now"),
    ((9, "AGENCY", "RETURNED"), StageBegun((), None), "stage_not_now"),
    ((10, "AGENCY", "SHELF"), StageBegun((), None), "stage_not_now"),
])
def test_why_an_act_is_refused(place: tuple[int, str, str], facts: Facts, code: str) -> None:
    assert refusal_of(standing(*place), facts) == code


@pytest.mark.parametrize("money", list(MoneyState))
def test_money_is_taken_where_it_is_due_and_nowhere_else(money: MoneyState) -> None:
    is_due = money is MoneyState.DUE
    life = replace(standing(9, "AGENCY", "SHELF"), money=money)
    assert refusal_of(life, FeeTaken(MONEY)) == ("" if is_due else "money_not_due")
    assert refusal_of(life, replace(RETURNED, originals=(), money=MONEY)) == ("" if is_due else "money_not_due")
    assert refusal_of(life, replace(RETURNED, originals=())) == ("money_due" if is_due else "")


GIVE: tuple[tuple[tuple[int, str, str], Facts], ...] = (
    ((2, "COUNTER", "NONE"), HandedOver("m2", ("1#1",))),
    ((9, "AGENCY", "SHELF"), Posted(ITEM, Receiver("", "", ""), ("1#1",))),
    ((9, "AGENCY", "SHELF"), RETURNED),
    ((2, "COUNTER", "NONE"), Withdrawn("đổi ý", "Mẫu", ("1#1",))),
    ((7, "COUNTER", "NONE"), PapersReturned("Mẫu", ("1#1",))),
)


@pytest.mark.parametrize(("place", "facts"), GIVE, ids=lambda each: type(each).__name__)
def test_only_an_original_that_is_here_can_be_given_away(place: tuple[int, str, str], facts: Facts) -> None:
    life = standing(*place)
    for holder in Holder:
        moved = replace(life, originals=(replace(life.originals[0], holder=holder),))
        assert refusal_of(moved, facts) == ("" if holder is Holder.COUNTER else "original_elsewhere")
    assert refusal_of(replace(life, originals=()), facts) == "original_unknown"


@pytest.mark.parametrize("facts", [
    ResultIn(ResultPaper("x"), "A1", originals=("9#1",)), OriginalMoved("9#1", Holder.AGENCY, "kiểm"),
])
def test_an_original_that_the_dossier_never_had_is_unknown(facts: Facts) -> None:
    assert refusal_of(standing(4, "AGENCY", "NONE"), facts) == "original_unknown"


def test_small_rules_of_single_acts() -> None:
    running, asked = standing(4, "AGENCY", "NONE"), standing(5, "AGENCY", "NONE")
    assert refusal_of(running, SupplementAsked(1, (), "thiếu")) == "supplement_empty"
    assert refusal_of(asked, SupplementReceived(2, (), None)) == "no_supplement_open"
    again = replace(standing(10, "AGENCY", "RETURNED"), stage=2)
    assert refusal_of(again, StageBegun((), None)) == "stage_already_begun"


def test_a_line_is_answered_once_and_only_on_its_last_trip() -> None:
    trip = Handover("m1", MORNING)
    said = replace(trip, verdict=LineVerdict.MISSING)
    life = replace(standing(2, "ON_THE_WAY", "NONE"), handovers=(trip, Handover("m2", MORNING)))
    accepted = Acknowledged("m1", LineVerdict.ACCEPTED)
    assert refusal_of(life, accepted) == "not_on_manifest"
    assert refusal_of(life, replace(accepted, manifest="m2")) == ""
    assert refusal_of(life, replace(accepted, manifest="m3")) == "not_on_manifest"
    answered = replace(life, handovers=(said,))
    assert refusal_of(answered, accepted) == "line_already_acknowledged"
    assert refusal_of(answered, Acknowledged("m1", LineVerdict.MISSING)) == ""
    assert refusal_of(replace(life, handovers=()), HandoverUndone("m1")) == "not_on_manifest"


@pytest.mark.parametrize(("delivery", "known", "word", "hours", "is_fine"), [
    ("DELIVERED", PostWord.DELIVERED, PostWord.DELIVERED, 5, True),        # the same end again
    ("UNDELIVERED", PostWord.UNDELIVERED, PostWord.UNDELIVERED, 5, True),
    ("DELIVERED", PostWord.DELIVERED, PostWord.IN_TRANSIT, 0, True),       # from before the end
    ("DELIVERED", PostWord.DELIVERED, PostWord.ACCEPTED, 2, True),         # of the same moment
    ("DELIVERED", PostWord.DELIVERED, PostWord.IN_TRANSIT, 5, False),      # on its way after it was delivered
    ("DELIVERED", PostWord.DELIVERED, PostWord.UNDELIVERED, 0, False),     # another end
    ("SHELF", PostWord.UNDELIVERED, PostWord.UNDELIVERED, 5, False),       # not posted any more
])
def test_old_news_of_the_post_is_no_dispute(
    delivery: str, known: PostWord, word: PostWord, hours: int, is_fine: bool
) -> None:
    life = replace(standing(9, "AGENCY", delivery), post=PostSaid(ITEM, known, MORNING.replace(hour=2)))
    assert refusal_of(life, OriginalMoved("1#1", Holder.AGENCY, "kiểm")) == "", "no word of the post"
    said = PostSaid(ITEM, word, MORNING.replace(hour=hours))
    assert (refusal_of(life, said) == "") is is_fine
    assert refusal_of(life, replace(said, item_code="EA1")) == "not_posted"
