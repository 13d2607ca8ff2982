"""The list behind a figure as a table of its own, read page by page: for a file that may hold every dossier."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from app.domain.reports.table import Column, ColumnKind, ReportTable, Row, numbered
from app.services.reports.asking import Asking, as_table
from app.services.reports.offered import list_behind
from app.store.queries.dossiers import PAGE, DossierRow, Reach

_COLUMNS = numbered((
    Column("at", "TT", ColumnKind.COUNT, width=6),
    Column("code", "Mã hồ sơ", width=28),
    Column("name", "Chủ hồ sơ", width=26),
    Column("procedure", "Thủ tục", width=44),
    Column("agency", "Cơ quan giải quyết", width=26),
    Column("received", "Nhận lúc", ColumnKind.TIME),
    Column("due", "Hẹn trả", ColumnKind.TIME),
    Column("clerk", "Người tiếp nhận", width=20),
))


def list_table(asked: Asking, key: str, title: str, purpose: str) -> ReportTable:
    """The head of the list of `key`, without rows: those come from `list_rows`. `purpose` stands under it."""
    return as_table(asked, key, title, _COLUMNS, (), notes=(f"Mục đích sử dụng: {purpose}",))


def list_rows(connection: Connection, asked: Asking, key: str, known: Reach) -> Iterator[Row]:
    """Every dossier of the figure, in the order of its list; no more than one page is held at a time."""
    behind: int | None = None
    before = 0
    while True:
        page = list_behind(connection, asked, key, known, behind=behind)
        for number, row in enumerate(page, before + 1):
            yield _row(number, row)
        if len(page) < PAGE:
            return
        behind, before = page[-1].id, before + PAGE


def _row(number: int, row: DossierRow) -> Row:
    return Row((number, row.code, row.applicant_name, row.procedure_name, row.agency_name, row.received_at,
                row.due_at, row.clerk_name))
