"""The gateway reads lives by itself; whatever counters fold, it must fold to the same state."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.body import to_body
from app.domain.dossier import State
from app.domain.intake import PaperGiven, PaperStatus
from app.domain.life import facts as said
from app.domain.life.event import Event
from app.domain.life.facts import Facts, LineVerdict, NewDue, PostWord, kind_of
from app.domain.life.fold import fold
from app.domain.life.life import Life, start_of
from app.domain.life.states import Custody, Delivery, Holder, MoneyState, Source
from sync.gateway.bridge import events as light
from sync.gateway.bridge import life as light_life
from sync.gateway.bridge import states as light_states

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NAMES = ("1#1", "2#1", "2#2")
MANIFESTS = ("m1", "m2")

originals = st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple)
dues = st.none() | st.integers(1, 20).map(lambda days: NewDue(MORNING + timedelta(days=days)))
papers = st.lists(st.builds(
    PaperGiven, requirement=st.sampled_from("12"), name=st.just("Giấy mẫu"),
    status=st.sampled_from(PaperStatus), is_required=st.booleans(), originals=st.integers(0, 2),
    keeps_original=st.booleans(),
), max_size=2).map(tuple)
money = st.none() | st.just(said.MoneyTaken(50_000, "cash"))
collector = said.Collector(said.CollectorRole.OWNER, "Nguyễn Thị Mẫu", "049190004217")
receiver = said.Receiver("Nguyễn Thị Mẫu", "0905000123", "1 đường Thử")
manifests = st.sampled_from(MANIFESTS)
codes = st.sampled_from(("EA1", "EA2"))

# Those without which a life does not get on come up more often.
acts: st.SearchStrategy[Facts] = st.one_of(
    st.builds(said.HandedOver, manifests, originals),
    st.builds(said.Acknowledged, manifests, st.sampled_from(LineVerdict)),
    st.builds(said.Acknowledged, manifests, st.just(LineVerdict.ACCEPTED)),
    st.builds(said.AgencySaid, st.sampled_from(State), due=dues),
    st.builds(said.ResultIn, st.just(said.ResultPaper("giấy phép")), st.just("A1"), originals=originals),
    st.builds(said.Returned, st.just(collector), originals, money=money),
    st.builds(said.SupplementAsked, st.integers(1, 3),
              st.lists(st.just(said.Gap("Bản đồ")), max_size=1).map(tuple), st.just("thiếu")),
    st.builds(said.SupplementReceived, st.integers(1, 3), papers, dues),
    st.builds(said.PaymentDone, st.just("UNC 1"), dues),
    st.builds(said.Withdrawn, st.just("rút"), st.just("Mẫu"), originals, st.booleans()),
    st.builds(said.Extended, st.builds(NewDue, st.just(MORNING + timedelta(days=30))), st.just("chậm"),
              st.just(said.AgencyPaper())),
    st.builds(said.HandoverUndone, manifests),
    st.builds(said.Found, st.sampled_from(Custody)),
    st.builds(said.Shelved, st.just("B2")),
    st.builds(said.Posted, codes, st.just(receiver), originals),
    st.builds(said.PostSaid, codes, st.sampled_from(PostWord),
              st.integers(0, 9).map(lambda days: MORNING + timedelta(days=days))),
    st.builds(said.Recalled, st.sampled_from([f"e{n:02}" for n in range(12)]), st.just("nhầm")),
    st.builds(said.PapersReturned, st.just("Mẫu"), originals),
    st.builds(said.OriginalMoved, st.sampled_from((*NAMES, "9#1")), st.sampled_from(Holder), st.just("x")),
    st.builds(said.FeeTaken, st.just(said.MoneyTaken(1, "cash"))),
    st.builds(said.StageBegun, papers, dues),
    st.builds(said.Settled, st.just(()), st.just("x"), business=st.none() | st.sampled_from(State),
              custody=st.none() | st.sampled_from(Custody), delivery=st.none() | st.sampled_from(Delivery)),
)


def dossier(timing: str, amount: int) -> dict[str, Any]:
    given = [{"requirement": "1", "name": "Sổ", "status": "present", "originals": 1, "keeps_original": True},
             {"requirement": "2", "name": "Bản vẽ", "status": "present", "originals": 2, "keeps_original": True}]
    return {"received_at": MORNING.isoformat(), "due": {"at": (MORNING + timedelta(days=10)).isoformat()},
            "intake": {"papers": given, "fee_timing": timing, "return_method": "counter",
                       "fees": [{"name": "Lệ phí", "kind": "charge", "amount": amount}]}}


def figures(life: Life) -> dict[str, Any]:
    return {
        "business": int(life.business), "custody": int(life.custody), "delivery": int(life.delivery),
        "money": int(life.money), "due": life.due_at, "requests": life.requests, "stage": life.stage,
        "originals": {one.id: int(one.holder) for one in life.originals}, "ended": life.ended_at,
        "out": life.out, "item": life.item_code, "paused": life.paused_since is not None,
    }


def light_figures(life: light_life.Life) -> dict[str, Any]:
    return {
        "business": int(life.business), "custody": int(life.custody), "delivery": int(life.delivery),
        "money": int(life.money), "due": life.due_at, "requests": life.requests, "stage": life.stage,
        "originals": {name: int(holder) for name, holder in life.originals.items()}, "ended": life.ended_at,
        "out": life.out, "item": life.item_code, "paused": life.paused,
    }


def both(start: dict[str, Any], facts: list[Facts], bases: list[int]) -> tuple[Life, light_life.Life]:
    ours, theirs = [], []
    for n, (each, back) in enumerate(zip(facts, bases, strict=True)):
        name, base = f"e{n:02}", f"e{n - back:02}" if n >= back else ""
        at = MORNING + timedelta(hours=n + 1)
        ours.append(Event(name, base, at, each, Source.COUNTER, "nv1", "Trần Thị Thử", "quay-1"))
        body = json.loads(json.dumps(to_body(each)))           # as it stands in the journal
        theirs.append(light.Event(name, base, at, str(kind_of(each)), body, "Trần Thị Thử"))
    return fold(start_of(start), ours), light_life.fold(light_life.begin(start, "", ""), reversed(theirs))


@settings(max_examples=120, deadline=None)
@given(
    facts=st.lists(acts, max_size=12), timing=st.sampled_from(("before", "after", "exempt")),
    amount=st.sampled_from((0, 30_000)), data=st.data(),
)
def test_any_life_folds_to_what_the_counters_fold_it_to(
    facts: list[Facts], timing: str, amount: int, data: st.DataObject,
) -> None:
    bases = data.draw(st.lists(st.sampled_from((1, 1, 1, 2, 3)), min_size=len(facts), max_size=len(facts)))
    counter, here = both(dossier(timing, amount), facts, bases)
    assert light_figures(here) == figures(counter)


BROUGHT = (PaperGiven("3", "Bản đồ", PaperStatus.PRESENT, True, copies=1),)
GOOD: list[Facts] = [
    said.HandedOver("m1", ("1#1",)), said.Acknowledged("m1", LineVerdict.ACCEPTED),
    said.AgencySaid(State.SUPPLEMENT_ASKED, "thiếu"), said.SupplementReceived(1, BROUGHT, NewDue(MORNING)),
    said.HandedOver("m2"), said.Acknowledged("m2", LineVerdict.ACCEPTED),
    said.ResultIn(said.ResultPaper("giấy phép"), "A1", originals=("1#1",)),
    said.Posted("EA1", receiver, ("1#1",)),
    said.PostSaid("EA1", PostWord.UNDELIVERED, MORNING), said.Shelved("A2"),
    said.Returned(collector), said.Recalled("e10", "nhầm người"), said.Shelved("A1"),
]


@settings(max_examples=50, deadline=None)
@given(cut=st.integers(0, len(GOOD)), more=st.lists(acts, max_size=3))
def test_a_life_that_went_its_way_and_then_something_odd_folds_alike(cut: int, more: list[Facts]) -> None:
    facts = [*GOOD[:cut], *more, *GOOD[cut:]]
    counter, here = both(dossier("before", 30_000), facts, [1] * len(facts))
    assert light_figures(here) == figures(counter)


def test_the_good_life_reaches_every_station() -> None:
    """Else the comparison above compares beginnings only."""
    _, here = both(dossier("before", 30_000), GOOD, [1] * len(GOOD))
    assert [int(step.state) for step in here.story] == [2, 4, 5, 4, 9, 10, 9]
    assert here.set_aside == [] and int(here.delivery) == int(Delivery.SHELF)


def test_an_event_of_another_shape_moves_nothing_and_stops_none() -> None:
    start = light_life.begin(dossier("before", 0), "", "")
    odd = [light.Event(f"e{n}", "", MORNING, kind, facts) for n, (kind, facts) in enumerate([
        ("agency.said", {"state": "x"}), ("agency.said", {}), ("dossier.found", {"where": 2}),
        ("original.moved", {"original": "1#1", "holder": 77}), ("due.extended", {"due": {"at": "gestern"}}),
        ("conflict.settled", {"business": 99, "custody": 1}), ("supplement.asked", {"gaps": "x", "request": 1}),
    ])]
    good = light.Event("e9", "", MORNING, "agency.said", {"state": 4})
    life = light_life.fold(start, [*odd, good])
    assert int(life.business) == 4 and int(life.custody) == 0
    assert len(life.set_aside) == len(odd)


@pytest.mark.parametrize(("theirs", "ours"), [
    (State, light_states.State), (Custody, light_states.Custody), (Delivery, light_states.Delivery),
    (Holder, light_states.Holder), (MoneyState, light_states.Money),
])
def test_states_have_the_same_names_and_numbers(theirs: type[IntEnum], ours: type[IntEnum]) -> None:
    assert {each.name: int(each) for each in theirs} == {each.name: int(each) for each in ours}
