"""Only a machine with a fresh code of its counter gets in, once; a newer one takes its place."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import update

from sync.contract import codec
from sync.contract.key_letters import ALPHABET
from sync.contract.messages import EpochAnswer, NewEpoch, b64, epoch_text, unb64
from sync.contract.operation_text import GENESIS
from sync.gateway.tables import devices
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, SaidNo, ask, outcomes


def refused(call: Any, *arguments: Any, **more: Any) -> SaidNo:
    with pytest.raises(SaidNo) as said:
        call(*arguments, **more)
    return said.value


def test_a_code_opens_once_and_tells_the_machine_all_it_needs(gateway: InProcess) -> None:
    code = gateway.code("Quầy 2")
    counter = FakeCounter(gateway.line)
    answer = counter.enrol(code.lower().replace("-", " "))
    assert answer.counter.name == "Quầy 2" and answer.epoch == 1
    assert answer.office["code_pattern"] == "{org}-{yymmdd}-{n:4}" and "clerks" not in answer.office
    assert [clerk.id for clerk in answer.clerks] == ["nv1", "nv2"]
    assert {lease.payload.split('"')[3] for lease in answer.leases} == {"cong-an", "so-xay-dung"}
    province = Ed25519PublicKey.from_public_bytes(unb64(answer.province_public_key))
    for lease in answer.leases:
        province.verify(lease.signature_bytes, lease.payload.encode())
    assert counter.hello().current_epoch == 1
    assert refused(FakeCounter(gateway.line).enrol, code).code == "code_used"
    assert counter.hello().current_epoch == 1


def test_a_lost_answer_is_had_again_with_the_same_key_and_token(gateway: InProcess) -> None:
    code = gateway.code()
    counter = FakeCounter(gateway.line)
    first = counter.enrol(code)
    lost = counter.token
    again = counter.enrol(code)
    assert (again.device, again.epoch) == (first.device, first.epoch)
    assert counter.token == lost, "an answer that comes late must not end the token in use"
    assert counter.hello().current_epoch == 1
    others = {gateway.counter(name).token for name in ("Quầy 1", "Quầy 1", "Quầy 2")}
    assert len(others | {lost}) == 4


def test_a_code_ends_after_ten_minutes(gateway: InProcess) -> None:
    late, in_time = gateway.code("Quầy 1"), gateway.code("Quầy 2")
    gateway.advance(minutes=9, seconds=59)
    FakeCounter(gateway.line).enrol(in_time)
    gateway.advance(seconds=2)
    assert refused(FakeCounter(gateway.line).enrol, late).code == "code_expired"
    assert refused(FakeCounter(gateway.line).enrol, in_time).code == "code_expired"


def test_five_wrong_tries_lock_a_code_for_good(gateway: InProcess) -> None:
    code = gateway.code()
    for left in (4, 3, 2, 1, 0):
        wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
        said = refused(FakeCounter(gateway.line).enrol, wrong)
        assert (said.code, said.problem.values["tries_left"]) == ("code_wrong", left)
    assert refused(FakeCounter(gateway.line).enrol, code).code == "code_locked"
    assert refused(FakeCounter(gateway.line).enrol, "ZZZZ-0000-0000").problem.values["tries_left"] is None


def test_a_key_is_enrolled_only_by_its_holder(gateway: InProcess) -> None:
    code = gateway.code()
    thief = FakeCounter(gateway.line)
    thief.key = Ed25519PrivateKey.generate()
    honest = FakeCounter(gateway.line)
    stolen_public = b64(honest.key.public_key().public_bytes_raw())
    body = codec.dumps({
        "code": code, "device_name": "x", "public_key": stolen_public, "proof": b64(thief.key.sign(b"x")),
        "app_version": "0", "machine_hint": "",
    })
    assert refused(ask, gateway.line, "POST", "/v1/enrol", data=body).code == "proof_wrong"
    assert honest.enrol(code).epoch == 1


def test_codes_are_not_minted_for_counters_that_do_not_exist(gateway: InProcess) -> None:
    for office, counter in (("bc-mau", "Quầy 99"), ("bc-la", "Quầy 1")):
        with pytest.raises(Exception, match=r"unknown_(counter|office)"):
            gateway.code(counter, office)


def test_codes_come_from_the_letters_nobody_misreads(gateway: InProcess) -> None:
    code = gateway.code(choose=lambda letters: secrets.choice(letters))
    assert len(code) == 14 and set(code) <= set(ALPHABET) | {"-"}


def test_a_new_machine_fences_the_old_one_and_its_receipts_are_kept_aside(gateway: InProcess) -> None:
    old = gateway.counter("Quầy 1")
    ops = [old.write() for _ in range(4)]
    old.push(ops[:2])
    new = FakeCounter(gateway.line)
    answer = new.enrol(gateway.code("Quầy 1"))
    assert (answer.device, answer.epoch) == (old.device, 2)
    said = refused(old.hello)
    assert said.code == "stale_epoch" and said.problem.values["current_epoch"] == 2
    assert refused(old.feed).code == "stale_epoch"
    late = old.push(ops)
    assert [(item.outcome, item.reason) for item in late.items] == [
        ("already", None), ("already", None), ("fork", "stale_epoch"), ("gap", None)]
    # The same operations from the old machine's second copy, brought by the machine that took its place.
    assert outcomes(new.push(ops)) == ["already", "already", "taken", "taken"]
    assert new.hello().have[1].seq == 4 and new.hello().have[2].seq == 0
    assert outcomes(new.push([new.write()])) == ["taken"]


def test_a_restored_disk_takes_a_new_epoch_once_even_when_the_answer_is_lost(gateway: InProcess) -> None:
    counter = gateway.counter()
    counter.push([counter.write()])
    request = uuid.uuid4().hex

    def ask_for_epoch(request: str = request, epoch: int = 1) -> EpochAnswer:
        proof = b64(counter.key.sign(epoch_text(request, epoch, counter.public).encode()))
        body = codec.dumps(NewEpoch(request, epoch, "behind", counter.public, proof))
        return codec.loads(
            EpochAnswer, ask(gateway.line, "POST", "/v1/epoch", data=body, headers=counter.headers).content
        )

    first, again = ask_for_epoch(), ask_for_epoch()
    assert (first.epoch, again.epoch) == (2, 2) and first.token == again.token
    assert {lease.payload for lease in first.leases} == {lease.payload for lease in again.leases}
    assert all('"lo":500' in lease.payload for lease in again.leases)
    assert refused(ask_for_epoch, uuid.uuid4().hex).code == "stale_epoch"
    before = counter.token
    counter.token, counter.epoch = again.token, 2
    assert sorted(counter.hello().have) == [1, 2]
    counter.seq, counter.prev = 0, GENESIS
    assert outcomes(counter.push([counter.write()])) == ["taken"]
    # A copy of the disk with the request on it: there is one epoch, and somebody writes in it.
    used, counter.token = counter.token, before
    assert refused(ask_for_epoch).code == "stale_epoch"
    counter.token = used
    assert outcomes(counter.push([counter.write()])) == ["taken"]


def test_own_operations_come_back_for_a_disk_that_lost_them(gateway: InProcess) -> None:
    counter = gateway.counter()
    ops = [counter.write() for _ in range(7)]
    counter.push(ops)
    got: list[Any] = []
    more = True
    while more:
        page = ask(gateway.line, "GET", "/v1/operations", headers=counter.headers,
                   params={"epoch": 1, "after": len(got), "limit": 3}).json()
        got += page["items"]
        more = page["more"]
    assert [(item["seq"], item["p"], unb64(item["s"])) for item in got] == [
        (n, op.payload, op.signature) for n, op in enumerate(ops, 1)]
    said = refused(ask, gateway.line, "GET", "/v1/operations", headers=counter.headers,
                   params={"epoch": 2, "after": 0})
    assert said.code == "unknown_epoch"


def test_without_a_good_token_nothing_answers(gateway: InProcess) -> None:
    gateway.counter()
    for path, method in (("/v1/hello", "POST"), ("/v1/push", "POST"), ("/v1/epoch", "POST"),
                         ("/v1/feed?incarnation=x&position=0", "GET"), ("/v1/operations?epoch=1&after=0", "GET"),
                         ("/v1/packages/a/b", "GET")):
        for header in (None, "Bearer ", "Bearer falsch", "Basic abc", "Bearer " + "x" * 5000):
            headers = {} if header is None else {"Authorization": header}
            body = b"{}" if method == "POST" else b""
            said = refused(ask, gateway.line, method, path, headers=headers, data=body)
            assert said.code in ("not_enrolled", "malformed"), (path, header)
            assert said.problem.status in (401, 400)


def test_a_revoked_machine_is_refused_until_its_counter_is_enrolled_anew(gateway: InProcess) -> None:
    stolen = gateway.counter("Quầy 1")
    with gateway.opened.database.writing() as connection:
        connection.execute(update(devices).where(devices.c.id == stolen.device).values(revoked_upto=1))
    assert refused(stolen.hello).code == "device_revoked"
    assert refused(stolen.push, [stolen.write()]).code == "device_revoked"
    assert gateway.counter("Quầy 1").hello().current_epoch == 2
