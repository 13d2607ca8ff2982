"""Messages are read strictly where they are known and kindly where they are not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract import codec
from sync.contract.codec import MalformedMessage
from sync.contract.feed import Entry, FeedPage, OperationsPage, operation_of
from sync.contract.files import FileState, Have, HaveAnswer
from sync.contract.limits import MAX_UNPACKED
from sync.contract.messages import (
    Clerk,
    Counter,
    Cursor,
    EnrolAnswer,
    EnrolRequest,
    EpochAnswer,
    Head,
    Hello,
    HelloAnswer,
    LeaseUsage,
    NewEpoch,
    PackageNote,
    PastEpoch,
    Revocation,
    Signed,
    plain_code,
)
from sync.contract.problems import Problem, read_problem
from sync.contract.push import ItemAnswer, PlainItem, PushAnswer, PushHead, SealedItem, pack, unpack

OPTIONAL = frozenset((
    "lease_usage", "epoch", "seq", "need", "reason", "device", "past", "held_leases", "office_heads", "seal_key",
))
"""What an older end does not say."""
SIGNED = Signed("văn bản", "AAAA")
NOTE = PackageNote("catalogue", "2026-09", "ab" * 32, "2026-09-01", 10, "AAAA")
EXAMPLES: list[Any] = [
    EnrolRequest("AB12-CDEF-GHJK", "PC", "key", "proof", "0.1", ""),
    EnrolRequest("AB12-CDEF-GHJK", "PC", "key", "proof", "0.1", "", "c1", (PastEpoch(1, "key"),), (SIGNED,)),
    EnrolAnswer("c1", 1, "t", {"id": "bc", "mới": [1]}, Counter("Quầy 1"), (Clerk("nv", "Mẫu", {"a": "b"}),),
                "key", "i", Cursor("i", 0), (SIGNED,), (NOTE,)),
    Hello("c1", 1, Head(3, "h"), Cursor("i", 4), "i", "0.1", {"operation": 1}, "2026-09-21T01:00:00Z",
          (LeaseUsage("a", "2026-09-21", 3),)),
    Hello("c1", 1, None, None, None, "0.1", {}, "2026-09-21T01:00:00Z"),
    HelloAnswer("t", "i", {1: Head(3, "h"), 12: Head(0, "0")}, 12, (SIGNED,), "0",
                (Revocation("clerk", "x", "t"),), (NOTE,), 7),
    HelloAnswer("t", "i", {}, 1, (), "0", (), (), 7, {"c2": {1: Head(3, "h")}}, SIGNED),
    NewEpoch("r", 1, "behind", "key", "proof"),
    Have(("ab" * 32,)),
    HaveAnswer("i", (FileState("ab" * 32, "complete"), FileState("cd" * 32, "partial", 7))),
    EpochAnswer("c1", 2, "t", (SIGNED,)),
    PushAnswer("i", "t", (ItemAnswer(0, "taken", 1, 1), ItemAnswer(1, "refused", reason="malformed")),
               {1: Head(1, "h")}),
    FeedPage("i", 5, (Entry(4, "status", "province", "t", {"số": 1}), Entry(5, "mới", "x", "t", {})), True),
    OperationsPage(1, ({"seq": 1},), False),
]


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_what_is_written_is_read_back(message: Any) -> None:
    assert codec.loads(type(message), codec.dumps(message)) == message


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_unknown_fields_change_nothing_and_a_missing_one_is_named(message: Any) -> None:
    plain = json.loads(codec.dumps(message))
    assert codec.from_json(type(message), {**plain, "tương_lai": {"x": [1]}}) == message
    for name in plain:
        shorter = {key: value for key, value in plain.items() if key != name}
        try:
            codec.from_json(type(message), shorter)
        except MalformedMessage as error:
            assert error.where == name or error.what == "hole"
        else:
            assert name in OPTIONAL


@pytest.mark.parametrize(("change", "where", "what"), [
    ({"epoch": "1"}, "epoch", "not_a_number"),
    ({"epoch": True}, "epoch", "not_a_number"),
    ({"epoch": 1.0}, "epoch", "not_a_number"),
    ({"epoch": 2**63}, "epoch", "out_of_range"),
    ({"app": None}, "app", "not_text"),
    ({"app": "a\x00"}, "app", "bad_text"),
    ({"app": "\ud800"}, "app", "bad_text"),
    ({"app": "x" * 4001}, "app", "too_long"),
    ({"head": {"seq": 1}}, "head.hash", "missing"),
    ({"head": []}, "head", "not_an_object"),
    ({"schemas": {"a": "b"}}, "schemas.a", "not_a_number"),
    ({"schemas": []}, "schemas", "not_an_object"),
    ({"lease_usage": {}}, "lease_usage", "not_a_list"),
    ({"lease_usage": [{"agency": "a", "day": "d", "used": None}]}, "lease_usage[0].used", "not_a_number"),
])
def test_a_misshapen_field_is_named(change: dict[str, Any], where: str, what: str) -> None:
    plain = codec.to_json(next(each for each in EXAMPLES if isinstance(each, Hello)))
    with pytest.raises(MalformedMessage) as error:
        codec.from_json(Hello, {**plain, **change})
    assert (error.value.where, error.value.what) == (where, what)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    for cls in (Hello, EnrolRequest, FeedPage, PushAnswer):
        with pytest.raises(MalformedMessage):
            codec.loads(cls, raw)


def test_json_nested_beyond_reason_is_malformed() -> None:
    with pytest.raises(MalformedMessage):
        codec.loads(Hello, b"[" * 200_000)


def test_a_feed_page_with_a_hole_is_no_feed_page() -> None:
    entries = [{"position": n, "kind": "status", "actor": "x", "at": "t", "body": {}} for n in (4, 6)]
    for positions in (entries, entries[:1]):
        with pytest.raises(MalformedMessage, match="hole"):
            codec.from_json(FeedPage, {"incarnation": "i", "position": 6, "entries": positions, "more": False})


def test_problems_carry_their_values_and_a_proxys_page_is_none() -> None:
    problem = Problem("too_large", 413, {"limit": 5})
    assert read_problem(problem.to_json()) == problem
    for value in ("<html>", None, [], {"status": 502}):
        with pytest.raises(MalformedMessage):
            read_problem(value)


@given(st.lists(st.one_of(
    st.builds(PlainItem, st.text(st.characters(exclude_categories=["Cs"])), st.binary(max_size=64)),
    st.builds(SealedItem, st.binary(), st.binary(max_size=64), st.integers(0, 9), st.integers(1, 99),
              st.none() | st.text("0123456789abcdef", min_size=64, max_size=64)),
), max_size=5))
def test_a_push_is_unpacked_as_it_was_packed(items: list[PlainItem | SealedItem]) -> None:
    import gzip
    head = PushHead("c1", 3, len(items), "i")
    body = pack(head, items)
    assert body == pack(head, items)
    plain = gzip.decompress(body)
    assert len(plain) < MAX_UNPACKED
    got, unpacked = unpack(plain)
    assert got == head and list(unpacked) == items


def test_own_sealed_and_plain_operations_are_told_apart() -> None:
    assert operation_of({"own": True, "seq": 1}) is None
    assert operation_of({"p": "x", "s": "AAAA"}) == PlainItem("x", b"\x00\x00\x00")
    assert operation_of({"b": "AAAA", "s": "AAAA", "seq": 2, "epoch": 1}) == SealedItem(
        b"\x00" * 3, b"\x00" * 3, 1, 2)
    for body in ({}, {"p": 1, "s": ""}, {"p": "x"}, {"p": "x", "s": "*"}, {"b": "AAAA", "s": "AAAA"}):
        with pytest.raises(MalformedMessage):
            operation_of(body)


@pytest.mark.parametrize("typed", ["ab12-cdef-ghjk", " AB12 CDEF GHJK ", "AB12CDEFGHJK", "ab12–cdef–ghjk"])
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert plain_code(typed) == "AB12CDEFGHJK"
    assert plain_code("OIL") == "011"
