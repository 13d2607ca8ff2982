"""People leave lists and search when their term is over, and come back in a rebuilt book in no other way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.domain.operation import canonical, parse
from app.domain.retention import UNLISTED, months_after
from app.services.correct import correct_dossier
from app.services.rebuild import rebuild
from app.services.register import books_in, register_lines
from app.services.retention.unlisting import Unlisted, unlist_batch
from app.services.stored_dossier import read_dossier
from app.store import journal as book
from tests.app.services.neighbour import Feed, Written, neighbours_work
from tests.app.services.retention.desk import KeepingDesk
from tests.office import Office, sample_intake

MONTHS = 6
NAMES = "SELECT count(*) FROM dossier_names WHERE dossier_names MATCH 'anh'"


@pytest.fixture
def desk(office: Office) -> KeepingDesk:
    found = KeepingDesk(office)
    said = {**found.counter.office, "retention": {"personal_months": MONTHS}}
    found.counter = replace(found.counter, office=said)
    return found


def run(desk: KeepingDesk, size: int = 100) -> Unlisted | None:
    office = desk.office
    last = done = unlist_batch(office.application.database, desk.counter, office.clock.now(),
                               office.noise.randbytes, batch=size)
    while last is not None and not last.is_done:
        last = done = unlist_batch(office.application.database, desk.counter, office.clock.now(),
                                   office.noise.randbytes, batch=size)
    return done


def shown(desk: KeepingDesk) -> list[tuple[str, ...]]:
    with desk.reading() as connection:
        rows = connection.execute(text(
            "SELECT code, applicant_name, submitter_name, identifier, phone, phone_reversed FROM dossiers "
            "ORDER BY code"))
        return [tuple(row) for row in rows]


def found_by_name(desk: KeepingDesk) -> int:
    with desk.reading() as connection:
        return int(connection.execute(text(NAMES)).scalar_one())


def test_a_finished_dossier_shows_nobody_once_its_months_are_over(desk: KeepingDesk) -> None:
    ended, running = desk.ended("a", 1), desk.receive(sample_intake("b"))
    desk.confirm()
    before = shown(desk)
    desk.wait(175)
    assert run(desk) is not None and shown(desk) == before and found_by_name(desk) == 2
    desk.wait(8)
    done = run(desk)
    assert done is not None and done.dossiers == 1
    assert shown(desk) == [(ended, UNLISTED, "", "", "", ""), before[1]]
    assert before[1][0] == running and found_by_name(desk) == 1
    with desk.reading() as connection:
        (line,) = [each for _, each in book.operations(connection) if each.header.type == "persons.unlisted"]
        (register,) = books_in(connection, date(2026, 11, 1), date(2026, 11, 30))
        lines = list(register_lines(connection, register, date(2026, 11, 1), date(2026, 11, 30)))
    assert (line.body, line.header.staff) == ({"months": MONTHS, "codes": [ended]}, "system")
    assert [(each.applicant_name, each.phone) for each in lines] == [("Nguyễn Thị Mẫu Ánh", "0905000123")] * 2


@pytest.mark.parametrize("left", ["lines", "files", "term"])
def test_nobody_leaves_whom_the_province_may_still_ask_about(desk: KeepingDesk, left: str) -> None:
    desk.ended("a", 1)
    if left != "lines":
        desk.confirm_lines()
    if left != "files":
        desk.confirm_files()
    if left == "term":
        desk.counter = replace(desk.counter, office={**desk.counter.office, "retention": {"scan_days": 1}})
    before = shown(desk)
    desk.wait(900)
    run(desk)
    assert shown(desk) == before


def test_in_batches_and_rebuilt_it_is_the_same_book(desk: KeepingDesk, office: Office) -> None:
    for turn in range(5):
        desk.ended(f"a{turn}", turn + 1)
    desk.confirm()
    desk.wait(200)
    application = office.application
    first = unlist_batch(application.database, desk.counter, office.clock.now(), office.noise.randbytes, batch=2)
    assert first is not None and (first.dossiers, first.is_done) == (2, False), "and here the machine goes down"
    done = run(desk, 2)
    assert done is not None and done.dossiers == 5 and run(desk) is None, "once a day"
    after = shown(desk)
    assert {row[1] for row in after} == {UNLISTED} and found_by_name(desk) == 0
    with application.database.writing() as connection:
        rebuild(connection)
    assert shown(desk) == after and found_by_name(desk) == 0


def test_a_correction_shows_the_person_until_the_next_run(desk: KeepingDesk, office: Office) -> None:
    code = desk.ended("a", 1)
    desk.confirm()
    desk.wait(200)
    run(desk)
    application = office.application
    with application.database.writing() as connection:
        intake = read_dossier(connection, code).body.intake
        correct_dossier(
            connection, desk.counter, office.clerk, application.rules, code, replace(intake, note="sửa"),
            "Ghi thiếu", base_version=1, intent="sửa", now=office.clock.now(), randomness=office.noise.randbytes,
        )
    assert found_by_name(desk) == 1
    desk.confirm()
    office.clock.advance(timedelta(hours=21))
    run(desk)
    assert shown(desk)[0][1] == UNLISTED and found_by_name(desk) == 0


@pytest.mark.parametrize(("day", "months", "then"), [
    (date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2026, 12, 1), 1, date(2027, 1, 1)),
    (date(2026, 1, 15), 12, date(2027, 1, 15)), (date(2027, 8, 31), 6, date(2028, 2, 29)),
])
def test_months_are_counted_by_the_calendar(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_neighbours_term_is_about_its_own_dossiers(desk: KeepingDesk, office: Office) -> None:
    ours = desk.receive(sample_intake("a"))
    feed, theirs = Feed(office), neighbours_work()
    for each in theirs:
        feed.add_operation(each)
    code = next(each.code for each in theirs if parse(each.payload, b"").header.type == "dossier.received")
    template = parse(theirs[0].payload, b"")
    header = replace(template.header, op_id="hạn", intent="hạn", type="persons.unlisted", seq=99, number=None)
    feed.add_operation(Written(canonical(header, {"months": 6, "codes": [code, ours]}), b""))
    feed.give()
    names = {row[0]: row[1] for row in shown(desk)}
    assert names[code] == UNLISTED and names[ours] == "Nguyễn Thị Mẫu Ánh"
