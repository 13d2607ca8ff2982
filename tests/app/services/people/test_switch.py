"""Personal sign-in is on and off by the province's signed word; a book that was edited switches nothing off."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.services.counter import Counter
from app.services.people.grants import GRANTS, OFF
from app.services.people.switch import take_off
from app.store.settings import read_setting, write_setting
from sync.contract.grant_text import sign_in_off_text
from tests.app.services.people.signing import LEADS, ROLES, begun, beside_keys, refusal, sign_ins
from tests.office import Office, office_in, sample_intake
from tests.people import CODE, OFFICE, grant


def edited(office: Office, **settings: Any) -> Counter:
    """What the program takes this counter for once the book was edited by hand."""
    with office.application.database.writing() as connection:
        write_setting(connection, "office", {**read_setting(connection, "office"), "sign_in": False})
        for name, value in settings.items():
            write_setting(connection, name, value)
    return office.application.reread().enrolled


def off(
    office: Office, *, key: Ed25519PrivateKey | None = None, of: str = OFFICE, day: date | None = None,
) -> Counter:
    text = sign_in_off_text(of, day)
    with office.application.database.writing() as connection:
        signature = (key or office.province.key).sign(text.encode())
        take_off(connection, office.province.public, text, signature, OFFICE)
    return office.application.reread().enrolled


def test_the_flag_alone_switches_nothing_off_and_is_noticed(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        grant(office, {"nv-1": ["auditor"]})
        assert not office.application.enrolled.is_switch_edited
        counter = edited(office)
        assert counter.has_sign_in and counter.is_switch_edited
        assert refusal(lambda: office.receive(sample_intake("một")))[0] == "act_not_allowed"


@pytest.mark.parametrize("forged", ["", "other key", "other office"])
def test_with_the_grants_taken_away_too_nobody_may_do_anything(tmp_path: Path, forged: str) -> None:
    with begun(tmp_path) as (office, _):
        text = sign_in_off_text("nơi-khác" if forged == "other office" else OFFICE, None)
        key = Ed25519PrivateKey.from_private_bytes(bytes(32)) if forged == "other key" else office.province.key
        word = {"payload": text, "signature": key.sign(text.encode()).hex()} if forged else None
        counter = edited(office, **{GRANTS: [], OFF: word})
        assert counter.has_sign_in and counter.is_switch_edited
        assert refusal(lambda: office.receive(sample_intake("một")))[0] == "grant_missing"


def test_the_province_s_word_switches_it_off_until_its_next_grants(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, _):
        assert beside_keys(office).exists()
        for counter in (off(office, key=Ed25519PrivateKey.from_private_bytes(bytes(32))), off(office, of="x")):
            assert counter.has_sign_in, "signed by somebody else, or of another office"
        counter = off(office)
        assert not counter.has_sign_in and not counter.is_switch_edited
        assert office.receive(sample_intake("một")).is_new
        grant(office, {"nv-1": ["auditor"]})
        assert office.application.enrolled.has_sign_in
        with office.application.database.reading() as connection:
            assert read_setting(connection, OFF) is None, "an old word is not kept to be used again"


@pytest.mark.parametrize(("day", "is_on"), [
    (None, True), (date(2026, 11, 20), True), (date(2026, 11, 22), True), (date(2026, 11, 23), False),
    (date(2026, 11, 24), False),
])
def test_a_word_older_than_the_grant_somebody_signed_in_with_is_not_believed(
    tmp_path: Path, day: date | None, is_on: bool,
) -> None:
    with office_in(tmp_path) as office:
        grant(office, ROLES, made=date(2026, 11, 23))
        sign_ins(office).take_up(office.application.enrolled, "nv-2", CODE, LEADS)
        text = sign_in_off_text(OFFICE, day)
        word = {"payload": text, "signature": office.province.key.sign(text.encode()).hex()}
        counter = edited(office, **{GRANTS: [], OFF: word})
        assert counter.has_sign_in is is_on
        grant(office, ROLES, made=date(2026, 11, 25))
        known = sign_ins(office)
        known.sign_in(office.application.enrolled, "nv-2", LEADS)
        assert refusal(lambda: known.sign_in(office.application.enrolled, "nv-2", "sai rồi"))[0] == "secret_wrong"
        assert edited(office, **{GRANTS: [], OFF: word}).has_sign_in, "a wrong try forgets no day"
        assert not off(office, day=date(2026, 11, 25)).has_sign_in, "the province's newest word"


def test_where_nobody_ever_signed_in_nobody_is_asked(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        assert not edited(office).has_sign_in
