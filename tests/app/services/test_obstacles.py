"""Vướng mắc: noted once, answered once, on the list of its month and of the months it stays open."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.route_papers import ObstacleCause
from app.errors import Refusal
from app.printing.papers import render
from app.services.obstacles import (
    LONGEST,
    About,
    about_dossier,
    close_obstacle,
    month_days,
    month_list,
    note_obstacle,
    obstacle_paper,
)
from app.services.rebuild import rebuild
from app.store.queries.obstacles import obstacles_of_dossier, open_obstacles
from tests.app.services.neighbour import Feed, Written
from tests.app.store.older_books import columns_of, rows_of
from tests.office import Office, make_template, office_in, reopen, sample_intake

LAND = About(procedure_code="1.013225", procedure_name="Cấp giấy phép xây dựng mới", agency="so-xay-dung",
             agency_name="Sở Xây dựng tỉnh Mẫu")


def note(office: Office, text: str, about: About = LAND, intent: str = "", cause: str = "agency") -> str:
    with office.application.database.writing() as connection:
        return note_obstacle(
            connection, office.application.enrolled, office.clerk, text, ObstacleCause(cause), about,
            intent=intent or f"ghi {text}", now=office.clock.now(), randomness=office.noise.randbytes,
        )


def close(office: Office, obstacle: str, answer: str, intent: str = "") -> None:
    with office.application.database.writing() as connection:
        close_obstacle(
            connection, office.application.enrolled, office.clerk, obstacle, answer,
            intent=intent or f"xong {obstacle}", now=office.clock.now(), randomness=office.noise.randbytes,
        )


def texts(office: Office, month: str) -> list[tuple[str, str]]:
    with office.application.database.reading() as connection:
        return [(row.text, row.answer) for row in month_list(connection, month)]


def test_a_month_s_list_holds_its_own_and_what_earlier_months_left_open(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        early = note(office, "chờ lâu")
        office.clock.advance(timedelta(minutes=1))
        answered = note(office, "mẫu đơn cũ")
        close(office, answered, "đã có mẫu mới")
        office.clock.advance(timedelta(days=38))               # over New Year: Monday 31 December, then January
        note(office, "cuối năm")
        office.clock.advance(timedelta(days=1))
        note(office, "đầu năm")
        assert texts(office, "2026-11") == [("chờ lâu", ""), ("mẫu đơn cũ", "đã có mẫu mới")]
        assert texts(office, "2026-12") == [("chờ lâu", ""), ("cuối năm", "")]
        assert texts(office, "2027-01") == [("chờ lâu", ""), ("cuối năm", ""), ("đầu năm", "")]
        close(office, early, "đã giải quyết")
        assert texts(office, "2026-12") == [("cuối năm", "")]
        assert texts(office, "2026-10") == []


def test_one_about_a_dossier_is_found_with_it(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        with office.application.database.reading() as connection:
            about = about_dossier(connection, code.lower())
        note(office, "cơ quan đòi thêm giấy", about)
        note(office, "không về hồ sơ nào", About())
        with office.application.database.reading() as connection:
            (row,) = obstacles_of_dossier(connection, code)
            assert (row.procedure_code, row.agency_name) == ("3.000333", "Công an tỉnh Mẫu")
            assert open_obstacles(connection) == 2


def test_the_same_key_is_one_obstacle_and_one_answer(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        first = note(office, "chờ lâu", intent="ghi")
        assert note(office, "chờ lâu", intent="ghi") == first
        with pytest.raises(Refusal, match="intent_reused"):
            note(office, "khác", intent="ghi")
        close(office, first, "xong", intent="đóng")
        close(office, first, "xong", intent="đóng")
        assert texts(office, "2026-11") == [("chờ lâu", "xong")]
        with pytest.raises(Refusal) as refused:
            close(office, first, "xong lần nữa", intent="đóng nữa")
        assert refused.value.code == "obstacle_closed" and refused.value.values["by"] == office.clerk.name


@pytest.mark.parametrize(("text", "code"), [("  ", "obstacle_empty"), ("x" * (LONGEST + 1), "obstacle_too_long")])
def test_what_says_nothing_or_too_much_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with office_in(tmp_path) as office:
        with pytest.raises(Refusal, match=code):
            note(office, text)
        with pytest.raises(Refusal, match="obstacle_unknown"):
            close(office, "không có", "xong")
        one = note(office, "chờ lâu")
        with pytest.raises(Refusal, match="answer_empty"):
            close(office, one, " ")


def test_two_counters_that_answered_apart_agree_whose_answer_holds(tmp_path: Path) -> None:
    with office_in(tmp_path / "a") as here:
        make_template(tmp_path / "b", here.province, device="quay-22", lo=500, hi=700)
        there = reopen(tmp_path / "b", here.province, here.clock, seed=7)
        one = note(here, "chờ lâu")
        to_there, to_here = Feed(there), Feed(here)
        to_there.add_operation(_last(here), "quay-1")
        to_there.give()
        close(here, one, "ở đây trước")
        here.clock.advance(timedelta(minutes=1))
        close(there, one, "ở kia sau")
        to_there.add_operation(_last(here), "quay-1")
        to_here.add_operation(_last(there), "quay-22")
        to_there.give()
        to_here.give()
        assert texts(here, "2026-11") == texts(there, "2026-11") == [("chờ lâu", "ở đây trước")]
        with there.application.database.writing() as connection:
            columns = columns_of(connection)
            before = rows_of(connection, columns)
            rebuild(connection)
            assert rows_of(connection, columns) == before
        there.application.close()


def _last(office: Office) -> Written:
    with office.application.database.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT payload, signature FROM journal ORDER BY position DESC LIMIT 1"
        ).one()
    return Written(row[0], row[1])


def test_the_month_goes_to_the_meeting_as_a_paper(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for turn in range(30):
            note(office, f"vướng mắc số {turn}", cause=list(ObstacleCause)[turn % 5].value)
        with office.application.database.reading() as connection:
            rows = month_list(connection, "2026-11")
        paper = obstacle_paper(office.application.enrolled, office.clerk, "2026-11", rows, office.clock.now())
        assert (f"{paper.first_day}", f"{paper.last_day}") == ("2026-11-01", "2026-11-30")
        assert len(paper.lines) == 30 and render(paper).startswith(b"%PDF-")
    assert tuple(map(str, month_days("2027-12"))) == ("2027-12-01", "2027-12-31")
