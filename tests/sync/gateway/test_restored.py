"""A province that came from a backup takes back what it forgot and gives no number away twice."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import delete, text, update

from app.domain.lease import Lease
from sync.contract.messages import PastEpoch, Signed, b64, seal_key_text, unb64
from sync.contract.sealing import seal, unseal
from sync.gateway.province import mark_restored, settle_leases
from sync.gateway.restores import EPOCHS_APART, minutes_since_2025
from sync.gateway.tables import devices, epochs
from sync.gateway.times import stamp
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, SaidNo, outcomes

DAY = date(2026, 9, 21)


def restore(gateway: InProcess) -> None:
    with gateway.opened.database.writing() as connection:
        mark_restored(connection, "sau-khi-phục-hồi", stamp(gateway.now))


def settle(gateway: InProcess) -> None:
    with gateway.opened.database.writing() as connection:
        assert settle_leases(connection) == stamp(gateway.now)


def forget(gateway: InProcess, *, leases: bool = False, epoch: tuple[str, int] | None = None,
           device: str | None = None) -> None:
    """What a backup from before these would not have. Guards stand against any program, so they stand aside."""
    with gateway.opened.database.writing() as connection:
        if gateway.opened.database.is_postgres:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        if leases:
            connection.execute(text("DELETE FROM leased_days"))
            connection.execute(text("DELETE FROM leases"))
        if epoch is not None:
            connection.execute(delete(epochs).where(epochs.c.device == epoch[0], epochs.c.epoch == epoch[1]))
            connection.execute(update(devices).where(devices.c.id == epoch[0]).values(current_epoch=epoch[1] - 1))
        if device is not None:
            connection.execute(text("UPDATE enrol_codes SET used_by = NULL"))
            connection.execute(delete(epochs).where(epochs.c.device == device))
            connection.execute(delete(devices).where(devices.c.id == device))


def ranges(signed: tuple[Signed, ...]) -> set[tuple[str, int]]:
    return {(lease.agency, lease.lo) for lease in (Lease.from_payload(each.payload) for each in signed)}


def verdicts(counter: FakeCounter) -> list[str]:
    return [str(entry.body["verdict"]) for entry in counter.whole_feed() if entry.kind == "verdict"]


def first_epoch(gateway: InProcess) -> int:
    """Of a counter that begins one after the province was restored at this moment, for the first time."""
    return minutes_since_2025(stamp(gateway.now)) + EPOCHS_APART + 1


def now_of(counter: FakeCounter) -> str:
    """Says hello and goes on in the incarnation that it hears."""
    assert counter.answer is not None
    incarnation = counter.hello().incarnation
    object.__setattr__(counter.answer, "incarnation", incarnation)
    return incarnation


def test_hello_tells_what_is_held_of_every_neighbour_and_of_nobody_else(gateway: InProcess) -> None:
    gateway.add_office(id="bc-khac")
    one, two, far = gateway.counter(), gateway.counter(), gateway.counter("Quầy 1", "bc-khac")
    two.push([two.write(), two.write()])
    renewed = FakeCounter(gateway.line)
    renewed.enrol(gateway.code("Quầy 2"))
    heads = one.hello().office_heads
    assert set(heads) == {two.device} and renewed.device == two.device
    assert {epoch: (head.seq, head.hash) for epoch, head in heads[two.device].items()} == {
        1: (2, two.prev), 2: (0, "0" * 64)}
    assert far.hello().office_heads == {}


def test_the_key_to_seal_to_is_signed_and_only_the_province_opens_with_it(gateway: InProcess) -> None:
    counter = gateway.counter()
    assert counter.answer is not None and counter.answer.seal_key is not None
    told = counter.hello().seal_key
    assert told == counter.answer.seal_key
    province = Ed25519PublicKey.from_public_bytes(unb64(counter.answer.province_public_key))
    province.verify(told.signature_bytes, told.payload.encode())
    public = told.payload.split("\n")[1]
    assert told.payload == seal_key_text(public)
    envelope = seal("hồ sơ thử".encode(), [unb64(public)], b"head")
    assert unseal(envelope, gateway.opened.seal.opening_key, b"head").decode() == "hồ sơ thử"


def test_leases_that_a_backup_lost_are_entered_before_anything_is_renewed(gateway: InProcess) -> None:
    early, late = gateway.counter(), gateway.counter()
    before = {each.device: each.hello().leases for each in (early, late)}
    forget(gateway, leases=True)
    restore(gateway)
    # The second calls first: without its leases the lowest slot, which is the first one's, would look free to it.
    for counter in (late, early):
        answer = counter.hello(held_leases=before[counter.device])
        assert {each.payload for each in answer.leases} == {each.payload for each in before[counter.device]}
        assert counter.hello(held_leases=before[counter.device]).leases == answer.leases
    settle(gateway)
    third = gateway.counter()
    assert ranges(third.hello().leases).isdisjoint(ranges(before[early.device]) | ranges(before[late.device]))


def test_what_is_no_lease_of_ours_for_that_counter_is_entered_nowhere(gateway: InProcess) -> None:
    counter, other = gateway.counter(), gateway.counter()
    theirs = other.hello().leases
    fields = json.loads(theirs[0].payload) | {"device": counter.device, "lo": 999, "hi": 1497, "lease_id": "x"}
    payload = json.dumps(fields)
    forged = Signed(payload, b64(Ed25519PrivateKey.generate().sign(payload.encode())))
    nonsense = gateway.opened.seal.sign(json.dumps({"device": counter.device}))
    restore(gateway)
    before = counter.hello().leases
    held = (*theirs, forged, nonsense, Signed("", "@"))
    assert counter.hello(held_leases=held).leases == before


def test_a_slot_that_a_receipt_proves_is_leased_to_nobody_else(gateway: InProcess) -> None:
    lost, neighbour = gateway.counter(), gateway.counter()
    number = lost.number(lost.first_number("cong-an"), day=DAY)
    receipt = lost.write(number=number)
    forget(gateway, leases=True)
    restore(gateway)
    now_of(neighbour)
    # A neighbour brings it, before the one who wrote it has called.
    assert outcomes(neighbour.push([receipt], author=lost.device)) == ["taken"]
    assert verdicts(neighbour) == ["accepted"]
    settle(gateway)
    for counter in (neighbour, gateway.counter()):
        counter.hello()
        leased = [Lease.from_payload(each.payload) for each in counter.hello().leases]
        assert not any(each.agency == "cong-an" and each.lo <= lost.first_number("cong-an") <= each.hi
                       and each.date_from <= DAY <= each.date_to for each in leased)


def test_a_counter_forgotten_altogether_comes_back_under_its_name_with_all_it_wrote(gateway: InProcess) -> None:
    counter = gateway.counter("Quầy 3")
    held = counter.hello().leases
    first = counter.first_number("cong-an")
    ops = [counter.write(number=counter.number(first + n, day=DAY)) for n in range(3)]
    counter.push(ops)
    name, old_key = counter.device, counter.public
    forget(gateway, device=name)
    restore(gateway)
    with pytest.raises(SaidNo, match="not_enrolled"):
        counter.hello()
    counter.key = Ed25519PrivateKey.generate()
    code = gateway.code("Quầy 3")
    past: dict[str, Any] = {"device": name, "past": (PastEpoch(1, old_key),), "held_leases": held}
    answer = counter.enrol(code, **past)
    assert (answer.device, answer.epoch) == (name, first_epoch(gateway))
    assert counter.enrol(code, **past).epoch == answer.epoch
    assert {epoch: head.seq for epoch, head in counter.hello().have.items()} == {1: 0, answer.epoch: 0}


def test_a_lost_epoch_is_taken_back_with_its_own_key_and_its_number_never_given_again(gateway: InProcess) -> None:
    gateway.counter("Quầy 1")
    second = gateway.counter("Quầy 1")
    held, key = second.hello().leases, second.public
    number = second.number(second.first_number("cong-an"), day=DAY)
    ops = [second.write(number=number), second.write()]
    forget(gateway, epoch=(second.device, 2))
    restore(gateway)
    # Another machine takes the counter before this one comes back: it must not become epoch 2.
    stranger = gateway.counter("Quầy 1")
    assert (stranger.device, stranger.epoch) == (second.device, first_epoch(gateway))
    back = FakeCounter(gateway.line)
    back.enrol(gateway.code("Quầy 1"), device=second.device, past=(PastEpoch(2, key),), held_leases=held)
    assert back.epoch > stranger.epoch
    assert outcomes(back.push(ops)) == ["taken", "taken"]
    assert verdicts(back) == ["accepted"]
    # What is known stays: nobody gives an epoch another key.
    thief = FakeCounter(gateway.line)
    thief.enrol(gateway.code("Quầy 1"), device=second.device, past=(PastEpoch(2, thief.public),))
    assert outcomes(thief.push(ops)) == ["already", "already"]


def test_a_counter_whose_place_was_taken_meanwhile_is_kept_beside_it(gateway: InProcess) -> None:
    first = gateway.counter("Quầy 2")
    held, key, ops = first.hello().leases, first.public, [first.write(), first.write()]
    forget(gateway, device=first.device)
    restore(gateway)
    other = gateway.counter("Quầy 2")
    assert other.device != first.device
    back = FakeCounter(gateway.line)
    back.enrol(gateway.code("Quầy 2"), device=first.device, past=(PastEpoch(1, key),), held_leases=held)
    assert back.device == other.device
    assert outcomes(back.push(ops, author=first.device)) == ["taken", "taken"]


def test_a_code_gives_no_say_in_a_name_that_nobody_has(gateway: InProcess) -> None:
    thief = FakeCounter(gateway.line)
    thief.enrol(gateway.code("Quầy 2"), device="cdoesnotexist", past=(PastEpoch(7, thief.public),), held_leases=())
    assert thief.device != "cdoesnotexist"


@pytest.mark.parametrize("where", [("Quầy 2", "bc-mau"), ("Quầy 1", "bc-khac")])
def test_a_code_of_another_counter_is_refused_with_its_name_and_is_not_used_up(
    gateway: InProcess, where: tuple[str, str],
) -> None:
    gateway.add_office(id="bc-khac")
    victim = gateway.counter("Quầy 1")
    code, thief = gateway.code(*where), FakeCounter(gateway.line)
    with pytest.raises(SaidNo, match="wrong_counter"):
        thief.enrol(code, device=victim.device, past=(PastEpoch(7, thief.public),), held_leases=())
    assert set(victim.hello().have) == {1} and victim.hello().current_epoch == 1
    FakeCounter(gateway.line, where[1]).enrol(code)
