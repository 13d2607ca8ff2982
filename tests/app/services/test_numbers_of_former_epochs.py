"""A new epoch in the middle of a day: every number of that day has one fate, stated once, whoever gave it out."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.domain.operation import Type, parse
from app.services.epochs import OwnOperation, import_own
from app.services.numbers import close_days, store_lease
from app.store.tables import journal, number_fates
from tests.app.services.test_book_check import begin_epoch
from tests.office import Office, make_office, office_in, reopen, sample_intake

MONDAY = "2026-11-23"


def close(office: Office) -> None:
    now = office.clock.now()
    with office.application.database.writing() as connection:
        close_days(connection, office.application.enrolled, now.date(), now, office.noise.randbytes)


def fates(office: Office, agency: str = "cong-an") -> list[tuple[str, Any, Any, Any]]:
    """(first and last number, issued, void, unused) of Monday, by number."""
    with office.application.database.reading() as connection:
        rows = connection.execute(
            select(number_fates)
            .where(number_fates.c.business_date == MONDAY, number_fates.c.agency == agency)
            .order_by(number_fates.c.lo)
        ).all()
    return [
        (f"{row.lo}-{row.hi}", json.loads(row.issued), json.loads(row.void), json.loads(row.unused))
        for row in rows
    ]


def closings(office: Office) -> list[tuple[int, str]]:
    """(epoch that says it, day) of each closing in the journal."""
    with office.application.database.reading() as connection:
        rows = connection.execute(
            select(journal.c.epoch, journal.c.payload).where(journal.c.type == Type.NUMBERS_CLOSED)
        ).all()
    return [(row.epoch, str(parse(row.payload, b"").body["day"])) for row in rows]


def test_a_day_with_two_epochs_is_closed_once_by_the_new_one(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for number in range(3):
            office.receive(sample_intake(f"trước-{number}"))
        begin_epoch(office)
        for number in range(2):
            office.receive(sample_intake(f"sau-{number}"))
        office.clock.advance(timedelta(days=1))
        close(office)
        close(office)
        assert fates(office) == [
            ("1-499", [[1, 3]], [], [[4, 499]]),
            ("500-998", [[500, 501]], [], [[502, 998]]),
        ]
        assert [epoch for epoch, day in closings(office) if day == MONDAY] == [2]


def test_days_that_a_former_epoch_closed_stay_as_it_said(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("a"))
        office.clock.advance(timedelta(days=1))
        close(office)
        before = fates(office)
        begin_epoch(office)
        office.clock.advance(timedelta(days=1))
        close(office)
        assert fates(office) == before == [("1-499", [[1, 1]], [], [[2, 499]])]
        assert [epoch for epoch, day in closings(office) if day == MONDAY] == [1]
        assert (2, "2026-11-24") in closings(office)


def test_what_an_older_disk_lost_and_got_back_counts_as_issued(tmp_path: Path) -> None:
    newer = make_office(tmp_path / "newer")
    for number in range(4):
        newer.receive(sample_intake(f"i{number}"))
    with newer.application.database.reading() as connection:
        rows = connection.execute(select(journal.c.payload, journal.c.signature).order_by(journal.c.seq)).all()
    newer.application.close()
    held = [OwnOperation(row.payload, row.signature) for row in rows]
    with office_in(tmp_path / "older", seed=5) as office:
        with office.application.database.writing() as connection:
            assert import_own(connection, office.application.enrolled, 1, held) == 4
        begin_epoch(office)
        office.receive(sample_intake("sau"))
        office.clock.advance(timedelta(days=1))
        close(office)
        assert fates(office) == [
            ("1-499", [[1, 4]], [], [[5, 499]]),
            ("500-998", [[500, 500]], [], [[501, 998]]),
        ]


def test_a_range_that_was_leased_anew_has_its_fate_once(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("a"))
        with office.application.database.writing() as connection:
            anew = office.province.lease("cong-an", 1, 499, name="lại")
            assert store_lease(connection, office.application.enrolled, *anew)
        office.receive(sample_intake("b"))
        office.clock.advance(timedelta(days=1))
        close(office)
        assert fates(office) == [("1-499", [[1, 2]], [], [[3, 499]])]


def test_a_book_that_is_opened_again_says_nothing_twice(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.receive(sample_intake("a"))
    begin_epoch(office)
    office.clock.advance(timedelta(days=1))
    close(office)
    said = closings(office)
    office.application.close()
    again = reopen(tmp_path, office.province, office.clock, seed=3)
    close(again)
    assert closings(again) == said
    again.application.close()
