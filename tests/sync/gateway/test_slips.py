"""A slip is bound once, only where it is held, and its office hears of it at the next position."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

import pytest

from app.domain.body import to_body
from app.domain.till.accounts import Means, Stream
from app.domain.till.collection import Collection, GivenReceipt, MoneyLine, Taking
from sync.contract.codec import MalformedMessage
from sync.contract.slip_text import ElectronicReceipt, dossier_of, slips_given
from sync.gateway import schema, slips
from sync.gateway.problem import ProblemRaised
from sync.gateway.slips import bind_receipt
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, outcomes

SLIP = "PT-260921-7K3H-001-P"
RECEIPT = ElectronicReceipt("01BLP0-001", "28AA-26E", "0000123", "K7TQ")
AT = "2026-09-22T01:00:00.000Z"


def collection(*names: str, code: str = "", kind: str = "fee") -> dict[str, Any]:
    """As the office writes it."""
    stream = Stream.STATE if kind in ("fee", "charge") else Stream.POSTAGE
    lines = (MoneyLine(stream, "cong-an", "Công an tỉnh Mẫu", kind, "Phí thử", 10_000),)
    given = tuple(GivenReceipt(stream, "cong-an", "Công an tỉnh Mẫu", kind, 10_000, slip=name) for name in names)
    return {"collection": to_body(Collection(Taking(Means.CASH, lines, "Lê Thử"), given, "", code))}


def collect(counter: FakeCounter, *names: str, code: str = "", kind: str = "fee") -> str:
    """Its op_id."""
    op = counter.write(type="money.collected", body=collection(*names, code=code, kind=kind))
    counter.push([op])
    return str(json.loads(op.payload)["op_id"])


def bind(gateway: InProcess, slip: str, receipt: ElectronicReceipt = RECEIPT, collection: str = "") -> int:
    with gateway.opened.database.writing() as connection:
        return bind_receipt(connection, slip, receipt, AT, collection)


def said(counter: FakeCounter) -> list[Any]:
    return [(entry.position, entry.actor, entry.body) for entry in counter.whole_feed() if entry.kind == "receipt"]


def test_a_slip_is_bound_once_however_often_it_is_said(gateway: InProcess) -> None:
    counter, neighbour = gateway.counter(), gateway.counter()
    code = "H47.15-260921-0001"
    op_id = collect(counter, SLIP, code=code)
    positions = {bind(gateway, SLIP), bind(gateway, SLIP.lower()), bind(gateway, f" {SLIP} ")}
    assert len(positions) == 1
    ((position, actor, body),) = said(counter)
    assert {position} == positions and actor == "province" and said(neighbour) == said(counter)
    assert body == {"slip": SLIP, "collection": op_id, "number": code, "form": "01BLP0-001",
                    "symbol": "28AA-26E", "receipt": "0000123", "lookup": "K7TQ"}


def test_only_what_is_held_is_bound_and_no_receipt_to_two(gateway: InProcess) -> None:
    counter = gateway.counter()
    collect(counter, SLIP, "PT-260921-7K3H-002-X")
    collect(counter, "PT-260921-7K3H-003-Y", kind="postage")
    bind(gateway, SLIP)
    for slip, receipt, problem, values in (
        ("PT-260921-7K3H-009-Z", RECEIPT, "unknown_slip", {"slip": "PT-260921-7K3H-009-Z"}),
        ("PT-260921-7K3H-003-Y", RECEIPT, "unknown_slip", {"slip": "PT-260921-7K3H-003-Y"}),
        (SLIP, replace(RECEIPT, number="0000124"), "slip_bound", {"symbol": "28AA-26E", "number": "0000123"}),
        ("PT-260921-7K3H-002-X", RECEIPT, "receipt_bound", {"slip": SLIP}),
    ):
        with pytest.raises(ProblemRaised, match=problem) as raised:
            bind(gateway, slip, receipt)
        assert raised.value.problem.values == values
    assert len(said(counter)) == 1
    bind(gateway, "PT-260921-7K3H-002-X", replace(RECEIPT, number="0000124"))
    assert len(said(counter)) == 2


def test_one_slip_number_of_two_collections_asks_which(gateway: InProcess) -> None:
    gateway.add_office(id="bc-khac")
    ours, theirs = gateway.counter("Quầy 1"), gateway.counter("Quầy 1", "bc-khac")
    first, second = collect(ours, SLIP), collect(theirs, SLIP)
    with pytest.raises(ProblemRaised, match="slip_ambiguous") as raised:
        bind(gateway, SLIP)
    assert set(raised.value.problem.values["collections"]) == {first, second}
    bind(gateway, SLIP, collection=second)
    assert said(ours) == [] and len(said(theirs)) == 1
    bind(gateway, SLIP, replace(RECEIPT, number="0000124"), collection=first)
    assert len(said(ours)) == 1


def test_slips_taken_before_this_step_are_held_too(gateway: InProcess) -> None:
    counter = gateway.counter()
    collect(counter, SLIP)
    with gateway.opened.database.writing() as connection:
        slips.metadata.drop_all(connection)        # as a gateway of before left it
        schema._slips(connection)
    assert bind(gateway, SLIP)


@pytest.mark.parametrize("body", [
    None, [], {"collection": None}, {"collection": {"receipts": "PT"}}, {"collection": {"receipts": [None, 7]}},
    {"collection": {"receipts": [{"kind": "fee", "slip": 9}, {"kind": "fee", "slip": ""},
                                 {"kind": "fee", "slip": "x" * 65}, {"kind": "fee", "slip": "a\x00"}]}},
])
def test_a_collection_that_cannot_be_read_gave_no_slip_and_is_taken(gateway: InProcess, body: Any) -> None:
    counter = gateway.counter()
    op = counter.write(type="money.collected", body=body)
    assert outcomes(counter.push([op])) == ["taken"]
    assert slips_given({"type": "money.collected", "body": body}) == ()
    assert dossier_of({"body": body}) is None


@pytest.mark.parametrize("wrong", [{"symbol": ""}, {"symbol": "a b"}, {"number": "12a"}, {"number": ""},
                                   {"form": "mẫu"}, {"lookup": "x" * 41}])
def test_what_is_no_receipt_is_refused_where_it_is_typed(wrong: dict[str, str]) -> None:
    with pytest.raises(MalformedMessage):
        replace(RECEIPT, **wrong)


def test_two_who_bind_one_receipt_at_once_are_told_apart(gateway: InProcess) -> None:
    """In two offices, so that no office's row is between them."""
    gateway.add_office(id="bc-khac")
    names = ("PT-260921-7K3H-001-P", "PT-260921-9XYZ-001-P")
    collect(gateway.counter("Quầy 1"), names[0])
    collect(gateway.counter("Quầy 1", "bc-khac"), names[1])
    said: list[str] = []

    def bind_one(name: str) -> None:
        try:
            bind(gateway, name)
            said.append("bound")
        except ProblemRaised as problem:
            said.append(problem.problem.code)

    threads = [threading.Thread(target=bind_one, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["bound", "receipt_bound"]
