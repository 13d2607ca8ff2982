"""The daily comparison counts what was pushed, day by day, agency by agency, counter by counter, and names it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sync.contract.codec import loads
from sync.contract.dossier_text import hash_of_all
from sync.contract.operation_text import digest
from sync.contract.reconcile import DayList, DaySum, ReconcileAnswer
from sync.gateway import mentions, schema
from sync.gateway.posts import post_status
from sync.gateway.times import stamp
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, Op, SaidNo, ask, sealed

DAY, NEXT = "2026-09-21", "2026-09-22"
POLICE, BUILDING = "H47.15", "000.00.07.H47"


def compared(counter: FakeCounter, first: str = DAY, last: str = NEXT) -> ReconcileAnswer:
    answer = ask(counter.line, "GET", "/v1/reconcile", headers=counter.headers, params={"from": first, "to": last})
    return loads(ReconcileAnswer, answer.content)


def listed(counter: FakeCounter, day: str = DAY, **more: Any) -> DayList:
    return loads(DayList, ask(counter.line, "GET", f"/v1/reconcile/{day}", headers=counter.headers,
                              params=more).content)


def dossier(*fees: tuple[str, int | None], timing: str = "before") -> dict[str, Any]:
    lines = [{"name": "Dòng thử", "kind": kind, "amount": amount} for kind, amount in fees]
    return {"intake": {"fees": lines, "fee_timing": timing}}


def receive(
    counter: FakeCounter, number: str, *fees: tuple[str, int | None], timing: str = "before", day: str = DAY,
) -> Op:
    return counter.write(number=number, type="dossier.received", business_date=day,
                         body={"dossier": dossier(*fees, timing=timing)})


def act(counter: FakeCounter, kind: str, day: str, body: dict[str, Any]) -> Op:
    return counter.write(type=kind, business_date=day, body=body)


def number(counter: FakeCounter, n: int, agency: str = POLICE) -> str:
    first = counter.first_number("cong-an" if agency == POLICE else "so-xay-dung")
    return counter.number(first + n, day=date(2026, 9, 21), agency=agency)


def test_a_day_is_summed_by_agency_and_counter(gateway: InProcess) -> None:
    one, two = gateway.counter("Quầy 1"), gateway.counter("Quầy 2")
    one.push([
        receive(one, number(one, 0), ("fee", 50_000), ("charge", 20_000)),
        receive(one, number(one, 1), ("fee", 7_000), timing="after"),
        receive(one, number(one, 2), ("fee", 90_000), timing="exempt"),
        receive(one, number(one, 3), ("fee", 1_000), ("fee", None)),
        receive(one, number(one, 0, BUILDING), ("charge", 300_000)),
    ])
    two.push([receive(two, number(two, 0)), receive(two, number(two, 1), day=NEXT)])
    answer = compared(one)
    assert answer.position == one.feed().position
    assert answer.have[two.device][1].seq == 2
    assert set(map(str, answer.days)) == {str(each) for each in (
        DaySum(DAY, "cong-an", one.device, "Quầy 1", received=4, fee=58_000, charge=20_000, before=71_000,
               unknown_amounts=1, exempt=1, statuses={"received": 4}),
        DaySum(DAY, "so-xay-dung", one.device, "Quầy 1", received=1, charge=300_000, before=300_000,
               statuses={"received": 1}),
        DaySum(DAY, "cong-an", two.device, "Quầy 2", received=1, statuses={"received": 1}),
        DaySum(NEXT, "cong-an", two.device, "Quầy 2", received=1, statuses={"received": 1}),
    )}
    assert compared(one, NEXT, NEXT).days == tuple(each for each in answer.days if each.day == NEXT)


def test_what_was_done_later_counts_on_its_own_day_and_changes_the_reception(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 1")
    code = number(counter, 0)
    money = {"facts": {"money": {"amount": 65_000, "means": "cash"}}}
    counter.push([
        receive(counter, code, ("fee", 50_000), timing="after"),
        act(counter, "dossier.corrected", NEXT,
            {"code": code, "dossier": dossier(("fee", 65_000), timing="after")}),
        act(counter, "result.returned", NEXT, {"lines": [{"code": code, **money}]}),
    ])
    with gateway.opened.database.writing() as connection:
        post_status(connection, code, "done", stamp(gateway.now))
    first, second = compared(counter).days
    assert (first.received, first.fee, first.before, first.corrected) == (1, 65_000, 0, 0)
    assert dict(first.statuses) == {"done": 1}
    assert (second.received, second.corrected, dict(second.taken)) == (0, 1, {"cash": 65_000})


def collection(code: str = "", means: str = "cash", **owed: int) -> dict[str, Any]:
    places = {"postage": ("postage", "")}
    lines = [{"stream": stream, "owner": owner, "kind": kind, "amount": amount} for kind, amount in owed.items()
             for stream, owner in (places.get(kind, ("state", "cong-an")),)]
    return {"collection": {"code": code, "taking": {"means": means, "lines": lines}, "receipts": []}}


def test_money_is_summed_by_day_owner_kind_and_means_with_and_without_a_dossier(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 1")
    code = number(counter, 0)
    back = {"code": code, "means": "cash", "lines": [
        {"stream": "state", "owner": "cong-an", "kind": "fee", "amount": 20_000}]}
    handed = {"stream": "state", "owner": "cong-an", "cash": 30_000, "transferred": 15_000, "movements": [
        ["owed:state:cong-an:fee", 30_000], ["owed:state:cong-an:charge", 15_000], ["safe", -45_000]]}
    counter.push([
        receive(counter, code), act(counter, "money.collected", DAY, collection(code, fee=50_000, charge=15_000)),
        act(counter, "money.collected", DAY, collection(means="transfer", fee=7_000, postage=25_000)),
        act(counter, "money.voided", NEXT, back), act(counter, "money.remitted", NEXT, handed),
        act(counter, "money.collected", NEXT, {"collection": {"taking": {"means": [], "lines": 5}}}),
    ])
    answer = compared(counter)
    assert answer.counts == ("money",)
    assert {(each.day, each.agency): dict(each.money) for each in answer.days} == {
        (DAY, "cong-an"): {"money.collected.state.charge.cash": 15_000, "money.collected.state.fee.cash": 50_000,
                           "money.collected.state.fee.transfer": 7_000},
        (DAY, ""): {"money.collected.postage.postage.transfer": 25_000},
        (NEXT, "cong-an"): {
            "money.back.state.fee.cash": 20_000, "money.remitted.state.all.cash": 30_000,
            "money.remitted.state.all.transfer": 15_000, "money.remitted.state.charge.all": 15_000,
            "money.remitted.state.fee.all": 30_000},
    }


def test_an_act_about_many_dossiers_counts_each_of_them_once(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 1")
    many = [number(counter, n) for n in range(40)]
    lines = [{"code": code, "facts": {"money": {"amount": 1_000, "means": "cash"}}} for code in many]
    counter.push([*(receive(counter, code) for code in many), act(counter, "fee.taken", NEXT, {"lines": lines})])
    assert dict(compared(counter, NEXT, NEXT).days[0].taken) == {"cash": 40_000}
    assert {each.operations for each in listed(counter).dossiers} == {2}


def test_a_dossier_is_named_with_the_hash_of_all_that_is_held_of_it(gateway: InProcess) -> None:
    counter, neighbour = gateway.counter("Quầy 1"), gateway.counter("Quầy 2")
    code = number(counter, 0)
    mine = [receive(counter, code, ("fee", 5_000)), receive(counter, number(counter, 1)),
            act(counter, "receipt.printed", DAY, {"code": code})]
    theirs = [act(neighbour, "result.returned", NEXT, {"lines": [{"code": code, "facts": {}}]})]
    counter.push(mine)
    neighbour.push(theirs)
    first, second = listed(neighbour).dossiers
    about = [mine[0], mine[2], theirs[0]]
    assert (first.number, first.device, first.operations, first.fee) == (code, counter.device, 3, 5_000)
    assert first.hash == hash_of_all(digest(each.payload.encode()) for each in about)
    assert (second.operations, second.verdict, second.status) == (1, "accepted", "received")


def test_a_long_day_comes_page_by_page_without_a_hole(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 1")
    codes = [number(counter, n) for n in range(7)]
    counter.push([receive(counter, code) for code in codes])
    found, after, more = [], 0, True
    while more:
        page = listed(counter, after=after, limit=3)
        found += [each.number for each in page.dossiers]
        after, more = page.dossiers[-1].position, page.more
    assert found == codes


def test_files_and_verdicts_that_are_open_are_counted_and_named(gateway: InProcess) -> None:
    counter, other = gateway.counter("Quầy 1"), gateway.counter("Quầy 2")
    mine, foreign = number(counter, 0), number(other, 0)
    paper = {"code": mine, "attachments": [{"sha256": "a" * 64, "size": 9}, {"sha256": "b" * 64, "size": 9}]}
    counter.push([receive(counter, mine), act(counter, "paper.digitised", DAY, paper), receive(counter, foreign)])
    (day,) = compared(counter, DAY, DAY).days
    assert (day.received, day.incomplete, day.unsettled) == (2, 1, 1)
    assert [(each.number, each.files_missing, each.verdict) for each in listed(counter).dossiers] == [
        (mine, 2, "accepted"), (foreign, 0, "needs_fix")]


def test_what_could_not_be_read_is_in_no_sum(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 1")
    op = receive(counter, number(counter, 0))
    counter.push([sealed(op, 1, 1)])
    answer = compared(counter)
    assert answer.days == () and answer.have[counter.device][1].seq == 1


def test_an_office_sees_its_own_days_alone(gateway: InProcess) -> None:
    gateway.add_office(id="bc-khac", counters=["Quầy 1"])
    here, there = gateway.counter("Quầy 1"), gateway.counter("Quầy 1", "bc-khac")
    here.push([receive(here, number(here, 0))])
    assert compared(there).days == () and listed(there).dossiers == ()


@pytest.mark.parametrize(("first", "last"), [("2026-09-22", "2026-09-21"), ("2026-08-01", "2026-09-01"),
                                             ("hôm nay", "2026-09-01")])
def test_days_are_a_month_at_most(gateway: InProcess, first: str, last: str) -> None:
    with pytest.raises(SaidNo) as no:
        compared(gateway.counter("Quầy 1"), first, last)
    assert no.value.code == "malformed"


def test_dossiers_taken_before_this_step_are_compared_too(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 1")
    code = number(counter, 0)
    counter.push([receive(counter, code, ("fee", 5_000)), act(counter, "receipt.printed", DAY, {"code": code})])
    before = (compared(counter).days, listed(counter).dossiers)
    with gateway.opened.database.writing() as connection:
        mentions.metadata.drop_all(connection)     # as a gateway of before left it
        schema._mentions(connection)
    assert (compared(counter).days, listed(counter).dossiers) == before
