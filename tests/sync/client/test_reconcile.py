"""A day's work here and at the province: equal to the đồng when all is well, and each kind of drift by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, text, update

from app.domain.day_comparison import Difference, Kind, Tried
from app.domain.intake import FeeTiming
from app.domain.turn import Turn
from app.domain.vietnam_time import local
from app.services import reconcile as kept
from app.services.day_holdings import texts_since
from app.services.standing import ask_new_epoch
from app.store.settings import write_sync
from app.store.tables import dossiers, number_counters
from sync.contract import paths
from sync.contract.number_text import read_number
from sync.engine import run_once
from sync.gateway.mentions import mentions
from tests.sync.client.fault_proxy import BROKEN_SERVER, DROP_BEFORE, PASS, FaultProxy
from tests.sync.client.scans import file_at, scan
from tests.sync.client.test_needs_person import copied_book
from tests.sync.client.test_poison import poisoned
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


def asked(counter: Counter, back: int = 7) -> None:
    with counter.office.application.database.writing() as connection:
        kept.ask_comparison(connection, back)


def compared(counter: Counter, back: int = 7) -> tuple[Difference, ...]:
    """Differences after a contact that was asked to compare."""
    asked(counter, back)
    said = counter.sync()
    assert said.is_good
    return standing(counter)


def standing(counter: Counter) -> tuple[Difference, ...]:
    with counter.office.application.database.reading() as connection:
        last = kept.last_comparison(connection)
        assert last is not None and last.problem == ""
        found = kept.standing_differences(connection)
        by_day = {day.day: day.differences for day in kept.compared_days(connection)}
    assert sum(by_day.values()) == len(found), "the counts are the rows of the list"
    return tuple(each.difference for each in found)


def named(found: tuple[Difference, ...]) -> set[tuple[str, str, str, str]]:
    return {(str(each.kind), each.code, str(each.turn), each.reason) for each in found}


def numbers_of(found: tuple[Difference, ...]) -> list[object]:
    numbers = [each.values["number"] for each in found if each.kind is Kind.NUMBER]
    assert numbers, "the numbers that were given out and stand nowhere"
    return numbers


def key_of(code: str) -> str:
    parts = read_number(code)
    assert parts is not None
    return parts.key


def drift(trial: Trial, *statements: object) -> None:
    """Change what the province holds, as no program does: past its triggers."""
    with trial.opened.database.writing() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for each in statements:
            connection.execute(each)               # type: ignore[call-overload]


def test_what_two_counters_did_is_equal_on_both_ends_to_the_dong(enrol: Enrol, trial: Trial) -> None:
    place = trial.place(counters=2)
    one, two = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    codes = one.receive(3)
    two.receive(2, change=lambda form: replace(form, fee_timing=FeeTiming.AFTER))
    for each in (one, two, one):
        each.sync()
    trial.post_status(codes[0], "4")
    assert compared(one) == () and compared(two) == ()
    with one.office.application.database.reading() as connection:
        day = kept.compared_days(connection)[0]
    assert day.ours == day.theirs
    here = {place[2]: of for place, of in day.ours.items()}
    mine, theirs = (here[each.office.application.enrolled.device] for each in (one, two))
    assert (mine["received"], mine["status.4"], mine["before"] > 0) == (3, 1, True)
    later = theirs["fee"] + theirs.get("charge", 0)
    assert (theirs["received"], later > 0, theirs.get("before", 0)) == (2, True, 0)


def test_every_kind_of_drift_is_listed_and_nothing_is_mended(enrol: Enrol, trial: Trial) -> None:
    counter = enrol()
    lost, cheaper, unapplied, filed, gone, fewer = counter.receive(6)
    for seed, code in enumerate((filed, fewer)):
        file_at(counter, scan(5_000, seed), code=code)
    counter.sync()
    trial.post_status(unapplied, "done")           # no state that a counter knows
    drift(
        trial,
        delete(mentions).where(mentions.c.number_key == key_of(lost)),
        delete(mentions).where(mentions.c.number_key == key_of(fewer), mentions.c.type == "paper.digitised"),
        text("UPDATE operations SET payload = convert_to(replace(convert_from(payload, 'UTF8'), "
             "'\"amount\"', '\"sum\"'), 'UTF8') WHERE number_key = :key").bindparams(key=key_of(cheaper)),
        text("DELETE FROM stored_files WHERE sha256 IN (SELECT sha256 FROM attachments WHERE number_key = :key)")
        .bindparams(key=key_of(filed)),
    )
    with counter.office.application.database.writing() as connection:
        connection.execute(update(dossiers).where(dossiers.c.code == gone).values(business_date="2020-01-01"))
        connection.execute(update(number_counters).values(next=number_counters.c.next + 1))
    found = compared(counter)
    agency = next(each.code for each in found if each.kind is Kind.NUMBER).split()[0]
    assert named(found) == {
        (Kind.MISSING_THERE, lost, Turn.PROVINCE, "lost"), (Kind.FEE, cheaper, Turn.MACHINE, "differs"),
        (Kind.MISSING_HERE, gone, Turn.MACHINE, "not_applied"),
        (Kind.STATUS, unapplied, Turn.MACHINE, "not_applied"), (Kind.FILES, filed, Turn.MACHINE, "gone"),
        (Kind.OPERATIONS, fewer, Turn.MACHINE, "differs"),
        *((Kind.NUMBER, f"{agency} {n}", Turn.MACHINE, "no_fate") for n in numbers_of(found)),
    }
    with counter.office.application.database.reading() as connection:
        since = {each.since for each in kept.standing_differences(connection)}
    counter.office.clock.advance(timedelta(minutes=1))
    assert compared(counter) == found, "nothing is mended by looking"
    with counter.office.application.database.reading() as connection:
        assert {each.since for each in kept.standing_differences(connection)} == since


def test_what_waits_or_lies_beside_is_told_apart_from_what_is_lost(
    enrol: Enrol, trial: Trial, tmp_path: Path,
) -> None:
    counter = enrol()
    counter.receive(2)
    counter.sync()
    twin = copied_book(counter, tmp_path / "counter-0", tmp_path / "copy")
    counter.receive(1)
    (beside,) = twin.receive(1)
    counter.sync()
    for _ in range(2):
        twin.sync()
    with twin.office.application.database.writing() as connection:
        ask_new_epoch(connection)
    found = named(compared(twin))
    twin.close()
    # Both machines gave the same number: by its code the dossier is there, with other operations.
    assert found == {(Kind.OPERATIONS, beside, Turn.COUNTER, "unsent")}


def test_documents_that_are_on_their_way_are_said_to_be(enrol: Enrol, trial: Trial) -> None:
    place = trial.place(counters=2)
    counter, neighbour = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    (code,) = counter.receive(1)
    file_at(counter, scan(3_000, 9), scan(3_000, 10), code=code)
    asked(counter)
    application = counter.office.application
    run_once(application.database, counter.office.clock)
    assert named(standing(counter)) == {(Kind.FILES, code, Turn.COUNTER, "waiting")}
    assert named(compared(neighbour)) == {(Kind.FILES, code, Turn.COUNTER, "other_counter")}
    assert compared(counter) == ()


def test_a_comparison_that_fails_spoils_no_contact(enrol: Enrol, trial: Trial) -> None:
    with FaultProxy(trial.url, lambda asked: DROP_BEFORE if paths.RECONCILE in asked.path else PASS) as proxy:
        counter = enrol(url=proxy.url)
        counter.receive(2)
        asked(counter)
        said = counter.sync()
    assert (said.is_good, said.sent, said.waiting) == (True, 2, 0)
    with counter.office.application.database.reading() as connection:
        last = kept.last_comparison(connection)
    assert last is not None and last.problem == "line_down"
    counter.move(trial.url)
    assert compared(counter) == ()


def test_it_is_made_once_a_day_by_itself(enrol: Enrol) -> None:
    counter = enrol()
    counter.receive(1)
    counter.sync()

    def when() -> Tried | None:
        with counter.office.application.database.reading() as connection:
            return kept.last_comparison(connection)

    first = when()
    counter.office.clock.advance(timedelta(minutes=5))
    counter.sync()
    assert first is not None and when() == first
    with counter.office.application.database.writing() as connection:
        write_sync(connection, kept.LAST, {"at": first.at.isoformat(), "on": "2026-01-05", "problem": ""})
    counter.sync()
    again = when()
    assert again is not None and again.at > first.at


def test_only_the_feed_of_the_days_compared_is_read_again(enrol: Enrol, trial: Trial) -> None:
    place = trial.place(counters=2)
    one, two = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    one.receive(3)
    for each in (one, two):
        each.sync()
    database, today = two.office.application.database, local(two.office.clock.now()).date()
    newest = 100                                   # a place behind everything that has come so far
    with database.writing() as connection:
        first = today - timedelta(days=7)
        for days, read in ((1, 3), (8, 3), (9, 0)):
            write_sync(connection, kept.MARKS, {(today - timedelta(days=days)).isoformat(): newest})
            assert len(list(texts_since(connection, first))) == read, days


def test_what_the_province_did_not_accept_is_the_counters_turn(enrol: Enrol) -> None:
    counter = enrol()
    counter.receive(1)
    (strange,) = counter.receive(1, change=lambda form: replace(form, note="ghi chú\x00có số không"))
    assert named(compared(counter)) == {(Kind.VERDICT, strange, Turn.COUNTER, "needs_fix")}


def test_what_the_province_holds_without_reading_it_is_not_called_lost(enrol: Enrol, trial: Trial) -> None:
    word = "Thuốc độc thử"
    with FaultProxy(trial.url, lambda asked: BROKEN_SERVER if poisoned(asked, word) else PASS) as proxy:
        counter = enrol(url=proxy.url)
        counter.receive(1)
        (strange,) = counter.receive(1, change=lambda form: replace(form, note=word))
        for _ in range(3):
            counter.sync()
        assert named(compared(counter)) == {(Kind.MISSING_THERE, strange, Turn.PROVINCE, "held")}
    counter.move(trial.url)
