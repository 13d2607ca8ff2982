"""A feed position is never skipped, feed order is commit order, and nobody sees another office."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from sync.contract.feed import operation_of
from sync.gateway.posts import post_alias, post_notice, post_status
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import mark_restored
from sync.gateway.times import stamp
from tests.sync.gateway.conftest import MORNING, InProcess
from tests.sync.gateway.counterpart import SaidNo

DAY = date(2026, 9, 21)


def test_neighbours_get_operations_whole_and_the_author_gets_places_only(gateway: InProcess) -> None:
    author, neighbour = gateway.counter(), gateway.counter()
    ops = [author.write(number=author.number(n, day=DAY)) for n in (1, 2, 3)]
    author.push(ops)
    theirs = neighbour.whole_feed()
    assert [operation_of(entry.body) for entry in theirs[:3]] == [op.item for op in ops]
    assert {entry.actor for entry in theirs[:3]} == {f"device:{author.device}"} and theirs[3].actor == "province"
    own = author.whole_feed()
    assert [(entry.body["own"], entry.body["seq"], "p" in entry.body) for entry in own[:3]] == [
        (True, n, False) for n in (1, 2, 3)]
    assert [entry.position for entry in own] == [entry.position for entry in theirs] == [1, 2, 3, 4]


def test_the_machine_that_replaced_another_gets_its_predecessors_operations_whole(gateway: InProcess) -> None:
    old = gateway.counter("Quầy 1")
    op = old.write()
    old.push([op])
    new = gateway.counter("Quầy 1")
    assert new.device == old.device and new.whole_feed()[0].body["p"] == op.payload


def test_another_office_sees_nothing(gateway: InProcess) -> None:
    gateway.add_office(id="bc-khac")
    ours, theirs = gateway.counter("Quầy 1"), gateway.counter("Quầy 1", "bc-khac")
    ours.push([ours.write()])
    assert theirs.whole_feed() == [] and theirs.hello().feed_head == 0 and ours.hello().feed_head == 2


def test_pages_join_without_a_hole_whatever_their_size(gateway: InProcess) -> None:
    first, second = gateway.counter(), gateway.counter()
    for counter in (first, second, first):
        counter.push([counter.write() for _ in range(7)])
    whole = second.whole_feed()
    for limit in (1, 2, 5, 23):
        assert second.whole_feed(limit) == whole
    assert [entry.position for entry in whole] == list(range(1, 25))


def test_a_page_of_large_operations_ends_early_but_holds_one(gateway: InProcess) -> None:
    author, reader = gateway.counter(), gateway.counter()
    for _ in range(3):
        author.push([author.write(body={"dài": "x" * 3_000_000})])
    sizes = []
    position = 0
    while True:
        page = reader.feed(position)
        sizes.append(len([entry for entry in page.entries if entry.kind == "operation"]))
        position = page.position
        if not page.more:
            break
    assert sizes == [1, 1, 1]


def test_while_counters_write_a_reader_never_misses_a_position(gateway: InProcess) -> None:
    writers = [gateway.counter() for _ in range(3)]
    reader = gateway.counter()
    failures: list[BaseException] = []

    def write(counter: object) -> None:
        try:
            for _ in range(6):
                counter.push([counter.write() for _ in range(4)])  # type: ignore[attr-defined]
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(counter,)) for counter in writers]
    for thread in threads:
        thread.start()
    seen: list[tuple[int, str, int]] = []
    position = 0
    while True:
        finished = not any(thread.is_alive() for thread in threads)
        page = reader.feed(position, 5)          # FeedPage itself refuses a hole inside a page
        assert not page.entries or page.entries[0].position == position + 1
        seen += [(entry.position, entry.body["device"], entry.body["seq"]) for entry in page.entries
                 if entry.kind == "operation"]
        position = page.position
        if finished and not page.more:
            break
    assert not failures
    assert len(seen) == 72
    for counter in writers:
        assert [seq for _, device, seq in seen if device == counter.device] == list(range(1, 25))


def test_an_unknown_cursor_or_another_incarnation_says_hello_again(gateway: InProcess) -> None:
    counter = gateway.counter()
    counter.push([counter.write()])
    with pytest.raises(SaidNo) as said:
        counter.feed(3)
    assert (said.value.problem.status, said.value.code, said.value.problem.values["head"]) == (
        412, "unknown_cursor", 2)
    with gateway.opened.database.writing() as connection:
        mark_restored(connection, "một-lần-mới", stamp(MORNING))
    for call in (lambda: counter.feed(0), lambda: counter.push([counter.write()])):
        with pytest.raises(SaidNo) as said:
            call()
        assert (said.value.problem.status, said.value.problem.values["incarnation"]) == (412, "một-lần-mới")
    assert counter.hello().incarnation == "một-lần-mới"


def test_statuses_aliases_and_notices_reach_the_office_under_their_own_name(gateway: InProcess) -> None:
    counter = gateway.counter()
    number = counter.number(1, day=DAY)
    counter.push([counter.write(number=number)])
    at = "2026-09-22T01:00:00.000Z"
    with gateway.opened.database.writing() as connection:
        post_status(connection, number, "processing", at, {"note": "đang giải quyết"})
        post_alias(connection, "000.00.15.H47-260921-0001", 'TỈNH"1', at)
        post_status(connection, 'TỈNH"1', "done", at)
        post_notice(connection, "bc-mau", "n1", "Nghỉ lễ", "Ngày mai nghỉ", at)
        with pytest.raises(ProblemRaised, match="unknown_number"):
            post_status(connection, "H47.15-260921-0099", "done", at)
    entries = [entry for entry in counter.whole_feed() if entry.kind not in ("operation", "verdict")]
    assert [(entry.kind, entry.actor, entry.body.get("number")) for entry in entries] == [
        ("status", "agency:cong-an", number), ("alias", "province", number), ("status", "agency:cong-an", number),
        ("notice", "province", None)]
    assert entries[0].body["note"] == "đang giải quyết" and entries[2].body["status"] == "done"
