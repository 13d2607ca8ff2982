from datetime import UTC, date, datetime

import pytest

from app.domain.reports.shown import made_line, shown_cell, unit_line
from app.domain.reports.table import Cell, Column, ColumnKind, ReportTable

AT = datetime(2026, 10, 2, 20, 5, tzinfo=UTC)


@pytest.mark.parametrize(("kind", "cell", "shown"), [
    (ColumnKind.TEXT, "Đất đai", "Đất đai"), (ColumnKind.COUNT, 814, "814"),
    (ColumnKind.COUNT, 1144056, "1.144.056"), (ColumnKind.MONEY, -2000, "-2.000"),
    (ColumnKind.PERCENT, 9872, "98,72%"), (ColumnKind.PERCENT, 10000, "100,00%"), (ColumnKind.PERCENT, 5, "0,05%"),
    (ColumnKind.PERCENT, -150, "-1,50%"), (ColumnKind.DATE, date(2026, 1, 2), "02/01/2026"),
    (ColumnKind.TIME, AT, "03:05 03/10/2026"), (ColumnKind.MINUTES, 0, "0"),
    *((kind, None, "") for kind in ColumnKind),
])
def test_a_cell_is_shown_as_the_office_writes_it(kind: ColumnKind, cell: Cell, shown: str) -> None:
    assert shown_cell(kind, cell) == shown


@pytest.mark.parametrize(("unit", "by", "lines"), [
    ("đồng", "Trần Thị Thử", ("Đơn vị tính: đồng", "Lập lúc 03 giờ 05 phút, ngày 03/10/2026 · Trần Thị Thử")),
    ("", "", ("", "Lập lúc 03 giờ 05 phút, ngày 03/10/2026")),
])
def test_a_report_says_its_unit_and_when_it_was_made(unit: str, by: str, lines: tuple[str, str]) -> None:
    made = ReportTable("x", "X", "", unit, (), (Column("a", "A"),), (), (), AT, by)
    assert (unit_line(made), made_line(made)) == lines
