"""Sổ theo dõi: the books of a period, and a book's lines as they are printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.dossier_papers import RegisterLine
from app.domain.intake import ReturnMethod
from app.domain.life.facts import (
    Collector,
    CollectorRole,
    Facts,
    Recalled,
    ResultIn,
    ResultPaper,
    Returned,
    Shelved,
    Withdrawn,
)
from app.errors import Refusal
from app.printing.papers import render
from app.services import register
from app.services.life.acting import Line, act
from app.services.life.reading import read_life
from app.services.register import RegisterBook, books_in, register_paper
from tests.app.services.neighbour import Feed, neighbours_work
from tests.office import Office, office_in, sample_intake
from tests.ui.dossier.stories import lend

NOVEMBER, JANUARY = (date(2026, 11, 1), date(2026, 11, 30)), (date(2027, 1, 1), date(2027, 1, 31))
RESULT = ResultIn(ResultPaper("Phiếu lý lịch tư pháp", "12/LLTP"), "A-01")


def do(office: Office, code: str, facts: Facts) -> str:
    office.clock.advance(timedelta(minutes=5))
    with office.application.database.writing() as connection:
        return act(
            connection, office.application.enrolled, office.clerk, [Line(code, facts)],
            intent=f"{office.clock.now()}", now=office.clock.now(), randomness=office.noise.randbytes,
        ).op_id


def given_to(name: str) -> Returned:
    return Returned(Collector(CollectorRole.OWNER, name, "049190004217"))


def books(office: Office, first: date, last: date) -> tuple[RegisterBook, ...]:
    with office.application.database.reading() as connection:
        return books_in(connection, first, last)


def lines(office: Office, book: RegisterBook, first: date, last: date) -> list[RegisterLine]:
    application = office.application
    with application.database.reading() as connection:
        paper = register_paper(
            connection, application.enrolled, office.clerk, application.rules, book, first, last,
            office.clock.now(),
        )
        return list(paper.lines)


def test_a_period_over_new_year_lies_in_two_books_that_begin_at_one(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        lend(office, date(2026, 12, 20), 60)
        for turn in range(3):
            office.receive(sample_intake(f"cũ{turn}"))
        office.clock.advance(timedelta(days=45))
        for turn in range(2):
            office.receive(sample_intake(f"mới{turn}"))
        assert books(office, *NOVEMBER) == (RegisterBook("Quầy 3/2026", 2026, 3, 1, 3),)
        assert books(office, *JANUARY) == (RegisterBook("Quầy 3/2027", 2027, 2, 1, 2),)
        both = books(office, NOVEMBER[0], JANUARY[1])
        assert [(book.name, book.amount) for book in both] == [("Quầy 3/2026", 3), ("Quầy 3/2027", 2)]
        assert [line.number for line in lines(office, both[0], NOVEMBER[0], JANUARY[1])] == [1, 2, 3]
        assert books(office, date(2026, 12, 1), date(2026, 12, 31)) == ()


def test_every_line_says_what_became_of_the_dossier(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        codes = [office.receive(sample_intake(f"i{turn}")).dossier.code for turn in range(4)]
        posted = office.receive(replace(sample_intake("bưu chính"), return_method=ReturnMethod.POST,
                                        return_address="Thôn Giả Định", sets=2)).dossier.code
        do(office, codes[0], Withdrawn("đổi ý", "Nguyễn Thị Mẫu Ánh"))
        for code in codes[1:3]:
            do(office, code, RESULT)
        do(office, codes[1], given_to("Lê Văn Đúng Người"))
        returned_at = office.clock.now()
        wrong = do(office, codes[2], given_to("Trần Nhầm Người"))
        do(office, codes[2], Recalled(wrong, "đưa nhầm"))
        with office.application.database.reading() as connection:
            assert read_life(connection, codes[2]).life.out == ""
        do(office, codes[2], Shelved("A-02"))
        do(office, codes[2], given_to("Phạm Đúng Chủ"))
        (book,) = books(office, *NOVEMBER)
        found = {line.code: line for line in lines(office, book, *NOVEMBER)}
    assert list(found) == [*codes, posted]
    assert found[codes[0]].note == "Công dân rút hồ sơ" and found[codes[0]].returned_at is None
    assert (found[codes[1]].returned_at, found[codes[1]].signed) == (returned_at, "Lê Văn Đúng Người")
    assert found[codes[2]].signed == "Phạm Đúng Chủ"
    assert (found[codes[3]].returned_at, found[codes[3]].return_way, found[codes[3]].sets) == (None, "Tại quầy", 1)
    assert (found[posted].return_way, found[posted].sets) == ("Qua bưu chính", 2)
    assert "Thôn Giả Định" in found[codes[3]].address and found[codes[3]].phone == "0905000123"


def test_a_colleague_s_book_is_printed_from_what_the_feed_brought(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        for written in neighbours_work():
            feed.add_operation(written)
        feed.give()
        office.receive(sample_intake("a"))
        found = books(office, *NOVEMBER)
        assert len(found) >= 1 and sum(book.amount for book in found) > 1
        for book in found:
            assert len(lines(office, book, *NOVEMBER)) == book.amount


def test_pages_of_the_reading_join_without_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "CHUNK", 2)
    with office_in(tmp_path) as office:
        for turn in range(5):
            office.receive(sample_intake(f"i{turn}"))
        with office.application.database.writing() as connection:      # enrolled anew under the old name
            connection.exec_driver_sql("UPDATE dossiers SET book_number = 2 WHERE book_number = 3")
        (book,) = books(office, *NOVEMBER)
        assert [line.number for line in lines(office, book, *NOVEMBER)] == [1, 2, 2, 4, 5]


def test_the_paper_is_drawn_while_the_lines_are_read(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for turn in range(30):
            office.receive(sample_intake(f"i{turn}"))
        application = office.application
        (book,) = books(office, *NOVEMBER)
        with application.database.reading() as connection:
            pdf = render(register_paper(connection, application.enrolled, office.clerk, application.rules, book,
                                        *NOVEMBER, office.clock.now()))
    assert pdf.startswith(b"%PDF-")


def test_a_period_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, pytest.raises(Refusal, match="period_reversed"):
        books(office, date(2026, 11, 30), date(2026, 11, 1))


def test_an_empty_office_has_no_books(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        assert books(office, date(2026, 1, 1), date(2026, 12, 31)) == ()
