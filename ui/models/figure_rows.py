"""Where the rows behind a figure come from, a page at a time: dossiers, lines of money, other things counted."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.reports.entry import Entry
from app.domain.reports.shown import shown_cell
from app.domain.reports.table import ColumnKind, parse_drill
from app.services.reports.asking import Asking
from app.services.reports.beside import HANDOVERS, POST_ITEMS, SATISFACTION
from app.services.reports.listing import After, things_page
from app.services.reports.money import money_behind
from app.services.reports.money_lines import MoneyRow
from app.services.reports.my_day import ID as MY_DAY
from app.services.reports.offered import Counted, counted_page
from app.services.reports.online import ID as ONLINE
from app.services.till.usage import ID as RECEIPTS
from app.store.queries.dossiers import DossierRow
from ui.delegates.dates import day_text, full_moment
from ui.models.dossier_rows import FIRST, NOWHERE, known_now
from ui.operations.desk import Desk
from ui.translations import mark
from ui.widgets.money_field import money_text
from ui.widgets.paged_table import Column, Page

MONEY_COLUMNS: tuple[Column[MoneyRow], ...] = (
    Column(mark("Ngày thu"), lambda row: day_text(row.business_date)),
    Column(mark("Mã hồ sơ"), lambda row: row.code),
    Column(mark("Người nộp"), lambda row: row.payer),
    Column(mark("Khoản"), lambda row: row.name),
    Column(mark("Nơi thụ hưởng"), lambda row: row.owner_name),
    Column(mark("Biên lai, phiếu thu"), lambda row: row.receipt),
    Column(mark("Số tiền"), lambda row: money_text(row.amount), value=lambda row: row.amount, is_number=True),
)
_AT = Column[Entry](mark("Lúc"), lambda row: shown_cell(ColumnKind.TIME, row.at), value=lambda row: row.at,
                    tooltip=lambda row: full_moment(row.at))
_CODE = Column[Entry](mark("Mã hồ sơ"), lambda row: row.code)
_WORDS = Column[Entry](mark("Việc, kết quả"), lambda row: row.words)
_CLERK = Column[Entry](mark("Người làm"), lambda row: row.clerk_name)
_AMOUNT = Column[Entry](mark("Số tiền"), lambda row: "" if row.amount is None else money_text(row.amount),
                        value=lambda row: row.amount, is_number=True)


def _number(title: str) -> Column[Entry]:
    return Column(title, lambda row: row.number)


def _name(title: str) -> Column[Entry]:
    return Column(title, lambda row: row.name)


FITTED, SHARED, CODED, COUNTED = 0, -5, "code", "number"
THINGS: Mapping[str, tuple[tuple[Column[Entry], int, str], ...]] = {
    HANDOVERS: (
        (_AT, FITTED, ""), (_CODE, FITTED, CODED), (_number(mark("Danh sách bàn giao")), FITTED, CODED),
        (_name(mark("Cơ quan")), SHARED, ""), (_WORDS, SHARED, ""), (_CLERK, SHARED, "")),
    POST_ITEMS: (
        (_AT, FITTED, ""), (_number(mark("Mã bưu gửi")), FITTED, CODED), (_CODE, FITTED, CODED),
        (_name(mark("Người nhận")), SHARED, ""), (_WORDS, SHARED, "")),
    SATISFACTION: (
        (_AT, FITTED, ""), (_CODE, FITTED, CODED), (_name(mark("Chủ hồ sơ")), SHARED, ""), (_WORDS, SHARED, ""),
        (_CLERK, SHARED, "")),
    MY_DAY: (
        (_AT, FITTED, ""), (_CODE, FITTED, CODED), (_WORDS, SHARED, ""), (_number(mark("Số")), SHARED, CODED)),
    ONLINE: (
        (_AT, FITTED, ""), (_number(mark("Mã hồ sơ quốc gia")), FITTED, CODED),
        (_name(mark("Người dân")), SHARED, ""), (_CLERK, SHARED, "")),
    RECEIPTS: (
        (_AT, FITTED, ""), (_number(mark("Biên lai")), FITTED, CODED), (_name(mark("Người nộp")), SHARED, ""),
        (_CODE, FITTED, CODED), (_WORDS, SHARED, ""), (_AMOUNT, FITTED, COUNTED)),
}
"""By report: the columns of the list behind its figures, how wide, and how drawn."""


class FigureDossiers:
    """The dossiers that a figure counts; each reading from the top looks at today anew."""

    def __init__(self, desk: Desk, asked: Asking, counted: Counted) -> None:
        self._desk, self._asked, self._counted = desk, asked, counted
        self._known = NOWHERE

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[DossierRow]:
        if after is None:
            self._known = known_now(self._desk)
            limit = min(limit, FIRST)
        behind = after if isinstance(after, int) else None
        with self._desk.office.database.reading() as connection:
            rows = counted_page(connection, self._asked, self._counted, self._known, behind=behind, limit=limit)
        return Page(rows, rows[-1].id if len(rows) == limit else None)


class FigureMoney:
    """The lines of money that the figure of `key` adds up."""

    def __init__(self, desk: Desk, asked: Asking, key: str) -> None:
        self._database, self._asked, self._drill = desk.office.database, asked, parse_drill(key)

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[MoneyRow]:
        start = after if isinstance(after, int) else 0
        with self._database.reading() as connection:
            rows, behind = money_behind(connection, self._asked, self._drill, after=start, limit=limit)
        return Page(rows, behind)


class FigureThings:
    """What the figure of `key` counts that are neither: lines of hand-overs, items, acts, receipts."""

    def __init__(self, desk: Desk, asked: Asking, key: str) -> None:
        self._database, self._asked, self._key = desk.office.database, asked, key

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[Entry]:
        start: After | None = after if isinstance(after, Entry | int) else None
        with self._database.reading() as connection:
            rows, behind = things_page(connection, self._asked, self._key, after=start, limit=limit)
        return Page(rows, behind)
