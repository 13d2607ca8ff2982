"""A branch that an operator adopts comes into the feed whole, once, and beside the chain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from sync.contract.feed import Kind, operation_of
from sync.contract.push import pack
from sync.gateway.adoption import adopt_branch
from sync.gateway.posts import post_status
from sync.gateway.problem import ProblemRaised
from sync.gateway.report import report
from sync.gateway.times import stamp
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, Op, outcomes, sealed
from tests.sync.gateway.test_reconcile import compared

DAY = date(2026, 9, 21)


def adopt(gateway: InProcess, device: str, epoch: int = 1) -> int:
    with gateway.opened.database.writing() as connection:
        return adopt_branch(connection, device, epoch, stamp(gateway.now))


def twin_of(counter: FakeCounter) -> FakeCounter:
    """A copy of its disk, as it is now."""
    return replace(counter)


def push_branch(counter: FakeCounter, ops: list[Op]) -> list[str]:
    items = [op.item for op in ops]
    return outcomes(counter.push_body(pack(replace(counter.head(len(items)), branch=True), items)))


def test_an_adopted_branch_reaches_everybody_and_its_numbers_count(gateway: InProcess) -> None:
    counter, neighbour = gateway.counter(), gateway.counter()
    first = counter.first_number("cong-an")
    counter.push([counter.write(number=counter.number(first, day=DAY))])
    twin = twin_of(counter)
    chain = [counter.write(number=counter.number(first + 1 + n, day=DAY)) for n in range(2)]
    branch = [twin.write(number=twin.number(first + 2 + n, day=DAY)) for n in range(4)]
    counter.push(chain)
    assert push_branch(twin, branch) == ["fork"] * 4
    before = neighbour.whole_feed()
    assert adopt(gateway, counter.device) == 4
    assert adopt(gateway, counter.device) == 0
    come = neighbour.whole_feed()[len(before):]
    came = [operation_of(entry.body) for entry in come if entry.kind == Kind.OPERATION]
    assert came == [op.item for op in branch]
    assert [entry.body["branch"] for entry in come] == [1] * len(come)
    said = [(entry.body["verdict"], entry.body["seq_from"], entry.body.get("reason"))
            for entry in come if entry.kind == Kind.VERDICT]
    # The first number of the branch was printed on the chain too: two papers, and a person sees both.
    assert said == [("refused", 2, "number_taken"), ("accepted", 3, None)]
    own = [entry.body for entry in twin.whole_feed() if entry.kind == Kind.OPERATION]
    assert [(body["own"], body["seq"]) for body in own] == [(True, n) for n in (1, 2, 3, 2, 3, 4, 5)]
    assert [entry.position for entry in twin.whole_feed()] == list(range(1, len(before) + len(come) + 1))
    with gateway.opened.database.writing() as connection:
        post_status(connection, twin.number(first + 5, day=DAY), "processing", stamp(gateway.now))
    # The chain is what it was.
    assert counter.hello().have[1].hash == counter.prev
    assert outcomes(counter.push([*chain, counter.write()])) == ["already", "already", "taken"]


def test_what_comes_of_a_branch_later_joins_it_and_another_one_stands_apart(gateway: InProcess) -> None:
    counter = gateway.counter()
    one, other = twin_of(counter), twin_of(counter)
    counter.push([counter.write()])
    early, late = [one.write(), one.write()], [one.write()]
    apart = [other.write(), other.write(), other.write()]
    push_branch(one, early)
    assert adopt(gateway, counter.device) == 2
    push_branch(one, late)
    push_branch(other, apart)
    assert adopt(gateway, counter.device) == 4
    with gateway.opened.database.reading() as connection:
        rows = connection.execute(text(
            "SELECT branch, seq, payload FROM operations WHERE branch > 0 ORDER BY branch, seq")).all()
    expected = ((1, [*early, *late]), (2, apart))
    assert [(row.branch, row.seq, bytes(row.payload).decode()) for row in rows] == [
        (branch, n, op.payload) for branch, ops in expected for n, op in enumerate(ops, 1)]


def test_what_found_its_place_in_the_chain_is_not_adopted_again(gateway: InProcess) -> None:
    old = gateway.counter("Quầy 1")
    ops = [old.write() for _ in range(2)]
    new = FakeCounter(gateway.line)
    new.enrol(gateway.code("Quầy 1"))
    assert push_branch(old, ops) == ["fork"] * 2
    assert outcomes(new.push(ops)) == ["taken"] * 2
    assert adopt(gateway, old.device) == 0
    with pytest.raises(ProblemRaised, match="unknown_device"):
        adopt(gateway, "c0")


def test_bytes_that_nobody_can_read_are_adopted_in_their_place(gateway: InProcess) -> None:
    counter = gateway.counter()
    twin = twin_of(counter)
    counter.push([counter.write()])
    unread = twin.sign("không phải JSON")
    twin.seq = 1
    later = twin.write()
    assert outcomes(twin.push([sealed(unread, 1, 1)])) == ["fork"]
    assert push_branch(twin, [later]) == ["fork"]
    assert adopt(gateway, counter.device) == 2
    with gateway.opened.database.reading() as connection:
        rows = connection.execute(text(
            "SELECT branch, seq, sealed FROM operations WHERE branch > 0 ORDER BY seq")).all()
    assert [(row.branch, row.seq, bool(row.sealed)) for row in rows] == [(1, 1, True), (1, 2, False)]


def test_both_sides_of_a_fork_may_name_the_same_scan(gateway: InProcess) -> None:
    counter = gateway.counter()
    twin = twin_of(counter)
    scan = [{"sha256": "a" * 64, "size": 10, "mime": "image/jpeg"}]
    counter.push([counter.write(attachments=scan)])
    push_branch(twin, [twin.write(attachments=scan, staff="nv2")])
    assert adopt(gateway, counter.device) == 1
    with gateway.opened.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM attachments")).scalar_one() == 1


def test_what_was_adopted_and_then_finds_its_place_in_the_chain_counts_once(gateway: InProcess) -> None:
    """A province that came back knows the chain up to the first, is brought the rest as branch, then in order."""
    counter = gateway.counter()
    first = counter.first_number("cong-an")
    ops = [counter.write(number=counter.number(first + n, day=DAY), type="dossier.received",
                         body={"dossier": {"intake": {}}}) for n in range(3)]
    counter.push(ops[:1])
    assert push_branch(counter, ops[1:]) == ["fork"] * 2
    assert adopt(gateway, counter.device) == 2
    assert outcomes(counter.push(ops)) == ["already", "taken", "taken"]
    said = [entry.body["verdict"] for entry in counter.whole_feed() if entry.kind == Kind.VERDICT]
    assert said == ["accepted"] * 3
    with gateway.opened.database.reading() as connection:
        told = report(connection)
    assert (told["operations"], told["dossiers"], told["unsettled"]) == (3, 3, [])
    assert compared(counter).days[0].received == 3, "once, by the agency of its number"
    # Another operation that bears a known op_id is still shown to a person.
    copied = counter.write(op_id=json.loads(ops[1].payload)["op_id"])
    assert outcomes(counter.push([copied])) == ["taken"]
    assert counter.whole_feed()[-1].body["reason"] == "op_id_taken"
