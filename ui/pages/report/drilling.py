"""What stands behind the cell the clerk is on: which list, how many rows it has, and what the journal calls it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.reports.periods import Period
from app.domain.reports.table import ColumnKind, ReportTable, Row, drill_key, name_column, parse_drill
from app.services.reports.registry import NAMELESS, Behind, behind_of


@dataclass(frozen=True, slots=True)
class Way:
    """`behind` NOTHING: no list. `title` is what stands above it."""

    key: str
    behind: Behind
    title: str
    count: int
    has_persons: bool


def way_in(table: ReportTable, row: int, column: int) -> Way | None:
    """From that cell; None where the report has nothing behind it at all."""
    at, heading = table.rows[row], table.columns[column]
    if at.drill is not None and not at.is_total and behind_of(f"{table.id}:{at.drill}:row") is Behind.ROW:
        return Way(at.drill, Behind.ROW, at.drill, 1, has_persons=False)
    key = drill_key(table, at, heading)
    if key is None:
        return None
    title = " · ".join(part for part in (_name(table, at), heading.group, heading.title) if part)
    return Way(key, behind_of(key), title, rows_behind(table, at, column),
               has_persons=parse_drill(key).report not in NAMELESS)


def rows_behind(table: ReportTable, row: Row, at: int) -> int:
    """How many rows the list of a figure has: the count itself; of money the count beside it."""
    cell = row.cells[at]
    if table.columns[at].kind is ColumnKind.COUNT and isinstance(cell, int):
        return cell
    beside = next((row.cells[n] for n, column in enumerate(table.columns) if column.key == "count"), None)
    if isinstance(beside, int):
        return beside
    return sum(not each.is_total for each in table.rows) if row.is_total else 1


def named(key: str, period: Period) -> str:
    """As the journal names it: the figure and its days."""
    return f"{key} {days_of(period)}"


def days_of(period: Period) -> str:
    return f"{period.first.isoformat()}..{period.last.isoformat()}"


def _name(table: ReportTable, row: Row) -> str:
    at = name_column(table.columns)
    return str(row.cells[at] or "") if at >= 0 else ""
