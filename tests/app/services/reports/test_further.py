"""The register, what waits, how dossiers came, and those of other areas: figures and their lists agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from app.domain.intake import ONLINE
from app.domain.life.facts import HandedOver
from app.domain.life.work import Work
from app.domain.reports.periods import Period
from app.domain.reports.table import ReportTable
from app.services.assisted import assist_filing
from app.services.life.acting import Line
from app.services.reports import late_causes, online, outside, register, waiting
from app.services.reports.asking import Asking
from app.services.reports.listing import list_rows, list_table
from app.services.reports.offered import make_report
from tests.app.services.reports.asking import all_things, asked, check_lists, known, six_dossiers
from tests.app.services.test_ha_nam import write
from tests.office import Office, SetClock, office_in, sample_intake

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path, clock=SetClock()) as opened:
        yield opened


def rows_of(table: ReportTable) -> list[dict[str, Any]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in table.rows]


def with_own(said: Asking, *own: str) -> Asking:
    counter = said.counter
    return replace(said, counter=replace(counter, office={**counter.office, outside.OWN: list(own)}))


def test_the_register_has_every_line_of_its_books_and_each_leads_to_its_dossier(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = six_dossiers(office)
    with office.application.database.reading() as connection:
        table = make_report(connection, asked(office, connection), register.ID)
        assert [row.drill for row in table.rows] == codes == [row["code"] for row in rows_of(table)]
        first, second, *_ = rows_of(table)
        assert (first["number"], first["sets"], first["note"]) == (1, 1, "Không tiếp nhận")
        assert first["applicant"] == "Nguyễn Thị Mẫu Ánh" and "; " in str(first["address"])
        assert second["returned"] is None and second["way"] == "Tại quầy"
        assert table.notes[-1].endswith("số 1 đến 6, 6 hồ sơ.")
        monkeypatch.setattr(register, "MOST", 4)
        shorter = make_report(connection, asked(office, connection), register.ID)
        assert len(shorter.rows) == 4 and "4 dòng đầu của 6" in shorter.notes[1]


def test_what_waits_is_told_by_agency_as_it_is_now(office: Office) -> None:
    codes = six_dossiers(office)
    write(office, [Line(codes[5], HandedOver("m"))])
    with office.application.database.reading() as connection:
        said = asked(office, connection)
        table = make_report(connection, said, waiting.ID)
        *_, total = rows_of(table)
        assert check_lists(office, connection, table, said) == 8 * len(table.rows)
        assert {key: total[key] for key in waiting.KINDS if total[key]} == {
            Work.UNACKNOWLEDGED.name.lower(): 1, Work.SUPPLEMENT.name.lower(): 1}
        assert "không theo kỳ" in table.period_words and total["days"] == 0


def test_nothing_waits_in_an_empty_book(office: Office) -> None:
    with office.application.database.reading() as connection:
        for report in (waiting.ID, online.ID, register.ID):
            assert make_report(connection, asked(office, connection), report).rows == (), report


def test_the_ways_in_which_dossiers_came_add_up(office: Office) -> None:
    six_dossiers(office)
    help_with(office, "000.00.00.G22-261123-0001")
    with office.application.database.reading() as connection:
        said = asked(office, connection)
        table = make_report(connection, said, online.ID)
        assert check_lists(office, connection, table, said) == 8 * len(table.rows)
        *parts, total = rows_of(table)
        ways = ("received", "online", "at_counter", "by_post", "assisted", "online_open")
        assert [total[key] for key in ways] == [5, 1, 3, 1, 1, 1]   # one was not received and is left out
        for row in (*parts, total):
            assert row["received"] == row["online"] + row["at_counter"] + row["by_post"]
        (helped,) = all_things(connection, said, "online:all:assisted")
        assert helped.name == "Nguyễn Thị Mẫu Ánh" and helped.number.endswith("261123-0001")


def help_with(office: Office, national_code: str) -> None:
    intake = sample_intake("giúp")
    with office.application.database.writing() as connection:
        assist_filing(connection, office.application.enrolled, office.clerk, national_code, intake.procedure,
                      intake.applicant, intent="giúp", now=office.clock.now(), randomness=office.noise.randbytes)


@pytest.mark.parametrize(("own", "names"), [
    (None, []), ((), ["Công an tỉnh Mẫu", "Sở Xây dựng tỉnh Mẫu"]), (("cong-an",), ["Sở Xây dựng tỉnh Mẫu"]),
])
def test_dossiers_of_other_areas_are_those_of_agencies_that_are_not_the_office_s_own(
    office: Office, own: tuple[str, ...] | None, names: list[str]
) -> None:
    six_dossiers(office)
    with office.application.database.reading() as connection:
        said = asked(office, connection)
        said = said if own is None else with_own(said, *own)
        table = make_report(connection, said, outside.ID)
        assert sorted(str(row["name"]) for row in rows_of(table)[:-1]) == names
        assert check_lists(office, connection, table, said) == 14 * len(table.rows)
        assert ("tỉnh đã đặt" in table.notes[-1]) is (own is not None)


def test_who_was_late_because_of_whom_opens_the_dossiers(office: Office) -> None:
    codes = [office.receive(sample_intake(f"i{turn}", procedure="1.013225")).dossier.code for turn in range(3)]
    write(office, [Line(codes[0], HandedOver("m"))])
    office.clock.advance(timedelta(days=30))
    with office.application.database.reading() as connection:
        said = asked(office, connection, YEAR)
        table = make_report(connection, said, late_causes.ID)
        assert check_lists(office, connection, table, said) == 3 * len(table.rows) == 15


def test_a_list_of_things_is_told_for_a_file(office: Office) -> None:
    office.receive(replace(sample_intake("một"), channel=ONLINE))
    with office.application.database.reading() as connection:
        said = asked(office, connection)
        key = "my-day:=dossier.received:amount"
        table, (row,) = list_table(said, key, "Tiếp nhận", ""), tuple(listed(office, connection, said, key))
        told = dict(zip((column.key for column in table.columns), row.cells, strict=True))
        assert (told["at"], told["words"], told["clerk"]) == (1, "Tiếp nhận hồ sơ", "Trần Thị Thử")
        assert str(told["code"]).startswith("H47") and "Mục đích" not in str(table.notes)


def listed(office: Office, connection: Connection, said: Asking, key: str) -> Iterator[Any]:
    return list_rows(connection, said, key, known(office, connection))
