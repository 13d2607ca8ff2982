"""The journal's one door: who may write what, by role, type of operation, and what her grant is worth."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.operation import Type
from app.domain.people.operation_acts import OPERATION_ACTS, SECOND_ACTS
from app.domain.people.roles import ROLES, Role
from app.errors import Refusal
from app.services.counter import Counter, load_counter
from app.services.people.grants import GRANTS, REVOKED
from app.store import journal as book
from app.store.settings import read_setting, write_setting
from tests.office import MORNING, Office, office_in, sample_intake
from tests.people import OFFICE, UNTIL, grant, grant_text

TODAY = date(2026, 11, 23)
STATES = ("good", "expired", "revoked", "foreign", "false", "missing")
LEAD = grant_text("nv-2", ["shift_lead"], until=date(2027, 6, 1))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("door")) as found:
        yield found


def counter_with(office: Office, state: str, role: Role, *, is_on: bool = True, second: bool = False) -> Counter:
    """This counter with nv-1 in `role`, her grant in `state`, and nv-2 as a shift lead; no grants where nobody
    signs in."""
    text = grant_text("nv-1", [role.value], office="nơi-khác" if state == "foreign" else OFFICE)
    province, stranger = office.province.key, Ed25519PrivateKey.from_private_bytes(bytes(32))
    held = [] if state == "missing" else [(text, (stranger if state == "false" else province).sign(text.encode()))]
    held.append((LEAD, province.sign(LEAD.encode())))
    with office.application.database.writing() as connection:
        known = [{"payload": each, "signature": raw.hex()} for each, raw in held]
        write_setting(connection, GRANTS, known if is_on else [])
        write_setting(connection, REVOKED, ["nv-1"] if state == "revoked" else [])
        write_setting(connection, "office", {**read_setting(connection, "office"), "sign_in": is_on})
        counter = load_counter(connection)
    assert counter is not None
    return counter.with_second("nv-2") if second else counter


class Undone(Exception):
    """Nothing of a try is kept."""


def outcome(office: Office, counter: Counter, kind: str, today: date) -> str:
    event = book.Event("op", kind, f"thử-{kind}", {}, MORNING, today)
    try:
        with office.application.database.writing() as connection:
            book.append(connection, counter.author(counter.clerk("nv-1")), event)
            raise Undone
    except Undone:
        return "written"
    except Refusal as refusal:
        return refusal.code


@pytest.mark.parametrize(("role", "state", "is_on"), [
    *itertools.product(Role, STATES, [True]), (Role.AUDITOR, "good", False), (Role.INTAKE, "missing", False),
])
def test_each_cell_of_the_matrix(office: Office, role: Role, state: str, is_on: bool) -> None:
    today = UNTIL + timedelta(1) if state == "expired" else TODAY
    alone = counter_with(office, state, role, is_on=is_on)
    beside = alone.with_second("nv-2")
    for kind, act in OPERATION_ACTS.items():
        if not is_on:
            assert outcome(office, alone, kind, today) == "written", kind
            continue
        if state != "good":
            expected = both = f"grant_{state}"
        elif act not in ROLES[role]:
            expected = both = "act_not_allowed"
        else:
            expected, both = "second_person_needed" if kind in SECOND_ACTS else "written", "written"
        assert outcome(office, alone, kind, today) == expected, kind
        assert outcome(office, beside, kind, today) == both, kind


@pytest.mark.parametrize("kind", SECOND_ACTS)
def test_the_second_person_is_another_and_holds_the_act_of_approving(office: Office, kind: str) -> None:
    lead = counter_with(office, "good", Role.SHIFT_LEAD)
    assert outcome(office, lead.with_second("nv-1"), kind, TODAY) == "second_person_needed"
    text = grant_text("nv-2", ["cashier"])
    with office.application.database.writing() as connection:
        held = read_setting(connection, GRANTS)[:1]
        signature = office.province.key.sign(text.encode()).hex()
        write_setting(connection, GRANTS, [*held, {"payload": text, "signature": signature}])
        plain = load_counter(connection)
    assert plain is not None
    assert outcome(office, plain.with_second("nv-2"), kind, TODAY) == "act_not_allowed"
    assert outcome(office, plain.with_second("nv-2"), kind, UNTIL + timedelta(1)) == "grant_expired"


def test_a_book_that_was_edited_takes_rights_away_and_gives_none(office: Office) -> None:
    """Each letter of a signed grant, and roles written into it: none of it is believed."""
    counter_with(office, "good", Role.INTAKE)
    with office.application.database.reading() as connection:
        mine, lead = read_setting(connection, GRANTS)
    raised = json.dumps({**json.loads(mine["payload"]), "roles": ["shift_lead"]}, ensure_ascii=False,
                        sort_keys=True, separators=(",", ":"))
    edits = [raised, lead["payload"].replace("nv-2", "nv-1"), mine["payload"].replace("2026-12-07", "2027-12-07")]
    for payload in edits:
        for signature in (mine["signature"], lead["signature"], "", "xyz"):
            with office.application.database.writing() as connection:
                write_setting(connection, GRANTS, [{"payload": payload, "signature": signature}])
                counter = load_counter(connection)
            assert counter is not None
            assert outcome(office, counter, Type.DUE_EXTENDED, TODAY) == "grant_false"
            assert outcome(office, counter, Type.DOSSIER_RECEIVED, TODAY) == "grant_false"
    for odd in ([{}], [{"payload": "", "signature": ""}]):
        with office.application.database.writing() as connection:
            write_setting(connection, GRANTS, odd)
            counter = load_counter(connection)
        assert counter is not None and outcome(office, counter, Type.NOTICE_SEEN, TODAY) == "grant_missing"


def test_a_reception_is_stored_by_who_may_and_by_no_other(tmp_path: Path) -> None:
    with office_in(tmp_path) as fresh:
        grant(fresh, {"nv-1": ["intake"], "nv-2": ["auditor"]})
        assert fresh.receive(sample_intake("một")).is_new
        with fresh.application.database.reading() as connection:
            operation = next(each for _, each in book.operations(connection))
        assert (operation.header.staff, operation.header.agency_account) == ("nv-1", "nv-1.ca")
        grant(fresh, {"nv-1": ["auditor"]})
        with pytest.raises(Refusal, match="act_not_allowed"):
            fresh.receive(sample_intake("hai"))
        fresh.clock.advance(timedelta(days=15))
        with pytest.raises(Refusal, match="grant_expired"):
            fresh.receive(sample_intake("ba"))
        with fresh.application.database.reading() as connection:
            assert len(list(book.operations(connection))) == 1


def test_the_line_names_who_stood_by(office: Office) -> None:
    counter = counter_with(office, "good", Role.SHIFT_LEAD, second=True)
    event = book.Event("op-hai", Type.DUE_EXTENDED, "hai-người", {"lý do": "thử"}, MORNING, TODAY)
    with office.application.database.writing() as connection:
        operation = book.append(connection, counter.author(counter.clerk("nv-1")), event)
    assert dict(operation.body) == {"lý do": "thử", "second": "nv-2", "second_name": "Lê Văn Ví Dụ"}
