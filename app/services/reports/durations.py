"""How long procedures really took against what was promised: where a published time is too long or too short."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection

from app.domain.reports.rates import middle, rounded
from app.domain.reports.table import Column, ColumnKind, ReportTable, Row, numbered
from app.services.reports.asking import Asking, as_table
from app.services.reports.things import GROUP
from app.store.queries.reports.durations import Durations, durations

ID = "durations"
TITLE = "Thời gian giải quyết thực tế so với thời hạn hẹn"
_REAL, _PROMISED = "Thực tế (ngày)", "Theo hẹn (ngày)"
_COLUMNS = numbered((
    Column("number", "TT", width=6), Column("name", "Thủ tục", width=46),
    Column("settled", "Đã giải quyết", ColumnKind.COUNT),
    Column("real_middle", "Ở giữa", ColumnKind.DAYS, _REAL),
    Column("real_mean", "Trung bình", ColumnKind.DAYS, _REAL),
    Column("real_most", "Lâu nhất", ColumnKind.DAYS, _REAL),
    Column("promised_middle", "Ở giữa", ColumnKind.DAYS, _PROMISED),
    Column("promised_mean", "Trung bình", ColumnKind.DAYS, _PROMISED),
    Column("spared", "Nhanh hơn hẹn (ngày)", ColumnKind.DAYS),
))


def table(connection: Connection, asked: Asking) -> ReportTable:
    """The most frequent procedure first. Calendar days: from the day of reception to the last."""
    found = durations(connection, asked.counted, asked.policy)
    return as_table(
        asked, ID, TITLE, _COLUMNS, (_row(number, each) for number, each in enumerate(found, 1)),
        notes=(
            "Ngày theo lịch, từ ngày tiếp nhận đến ngày giải quyết xong và đến ngày hẹn trả, kể cả gia hạn.",
            "Ở giữa: một nửa số hồ sơ không lâu hơn số ngày này.",
        ),
    )


def _row(number: int, each: Durations) -> Row:
    real, promised = middle(each.real), middle(each.promised)
    spared = promised - real if real is not None and promised is not None else None
    cells = (
        str(number), f"{each.procedure} {each.name}", each.real.total(), real, _mean(each.real), max(each.real),
        promised, _mean(each.promised), spared,
    )
    return Row(cells, 0, GROUP + each.procedure)


def _mean(amounts: Counter[int]) -> int | None:
    return rounded(sum(days * amount for days, amount in amounts.items()), amounts.total())
