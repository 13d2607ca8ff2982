"""Signing in without a line: the first secret, and wrong tries that nothing makes forgotten."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.services.people.sign_in import Asks
from app.services.people.tries import read_kept
from app.services.people.verifier import Cost, is_cheap, is_secret, make_verifier
from tests.app.services.people.signing import (
    CHEAP,
    LEADS,
    ROLES,
    SECRET,
    begun,
    beside_keys,
    noted,
    refusal,
    reopened,
    sign_ins,
    wrong,
)
from tests.office import office_in
from tests.people import CODE, grant


def test_a_personal_code_begins_a_secret_and_is_used_once(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        grant(office, ROLES)
        known, counter = sign_ins(office), office.application.enrolled
        assert refusal(lambda: known.sign_in(counter, "nv-1", CODE))[0] == "personal_code_needed"
        assert [each.asks for each in known.states(counter)] == [Asks.CODE, Asks.CODE]
        assert refusal(lambda: known.take_up(counter, "nv-1", "AAAA-BBBB-CCCC", SECRET)) == (
            "personal_code_wrong", {"left": 9})
        known.take_up(counter, "nv-1", CODE.lower().replace("-", " "), SECRET)
        assert [each.asks for each in known.states(counter)] == [Asks.SECRET, Asks.CODE]
        assert refusal(lambda: known.take_up(counter, "nv-1", CODE, "khác hẳn 9"))[0] == "personal_code_used"
        known.sign_in(counter, "nv-1", SECRET)
        assert refusal(lambda: known.sign_in(counter, "nv-1", CODE))[0] == "secret_wrong"
        assert noted(office) == [("secret_set", "nv-1", "nv-1"), ("in", "nv-1", "nv-1")]


@pytest.mark.parametrize(("secret", "code"), [
    ("111111", "secret_row"), (CODE, "secret_same"), (CODE.lower().replace("-", ""), "secret_same"),
    ("nv-1.ca!", "secret_own"), ("ngắn", "secret_short"),
])
def test_a_bad_secret_costs_no_try(tmp_path: Path, secret: str, code: str) -> None:
    with office_in(tmp_path) as office:
        grant(office, ROLES)
        known, counter = sign_ins(office), office.application.enrolled
        assert refusal(lambda: known.take_up(counter, "nv-1", CODE, secret))[0] == code
        assert refusal(lambda: known.take_up(counter, "nv-1", "AAAA", SECRET)) == (
            "personal_code_wrong", {"left": 9})


def test_a_new_code_ends_the_old_secret_and_the_lock(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, known):
        wrong(office, known, 10)
        grant(office, ROLES, serial=2)
        counter = office.application.enrolled
        assert refusal(lambda: known.sign_in(counter, "nv-1", SECRET))[0] == "personal_code_needed"
        assert not known.states(counter)[0].is_locked
        known.take_up(counter, "nv-1", CODE, "một bí mật mới")
        known.sign_in(counter, "nv-1", "một bí mật mới")
        grant(office, ROLES, serial=1)                 # an older word of the province brings no older code back
        assert refusal(lambda: known.take_up(counter, "nv-1", CODE, "lại cái cũ"))[0] == "personal_code_used"


def test_the_clerk_who_comes_back_is_no_line_and_another_one_is(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, known):
        counter = office.application.enrolled
        for clerk, secret in (("nv-1", SECRET), ("nv-1", SECRET), ("nv-2", LEADS), ("nv-1", SECRET)):
            known.sign_in(counter, clerk, secret)
        assert noted(office)[4:] == [("in", "nv-2", "nv-2"), ("in", "nv-1", "nv-1")]


def test_the_wait_after_five_is_kept_by_a_clock_that_nobody_sets(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, known):
        counter = office.application.enrolled
        wrong(office, known, 5)
        assert refusal(lambda: known.sign_in(counter, "nv-1", SECRET)) == (
            "sign_in_wait", {"seconds": 32, "name": "Trần Thị Thử"})
        office.clock.at += timedelta(days=10)          # the clock on the wall, set forward and back
        assert refusal(lambda: known.sign_in(counter, "nv-1", SECRET))[0] == "sign_in_wait"
        office.clock.at -= timedelta(days=20)
        assert refusal(lambda: known.sign_in(counter, "nv-1", SECRET))[0] == "sign_in_wait"
        office.clock.ticks += 31
        assert refusal(lambda: known.sign_in(counter, "nv-1", SECRET))[1]["seconds"] == 1
        again = sign_ins(office)                       # a restart does not shorten it
        assert refusal(lambda: again.sign_in(counter, "nv-1", SECRET))[1]["seconds"] == 32
        office.clock.ticks += 32
        again.sign_in(counter, "nv-1", SECRET)
        assert not again.states(counter)[0].wait


def test_tries_in_two_windows_are_counted_together(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, known):
        counter, other = office.application.enrolled, sign_ins(office)
        other.states(counter)
        wrong(office, known, 5)
        assert refusal(lambda: other.sign_in(counter, "nv-1", SECRET)) == (
            "sign_in_wait", {"seconds": 32, "name": "Trần Thị Thử"})


@pytest.mark.parametrize("restored", [1, 5, 9])
def test_a_book_put_back_between_tries_forgets_none(tmp_path: Path, restored: int) -> None:
    folder = tmp_path / "place"
    with begun(folder) as (office, known):
        wrong(office, known, restored)
        province, clock = office.province, office.clock
        office.application.database.checkpoint()
        shutil.copytree(folder / "office", tmp_path / "earlier")
        wrong(office, known, 10 - restored)
    shutil.rmtree(folder / "office")
    shutil.copytree(tmp_path / "earlier", folder / "office")
    with reopened(folder, province, clock) as office:
        counter = office.application.enrolled
        assert refusal(lambda: sign_ins(office).sign_in(counter, "nv-1", SECRET))[0] == "sign_in_locked"


@pytest.mark.parametrize("content", [None, b"", b"00\n{}", b"x" * 80])
def test_where_the_file_beside_the_keys_is_gone_waiting_begins(tmp_path: Path, content: bytes | None) -> None:
    with begun(tmp_path) as (office, _):
        counter, file = office.application.enrolled, beside_keys(office)
        file.unlink()
        if content is not None:
            file.write_bytes(content)
        again = sign_ins(office)
        assert refusal(lambda: again.sign_in(counter, "nv-1", SECRET))[1]["seconds"] == 32
        office.clock.ticks += 32
        again.sign_in(counter, "nv-1", SECRET)
        assert again.states(counter)[1].asks is Asks.SECRET
        late = sign_ins(office)
        assert refusal(lambda: late.sign_in(counter, "nv-2", LEADS))[0] == "sign_in_wait", "hers is lost too"


def test_a_file_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, known):
        file = beside_keys(office)
        file.unlink()
        file.mkdir()
        again = sign_ins(office)
        office.clock.ticks += 32                       # as where it is gone
        again.sign_in(office.application.enrolled, "nv-1", SECRET)
        wrong(office, known, 5)
        assert refusal(lambda: known.sign_in(office.application.enrolled, "nv-1", SECRET))[0] == "sign_in_wait"


def test_a_try_that_is_killed_while_it_is_judged_was_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    with begun(tmp_path) as (office, known):
        counter = office.application.enrolled

        def killed(*_: object) -> bool:
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr("app.services.people.sign_in.is_secret", killed)
            for _ in range(3):
                with pytest.raises(SystemExit):
                    known.sign_in(counter, "nv-1", "đoán thử")
        assert refusal(lambda: known.sign_in(counter, "nv-1", "đoán thử")) == ("secret_wrong", {"left": 6})


def test_another_secret_for_who_knows_the_old_one(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, known):
        counter = office.application.enrolled
        change = known.change_secret
        assert refusal(lambda: change(counter, "nv-1", "sai rồi", "một cái khác"))[0] == "secret_wrong"
        assert refusal(lambda: change(counter, "nv-1", SECRET, SECRET))[0] == "secret_same"
        change(counter, "nv-1", SECRET, "một cái khác")
        assert refusal(lambda: known.sign_in(counter, "nv-1", SECRET))[0] == "secret_wrong"
        known.sign_in(counter, "nv-1", "một cái khác")


def test_a_grant_that_holds_no_more_lets_nobody_in(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, known):
        counter = office.application.enrolled
        office.clock.advance(timedelta(days=15))
        assert refusal(lambda: known.sign_in(counter, "nv-1", SECRET)) == (
            "grant_expired", {"name": "Trần Thị Thử"})
        grant(office, {"nv-2": ["shift_lead"]})        # the province's newer word leaves her out
        assert refusal(lambda: known.sign_in(office.application.enrolled, "nv-1", SECRET))[0] == "grant_missing"
        assert [each.asks for each in known.states(office.application.enrolled)] == [Asks.NOTHING] * 2


def test_a_verifier_is_made_anew_when_guessing_is_to_cost_more(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, _):
        counter, dearer = office.application.enrolled, Cost(16, 2, 1)
        sign_ins(office, dearer).sign_in(counter, "nv-1", SECRET)
        with office.application.database.reading() as connection:
            assert not is_cheap(read_kept(connection, "nv-1").verifier, dearer)
            assert is_cheap(read_kept(connection, "nv-2").verifier, dearer)
        sign_ins(office, dearer).sign_in(counter, "nv-1", SECRET)


def test_a_verifier_is_worth_nothing_without_this_machines_key() -> None:
    verifier = make_verifier(SECRET, b"ours", CHEAP, lambda n: bytes(n))
    assert is_secret(SECRET, verifier, b"ours") and not is_secret(SECRET, verifier, b"theirs")
    assert not is_secret(SECRET, "no verifier", b"ours")
    assert SECRET not in verifier and verifier.startswith("$argon2id$v=19$m=8,t=1,p=1$")
