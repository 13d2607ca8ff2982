"""What a newer release says more is passed over by the older reader and lost by nobody who only carries it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.operation import parse
from app.services.feed import Cursor, FeedLine, entries_in_order, start_feed, take_page
from sync.contract import codec, operation_text, paths
from sync.contract import files as tus
from sync.contract.feed import FeedPage, OperationsPage
from sync.contract.files import Have, HaveAnswer
from sync.contract.messages import EnrolAnswer, EnrolRequest, EpochAnswer, Hello, HelloAnswer, NewEpoch
from sync.contract.problems import read_problem
from sync.contract.push import PlainItem, PushAnswer, PushHead, line_of, pack, unpack
from sync.contract.reconcile import ReconcileAnswer
from sync.contract.sealed import SealedAnswer
from tests.office import make_office
from tests.sync.compat.golden_set import FIRST, OPERATIONS, load, sets
from tests.sync.gateway.conftest import InProcess, database_url, gateway, postgres

__all__ = ["database_url", "gateway", "postgres"]

ASKED: dict[str, type[Any]] = {
    paths.ENROL: EnrolRequest, paths.HELLO: Hello, paths.EPOCH: NewEpoch, tus.HAVE: Have,
}
ANSWERED: dict[str, type[Any]] = {
    paths.ENROL: EnrolAnswer, paths.HELLO: HelloAnswer, paths.EPOCH: EpochAnswer, paths.PUSH: PushAnswer,
    paths.FEED: FeedPage, paths.OPERATIONS: OperationsPage, tus.HAVE: HaveAnswer, paths.SEALED: SealedAnswer,
    paths.RECONCILE: ReconcileAnswer,
}
MORE = "trường_mới"
_FREE = frozenset(("office", "body", "have", "office_heads", "accounts", "schemas", "items"))
"""Free objects and those whose names are values: one more there is no unknown field."""


def with_more(value: Any) -> Any:
    """The same message from a later release."""
    if isinstance(value, list):
        return [with_more(each) for each in value]
    if not isinstance(value, dict):
        return value
    told = {name: each if name in _FREE else with_more(each) for name, each in value.items()}
    return told | {MORE: {"a": [1, None, "ế"]}}


@pytest.mark.parametrize("golden", sets(), ids=lambda each: each.name)
def test_every_kept_message_reads_the_same_with_fields_of_a_later_release(golden: Path) -> None:
    read = set()
    for each in load(golden).exchanges:
        if each.status == 200 and each.plain_path in ASKED and each.asked.body:
            kind, value = ASKED[each.plain_path], json.loads(each.asked.body)
            assert codec.from_json(kind, with_more(value)) == codec.from_json(kind, value)
            read.add(kind)
        if each.status == 200 and each.plain_path in ANSWERED:
            kind, value = ANSWERED[each.plain_path], each.values
            found = codec.from_json(kind, value)
            assert codec.from_json(kind, with_more(value)) == found
            assert codec.loads(kind, codec.dumps(found)) == found
            read.add(kind)
        if each.status >= 400 and each.answer.body:
            problem = read_problem(with_more(each.values))
            assert (problem.code, problem.status) == (each.values["code"], each.status)
            assert dict(problem.values) == {
                name: told for name, told in with_more(each.values).items() if name not in ("code", "status")
            }
            read.add(type(problem))
    later = set() if golden.name != FIRST.name else {SealedAnswer, ReconcileAnswer}
    assert len(read) == len({*ASKED.values(), *ANSWERED.values()} - later) + 1


def test_a_push_with_more_in_its_head_and_lines_is_the_same_push() -> None:
    head, item = PushHead("quay-1", 1, 1, "tỉnh"), PlainItem("{}", b"s" * 64)
    first = {"device": "quay-1", "epoch": 1, "count": 1, "incarnation": "tỉnh", MORE: {}}
    lines = [first, json.loads(line_of(item)) | {MORE: 1}]
    body = "\n".join(map(json.dumps, lines)).encode()
    found, items = unpack(body)
    assert (found, list(items)) == (head, [item])


def test_an_operation_of_a_later_release_is_kept_in_custody_and_given_on_in_its_own_bytes(
    gateway: InProcess,
) -> None:
    """More in the body, in the header, and a later schema: the bytes are the neighbour's, not ours to write."""
    writer, reader = gateway.counter(), gateway.counter()
    pushed = [
        writer.write(body={MORE: {"z": [1], "a": "ế"}}), writer.write(body={"x": 1}, **{MORE: "đầu"}),
        writer.write(body={"x": 2}, schema=99),
    ]
    answer = writer.push_body(pack(writer.head(len(pushed)), [each.item for each in pushed]))
    assert [item.outcome for item in answer.items] == ["taken"] * 3
    given = [entry.body["p"] for entry in reader.whole_feed() if entry.kind == "operation"]
    assert given == [each.payload for each in pushed]
    own = gateway.line.request("GET", f"{paths.OPERATIONS}?epoch=1&after=0", headers=writer.headers).json()
    assert [each["p"] for each in own["items"]] == given


def test_the_counter_keeps_a_later_release_s_operation_and_feed_entry_whole(tmp_path: Path) -> None:
    text = (sets()[0] / OPERATIONS).read_text(encoding="utf-8").splitlines()[0]
    fields = json.loads(json.loads(text)["p"])
    in_body = json.dumps(fields | {"body": fields["body"] | {MORE: [1]}}, ensure_ascii=False)
    in_header = json.dumps(fields | {MORE: "đầu", "schema": 99, "op_id": "khác"}, ensure_ascii=False)
    assert parse(in_body, b"").body[MORE] == [1] and parse(in_body, b"").payload == in_body
    assert operation_text.read(in_header).fields[MORE] == "đầu"
    lines = [
        FeedLine("tỉnh", 1, "operation", "device:q9", "2026-11-23T02:00:00Z", {MORE: 1}, in_body, b"s"),
        FeedLine("tỉnh", 2, "operation", "device:q9", "2026-11-23T02:00:00Z", {}, in_header, b"s"),
        FeedLine("tỉnh", 3, "loại-mới", "province", "2026-11-23T02:00:00Z", {MORE: {"b": 2}}),
    ]
    office = make_office(tmp_path / "office")
    try:
        with office.application.database.writing() as connection:
            start_feed(connection, Cursor("tỉnh", 0))
            take_page(connection, lines, Cursor("tỉnh", 3), office.clock.now(), device="quay-1")
            held = [(line.kind, line.payload, line.body) for line in entries_in_order(connection)]
    finally:
        office.application.close()
    assert held == [(line.kind, line.payload, line.body) for line in lines]
