"""Operations of an epoch that a backup forgot, and that only neighbours hold: the province's own word lets it
check them again, and lets nobody speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.contract.author_key import AuthorKey
from sync.contract.codec import from_json
from sync.contract.messages import Signed, b64
from sync.contract.push import PushAnswer, pack
from sync.gateway.adoption import adopt_branch
from sync.gateway.operator.counters import counter_lines
from sync.gateway.times import stamp
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, Op, SaidNo, outcomes, sealed
from tests.sync.gateway.test_restored import forget, now_of, restore


def key_of(reader: FakeCounter, device: str, epoch: int) -> Signed:
    """The word that came to a neighbour with the first operation of that epoch."""
    said = [entry.body["author_key"] for entry in reader.whole_feed() if "author_key" in entry.body
            and (entry.body["device"], entry.body["epoch"]) == (device, epoch)]
    assert len(said) == 1
    return from_json(Signed, said[0])


def offer(by: FakeCounter, author: str, ops: Sequence[Op], key: Signed | None) -> PushAnswer:
    head = replace(by.head(len(ops), author), author_key=key)
    return by.push_body(pack(head, [each.item for each in ops]))


def lost(gateway: InProcess, **what: Any) -> tuple[FakeCounter, list[Op], FakeCounter, Signed]:
    """The counter, what it wrote and the backup (from before the push) lacks, a neighbour, and the word for the
    key as the neighbour heard it."""
    neighbour, gone = gateway.counter("Quầy 2"), gateway.counter("Quầy 1")
    ops = [gone.write() for _ in range(3)]
    key = gateway.opened.seal.sign(
        AuthorKey(gone.device, gone.epoch, gone.public, "bc-mau", "Quầy 1").to_payload())
    forget(gateway, **{name: value(gone) for name, value in what.items()})
    restore(gateway)
    now_of(neighbour)
    return gone, ops, neighbour, key


def test_the_first_operation_of_an_epoch_comes_with_the_word_for_its_key(gateway: InProcess) -> None:
    writer, reader = gateway.counter("Quầy 1"), gateway.counter("Quầy 2")
    ops = [writer.write() for _ in range(2)]
    writer.push([sealed(ops[0], 1, 1, "0" * 64), ops[1]])
    said = AuthorKey.from_payload(key_of(reader, writer.device, 1).payload)
    assert said == AuthorKey(writer.device, 1, writer.public, "bc-mau", "Quầy 1")
    assert not any("author_key" in entry.body for entry in writer.whole_feed())
    # A branch is no beginning of a chain.
    writer.seq, writer.prev = 0, "0" * 64
    writer.push([writer.write()])
    with gateway.opened.database.writing() as connection:
        assert adopt_branch(connection, writer.device, 1, stamp(gateway.now)) == 1
    assert key_of(reader, writer.device, 1).payload == said.to_payload()


@pytest.mark.parametrize("is_whole", [True, False], ids=["counter", "epoch"])
def test_a_neighbour_gives_back_what_a_forgotten_machine_wrote(gateway: InProcess, is_whole: bool) -> None:
    if not is_whole:
        gateway.counter("Quầy 1")                  # the backup knows its first epoch
    what: dict[str, Any] = {"device": lambda gone: gone.device} if is_whole else {
        "epoch": lambda gone: (gone.device, gone.epoch)}
    gone, ops, neighbour, key = lost(gateway, **what)
    if is_whole:
        with pytest.raises(SaidNo, match="unknown_device"):
            offer(neighbour, gone.device, ops, None)
    else:
        assert offer(neighbour, gone.device, ops, None).items[0].reason == "unknown_epoch"
    assert outcomes(offer(neighbour, gone.device, ops, key)) == ["taken"] * 3
    assert neighbour.hello().office_heads[gone.device][gone.epoch].seq == 3
    assert key_of(neighbour, gone.device, gone.epoch) == key, "and so the next neighbour has it too"
    with gateway.opened.database.reading() as connection:
        line = next(each for each in counter_lines(connection, gateway.now) if each.device == gone.device)
    assert (line.counter, line.held, line.is_awaited) == ("Quầy 1", 3, True), "a neighbour's word is no call"
    with pytest.raises(SaidNo, match="not_enrolled"):
        gone.hello()
    back = gateway.counter("Quầy 1")
    assert back.device == gone.device and back.epoch > gone.epoch


def test_an_epoch_that_comes_back_ends_the_earlier_ones_again(gateway: InProcess) -> None:
    first = gateway.counter("Quầy 1")
    gone, ops, neighbour, key = lost(gateway, epoch=lambda gone: (gone.device, gone.epoch))
    assert first.device == gone.device and first.hello().current_epoch == 1
    offer(neighbour, gone.device, ops, key)
    with pytest.raises(SaidNo, match="stale_epoch"):
        first.hello()


def test_a_word_that_is_not_the_province_s_own_for_that_author_takes_nothing_back(gateway: InProcess) -> None:
    gateway.add_office(id="bc-khac")
    gone, ops, neighbour, key = lost(gateway, device=lambda gone: gone.device)
    said, sign = AuthorKey.from_payload(key.payload), gateway.opened.seal.sign
    stranger = b64(Ed25519PrivateKey.generate().sign(key.payload.encode()))
    wrong = [
        replace(key, signature=stranger), replace(key, signature="@"), replace(key, signature=""),
        sign(replace(said, device="khác").to_payload()), sign(replace(said, office="bc-khac").to_payload()),
        sign(replace(said, public_key="@@").to_payload()), sign(replace(said, public_key=b64(b"x")).to_payload()),
        sign(key.payload.replace("author-key", "seal-key", 1)), sign("author-key"), sign(""),
        sign(key.payload.replace("\n1\n", "\nmột\n", 1)),
    ]
    for each in wrong:
        with pytest.raises(SaidNo, match="unknown_device"):
            offer(neighbour, gone.device, ops, each)
    far = gateway.counter("Quầy 1", "bc-khac")
    object.__setattr__(far.answer, "incarnation", neighbour.incarnation)
    with pytest.raises(SaidNo, match="unknown_device"):
        offer(far, gone.device, ops, key)


def test_a_key_that_is_known_is_never_replaced(gateway: InProcess) -> None:
    writer, neighbour = gateway.counter("Quầy 1"), gateway.counter("Quầy 2")
    other = FakeCounter(gateway.line)
    forged = gateway.opened.seal.sign(AuthorKey(writer.device, 1, other.public, "bc-mau", "Quầy 1").to_payload())
    ops = [writer.write()]
    assert outcomes(offer(neighbour, writer.device, ops, forged)) == ["taken"]
    assert writer.hello().have[1].seq == 1
