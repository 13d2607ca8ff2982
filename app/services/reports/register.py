"""Sổ theo dõi hồ sơ as a report: the books of the period line by line. A line opens its dossier.

The form itself (Mẫu 06/2018 = 07/2025), book by book and of any length, is printed by `app.services.register`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection

from app.domain.dossier_papers import RegisterLine
from app.domain.reports.table import Column, ColumnKind, ReportTable, Row, numbered
from app.services.register import RegisterBook, books_in, register_lines
from app.services.reports.asking import Asking, as_table

ID = "register"
TITLE = "SỔ THEO DÕI HỒ SƠ"
MOST = 20_000
"""Lines that are shown; a longer book is for paper, which needs no memory for it."""
_DAYS = "Ngày, tháng, năm"
_COLUMNS = numbered((
    Column("book", "Quyển số", width=12), Column("number", "TT", ColumnKind.COUNT, width=6),
    Column("code", "Mã hồ sơ", width=22), Column("procedure", "Tên TTHC", width=30),
    Column("sets", "Số bộ", ColumnKind.COUNT, width=5),
    Column("applicant", "Tên cá nhân, tổ chức", width=20), Column("address", "Địa chỉ, số điện thoại", width=24),
    Column("agency", "Cơ quan chủ trì giải quyết", width=20),
    Column("received", "Nhận hồ sơ", ColumnKind.TIME, _DAYS),
    Column("due", "Hẹn trả kết quả", ColumnKind.TIME, _DAYS),
    Column("returned", "Trả kết quả", ColumnKind.TIME, _DAYS),
    Column("way", "Phương thức nhận kết quả", width=12), Column("signed", "Ký nhận", width=14),
    Column("note", "Ghi chú", width=12),
))


def table(connection: Connection, asked: Asking) -> ReportTable:
    """Book by book in the order of their numbers; a row's `drill` is the dossier's code."""
    days = asked.counted
    books = books_in(connection, days.first, days.last)
    rows = tuple(islice(_rows(connection, asked, books), MOST))
    whole = sum(book.amount for book in books)
    notes = [f"{book.name}: số {book.first} đến {book.last}, {book.amount} hồ sơ." for book in books]
    if whole > len(rows):
        notes.insert(0, f"Bảng dừng ở {len(rows)} dòng đầu của {whole} hồ sơ: chọn kỳ ngắn hơn, "
                        "hoặc in cả quyển theo mẫu ở màn hình Tra cứu.")
    return as_table(asked, ID, TITLE, _COLUMNS, rows, notes=tuple(notes))


def _rows(connection: Connection, asked: Asking, books: tuple[RegisterBook, ...]) -> Iterator[Row]:
    for book in books:
        for line in register_lines(connection, book, asked.counted.first, asked.counted.last):
            yield _row(book.name, line)


def _row(book: str, line: RegisterLine) -> Row:
    return Row((
        book, line.number, line.code, line.procedure_name, line.sets, line.applicant_name,
        "; ".join(part for part in (line.address, line.phone) if part), line.agency_name, line.received_at,
        line.due_at, line.returned_at, line.return_way, line.signed, line.note,
    ), drill=line.code)
