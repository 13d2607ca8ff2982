"""The office's own tables: by agency, field, procedure and clerk, with what waits, what went back and % in time.

Source of the columns: tables that provincial systems offer their managers (domain facts 9.3).
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from app.domain.reports.ii06a import Figure, Figures, add_up
from app.domain.reports.rates import share
from app.domain.reports.table import Cell, Column, ColumnKind, Drill, ReportTable, Row, numbered
from app.services.reports.asking import Asking, as_table
from app.services.reports.things import ALL, GROUP, of_row
from app.store.queries.reports import breakdown
from app.store.queries.reports.breakdown import By, Group
from app.store.queries.reports.conditions import EVERYTHING, Extra, Part, What

ID: Mapping[By, str] = {by: f"by-{by}" for by in By}
TITLE: Mapping[By, str] = {
    By.AGENCY: "Tình hình giải quyết theo cơ quan", By.FIELD: "Tình hình giải quyết theo lĩnh vực",
    By.PROCEDURE: "Tình hình giải quyết theo thủ tục", By.CLERK: "Tình hình giải quyết theo người tiếp nhận",
}
_NAMES: Mapping[By, str] = {
    By.AGENCY: "Cơ quan giải quyết", By.FIELD: "Lĩnh vực", By.PROCEDURE: "Thủ tục", By.CLERK: "Người tiếp nhận",
}
_TAKEN_IN, _SETTLED, _OPEN, _BESIDE = "Tiếp nhận", "Đã giải quyết", "Đang giải quyết", "Trong đó"
_COUNTS = (
    (Figure.TOTAL, "Phải giải quyết", _TAKEN_IN), (Figure.ONLINE, "Trực tuyến", _TAKEN_IN),
    (Figure.DIRECT, "Trực tiếp, bưu chính", _TAKEN_IN), (Figure.CARRIED, "Kỳ trước", _TAKEN_IN),
    (Figure.SETTLED, "Tổng số", _SETTLED), (Figure.EARLY, "Trước hạn", _SETTLED),
    (Figure.ON_TIME, "Đúng hạn", _SETTLED), (Figure.LATE, "Quá hạn", _SETTLED),
    (Figure.OPEN, "Tổng số", _OPEN), (Figure.OPEN_IN_TIME, "Trong hạn", _OPEN),
    (Figure.OPEN_LATE, "Quá hạn", _OPEN),
    (Extra.WAITING, "Chờ bổ sung", _BESIDE), (Extra.WITHDRAWN, "Trả lại, xin rút", _BESIDE),
    (Extra.OTHERWISE, "Khác", _BESIDE),
)


def table(by: By, connection: Connection, asked: Asking) -> ReportTable:
    """The largest group first, the sum last."""
    return make(connection, asked, by, ID[by], TITLE[by])


def make(
    connection: Connection, asked: Asking, by: By, report: str, title: str, part: Part = EVERYTHING, *,
    notes: tuple[str, ...] = (),
) -> ReportTable:
    """The same of one part of the dossiers, as a report of its own."""
    groups = breakdown.breakdown(connection, by, asked.counted, asked.policy, part)
    columns = numbered((
        Column("number", "TT", width=6), Column("name", _NAMES[by], width=34),
        *(Column(key, title, ColumnKind.COUNT, group) for key, title, group in _COUNTS),
        Column("in_time", "% đúng hạn", ColumnKind.PERCENT),
    ))
    rows = [_row(str(number), group, GROUP + group.key) for number, group in enumerate(groups, 1)]
    if rows:
        rows.append(_row("", _sum(groups), ALL, is_total=True))
    return as_table(
        asked, report, title, columns, rows,
        unit="Số hồ sơ TTHC",
        notes=("% đúng hạn: số giải quyết trước hạn và đúng hạn trên tổng số đã giải quyết.", *notes),
    )


def counted(by: By, connection: Connection, asked: Asking, drill: Drill) -> tuple[What, Part] | None:
    """Which dossiers a figure counts: `what` of them, and whose."""
    what, key = what_of(drill.column), of_row(drill.row)
    return None if what is None else (what, EVERYTHING if key is None else breakdown.part_of(by, key))


def what_of(column: str) -> What | None:
    """What the dossiers in a column have in common; None for a column that counts none."""
    return next((what for what in (*Figure, *Extra) if what == column), None)


def _sum(groups: tuple[Group, ...]) -> Group:
    figures: Figures = add_up(group.figures for group in groups)
    return Group("", "Tổng cộng", figures, {each: sum(group.extras[each] for group in groups) for each in Extra})


def _row(number: str, group: Group, drill: str, *, is_total: bool = False) -> Row:
    figures = group.figures
    cells: tuple[Cell, ...] = (
        number, group.name,
        *(figures.of(what) if isinstance(what, Figure) else group.extras[what] for what, _, _ in _COUNTS),
        share(figures.early + figures.on_time, figures.settled),
    )
    return Row(cells, 0, drill, is_total)
