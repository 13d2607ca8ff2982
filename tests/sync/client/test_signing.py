"""A counter's requests are signed, whatever its clock says and however often the line repeats them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.errors import KnownError
from sync.client import GatewayClient, signing
from sync.contract import paths
from sync.contract.messages import Hello
from sync.contract.signatures import read_input
from sync.errors import CallPerson, TryLater
from sync.signing import ProvinceTime, Signer, signer_of
from tests.sync.client.fault_proxy import DUPLICATE, PASS, REPLAY, Asked, FaultProxy, Rule, page
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


def hello_of(counter: Counter) -> Hello:
    enrolled = counter.office.application.enrolled
    return Hello(enrolled.device, enrolled.epoch, None, None, None, "0", {}, "2026-11-23T02:00:00.000+00:00")


def token_of(counter: Counter, trial: Trial, line: FaultProxy) -> str:
    """As the counter itself says it."""
    counter.move(line.url)
    assert counter.sync().is_good
    head = line.asked[-1].raw.split(b"\r\n\r\n")[0].decode()
    return next(row.split("Bearer ")[1] for row in head.split("\r\n") if "Bearer " in row)


def signed_rows(asked: Asked) -> dict[str, str]:
    rows = asked.raw.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value for name, _, value in (row.partition(": ") for row in rows)}


def test_every_request_of_a_contact_is_signed_by_this_epoch_with_a_nonce_of_its_own(
    trial: Trial, enrol: Enrol,
) -> None:
    counter = enrol()
    enrolled = counter.office.application.enrolled
    with FaultProxy(trial.url) as line:
        counter.move(line.url)
        counter.receive(3)
        assert counter.sync().is_good
        asked = [each for each in line.asked if not each.path.startswith(paths.HEALTH)]
    notes = [read_input(signed_rows(each)["signature-input"]) for each in asked]
    assert len(notes) >= 3 and len({note.nonce for note in notes}) == len(notes)
    assert {(note.device, note.epoch) for note in notes} == {(enrolled.device, enrolled.epoch)}


@pytest.mark.parametrize("away", [timedelta(days=-3000), timedelta(hours=7), timedelta(days=800)])
def test_a_clock_that_is_wrong_costs_one_request_and_locks_nobody_out(
    trial: Trial, enrol: Enrol, away: timedelta,
) -> None:
    counter = enrol()
    with FaultProxy(trial.url) as line:
        token = token_of(counter, trial, line)
        before = len(line.asked)
        enrolled = replace(counter.office.application.enrolled, clock_offset_ms=None)
        signer = signer_of(enrolled, datetime.now(UTC) + away)
        with signing(GatewayClient, signer)(line.url, token) as client:
            for _ in range(3):
                assert client.hello(hello_of(counter)).current_epoch == enrolled.epoch
        assert len(line.asked) - before == 4
    assert abs(signer.time.now() - datetime.now(UTC)) < timedelta(seconds=60)


def test_time_goes_on_by_seconds_that_never_go_back() -> None:
    at = iter([10.0, 12.0, 12.0, 20.0])
    time = ProvinceTime(datetime(2026, 1, 1, tzinfo=UTC), lambda: next(at))
    assert time.now() == datetime(2026, 1, 1, 0, 0, 2, tzinfo=UTC)
    time.learn(datetime(2030, 1, 1, tzinfo=UTC))
    assert time.now() == datetime(2030, 1, 1, 0, 0, 8, tzinfo=UTC)


@pytest.mark.parametrize("rule", [DUPLICATE, REPLAY], ids=["duplicate", "replay"])
def test_a_line_that_now_and_then_says_a_request_twice_costs_no_contact(
    trial: Trial, enrol: Enrol, rule: Rule,
) -> None:
    counter = enrol()
    counter.receive(4)
    with FaultProxy(trial.url, lambda asked: rule if asked.count % 3 == 1 else PASS) as line:
        counter.move(line.url)
        said = counter.sync()
    assert (said.problem, said.waiting, said.sent) == ("", 0, 4)


def test_a_token_alone_is_not_enough_once_its_machine_has_signed(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    with FaultProxy(trial.url) as line:
        token = token_of(counter, trial, line)
    with GatewayClient(trial.url, token) as client, pytest.raises(CallPerson, match="signature_missing"):
        client.hello(hello_of(counter))
    enrolled = counter.office.application.enrolled
    thief = Signer(enrolled.device, enrolled.epoch, Ed25519PrivateKey.generate(), ProvinceTime(datetime.now(UTC)))
    with (
        GatewayClient(trial.url, token, signer=thief) as client,
        pytest.raises(CallPerson, match="signature_wrong"),
    ):
        client.hello(hello_of(counter))


@pytest.mark.parametrize(("status", "code", "kind", "asked"), [
    (401, "signature_missing", CallPerson, 1), (401, "signature_wrong", CallPerson, 1),
    (401, "clock_differs", TryLater, 2), (401, "request_replayed", TryLater, 2),
    (400, "body_altered", TryLater, 1),
])
def test_a_province_that_keeps_saying_so_is_not_asked_for_ever(
    status: int, code: str, kind: type[KnownError], asked: int,
) -> None:
    body = f'{{"code":"{code}","status":{status},"server_time":"2026-11-23T02:00:00.000Z"}}'.encode()
    signer = Signer("d", 1, Ed25519PrivateKey.generate(), ProvinceTime(datetime.now(UTC)))
    with FaultProxy("http://127.0.0.1:9", lambda _: page(f"{status} X", body, "application/json")) as line:
        with GatewayClient(line.url, "t", signer=signer) as client, pytest.raises(kind, match=code):
            client.hello(Hello("d", 1, None, None, None, "0", {}, "2026-11-23T02:00:00.000+00:00"))
        assert len(line.asked) == asked
