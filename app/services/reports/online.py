"""How dossiers came, by procedure: online, at the counter, by post; and how those filed online fared."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, and_

from app.domain.intake import ONLINE
from app.domain.reports.ii06a import Figure
from app.domain.reports.rates import share
from app.domain.reports.table import Column, ColumnKind, Drill, ReportTable, Row, numbered
from app.services.reports.asking import Asking, as_table
from app.services.reports.things import ALL, GROUP, Things, of_row, tally
from app.store.queries.reports import beside
from app.store.queries.reports.breakdown import By, counts_by
from app.store.queries.reports.conditions import Part, Received, What, condition, is_of

ID = "online"
TITLE = "Hồ sơ trực tuyến và cách nộp"
ASSISTED = "assisted"
_OF_ONLINE = Part(channel=ONLINE)
_CAME, _FARED = "Tiếp nhận trong kỳ", "Hồ sơ trực tuyến"
_COUNTS: Mapping[str, tuple[What, Part, str, str]] = {
    Received.RECEIVED: (Received.RECEIVED, Part(), "Tổng số", _CAME),
    Figure.ONLINE: (Figure.ONLINE, Part(), "Trực tuyến", _CAME),
    Received.AT_COUNTER: (Received.AT_COUNTER, Part(), "Trực tiếp", _CAME),
    Received.BY_POST: (Received.BY_POST, Part(), "Bưu chính", _CAME),
    "online_settled": (Figure.SETTLED, _OF_ONLINE, "Đã giải quyết", _FARED),
    "online_late": (Figure.LATE, _OF_ONLINE, "Trong đó quá hạn", _FARED),
    "online_open": (Figure.OPEN, _OF_ONLINE, "Đang giải quyết", _FARED),
}
_COLUMNS = numbered((
    Column("number", "TT", width=6), Column("name", "Thủ tục", width=44),
    *(Column(key, title, ColumnKind.COUNT, group) for key, (_, _, title, group) in _COUNTS.items()),
    Column("rate", "% trực tuyến", ColumnKind.PERCENT),
    Column(ASSISTED, "Hỗ trợ người dân tự nộp", ColumnKind.COUNT),
))


def table(connection: Connection, asked: Asking) -> ReportTable:
    """The procedure with the most received first, the sum last."""
    conditions = [
        and_(condition(what, asked.counted, asked.policy), is_of(part)) for what, part, *_ in _COUNTS.values()
    ]
    names: dict[str, str] = {}
    counts: dict[str, tuple[int, ...]] = {}
    for procedure, name, amounts in counts_by(connection, By.PROCEDURE, asked.counted, conditions):
        names[procedure], counts[procedure] = name, amounts
    helped = tally(connection, beside.assisted(asked.counted))
    for procedure, name in helped.parts.items():
        names.setdefault(procedure, name)
    none = (0,) * len(_COUNTS)
    order = sorted(names, key=lambda procedure: (-counts.get(procedure, none)[0], procedure))
    rows = [
        _row(str(number), f"{procedure} {names[procedure]}", counts.get(procedure, none), helped.of(procedure),
             GROUP + procedure)
        for number, procedure in enumerate(order, 1)
    ]
    if rows:
        added = tuple(map(sum, zip(none, *counts.values(), strict=True)))
        rows.append(_row("", "Tổng cộng", added, helped.of(None), ALL, is_total=True))
    return as_table(
        asked, ID, TITLE, _COLUMNS, rows, unit="Số hồ sơ TTHC",
        notes=("Hỗ trợ người dân tự nộp: nộp bằng tài khoản của người dân, không thành hồ sơ của quầy.",),
    )


def counted(connection: Connection, asked: Asking, drill: Drill) -> tuple[What, Part] | None:
    """The dossiers that a figure counts."""
    if drill.column not in _COUNTS:
        return None
    what, part, *_ = _COUNTS[drill.column]
    return what, Part(procedure=of_row(drill.row), channel=part.channel)


def things_behind(asked: Asking, drill: Drill) -> Things | None:
    return Things(beside.assisted(asked.counted), of_row(drill.row)) if drill.column == ASSISTED else None


def _row(
    number: str, name: str, amounts: tuple[int, ...], helped: int, drill: str, *, is_total: bool = False
) -> Row:
    return Row((number, name, *amounts, share(amounts[1], amounts[0]), helped), 0, drill, is_total)
