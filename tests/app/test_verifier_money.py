"""A journal whose holder signed what cannot be: the verifier adds up what people did and names what differs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app import verifier
from app.domain.operation import digest
from app.domain.till.accounts import Stream
from app.services.till.remitting import remit
from app.store import journal as book
from tests.app.services.till.desk import CashDesk, cash, fee, transfer
from tests.office import MORNING, office_in

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A day at the desk: the texts of its lines."""
    with office_in(tmp_path_factory.mktemp("money")) as office:
        desk = CashDesk(office)
        desk.collect(cash(fee(10_000)))
        desk.open({50_000: 2})
        desk.collect()
        gone = desk.collect(cash(fee(30_000)))
        desk.void(gone.op_id)
        desk.collect(transfer())
        desk.move(50_000)
        desk.close({50_000: 7})
        desk.act(remit, Stream.STATE, "cong-an")
        counter = office.application.enrolled
        lines = desk.read(lambda connection: list(book.export_lines(
            connection, counter.device, counter.key.public_key().public_bytes_raw(), MORNING)))
    return [json.loads(line)["payload"] for line in lines[1:]]


def signed_anew(bodies: list[str], kind: str, change: Change) -> list[str]:
    """The same day with `change` made to the last line of that kind, chained and signed by who holds the key."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    fields = [json.loads(each) for each in bodies]
    change(next(each for each in reversed(fields) if each["type"] == kind)["body"])
    lines = [json.dumps({"format": verifier.FORMAT, "device": fields[0]["device"],
                         "public_key": key.public_key().public_bytes_raw().hex()})]
    prev = verifier.GENESIS
    for each in fields:
        payload = json.dumps(each | {"prev": prev}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        prev = digest(payload)
        lines.append(json.dumps({"payload": payload, "hash": prev, "signature": key.sign(payload.encode()).hex()}))
    return lines


def found(bodies: list[str], kind: str, change: Change) -> set[str]:
    return {what for _, what in verifier.verify_lines(signed_anew(bodies, kind, change)).breaks}


def test_an_honest_day_adds_up(bodies: list[str]) -> None:
    whole = verifier.verify_lines(signed_anew(bodies, "cash.closed", lambda body: None))
    assert whole.breaks == [] and whole.earlier == []
    assert whole.sums == {"receipts": 410_000, "handed_on": 210_000, "drawer": 0, "bank": 200_000, "safe": -10_000,
                          "difference": 10_000}


def pay(body: dict[str, Any], amount: int) -> None:
    body["movements"][0][1] += amount


def pay_both(body: dict[str, Any], amount: int) -> None:
    for sign, movement in zip((1, -1), body["movements"], strict=False):
        movement[1] += sign * amount


def expect_more(body: dict[str, Any]) -> None:
    body["expected"] += 1
    for movement in body["movements"]:
        movement[1] += {"drawer": -1, "safe": 0, "difference": 1}[movement[0].split(":")[0]]


@pytest.mark.parametrize(("kind", "change", "what"), [
    ("money.collected", lambda body: pay(body, 1), "movements_unbalanced"),
    ("money.collected", lambda body: pay_both(body, 5), "movements_differ"),
    ("money.collected", lambda body: body["movements"][0].__setitem__(0, "safe"), "movements_differ"),
    ("money.collected", lambda body: body.pop("movements"), "movements_missing"),
    ("money.collected", lambda body: body["collection"]["receipts"][0].update(amount=1), "receipts_differ"),
    ("money.collected", lambda body: body["collection"].pop("receipts"), "money_unreadable"),
    ("money.voided", lambda body: pay_both(body, 7), "movements_differ"),
    ("money.voided", lambda body: body["lines"][0].__setitem__("amount", 29_000), "receipts_do_not_add_up"),
    ("cash.opened", lambda body: body.__setitem__("taken_in", []), "movements_differ"),
    ("cash.opened", lambda body: body.__setitem__("counted", 90_000), "movements_differ"),
    ("cash.moved", lambda body: body.__setitem__("amount", -50_000), "movements_differ"),
    ("cash.closed", expect_more, "session_expected_differs"),
    ("cash.closed", lambda body: body.__setitem__("counted", 360_000), "movements_differ"),
    ("money.remitted", lambda body: body.__setitem__("cash", 200_000), "receipts_do_not_add_up"),
])
def test_what_cannot_be_is_named_though_it_is_signed(
    bodies: list[str], kind: str, change: Change, what: str
) -> None:
    assert what in found(bodies, kind, change)


def test_one_receipt_number_on_two_collections_is_named(bodies: list[str]) -> None:
    first = next(json.loads(each) for each in bodies if json.loads(each)["type"] == "money.collected")
    slip = first["body"]["collection"]["receipts"][0]["slip"]
    assert found(bodies, "money.collected", lambda body: body["collection"]["receipts"][0].__setitem__(
        "slip", slip)) == {"receipt_twice"}


def test_wrong_minutes_are_an_exit_code_of_one(tmp_path: Path, bodies: list[str]) -> None:
    """The file alone says so too, by its exit code."""
    file = tmp_path / "journal.jsonl"
    file.write_text("\n".join(signed_anew(bodies, "cash.closed", expect_more)), encoding="utf-8")
    assert verifier.main([str(file)]) == 1
