"""What a dead machine's second copy holds comes into custody by anybody's hand, by its own signature and place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.contract.codec import loads
from sync.contract.messages import unb64
from sync.contract.operation_text import GENESIS, read
from sync.contract.sealed import SealedAnswer, SealedRecord, seal_operation
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, Op, SaidNo, ask, outcomes

DEVICE_OWN = X25519PrivateKey.from_private_bytes(b"d" * 32).public_key().public_bytes_raw()


def readers(gateway: InProcess) -> list[bytes]:
    """The keys that a counter seals for: the province's, as enrolment told it, and its own."""
    return [unb64(gateway.opened.seal.seal_key.payload.split("\n")[1]), DEVICE_OWN]


def kept(gateway: InProcess, counter: FakeCounter, operations: Iterable[Op]) -> list[SealedRecord]:
    """The records that `counter` wrote to its medium."""
    found = []
    for op in operations:
        place = read(op.payload)
        found.append(seal_operation(counter.device, place.epoch, place.seq, place.prev, op.payload.encode(),
                                    op.signature, readers(gateway)))
    return found


def forward(
    sender: FakeCounter, records: Sequence[SealedRecord], incarnation: str | None = None, unread: bool = False,
) -> SealedAnswer:
    answer = ask(sender.line, "POST", "/v1/sealed", headers=sender.headers,
                 params={"incarnation": incarnation or sender.incarnation, "unread": unread},
                 data=b"".join(each.to_bytes() for each in records))
    return loads(SealedAnswer, answer.content)


def said(answer: SealedAnswer) -> list[tuple[str, str | None]]:
    return [(item.outcome, item.reason) for item in answer.items]


def replaced(gateway: InProcess, counter: FakeCounter) -> FakeCounter:
    """A new machine at the counter whose old one died."""
    fresh = FakeCounter(gateway.line)
    fresh.enrol(gateway.code("Quầy 1"))
    assert (fresh.device, fresh.epoch) == (counter.device, counter.epoch + 1)
    return fresh


def test_a_dead_machines_operations_are_taken_from_its_medium(gateway: InProcess) -> None:
    dead = gateway.counter("Quầy 1")
    first = [dead.write() for _ in range(3)]
    dead.push(first)
    rest = [dead.write() for _ in range(4)]
    fresh = replaced(gateway, dead)
    answer = forward(fresh, kept(gateway, dead, [*first, *rest]))
    assert said(answer) == [("already", None)] * 3 + [("taken", None)] * 4
    assert answer.have[dead.device][dead.epoch].seq == 7
    assert said(forward(fresh, kept(gateway, dead, rest))) == [("already", None)] * 4
    assert [entry.body["seq"] for entry in fresh.whole_feed() if entry.kind == "operation"] == list(range(1, 8))


def test_a_neighbour_may_bring_the_medium_and_several_authors_may_be_on_it(gateway: InProcess) -> None:
    one, other, neighbour = gateway.counter("Quầy 1"), gateway.counter("Quầy 2"), gateway.counter("Quầy 3")
    records = [*kept(gateway, one, [one.write()]), *kept(gateway, other, [other.write()]),
               *kept(gateway, one, [one.write()])]
    answer = forward(neighbour, records)
    assert said(answer) == [("taken", None)] * 3
    assert {device: have[1].seq for device, have in answer.have.items()} == {one.device: 2, other.device: 1}


def test_what_is_missing_before_is_asked_for_and_a_fork_is_kept(gateway: InProcess) -> None:
    dead = gateway.counter("Quầy 1")
    lost = [dead.write() for _ in range(3)]
    fresh = replaced(gateway, dead)
    gap = forward(fresh, kept(gateway, dead, lost[1:]))
    assert [(item.outcome, item.need) for item in gap.items] == [("gap", 1)] * 2
    forward(fresh, kept(gateway, dead, lost))
    dead.seq, dead.prev = 1, read(lost[1].payload).prev
    assert said(forward(fresh, kept(gateway, dead, [dead.write(note="khác")]))) == [("fork", "hash_differs")]


def test_each_record_that_cannot_be_taken_says_why_and_holds_up_no_other(gateway: InProcess) -> None:
    gateway.add_office(id="bc-khac", counters=["Quầy 1"])
    counter, stranger = gateway.counter("Quầy 1"), gateway.counter("Quầy 1", "bc-khac")
    good, moved, forged = (counter.write() for _ in range(3))
    records = kept(gateway, counter, [good, moved, replace(forged, signature=b"x" * 64)])
    other_key = X25519PrivateKey.generate().public_key().public_bytes_raw()
    unknown = seal_operation("khong-ai-biet", 1, 1, GENESIS, b"{}", b"s" * 64, readers(gateway))
    answer = forward(counter, [
        records[0], replace(records[1], seq=9),
        seal_operation(counter.device, 1, 2, GENESIS, b"{}", b"s" * 64, [other_key]),
        records[2], *kept(gateway, stranger, [stranger.write()]), unknown, records[1],
    ])
    assert said(answer) == [
        ("taken", None), ("refused", "broken_seal"), ("refused", "not_for_us"), ("refused", "signature"),
        ("refused", "wrong_office"), ("refused", "unknown_device"), ("taken", None)]


def test_a_clear_part_that_names_another_operation_than_is_sealed_is_refused(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 1")
    op = counter.write()
    lying = seal_operation(counter.device, 1, 2, GENESIS, op.payload.encode(), op.signature, readers(gateway))
    assert said(forward(counter, [lying])) == [("refused", "broken_seal")]


def test_bytes_that_are_no_operation_keep_their_place_in_the_chain(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 1")
    poison = counter.sign("không phải JSON")
    counter.seq = 1
    record = seal_operation(counter.device, 1, 1, GENESIS, poison.payload.encode(), poison.signature,
                            readers(gateway))
    behind = kept(gateway, counter, [counter.write()])
    assert said(forward(counter, [record, *behind])) == [("taken", None)] * 2


def test_a_record_may_be_taken_without_being_read(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 1")
    op = counter.write(number="H47.15-260921-0001")
    assert said(forward(counter, kept(gateway, counter, [op]), unread=True)) == [("taken", None)]
    verdicts = [entry.body for entry in counter.whole_feed() if entry.kind == "verdict"]
    assert [(each["verdict"], each["reason"]) for each in verdicts] == [("needs_fix", "unread")]


@pytest.mark.parametrize(("spoil", "what"), [
    (lambda raw: raw[:-1], "torn"), (lambda raw: raw[:20] + b"?" + raw[21:], "damaged"),
])
def test_a_body_that_is_not_whole_is_refused_as_a_whole(gateway: InProcess, spoil: object, what: str) -> None:
    counter = gateway.counter("Quầy 1")
    (record,) = kept(gateway, counter, [counter.write()])
    with pytest.raises(SaidNo) as no:
        ask(counter.line, "POST", "/v1/sealed", headers=counter.headers,
            params={"incarnation": counter.incarnation}, data=spoil(record.to_bytes()))  # type: ignore[operator]
    assert (no.value.code, no.value.problem.values["what"]) == ("malformed", what)


def test_only_a_current_session_that_knows_this_province_may_forward(gateway: InProcess) -> None:
    dead = gateway.counter("Quầy 1")
    records = kept(gateway, dead, [dead.write()])
    with pytest.raises(SaidNo) as other:
        forward(dead, records, incarnation="một tỉnh khác")
    replaced(gateway, dead)
    with pytest.raises(SaidNo) as stale:
        forward(dead, records)
    assert (other.value.code, stale.value.code) == ("incarnation_changed", "stale_epoch")


def test_the_sealed_road_and_push_meet_in_one_chain(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 1")
    operations = [counter.write() for _ in range(4)]
    forward(counter, kept(gateway, counter, operations[:2]))
    assert outcomes(counter.push(operations)) == ["already", "already", "taken", "taken"]
