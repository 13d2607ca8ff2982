"""Where the rows behind a figure come from, a page at a time: dossiers by key, lines of money in their order."""

from __future__ import annotations

from app.domain.reports.table import parse_drill
from app.services.reports.asking import Asking
from app.services.reports.money import money_behind
from app.services.reports.money_lines import MoneyRow
from app.services.reports.offered import list_behind
from app.store.queries.dossiers import DossierRow
from ui.delegates.dates import day_text
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


class FigureDossiers:
    """The dossiers that the figure of `key` counts; each reading from the top looks at today anew."""

    def __init__(self, desk: Desk, asked: Asking, key: str) -> None:
        self._desk, self._asked, self._key = desk, asked, key
        self._known = NOWHERE

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[DossierRow]:
        if after is None:
            self._known = known_now(self._desk)
            limit = min(limit, FIRST)
        behind = after if isinstance(after, int) else None
        with self._desk.office.database.reading() as connection:
            rows = list_behind(connection, self._asked, self._key, self._known, behind=behind, limit=limit)
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
