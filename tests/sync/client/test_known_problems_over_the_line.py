"""What is known to be wrong travels from the operator's file to the book, signed, and only when it is new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.services.known_problems import KNOWN, Known, held_problems, mark_seen, read_problems, take_problems
from app.store.settings import read_setting, write_setting
from sync.gateway.known_problems import fresh_problems, keep_problems
from tests.app.domain.test_known_problem import ENTRY
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


def known(counter: Counter, version: str = "0.3.1") -> tuple[Known, ...]:
    application = counter.office.application
    with application.database.reading() as connection:
        return read_problems(connection, application.enrolled.province_key, version)


def tell(trial: Trial, *entries: dict[str, Any]) -> None:
    with trial.opened.database.writing() as connection:
        keep_problems(connection, list(entries), datetime.now(UTC))


def test_a_list_comes_is_looked_at_and_goes(trial: Trial, enrol: Enrol) -> None:
    counter = enrol(trial.place())
    assert counter.sync().problem == "" and known(counter) == ()
    other = {**ENTRY, "id": "hai", "since": "0.4", "until": ""}
    tell(trial, ENTRY, other)
    assert counter.sync().problem == ""
    assert [(each.problem.id, each.is_new) for each in known(counter)] == [("in-mau-a5", True)]
    assert [each.problem.id for each in known(counter, "0.4.1")] == ["hai"]
    came = known(counter)[0].came
    with counter.office.application.database.writing() as connection:
        mark_seen(connection, ["in-mau-a5"])
    third = {**ENTRY, "id": "ba"}
    tell(trial, ENTRY, third)
    counter.sync()
    found = {each.problem.id: each for each in known(counter)}
    assert found["in-mau-a5"].came == came and not found["in-mau-a5"].is_new, "it is not new twice"
    assert found["ba"].is_new and list(found) == ["ba", "in-mau-a5"], "the newest first"
    tell(trial)
    counter.sync()
    assert known(counter) == ()


def test_nothing_is_said_twice_nor_to_a_program_that_does_not_ask(trial: Trial, enrol: Enrol) -> None:
    counter = enrol(trial.place())
    tell(trial, ENTRY)
    counter.sync()
    with counter.office.application.database.reading() as connection:
        held = held_problems(connection)
    from sync.contract.known_problem import problems_digest

    with trial.opened.database.reading() as connection:
        assert fresh_problems(connection, trial.opened.seal, problems_digest(held)) is None
        assert fresh_problems(connection, trial.opened.seal, None) is None
        said = fresh_problems(connection, trial.opened.seal, problems_digest(()))
    assert said is not None and [each.payload for each in said] == list(held)


def test_what_the_province_did_not_sign_is_neither_kept_nor_shown(trial: Trial, enrol: Enrol) -> None:
    counter = enrol(trial.place())
    tell(trial, ENTRY)
    counter.sync()
    application, now = counter.office.application, datetime.now(UTC)
    with application.database.writing() as connection:
        held = read_setting(connection, KNOWN)
        edited = [{**held[0], "payload": held[0]["payload"].replace("Chọn A4", "Gọi số 0900")}, {}, *held]
        write_setting(connection, KNOWN, edited)
    assert [each.problem.words("vi").act for each in known(counter)] == ["Chọn A4."]
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    payload = held[0]["payload"]
    with application.database.writing() as connection:
        take_problems(connection, application.enrolled.province_key, [(payload, stranger.sign(payload.encode()))],
                      now + timedelta(days=1))
    assert known(counter) == ()
