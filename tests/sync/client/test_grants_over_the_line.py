"""Rights from the province's office file to the counter's door, and away again by its word."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from app.errors import Refusal
from app.services.people.grants import held_payloads
from app.services.people.sign_in import Asks
from app.store.settings import write_setting
from sync.gateway import admin
from sync.gateway.grants import mint_personal_code
from sync.gateway.offices import keep_office
from tests.gateway_process import office as office_file
from tests.sync.client.trial import Counter, Place, Trial

Enrol = Callable[..., Counter]
SECRET = "mưa to 5g"


def staffed(place: Place, clerks: dict[str, list[str]], **changes: Any) -> None:
    """The operator's office file, with personal sign-in."""
    agencies = [{"id": each.id, "name": each.name, "code": each.identifiers[0], "slots": 20}
                for each in place.catalogue.agencies]
    people = [{"id": clerk, "name": f"Người {clerk}", "accounts": {}, "roles": roles} for clerk, roles in
              clerks.items()]
    with place.trial.opened.database.writing() as connection:
        keep_office(connection, office_file(
            id=place.office, agencies=agencies, counters=["Quầy 1"], clerks=people, sign_in=True, **changes))


def asked(counter: Counter) -> dict[str, Asks]:
    application = counter.office.application
    return {each.clerk.id: each.asks for each in application.sign_ins.states(application.enrolled)}


def test_rights_come_with_enrolment_a_code_by_contact_and_both_go_by_revocation(
    trial: Trial, enrol: Enrol,
) -> None:
    place = trial.place()
    staffed(place, {"thu-an": ["intake"], "thu-binh": ["shift_lead"]})
    counter = enrol(place)
    application = counter.office.application
    assert application.enrolled.has_sign_in and [each.id for each in application.enrolled.clerks] == [
        "thu-an", "thu-binh"]
    assert asked(counter) == {"thu-an": Asks.NOTHING, "thu-binh": Asks.NOTHING}
    with trial.opened.database.writing() as connection:
        code = mint_personal_code(connection, place.office, "thu-an", datetime.now(UTC), random.choice)
    assert counter.sync().problem == ""
    counter.reread()
    assert asked(counter) == {"thu-an": Asks.CODE, "thu-binh": Asks.NOTHING}
    application.sign_ins.take_up(application.enrolled, "thu-an", code, SECRET)
    counter.receive(1)
    assert counter.sync_until_quiet() == 1, "what signing in wrote is taken like any line"
    counter.reread()
    with trial.opened.database.writing() as connection:
        admin._revoke(connection, "clerk", "thu-an", datetime.now(UTC))
    counter.sync()
    counter.reread()
    with pytest.raises(Refusal, match="grant_revoked"):
        application.sign_ins.sign_in(application.enrolled, "thu-an", SECRET)
    with pytest.raises(Refusal, match="grant_revoked"):
        counter.receive(1)


def test_an_office_that_gets_personal_sign_in_hears_of_it_at_the_next_contact(trial: Trial, enrol: Enrol) -> None:
    place = trial.place()
    counter = enrol(place)
    assert not counter.office.application.enrolled.has_sign_in
    counter.receive(1)
    staffed(place, {"thu-chi": ["intake"]}, grant_days=3)
    assert counter.sync().problem == ""
    counter.reread()
    application = counter.office.application
    assert application.enrolled.has_sign_in
    with application.database.reading() as connection:
        before = held_payloads(connection)
    counter.sync()
    with application.database.reading() as connection:
        assert held_payloads(connection) == before and len(before) == 1, "nothing new is said twice"
    with application.database.writing() as connection:        # a set that is not what the province would send
        write_setting(connection, "grants", [])
    counter.sync()
    with application.database.reading() as connection:
        assert held_payloads(connection) == before


def test_an_office_that_gives_personal_sign_in_up_is_believed_by_its_signed_word(
    trial: Trial, enrol: Enrol,
) -> None:
    place = trial.place()
    staffed(place, {"thu-an": ["auditor"]})
    counter = enrol(place)
    assert counter.office.application.enrolled.has_sign_in
    agencies = [{"id": each.id, "name": each.name, "code": each.identifiers[0], "slots": 20}
                for each in place.catalogue.agencies]
    with trial.opened.database.writing() as connection:
        keep_office(connection, office_file(
            id=place.office, agencies=agencies, counters=["Quầy 1"], clerks=[
                {"id": "thu-an", "name": "Người thu-an", "accounts": {}}], sign_in=False))
    assert counter.sync().problem == ""
    counter.reread()
    assert not counter.office.application.enrolled.has_sign_in
    counter.receive(1)
    assert counter.sync_until_quiet() == 1
