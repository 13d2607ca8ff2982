"""The contract reads lightly what `app.domain` writes: both must see the same in it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import operation as office_operation
from app.domain.code_pattern import CodePattern
from app.domain.dossier_code import agency_key as office_agency_key
from app.domain.dossier_code import parse_code
from app.domain.lease import Lease
from app.domain.people.grant import KIND, Grant
from app.domain.people.operation_acts import OPERATION_ACTS
from app.domain.people.roles import Role
from app.errors import Refusal
from sync.contract import grant_text, number_text, operation_text
from sync.contract.grant_text import GrantText
from sync.contract.lease_text import LeaseText
from sync.contract.limits import HIGHEST_NUMBER
from sync.contract.office_file import OfficeAgency

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
IDENTIFIERS = ["H47.15", "000.00.15.H47", "H47", "000.00.00.H47", "001.02.15.H47", "H47.3.2.1", "G01.5",
               "000.12.00.H47", "000.00.07.H47.3"]


@given(body=st.dictionaries(TEXT, st.none() | TEXT | st.integers() | st.lists(TEXT, max_size=3), max_size=4),
       seq=st.integers(1, 2**40), number=st.none() | TEXT)
def test_an_operation_is_read_as_it_was_written(body: dict[str, object], seq: int, number: str | None) -> None:
    header = office_operation.Header(
        op_id="o", device="c1", epoch=3, seq=seq, prev="ab" * 32, type="dossier.received", intent="i", office="bc",
        staff="nv1", agency_account="a", business_date="2026-09-21", wall_time="2026-09-21T01:00:00.000Z",
        clock_offset_ms=None, number=number,
    )
    payload = office_operation.canonical(header, body)
    place = operation_text.read(payload)
    assert (place.device, place.epoch, place.seq, place.prev, place.number) == ("c1", 3, seq, "ab" * 32, number)
    assert place.fields["body"] == body
    assert operation_text.digest(payload.encode()) == office_operation.digest(payload)


def test_constants_and_names_are_the_same() -> None:
    assert operation_text.GENESIS == office_operation.GENESIS
    assert operation_text.SCHEMA == office_operation.SCHEMA
    assert set(office_operation.Header.__slots__) == operation_text.HEADER
    types = {value for name, value in vars(office_operation.Type).items() if not name.startswith("_")}
    assert types == operation_text.TYPES


@pytest.mark.parametrize("payload", [
    "", "null", "[]", "{}", '"x"', '{"device":"c","epoch":1,"seq":0,"prev":""}',
    '{"device":"c","epoch":true,"seq":1,"prev":"' + "0" * 64 + '"}',
    '{"device":"c","epoch":1,"seq":1.0,"prev":"' + "0" * 64 + '"}',
    '{"device":1,"epoch":1,"seq":1,"prev":"' + "0" * 64 + '"}', "[" * 100_000,
])
def test_what_names_no_place_in_a_chain_is_refused(payload: str) -> None:
    with pytest.raises(ValueError, match="not an operation"):
        operation_text.read(payload)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(1, HIGHEST_NUMBER), TEXT)
def test_a_lease_is_read_as_the_province_wrote_it(first: date, days: int, lo: int, agency: str) -> None:
    last = first + timedelta(days)
    hi = min(HIGHEST_NUMBER, lo + 498)
    payload = LeaseText("l", agency, "c1", 2, first, last, lo, hi).to_payload()
    lease = Lease.from_payload(payload)
    assert lease == Lease("l", agency, "c1", 2, first, last, lo, hi)
    assert lease.to_payload() == payload


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.sets(st.sampled_from(sorted(grant_text.ROLES))),
       st.dictionaries(TEXT, TEXT, max_size=3), st.integers(0, 99), TEXT, st.none() | st.dates())
def test_a_grant_is_read_as_the_province_wrote_it(
    until: date, roles: set[str], accounts: dict[str, str], serial: int, name: str, made: date | None,
) -> None:
    payload = GrantText("nv1", name, "bc", tuple(roles), accounts, until, serial, "$argon2id$", made).to_payload()
    assert Grant.from_payload(payload) == Grant(
        "nv1", name, "bc", frozenset(Role(role) for role in roles), accounts, until, serial, "$argon2id$", made)


def test_roles_have_the_same_names_in_both_rooms() -> None:
    assert {role.value for role in Role} == grant_text.ROLES
    assert (grant_text.KIND, set(OPERATION_ACTS) <= operation_text.TYPES) == (KIND, True)


def test_a_lease_without_numbers_or_days_cannot_be_written() -> None:
    day = date(2026, 9, 21)
    for lo, hi, last in ((0, 5, day), (6, 5, day), (1, 10_000, day), (1, 5, day - timedelta(1))):
        with pytest.raises(ValueError, match="not a lease"):
            LeaseText("l", "a", "c", 1, day, last, lo, hi)


@given(st.sampled_from(IDENTIFIERS), st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 9_999))
def test_a_dossier_code_is_taken_apart_alike(identifier: str, day: date, number: int) -> None:
    text = CodePattern().issue(identifier, day, number)
    ours, theirs = number_text.read_number(text), parse_code(text)
    assert ours is not None
    assert (ours.key, ours.agency_key, ours.day, ours.number) == (
        theirs.key, theirs.agency_key, theirs.day, theirs.sequence)


NO_IDENTIFIERS = ["", "H4", "h47.15", "47.15", "H47.", "H47.12345", "0.0.15.H47"]


@pytest.mark.parametrize("identifier", [*IDENTIFIERS, *NO_IDENTIFIERS])
def test_an_agency_has_one_key_in_both_rooms(identifier: str) -> None:
    try:
        expected = office_agency_key(identifier)
    except Refusal:
        expected = None
    ours = number_text.agency_key(identifier)
    forgiven = identifier != identifier.upper()    # the office forgives small letters, the contract need not
    assert ours == expected or (ours is None and forgiven)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    ours = number_text.read_number(text)
    if ours is not None:
        assert parse_code(text).key == ours.key


@given(st.integers(1, 1_000), st.data())
def test_the_slots_of_a_day_never_touch(slots: int, data: st.DataObject) -> None:
    agency = OfficeAgency("a", "A", "H47.15", slots)
    slot = data.draw(st.integers(0, slots - 1))
    lo, hi = agency.range_of(slot)
    assert 1 <= lo <= hi <= HIGHEST_NUMBER
    if slot:
        assert agency.range_of(slot - 1)[1] == lo - 1


def test_office_files_say_what_is_wrong_with_them() -> None:
    from sync.contract.codec import MalformedMessage
    from sync.contract.office_file import read_office
    from tests.gateway_process import office
    good, for_counters = read_office(office(tương_lai=1))
    assert good.agencies[1].key == "H47.7" and for_counters["tương_lai"] == 1
    assert json.loads(json.dumps(for_counters)).keys().isdisjoint({"clerks", "counters"})
    agency = office()["agencies"][0]
    for changes, where in (
        ({"agencies": [agency, agency]}, "agencies"), ({"counters": ["a", "a"]}, "counters"),
        ({"agencies": [{**agency, "slots": 0}]}, "agencies[0]"),
        ({"agencies": [{**agency, "code": "??"}]}, "agencies[0]"), ({"name": None}, "name"),
        ({"sign_in": True}, "clerks[0].roles"), ({"grant_days": 0}, "grant_days"),
        ({"retention": {"scan_days": 0}}, "retention.scan_days"),
        ({"retention": {"personal_months": 601}}, "retention.personal_months"),
        ({"retention": {"scan_days": "30"}}, "retention.scan_days"),
        ({"grant_days": 32}, "grant_days"),
        ({"clerks": [{"id": "a", "name": "A", "accounts": {}, "roles": ["trùm"]}]}, "clerks[0].roles"),
    ):
        with pytest.raises(MalformedMessage) as error:
            read_office(office(**changes))
        assert error.value.where == where
