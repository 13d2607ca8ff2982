"""What each act changes in a life, to the last value, and that it changes nothing else.

Moments are told by the hour after reception, which is the number of the event: e3 happened at 3. Read a row as:
after these acts, this one leaves these values different.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest

from app.domain.dossier import State
from app.domain.intake import PaperGiven, PaperStatus
from app.domain.life.facts import (
    Acknowledged,
    AgencyPaper,
    AgencySaid,
    Extended,
    Facts,
    FeeTaken,
    Found,
    HandoverUndone,
    LineVerdict,
    MoneyTaken,
    OriginalMoved,
    PapersReturned,
    PaymentDone,
    Posted,
    PostSaid,
    PostWord,
    Recalled,
    Receiver,
    Settled,
    Shelved,
    StageBegun,
    SupplementReceived,
    Withdrawn,
)
from app.domain.life.facts import NewDue as Due
from app.domain.life.fold import fold, step
from app.domain.life.life import Life, Start
from app.domain.life.states import Custody, Delivery, Holder, MoneyState
from tests.app.domain.life.lives import ACCEPTED, ASKED, DUE, HANDED, MORNING, RESULT, RETURNED, START, chain

ITEM = "EA123456785VN"
PAPER = AgencyPaper("extension", "7/XL", None, "Ông Mẫu", "Sở Mẫu")
MAP = PaperGiven("9", "Bản đồ", PaperStatus.PRESENT, True, originals=2, keeps_original=True)
DEED = PaperGiven("1", "Sổ gốc mẫu", PaperStatus.PRESENT, True, originals=1, keeps_original=True)
LATER = Due(DUE.replace(day=20))
HANDED_2 = replace(HANDED, manifest="m2")
MAP_HANDED = replace(HANDED_2, originals=("9#1", "9#2"))
MISSING = Acknowledged("m1", LineVerdict.MISSING, "không thấy")
REFUSED = Acknowledged("m1", LineVerdict.REFUSED, "sai nơi")
POSTED = Posted(ITEM, Receiver("Mẫu", "0905", "1"), ("1#1",))
BACK = PostSaid(ITEM, PostWord.UNDELIVERED, MORNING)
ON_ITS_WAY = PostSaid(ITEM, PostWord.IN_TRANSIT, MORNING)
OLDER = MORNING - timedelta(hours=1)
OWED = replace(START, money=MoneyState.DUE)


def told(life: Life) -> dict[str, str]:
    """Every value of a life in few signs; what `chain` makes each event say (who, whose word) is left out."""
    return {
        "business": life.business.name, "money": life.money.name, "custody": life.custody.name,
        "delivery": life.delivery.name, "due": _day(life.due_at), "first_due": _day(life.original_due_at),
        "originals": ", ".join(f"{one.id} {one.holder.name} {one.event}" for one in life.originals),
        "parcel": life.parcel.name, "stage": str(life.stage), "requests": str(life.requests),
        "changes": ", ".join(
            f"{_day(each.before)} {_day(each.after)} {each.reason} {each.event}{_number(each.paper)}"
            for each in life.due_changes
        ),
        "pauses": ", ".join(
            f"{each.cause} {_hour(each.since)}-{_hour(each.until)} {each.resumes.name}" for each in life.pauses
        ),
        "gaps": ", ".join(gap.name for gap in life.gaps),
        "trips": ", ".join(
            f"{trip.manifest} {_hour(trip.at)} {trip.verdict or '?'} {trip.reason} {_hour(trip.acknowledged_at)} "
            f"{trip.event}".strip() for trip in life.handovers
        ),
        "sent_back": life.sent_back, "result": life.result.number if life.result else "", "shelf": life.shelf,
        "item": life.item_code, "post": f"{life.post.word} {_hour(life.post.as_of)}" if life.post else "",
        "out": life.out, "ended": _hour(life.ended_at),
        "conflicts": ", ".join(f"{each.event} {each.code} {each.against}" for each in life.conflicts),
    }


def _day(moment: datetime | None) -> str:
    return f"{moment:%d/%m}" if moment else "–"


def _hour(moment: datetime | None) -> str:
    return str(int((moment - MORNING) / timedelta(hours=1))) if moment else ""


def _number(paper: AgencyPaper | None) -> str:
    return f" {paper.number}" if paper else ""


def changes(before: Life, after: Life) -> dict[str, str]:
    then = told(before)
    return {name: said for name, said in told(after).items() if said != then[name]}


Row = tuple[tuple[Facts, ...], Facts, dict[str, str]]
ROWS: dict[str, Row] = {
    "asked at the counter": ((), ASKED, {
        "business": "SUPPLEMENT_ASKED", "requests": "1", "pauses": "supplement 1- RECEIVED", "gaps": "Bản đồ mẫu",
    }),
    "asked while the agency has it": ((HANDED, ACCEPTED), replace(ASKED, request=3), {
        "business": "SUPPLEMENT_ASKED", "requests": "3", "pauses": "supplement 3- IN_PROCESS",
        "gaps": "Bản đồ mẫu",
    }),
    "the agency asks for money while papers are awaited": ((ASKED,), AgencySaid(State.PAYMENT_ASKED), {
        "business": "PAYMENT_ASKED", "pauses": "supplement 1-2 RECEIVED, payment 2- RECEIVED",
    }),
    "the agency asks for papers": ((HANDED, ACCEPTED), AgencySaid(State.SUPPLEMENT_ASKED), {
        "business": "SUPPLEMENT_ASKED", "requests": "1", "pauses": "supplement 3- IN_PROCESS",
    }),
    "brought to the counter": ((ASKED,), SupplementReceived(1, (MAP, DEED), LATER), {
        "business": "RECEIVED", "due": "20/12",
        "originals": "1#1 COUNTER , 9#1 COUNTER e2, 9#2 COUNTER e2, 1#2 COUNTER e2",
        "changes": "03/12 20/12 supplement e2", "pauses": "supplement 1-2 RECEIVED", "gaps": "",
    }),
    "brought while the agency has the rest": ((HANDED, ACCEPTED, ASKED), SupplementReceived(1, (MAP,), None), {
        "business": "IN_PROCESS", "custody": "COUNTER",
        "originals": "1#1 AGENCY e2, 9#1 COUNTER e4, 9#2 COUNTER e4", "parcel": "SUPPLEMENT",
        "pauses": "supplement 3-4 IN_PROCESS", "gaps": "",
    }),
    "nothing brought but the answer": ((HANDED, ACCEPTED, ASKED), SupplementReceived(1, (), None), {
        "business": "IN_PROCESS", "pauses": "supplement 3-4 IN_PROCESS", "gaps": "",
    }),
    "the supplement is accepted, too": (
        (HANDED, ACCEPTED, ASKED, SupplementReceived(1, (MAP,), None), MAP_HANDED),
        Acknowledged("m2", LineVerdict.ACCEPTED), {
        "custody": "AGENCY", "originals": "1#1 AGENCY e2, 9#1 AGENCY e6, 9#2 AGENCY e6", "parcel": "WHOLE",
        "trips": "m1 1 accepted  2 e2, m2 5 accepted  6 e6",
    }),
    "paid": ((HANDED, ACCEPTED, AgencySaid(State.PAYMENT_ASKED)), PaymentDone("GNT", LATER), {
        "business": "IN_PROCESS", "due": "20/12", "changes": "03/12 20/12 payment e4",
        "pauses": "payment 3-4 IN_PROCESS",
    }),
    "withdrawn with everything": ((ASKED,), Withdrawn("đổi ý", "Mẫu", ("1#1",), True), {
        "business": "WITHDRAWN", "custody": "CITIZEN", "originals": "1#1 CITIZEN e2",
        "pauses": "supplement 1-2 RECEIVED", "gaps": "", "ended": "2",
    }),
    "withdrawn while the agency has it": ((HANDED, ACCEPTED), Withdrawn("đổi ý", "Mẫu", (), True), {
        "business": "WITHDRAWN", "ended": "3",
    }),
    "withdrawn, papers stay": ((), Withdrawn("đổi ý", "Mẫu"), {
        "business": "WITHDRAWN", "ended": "1",
    }),
    "stopped": ((HANDED, ACCEPTED, ASKED), AgencySaid(State.STOPPED, "dừng"), {
        "business": "STOPPED", "pauses": "supplement 3-4 IN_PROCESS", "gaps": "", "ended": "4",
    }),
    "taken up again": ((AgencySaid(State.STOPPED),), AgencySaid(State.IN_PROCESS, "xét lại", PAPER, LATER), {
        "business": "IN_PROCESS", "due": "20/12", "changes": "03/12 20/12 xét lại e2 7/XL", "ended": "",
    }),
    "taken up again, no word why": ((AgencySaid(State.STOPPED),), AgencySaid(State.IN_PROCESS, "", None, LATER), {
        "business": "IN_PROCESS", "due": "20/12", "changes": "03/12 20/12 agency e2", "ended": "",
    }),
    "the agency goes on": ((HANDED, ACCEPTED, ASKED), AgencySaid(State.IN_PROCESS, "đủ rồi", PAPER, LATER), {
        "business": "IN_PROCESS", "due": "20/12", "changes": "03/12 20/12 đủ rồi e4",
        "pauses": "supplement 3-4 IN_PROCESS", "gaps": "",
    }),
    "the agency goes on, no word why": (
        (HANDED, ACCEPTED, ASKED),
        AgencySaid(State.IN_PROCESS, "", None, LATER), {
        "business": "IN_PROCESS", "due": "20/12", "changes": "03/12 20/12 agency e4",
        "pauses": "supplement 3-4 IN_PROCESS", "gaps": "",
    }),
    "the agency goes on, no new date": ((ASKED,), AgencySaid(State.IN_PROCESS), {
        "business": "IN_PROCESS", "pauses": "supplement 1-2 RECEIVED", "gaps": "",
    }),
    "late news": ((HANDED, ACCEPTED), AgencySaid(State.RECEIVED), {}),
    "returned by another system": ((HANDED, ACCEPTED, ASKED), AgencySaid(State.RETURNED), {
        "business": "RETURNED", "delivery": "ELSEWHERE", "pauses": "supplement 3-4 IN_PROCESS", "gaps": "",
        "out": "e4", "ended": "4",
    }),
    "settled, no result yet": ((ASKED,), AgencySaid(State.DONE), {
        "business": "DONE", "pauses": "supplement 1-2 RECEIVED", "gaps": "", "ended": "2",
    }),
    "extended": ((), Extended(LATER, "chờ", PAPER), {
        "due": "20/12", "changes": "03/12 20/12 chờ e1 7/XL",
    }),
    "handed over again": ((HANDED, REFUSED), HANDED_2, {
        "custody": "ON_THE_WAY", "originals": "1#1 ON_THE_WAY e3", "trips": "m1 1 refused sai nơi 2 e2, m2 3 ?",
        "sent_back": "",
    }),
    "undone": ((HANDED, REFUSED, HANDED_2), HandoverUndone("m2"), {
        "custody": "COUNTER", "originals": "1#1 COUNTER e4", "trips": "m1 1 refused sai nơi 2 e2",
    }),
    "accepted": ((HANDED, REFUSED, HANDED_2), Acknowledged("m2", LineVerdict.ACCEPTED), {
        "business": "IN_PROCESS", "custody": "AGENCY", "originals": "1#1 AGENCY e4",
        "trips": "m1 1 refused sai nơi 2 e2, m2 3 accepted  4 e4",
    }),
    "in the bag, not on the list": ((), Acknowledged("m7", LineVerdict.EXTRA), {
        "business": "IN_PROCESS", "custody": "AGENCY", "trips": "m7 1 extra  1 e1",
    }),
    "sent back and then in the bag of another list": ((HANDED, REFUSED), Acknowledged("m7", LineVerdict.EXTRA), {
        "business": "IN_PROCESS", "custody": "AGENCY", "trips": "m1 1 refused sai nơi 2 e2, m7 3 extra  3 e3",
        "sent_back": "",
    }),
    "refused": ((HANDED,), REFUSED, {
        "custody": "COUNTER", "originals": "1#1 COUNTER e2", "trips": "m1 1 refused sai nơi 2 e2",
        "sent_back": "sai nơi",
    }),
    "refused without a word": ((HANDED,), Acknowledged("m1", LineVerdict.REFUSED), {
        "custody": "COUNTER", "originals": "1#1 COUNTER e2", "trips": "m1 1 refused  2 e2",
        "sent_back": "refused",
    }),
    "missing": ((HANDED,), MISSING, {
        "custody": "MISSING", "originals": "1#1 MISSING e2", "trips": "m1 1 missing không thấy 2 e2",
    }),
    "missing said twice": ((HANDED, MISSING), MISSING, {}),
    "found here": ((HANDED, MISSING), Found(Custody.COUNTER, "trong túi"), {
        "custody": "COUNTER", "originals": "1#1 COUNTER e3", "sent_back": "trong túi",
    }),
    "found there": ((HANDED, MISSING), Found(Custody.AGENCY, "trong túi"), {
        "business": "IN_PROCESS", "custody": "AGENCY", "originals": "1#1 AGENCY e3",
    }),
    "found there after it was sent back once": (
        (HANDED, REFUSED, HANDED_2, Acknowledged("m2", LineVerdict.MISSING)),
        Found(Custody.AGENCY), {
        "business": "IN_PROCESS", "custody": "AGENCY", "originals": "1#1 AGENCY e5",
    }),
    "result in while papers are awaited": ((HANDED, ACCEPTED, ASKED), RESULT, {
        "business": "DONE", "delivery": "SHELF", "originals": "1#1 COUNTER e4",
        "pauses": "supplement 3-4 IN_PROCESS", "gaps": "", "result": "12/GP", "shelf": "A1", "ended": "4",
    }),
    "result of a list nobody answered": ((HANDED, REFUSED, HANDED_2), RESULT, {
        "business": "DONE", "custody": "AGENCY", "delivery": "SHELF", "originals": "1#1 COUNTER e4",
        "result": "12/GP", "shelf": "A1", "ended": "4",
    }),
    "result of a missing dossier": ((HANDED, MISSING), RESULT, {
        "business": "DONE", "custody": "AGENCY", "delivery": "SHELF", "originals": "1#1 COUNTER e3",
        "result": "12/GP", "shelf": "A1", "ended": "3",
    }),
    "result of a dossier that was sent back": ((HANDED, REFUSED), replace(RESULT, originals=()), {
        "business": "DONE", "delivery": "SHELF", "sent_back": "", "result": "12/GP", "shelf": "A1", "ended": "3",
    }),
    "posted again": ((HANDED, ACCEPTED, RESULT, POSTED, BACK), POSTED, {
        "delivery": "POSTED", "originals": "1#1 POST e6", "post": "", "out": "e6",
    }),
    "delivered": ((HANDED, ACCEPTED, RESULT, POSTED), PostSaid(ITEM, PostWord.DELIVERED, MORNING), {
        "business": "RETURNED", "delivery": "DELIVERED", "originals": "1#1 CITIZEN e5", "post": "delivered 0",
        "out": "e5",
    }),
    "undelivered": ((HANDED, ACCEPTED, RESULT, POSTED), BACK, {
        "delivery": "UNDELIVERED", "originals": "1#1 COUNTER e5", "post": "undelivered 0", "out": "",
    }),
    "on its way": ((HANDED, ACCEPTED, RESULT, POSTED), ON_ITS_WAY, {
        "post": "in_transit 0",
    }),
    "an older word": (
        (HANDED, ACCEPTED, RESULT, POSTED, ON_ITS_WAY),
        PostSaid(ITEM, PostWord.ACCEPTED, OLDER), {}),
    "a word of the same moment": (
        (HANDED, ACCEPTED, RESULT, POSTED, ON_ITS_WAY),
        PostSaid(ITEM, PostWord.ACCEPTED, MORNING), {
        "post": "accepted 0",
    }),
    "delivered before the last word": (
        (HANDED, ACCEPTED, RESULT, POSTED, ON_ITS_WAY),
        PostSaid(ITEM, PostWord.DELIVERED, OLDER), {
        "business": "RETURNED", "delivery": "DELIVERED", "originals": "1#1 CITIZEN e6", "post": "delivered -1",
        "out": "e6",
    }),
    "undelivered said twice": ((HANDED, ACCEPTED, RESULT, POSTED, BACK), replace(BACK, as_of=OLDER), {}),
    "shelved again": ((HANDED, ACCEPTED, RESULT, POSTED, BACK), Shelved("B2"), {
        "delivery": "SHELF", "shelf": "B2", "item": "", "post": "",
    }),
    "given out": ((HANDED, ACCEPTED, RESULT), RETURNED, {
        "business": "RETURNED", "delivery": "RETURNED", "originals": "1#1 CITIZEN e4", "out": "e4",
    }),
    "recalled": ((HANDED, ACCEPTED, RESULT, RETURNED), Recalled("e4", "nhầm"), {
        "business": "DONE", "delivery": "RECALLED", "out": "",
    }),
    "papers given back": ((Withdrawn("đổi ý", "Mẫu"),), PapersReturned("Mẫu", ("1#1",)), {
        "custody": "CITIZEN", "originals": "1#1 CITIZEN e2",
    }),
    "an original moved": ((), OriginalMoved("1#1", Holder.MISSING, "kiểm"), {
        "originals": "1#1 MISSING e1",
    }),
    "an original moved to where it is": ((), OriginalMoved("1#1", Holder.COUNTER, "kiểm"), {}),
    "the second stage": ((HANDED, ACCEPTED, RESULT, RETURNED), StageBegun((MAP,), LATER), {
        "business": "IN_PROCESS", "custody": "COUNTER", "delivery": "NONE", "due": "20/12",
        "originals": "1#1 CITIZEN e4, 9#1 COUNTER e5, 9#2 COUNTER e5", "parcel": "SUPPLEMENT", "stage": "2",
        "changes": "03/12 20/12 second_stage e5", "result": "", "shelf": "", "out": "", "ended": "",
    }),
    "the second stage after the post, no date": (
        (HANDED, ACCEPTED, RESULT, POSTED, PostSaid(ITEM, PostWord.DELIVERED, MORNING)),
        StageBegun((), None), {
        "business": "IN_PROCESS", "custody": "COUNTER", "delivery": "NONE", "due": "–", "parcel": "SUPPLEMENT",
        "stage": "2", "changes": "03/12 – second_stage e6", "result": "", "shelf": "", "item": "", "post": "",
        "out": "", "ended": "",
    }),
    "settled by a person": (
        (HANDED, HANDED, HANDED),
        Settled(("e2",), "đã hỏi", State.IN_PROCESS, Custody.AGENCY, Delivery.ELSEWHERE), {
        "business": "IN_PROCESS", "custody": "AGENCY", "delivery": "ELSEWHERE",
        "conflicts": "e3 not_at_counter e1",
    }),
    "settled and left as it is": ((HANDED, HANDED), Settled(("e2",), "đã hỏi"), {
        "conflicts": "",
    }),
    "a second conflict": ((HANDED, HANDED), HANDED, {
        "conflicts": "e2 not_at_counter e1, e3 not_at_counter e1",
    }),
    "a result twice": ((HANDED, ACCEPTED, RESULT), RESULT, {
        "conflicts": "e4 result_already_in e3",
    }),
    "given out while it is with the post": ((HANDED, ACCEPTED, RESULT, POSTED), RETURNED, {
        "conflicts": "e5 result_not_here e4",
    }),
    "asked for papers while it is with the post": ((HANDED, ACCEPTED, RESULT, POSTED), ASKED, {
        "conflicts": "e5 supplement_not_now e3",
    }),
    "the agency speaks against a withdrawal": ((Withdrawn("đổi ý", "Mẫu"),), AgencySaid(State.DONE), {
        "conflicts": "e2 agency_word_against_ours e1",
    }),
    "accepted while papers are awaited": ((HANDED, ASKED), ACCEPTED, {
        "custody": "AGENCY", "originals": "1#1 AGENCY e3", "trips": "m1 1 accepted  3 e3",
    }),
    "undelivered said again later": (
        (HANDED, ACCEPTED, RESULT, POSTED, BACK),
        replace(BACK, as_of=MORNING + timedelta(hours=1)), {}),
    "asked again as if for the first time": ((ASKED, SupplementReceived(1, (), None)), ASKED, {
        "business": "SUPPLEMENT_ASKED", "requests": "2",
        "pauses": "supplement 1-2 RECEIVED, supplement 3- RECEIVED", "gaps": "Bản đồ mẫu",
    }),
    "late news with a date": (
        (HANDED, ACCEPTED, RESULT),
        AgencySaid(State.IN_PROCESS, "", None, replace(LATER, before=LATER.at)), {}),
    "a date from a promise that had moved": (
        (HANDED, ACCEPTED),
        Extended(replace(LATER, before=LATER.at), "chờ", PAPER), {
        "due": "20/12", "changes": "03/12 20/12 chờ e3 7/XL", "conflicts": "e3 due_moved_meanwhile ",
    }),
    "given out twice": ((HANDED, ACCEPTED, RESULT, RETURNED), RETURNED, {
        "conflicts": "e5 result_already_out e4",
    }),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_an_act_changes_exactly_these_values(row: Row) -> None:
    history, act, wanted = row
    *before, event = chain(*history, act)
    life = fold(START, before)
    after = step(life, event)
    assert changes(life, after) == wanted
    assert after.tail == event.id


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_a_state_is_dated_when_it_changes_and_names_the_event_that_changed_it(row: Row) -> None:
    history, act, _ = row
    *before, event = chain(*history, act)
    life = fold(START, before)
    after = step(life, event)
    for aspect in ("business", "custody", "delivery", "money"):
        has_changed = getattr(life, aspect) is not getattr(after, aspect)
        then, now = dict(life.last).get(aspect), dict(after.last).get(aspect)
        assert now == (event.id if has_changed else then)
        if aspect != "money":
            since = f"{aspect}_since"
            assert getattr(after, since) == (event.at if has_changed else getattr(life, since))
    for one in after.originals:
        held = life.original(one.id)
        has_moved = held is None or held.holder is not one.holder
        assert one.since == (event.at if has_moved else held and held.since)


@pytest.mark.parametrize(("history", "act", "wanted"), [
    ((), FeeTaken(MoneyTaken(5, "cash")), {"money": "TAKEN"}),
    ((HANDED, ACCEPTED, RESULT), replace(RETURNED, money=MoneyTaken(5, "cash")), {
        "business": "RETURNED", "money": "TAKEN", "delivery": "RETURNED", "originals": "1#1 CITIZEN e4",
        "out": "e4",
    }),
])
def test_money_that_was_owed_is_taken(history: tuple[Facts, ...], act: Facts, wanted: dict[str, str]) -> None:
    *before, event = chain(*history, act)
    life = fold(OWED, before)
    after = step(life, event)
    assert changes(life, after) == wanted
    assert dict(after.last)["money"] == event.id


def test_a_change_of_date_keeps_whose_word_it_was() -> None:
    (change,) = fold(START, chain(Extended(LATER, "chờ", PAPER))).due_changes
    assert (change.at, change.by_name, change.source, change.paper) == (
        MORNING + timedelta(hours=1), "Trần Thị Thử", "counter", PAPER
    )


def test_a_pause_never_ends_before_it_began() -> None:
    """The clock of the counter where the citizen came back is two hours behind."""
    asked, brought = chain(ASKED, SupplementReceived(1, (), None))
    (pause,) = fold(START, [asked, replace(brought, at=MORNING - timedelta(hours=1))]).pauses
    assert pause.since == pause.until == asked.at


def test_a_life_is_told_whole() -> None:
    """`told` names every value but the ones the second test looks at."""
    dated = {"business_since", "custody_since", "delivery_since", "last", "tail", "is_posted_back"}
    assert len(told(fold(START, ()))) == len(fields(Life)) - len(dated)
    assert isinstance(START, Start)
