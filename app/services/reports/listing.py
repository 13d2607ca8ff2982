"""The list behind a figure as a table of its own, read page by page: for a file that may hold every line of it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from app.domain.reports.entry import Entry
from app.domain.reports.table import Column, ColumnKind, ReportTable, Row, numbered, parse_drill
from app.domain.till.entries import ReceiptState
from app.services.reports.asking import Asking, as_table
from app.services.reports.offered import counted_by, counted_page
from app.services.reports.offered import things_behind as things_by
from app.services.reports.registry import Behind, behind_of
from app.services.reports.things import list_things
from app.services.till.usage import ID as RECEIPTS
from app.services.till.usage import ListedReceipt, receipts_behind
from app.store.queries.dossiers import PAGE, DossierRow, Reach

_DOSSIERS = numbered((
    Column("at", "TT", ColumnKind.COUNT, width=6),
    Column("code", "Mã hồ sơ", width=28),
    Column("name", "Chủ hồ sơ", width=26),
    Column("procedure", "Thủ tục", width=44),
    Column("agency", "Cơ quan giải quyết", width=26),
    Column("received", "Nhận lúc", ColumnKind.TIME),
    Column("due", "Hẹn trả", ColumnKind.TIME),
    Column("clerk", "Người tiếp nhận", width=20),
))
_THINGS = numbered((
    Column("at", "TT", ColumnKind.COUNT, width=6),
    Column("moment", "Lúc", ColumnKind.TIME),
    Column("code", "Mã hồ sơ", width=28),
    Column("number", "Số, mã", width=24),
    Column("name", "Về ai, về việc gì", width=34),
    Column("words", "Nội dung", width=26),
    Column("amount", "Số tiền", ColumnKind.MONEY),
    Column("clerk", "Người làm", width=20),
))
After = Entry | int
"""Where a page of things ended."""


def things_page(
    connection: Connection, asked: Asking, key: str, *, after: After | None = None, limit: int = PAGE
) -> tuple[tuple[Entry, ...], After | None]:
    """One page of what a figure counts that are no dossiers, and where the next one begins; None at the end.

    Raises `report_unknown` (report), `report_without_list`.
    """
    drill = parse_drill(key)
    if drill.report == RECEIPTS:
        start = after if isinstance(after, int) else 0
        found, behind = receipts_behind(connection, drill, asked.period, after=start, limit=limit)
        return tuple(map(_receipt, found)), behind
    last = after if isinstance(after, Entry) else None
    page = list_things(connection, things_by(asked, key), behind=last, limit=limit)
    return page, page[-1] if len(page) == limit else None


def list_table(asked: Asking, key: str, title: str, purpose: str) -> ReportTable:
    """The head of the list of `key`, without rows: those come from `list_rows`. `purpose` stands under it."""
    columns = _THINGS if behind_of(key) is Behind.THINGS else _DOSSIERS
    notes = (f"Mục đích sử dụng: {purpose}",) if purpose else ()
    return as_table(asked, key, title, columns, (), notes=notes)


def list_rows(connection: Connection, asked: Asking, key: str, known: Reach) -> Iterator[Row]:
    """Every line of the figure, in the order of its list; no more than one page is held at a time."""
    of_list = _things if behind_of(key) is Behind.THINGS else _dossiers
    return of_list(connection, asked, key, known)


def _dossiers(connection: Connection, asked: Asking, key: str, known: Reach) -> Iterator[Row]:
    counted = counted_by(connection, asked, key)
    behind: int | None = None
    before = 0
    while True:
        page = counted_page(connection, asked, counted, known, behind=behind, limit=PAGE)
        for number, row in enumerate(page, before + 1):
            yield _dossier(number, row)
        if len(page) < PAGE:
            return
        behind, before = page[-1].id, before + PAGE


def _things(connection: Connection, asked: Asking, key: str, known: Reach) -> Iterator[Row]:
    after: After | None = None
    before = 0
    while True:
        page, after = things_page(connection, asked, key, after=after, limit=PAGE)
        for number, each in enumerate(page, before + 1):
            yield Row((number, each.at, each.code, each.number, each.name, each.words, each.amount,
                       each.clerk_name))
        if after is None:
            return
        before += len(page)


def _dossier(number: int, row: DossierRow) -> Row:
    return Row((number, row.code, row.applicant_name, row.procedure_name, row.agency_name, row.received_at,
                row.due_at, row.clerk_name))


def _receipt(each: ListedReceipt) -> Entry:
    return Entry(f"{each.op_id}:{each.name}", each.at, each.code, each.name, each.payer,
                 _RECEIPTS[each.state], "", each.amount)


_RECEIPTS = {
    ReceiptState.USED: "Đã lập", ReceiptState.VOID: "Đã hủy", ReceiptState.SPOILED: "Hỏng, mất",
}
