"""Dossiers that wait, by agency and by what for: to be handed over, for an answer, to be given out."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.life.work import Work
from app.domain.reports.table import Column, ColumnKind, ReportTable, Row, numbered
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date
from app.services.reports.asking import Asking, as_now
from app.services.reports.things import ALL, GROUP
from app.store.queries.reports.waiting import Waiting, waiting

ID = "waiting"
TITLE = "Hồ sơ đang chờ bàn giao, chờ xử lý, chờ trả"
_HAND_OVER, _HANDLED, _GIVEN = "Bàn giao cho cơ quan", "Đang xử lý", "Trả kết quả"
_KINDS = (
    (Work.TO_HAND_OVER, "Chờ bàn giao", _HAND_OVER), (Work.UNACKNOWLEDGED, "Đã giao, chờ xác nhận", _HAND_OVER),
    (Work.SENT_BACK, "Bị trả lại, báo thiếu", _HAND_OVER), (Work.AWAITED, "Cơ quan đang giải quyết", _HANDLED),
    (Work.SUPPLEMENT, "Chờ bổ sung", _HANDLED), (Work.PAYMENT, "Chờ nghĩa vụ tài chính", _HANDLED),
    (Work.READY, "Chờ trả tại quầy", _GIVEN), (Work.TO_POST, "Chờ gửi bưu chính", _GIVEN),
)
KINDS = {kind.name.lower(): kind for kind, _, _ in _KINDS}
"""By the key of their column."""
_COLUMNS = numbered((
    Column("number", "TT", width=6), Column("name", "Cơ quan giải quyết", width=36),
    *(Column(kind.name.lower(), title, ColumnKind.COUNT, group) for kind, title, group in _KINDS),
    Column("days", "Chờ lâu nhất (ngày)", ColumnKind.DAYS),
))


def table(connection: Connection, asked: Asking) -> ReportTable:
    """As it is at this moment, whatever the period."""
    found = waiting(connection, tuple(KINDS.values()))
    rows = [_row(asked, str(number), each.name, (each,), GROUP + each.agency)
            for number, each in enumerate(found, 1)]
    if found:
        rows.append(_row(asked, "", "Tổng cộng", found, ALL, is_total=True))
    return as_now(
        asked, ID, TITLE, _COLUMNS, rows, unit="Số hồ sơ TTHC",
        period=f"Số liệu lúc {clock_and_date(local(asked.now))}, không theo kỳ",
        notes=("Chờ lâu nhất: số ngày từ lần chuyển gần nhất của hồ sơ chờ lâu nhất.",),
    )


def _row(
    asked: Asking, number: str, name: str, inside: tuple[Waiting, ...], drill: str, *, is_total: bool = False
) -> Row:
    amounts = (sum(each.amounts[kind] for each in inside) for kind in KINDS.values())
    since = min(each.since for each in inside)
    return Row((number, name, *amounts, max((asked.today - local(since).date()).days, 0)), 0, drill, is_total)
