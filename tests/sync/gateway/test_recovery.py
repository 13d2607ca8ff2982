"""Recovery keys at the province: kept sealed and for ever, given back to two people, proved by an answer."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from sync.contract.codec import dumps, loads
from sync.contract.key_letters import read_key_letters
from sync.contract.messages import b64
from sync.contract.recovery import RECOVERY_KEY, RecoveryKey, RecoveryProof, recovery_bound, recovery_proof
from sync.contract.sealing import seal
from sync.gateway import admin
from sync.gateway.app import create_app
from sync.gateway.opening import open_gateway
from sync.gateway.operator.people import Act, acts
from sync.gateway.problem import ProblemRaised
from sync.gateway.recovery import give_back
from tests.sync.drawn_square import text_of_square
from tests.sync.gateway.conftest import MORNING, HttpLine, InProcess, served
from tests.sync.gateway.counterpart import FakeCounter, SaidNo, ask
from tests.sync.gateway.signed import signs
from tests.sync.gateway.test_schema import Prepared, prepared

__all__ = ["prepared"]

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
TWO = ("Trần Thị Mẫu", "Lê Văn Thử")


def bring(here: InProcess, counter: FakeCounter, key: bytes, *, epoch: int | None = None, device: str = "") -> str:
    """What the province answers to this key."""
    public = here.opened.seal.opening_key.public_key().public_bytes_raw()
    bound = recovery_bound(device or counter.device, counter.epoch if epoch is None else epoch)
    asked = RecoveryKey(b64(seal(key, [public], bound)), "n1")
    answer = ask(counter.line, "PUT", RECOVERY_KEY, data=dumps(asked), headers=counter.headers)
    return loads(RecoveryProof, answer.content).proof


def held(here: InProcess) -> list[tuple[int, bytes]]:
    with here.opened.database.reading() as connection:
        found = connection.execute(text("SELECT number, sealed FROM recovery_keys ORDER BY number"))
        return [(number, bytes(sealed)) for number, sealed in found]


def test_the_answer_proves_the_key_and_only_its_envelope_is_kept(gateway: InProcess) -> None:
    counter = signs(gateway.counter(), lambda: gateway.now)
    assert bring(gateway, counter, KEY) == recovery_proof(KEY, counter.device, "n1")
    bring(gateway, counter, KEY)
    ((number, sealed),) = held(gateway)
    assert number == 1 and KEY not in sealed
    bring(gateway, counter, OTHER)
    assert [number for number, _ in held(gateway)] == [1, 2]
    for statement in ("UPDATE recovery_keys SET number = 3", "DELETE FROM recovery_keys"):
        with pytest.raises(DatabaseError), gateway.opened.database.writing() as connection:
            connection.execute(text(statement))


def test_two_people_get_the_newest_and_both_stand_in_the_journal(gateway: InProcess) -> None:
    counter = signs(gateway.counter(), lambda: gateway.now)
    bring(gateway, counter, KEY)
    bring(gateway, counter, OTHER)
    opened = gateway.opened
    with opened.database.writing() as connection:
        newest = give_back(connection, opened.seal, counter.device, TWO, gateway.now)
        first = give_back(connection, opened.seal, counter.device, TWO, gateway.now, 1)
        written = acts(connection, 10)
    assert read_key_letters("-".join(newest.groups)) == read_key_letters(newest.digits) == OTHER
    assert (newest.number, newest.of, newest.epoch) == (2, 2, counter.epoch)
    assert read_key_letters(first.digits) == KEY
    assert sorted(each.operator for each in written) == sorted(TWO * 2)
    assert {each.act for each in written} == {Act.RECOVERY_KEY}
    assert KEY.hex() not in json.dumps([dict(each.about) for each in written])


def test_one_person_alone_gets_nothing(gateway: InProcess) -> None:
    counter = signs(gateway.counter(), lambda: gateway.now)
    bring(gateway, counter, KEY)
    with gateway.opened.database.writing() as connection:
        for people in (("Mẫu", "mẫu "), ("", "Thử"), ("Mẫu", " "), ("Mẫu", "x" * 300)):
            with pytest.raises(ProblemRaised, match="two_people"):
                give_back(connection, gateway.opened.seal, counter.device, people, gateway.now)
        assert acts(connection, 10) == ()


def test_what_is_not_the_counters_own_key_is_refused(gateway: InProcess) -> None:
    plain = gateway.counter()
    with pytest.raises(SaidNo, match="signature_missing"):
        bring(gateway, plain, KEY)
    counter = signs(plain, lambda: gateway.now)
    for wrong in ({"device": "another"}, {"epoch": counter.epoch + 1}):
        with pytest.raises(SaidNo, match="malformed"):
            bring(gateway, counter, KEY, **wrong)  # type: ignore[arg-type]
    with pytest.raises(SaidNo, match="malformed"):
        bring(gateway, counter, b"short")
    assert held(gateway) == []
    with gateway.opened.database.writing() as connection, pytest.raises(ProblemRaised, match="no_recovery_key"):
        give_back(connection, gateway.opened.seal, counter.device, TWO, gateway.now)


def test_the_serving_role_only_adds(prepared: Prepared) -> None:
    opened = open_gateway(prepared.folder, prepared.serving, MORNING)
    here = InProcess(HttpLine(""), opened)
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: here.now)
    with served(app) as url:
        here.line = HttpLine(url)
        here.add_office()
        counter = signs(here.counter(), lambda: here.now)
        assert bring(here, counter, KEY) == recovery_proof(KEY, counter.device, "n1")
        here.line.close()
    for statement in (
        "UPDATE recovery_keys SET sealed = ''", "DELETE FROM recovery_keys", "TRUNCATE recovery_keys",
    ):
        with (
            psycopg.connect(prepared.serving, autocommit=True) as serving,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            serving.execute(statement)


def test_the_operators_word_says_letters_and_draws_a_square(
    gateway: InProcess, database_url: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    counter = signs(gateway.counter(), lambda: gateway.now)
    bring(gateway, counter, KEY)
    square = tmp_path / "khoa.svg"
    place = ["--data", str(tmp_path / "gateway"), *(["--database", database_url] if database_url else [])]
    people = ["--by", TWO[0], "--witness", TWO[1]]
    assert admin.main(["recovery-key", counter.device, *people, "--qr", str(square), *place]) == 0
    said = json.loads(capsys.readouterr().out)
    assert read_key_letters(said["line"]) == KEY
    assert square.stat().st_mode & 0o077 == 0
    assert read_key_letters(text_of_square(square)) == KEY
    assert admin.main(["recovery-key", counter.device, *people, "--qr", str(square), *place]) == 1, "never over it"
    capsys.readouterr()
    assert admin.main(["recovery-key", "nobody", *people, *place]) == 1
    assert json.loads(capsys.readouterr().out)["reason"] == "unknown_device"
