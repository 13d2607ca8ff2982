"""A report as a table: what the screen, the printed sheet, the spreadsheet and the command line all show.

Made once by a report, shown everywhere as it is: nobody behind this value counts, sorts or rounds again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class ColumnKind(StrEnum):
    """What a column's cells are; None is an empty cell in every kind."""

    TEXT = "text"                  # str
    COUNT = "count"                # int
    MONEY = "money"                # int, đồng
    DATE = "date"                  # date
    TIME = "time"                  # datetime with its offset, shown as the office's clock
    PERCENT = "percent"            # int, hundredths of a percent: 9872 is shown as 98,72 %
    MINUTES = "minutes"            # int
    DAYS = "days"                  # int


Cell = str | int | date | datetime | None

NARROW = 8
"""Letters: a column of texts that asks for no more holds running numbers."""

ADDED_UP = frozenset({ColumnKind.COUNT, ColumnKind.MONEY})
"""Kinds whose figures stand for a list of things, so that they can be opened."""


@dataclass(frozen=True, slots=True)
class Column:
    """`group` is the heading above neighbouring columns that say the same one ("Tiếp nhận").

    `width` is how many ordinary letters the column should hold; 0 leaves it to the kind. `number` is the form's
    own number below the heading: "(3)=(4)+(5)+(6)".
    """

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    group: str = ""
    width: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`level` indents its name (`name_column`); `drill` names what the figures count, None when nothing."""

    cells: tuple[Cell, ...]
    level: int = 0
    drill: str | None = None
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """`id` is the report's own ("II.06a"); `head` its lines above the title, `notes` those below the table.

    Raises ValueError for a row whose cells are not those of the columns: a wrong table is a mistake in the
    program and must not become a figure on paper.
    """

    id: str
    title: str
    period_words: str              # "Từ ngày 15/12/2025 đến ngày 14/03/2026"
    unit_words: str                # "Số hồ sơ TTHC"; "" where each column has its own
    head: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    made_at: datetime
    made_by: str

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if not keys or len(set(keys)) != len(keys) or any(not key or ":" in key for key in keys):
            raise ValueError(f"columns need keys of their own: {keys}")
        if self.made_at.tzinfo is None:
            raise ValueError("made_at needs its offset")
        for row in self.rows:
            check_row(self.columns, row)


@dataclass(frozen=True, slots=True)
class Drill:
    """The list behind one figure: of which report, which row, which column."""

    report: str
    row: str
    column: str


def drill_key(table: ReportTable, row: Row, column: Column) -> str | None:
    """"report:row:column" of a figure, or None where no list stands behind it."""
    if row.drill is None or column.kind not in ADDED_UP:
        return None
    return f"{table.id}:{row.drill}:{column.key}"


def parse_drill(key: str) -> Drill:
    """The parts of `key`; a row's own name may hold colons. Raises ValueError for anything else."""
    report, colon, rest = key.partition(":")
    row, second, column = rest.rpartition(":")
    if not (colon and second and report and column):
        raise ValueError("no drill key")
    return Drill(report, row, column)


def numbered(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns numbered from the left: (1), (2), …"""
    return tuple(replace(column, number=f"({at})") for at, column in enumerate(columns, 1))


def name_column(columns: tuple[Column, ...]) -> int:
    """Where a row says what it is: the first column of texts that is not a narrow one of numbers ("A", "I.1").

    -1 when there is none.
    """
    return next((at for at, column in enumerate(columns)
                 if column.kind is ColumnKind.TEXT and not 0 < column.width <= NARROW), -1)


def check_row(columns: tuple[Column, ...], row: Row) -> None:
    """ValueError unless each cell is of its column's kind; for rows that are read one by one while written."""
    if len(row.cells) != len(columns):
        raise ValueError(f"{len(row.cells)} cells for {len(columns)} columns")
    for column, cell in zip(columns, row.cells, strict=True):
        if cell is not None and not _fits(column.kind, cell):
            raise ValueError(f"{column.key} is a {column.kind}, not {type(cell).__name__}")


def _fits(kind: ColumnKind, cell: object) -> bool:
    if kind is ColumnKind.TEXT:
        return isinstance(cell, str)
    if kind is ColumnKind.DATE:
        return isinstance(cell, date) and not isinstance(cell, datetime)
    if kind is ColumnKind.TIME:
        return isinstance(cell, datetime) and cell.tzinfo is not None
    return isinstance(cell, int) and not isinstance(cell, bool)
