"""The province's word on who works in an office: made out at each contact, signed, ended by a revocation."""

from __future__ import annotations

import json
import secrets
from datetime import date
from typing import Any

import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.contract.grant_text import grants_digest
from sync.contract.messages import Signed, unb64
from sync.gateway import admin
from sync.gateway.grants import mint_personal_code
from sync.gateway.problem import ProblemRaised
from tests.gateway_process import OFFICE
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter

ROLES = (["intake"], ["shift_lead", "cashier"])
CLERKS = [{**clerk, "roles": roles} for clerk, roles in zip(OFFICE["clerks"], ROLES, strict=True)]


def read(grants: tuple[Signed, ...] | None) -> dict[str, dict[str, Any]]:
    return {said["clerk"]: said for said in (json.loads(each.payload) for each in grants or ())}


def code(gateway: InProcess, clerk: str) -> str:
    with gateway.opened.database.writing() as connection:
        return mint_personal_code(connection, "bc-mau", clerk, gateway.now, secrets.choice)


def test_an_office_without_personal_sign_in_hears_of_none(gateway: InProcess) -> None:
    counter = FakeCounter(gateway.line)
    assert counter.enrol(gateway.code()).grants is None and counter.hello().grants is None


def test_grants_come_with_enrolment_and_are_renewed_once_a_day(gateway: InProcess) -> None:
    gateway.add_office(sign_in=True, clerks=CLERKS, grant_days=7)
    counter = FakeCounter(gateway.line)
    answer = counter.enrol(gateway.code())
    assert answer.grants is not None and answer.office["sign_in"] is True
    province = Ed25519PublicKey.from_public_bytes(unb64(answer.province_public_key))
    for each in answer.grants:
        province.verify(each.signature_bytes, each.payload.encode())
    said = read(answer.grants)
    assert said["nv2"] == {
        "kind": "grant", "clerk": "nv2", "name": "Lê Văn Thử", "office": "bc-mau", "serial": 0, "activation": "",
        "roles": ["cashier", "shift_lead"], "accounts": OFFICE["clerks"][1]["accounts"], "until": "2026-09-28",
        "made": "2026-09-21",
    }
    held = grants_digest(each.payload for each in answer.grants)
    assert counter.hello(grants=held).grants is None, "what is held need not be said again"
    assert counter.hello().grants == answer.grants, "a lost answer costs nothing"
    gateway.advance(days=1)
    renewed = counter.hello(grants=held).grants
    assert {each["until"] for each in read(renewed).values()} == {"2026-09-29"}


def test_a_clerk_who_is_revoked_or_left_out_gets_none(gateway: InProcess) -> None:
    gateway.add_office(sign_in=True, clerks=CLERKS)
    counter = gateway.counter()
    assert set(read(counter.hello().grants)) == {"nv1", "nv2"}
    with gateway.opened.database.writing() as connection:
        admin._revoke(connection, "clerk", "nv2", gateway.now)
    hello = counter.hello()
    assert set(read(hello.grants)) == {"nv1"} and [each.id for each in hello.revocations] == ["nv2"]
    gateway.add_office(sign_in=True, clerks=CLERKS[1:])
    assert counter.hello().grants == ()


def test_a_personal_code_is_told_once_and_the_newest_counts(gateway: InProcess) -> None:
    gateway.add_office(sign_in=True, clerks=CLERKS)
    counter = gateway.counter()
    first, second = code(gateway, "nv1"), code(gateway, "nv1")
    said = read(counter.hello().grants)
    assert (said["nv1"]["serial"], said["nv2"]["serial"]) == (2, 0)
    verifier = said["nv1"]["activation"]
    assert verifier.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PasswordHasher().verify(verifier, second.replace("-", "")) and first != second
    assert second.replace("-", "") not in json.dumps(said)


@pytest.mark.parametrize(("office", "clerk", "sign_in", "problem"), [
    ("bc-mau", "ai-đó", True, "unknown_clerk"), ("nơi-khác", "nv1", True, "unknown_office"),
    ("bc-mau", "nv1", False, "no_sign_in"), ("bc-mau", "nv2", True, "clerk_revoked"),
])
def test_no_code_for_who_could_not_use_it(
    gateway: InProcess, office: str, clerk: str, sign_in: bool, problem: str,
) -> None:
    gateway.add_office(sign_in=sign_in, clerks=CLERKS)
    with gateway.opened.database.writing() as connection:
        admin._revoke(connection, "clerk", "nv2", gateway.now)
    with pytest.raises(ProblemRaised, match=problem), gateway.opened.database.writing() as connection:
        mint_personal_code(connection, office, clerk, gateway.now, secrets.choice)


def test_the_last_day_of_a_grant_is_a_day_of_the_office(gateway: InProcess) -> None:
    gateway.add_office(sign_in=True, clerks=CLERKS)
    counter = gateway.counter()
    gateway.advance(hours=17)                      # 01:00 of the next day there, the same day in UTC
    until = {each["until"] for each in read(counter.hello().grants).values()}
    assert until == {date(2026, 10, 6).isoformat()}
