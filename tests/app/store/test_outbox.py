from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.errors import Refusal
from app.services import courier
from app.services.correct import correct_dossier
from app.services.days import today_at_counter
from app.services.feed import Cursor, FeedLine, take_page
from app.services.numbers import close_days
from app.store import journal as book
from app.store.queries.dossiers import DossierList, Reach, count, own_today, page, reach
from app.store.queries.finding import by_code, by_number_of_day
from app.store.queries.outbox import needs_person, waiting_page
from tests.office import MORNING, Office, office_in, sample_intake


def known_in(office: Office, connection: Connection) -> Reach:
    counter = office.application.enrolled
    today = today_at_counter(connection, office.clock.now())
    return reach(connection, counter.device, counter.epoch, today.isoformat())


def verdict(seq: int, verdict: str, position: int, **more: str) -> FeedLine:
    body = {"verdict": verdict, "device": "quay-1", "epoch": 1, "seq_from": seq, "seq_to": seq, **more}
    return FeedLine("nhà-1", position, "verdict", "province", "2026-11-23T02:30:00.000+00:00", body)


def test_what_waits_is_listed_oldest_first_with_code_clerk_and_age(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        first = office.receive(sample_intake("a")).dossier
        office.clock.advance(timedelta(minutes=5))
        with office.application.database.writing() as connection:
            correct_dossier(
                connection, office.application.enrolled, office.clerk, office.application.rules, first.code,
                replace(sample_intake("a"), note="thêm"), "gõ nhầm", base_version=1, intent="c",
                now=office.clock.now(), randomness=office.noise.randbytes,
            )
            close_days(
                connection, office.application.enrolled, MORNING.date() + timedelta(days=1), office.clock.now(),
                office.noise.randbytes,
            )
            known = known_in(office, connection)
            lines = waiting_page(connection, known)
            box = courier.outbox(connection, office.application.enrolled)
    assert [(line.type, line.code, line.clerk_name) for line in lines[:2]] == [
        ("dossier.received", first.code, "Trần Thị Thử"), ("dossier.corrected", first.code, "Trần Thị Thử"),
    ]
    assert {(line.type, line.code, line.clerk_name) for line in lines[2:]} == {("numbers.closed", "", "")}
    assert lines[1].at - lines[0].at == timedelta(minutes=5)
    assert len(lines) == box.unsent


def test_pages_of_what_waits_follow_each_other_and_end_where_the_province_has_confirmed(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for turn in range(7):
            office.receive(sample_intake(f"i{turn}"))
        with office.application.database.writing() as connection:
            courier.confirm(connection, office.application.enrolled, 1, 2, office.clock.now())
            known = known_in(office, connection)
            first = waiting_page(connection, known, limit=3)
            second = waiting_page(connection, known, after=first[-1].seq, limit=3)
            assert count(connection, DossierList.UNSENT, known) == 5
            assert {row.code for row in page(connection, DossierList.UNSENT, known)} == {
                line.code for line in first + second
            }
            day = own_today(connection, known)
    assert [line.seq for line in first + second] == [3, 4, 5, 6, 7]
    assert day == (7, 2)


def test_a_verdict_that_nobody_closed_stays_in_list_and_count(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        codes = [office.receive(sample_intake(f"i{turn}")).dossier.code for turn in range(3)]
        with office.application.database.writing() as connection:
            lines = [
                verdict(1, "accepted", 1), verdict(2, "needs_fix", 2, field="applicant", reason="thiếu ngày sinh"),
                verdict(3, "refused", 3, reason="number_taken"),
            ]
            take_page(connection, lines, Cursor("nhà-1", 3), office.clock.now(), device="quay-1")
            listed = needs_person(connection)
            counted = courier.outbox(connection, office.application.enrolled).needs_person
    assert counted == len(listed) == 2
    assert [(line.code, line.verdict, line.field, line.reason) for line in listed] == [
        (codes[2], "refused", "", "number_taken"), (codes[1], "needs_fix", "applicant", "thiếu ngày sinh"),
    ]


def test_a_code_in_either_form_and_an_alias_find_the_one_row(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        office.receive(sample_intake("b"))
        with office.application.database.writing() as connection:
            alias = FeedLine("nhà-1", 1, "alias", "province", "", {"number": code, "alias": "H47.15-261123-9131"})
            take_page(connection, [alias], Cursor("nhà-1", 1), office.clock.now(), device="quay-1")
            known = known_in(office, connection)
            for text in (code, "000.00.15.H47-261123-0001", "h47.15 - 261123 - 9131"):
                assert [row.code for row in by_code(connection, text, known)] == [code]
            assert by_code(connection, "H47.15-261123-0099", known) == ()
            with pytest.raises(Refusal, match="code_not_recognised"):
                by_code(connection, "H47", known)


def test_a_running_number_finds_today_s_dossiers_of_every_agency(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("a"))
        office.receive(sample_intake("b", procedure="1.013225"))
        office.receive(sample_intake("c"))
        with office.application.database.reading() as connection:
            known = known_in(office, connection)
            assert {row.code for row in by_number_of_day(connection, 1, known)} == {
                "H47.15-261123-0001", "H47.07-261123-0001",
            }
            tomorrow = replace(known, today="2026-11-24")
            assert by_number_of_day(connection, 1, tomorrow) == ()


def test_the_age_of_what_waits_is_the_moment_it_was_written(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("a"))
        with office.application.database.reading() as connection:
            line = waiting_page(connection, known_in(office, connection))[0]
            head = book.head(connection, "quay-1", 1)
    assert line.at == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert (line.seq, line.set_aside, line.attempts) == (head.seq, "", 0)
