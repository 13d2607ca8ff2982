from datetime import UTC, date, datetime

import pytest

from app.domain.reports.table import (
    Cell,
    Column,
    ColumnKind,
    Drill,
    ReportTable,
    Row,
    check_row,
    drill_key,
    numbered,
    parse_drill,
)

NOON = datetime(2026, 10, 2, 5, 0, tzinfo=UTC)
COLUMNS = (Column("field", "Lĩnh vực"), Column("total", "Tổng số", ColumnKind.COUNT),
           Column("share", "Tỷ lệ", ColumnKind.PERCENT))


def table(*rows: Row, columns: tuple[Column, ...] = COLUMNS, made_at: datetime = NOON) -> ReportTable:
    return ReportTable("II.06a", "Tình hình", "", "", (), columns, rows, (), made_at, "Mẫu")


@pytest.mark.parametrize(("kind", "good", "wrong"), [
    (ColumnKind.TEXT, "Đất đai", 1), (ColumnKind.COUNT, 0, True), (ColumnKind.COUNT, 814, "814"),
    (ColumnKind.MONEY, -30_000, 30_000.0), (ColumnKind.DATE, date(2026, 10, 2), NOON),
    (ColumnKind.TIME, NOON, date(2026, 10, 2)), (ColumnKind.TIME, NOON, NOON.replace(tzinfo=None)),
    (ColumnKind.PERCENT, 9872, 98.72), (ColumnKind.MINUTES, 15, "15"),
])
def test_a_cell_is_of_its_columns_kind(kind: ColumnKind, good: Cell, wrong: Cell) -> None:
    columns = (Column("only", "", kind),)
    check_row(columns, Row((good,)))
    check_row(columns, Row((None,)))
    with pytest.raises(ValueError, match=str(kind)):
        check_row(columns, Row((wrong,)))


@pytest.mark.parametrize("cells", [(), ("Đất đai", 1), ("Đất đai", 1, 2, 3), ("Đất đai", "1", 2)])
def test_a_table_with_wrong_rows_cannot_be_made(cells: tuple[Cell, ...]) -> None:
    with pytest.raises(ValueError, match=r"cells for|is a"):
        table(Row(cells))


@pytest.mark.parametrize("columns", [(), (Column("a", ""), Column("a", "")), (Column("", ""),),
                                     (Column("a:b", ""),)])
def test_columns_have_keys_of_their_own(columns: tuple[Column, ...]) -> None:
    with pytest.raises(ValueError, match="keys of their own"):
        table(columns=columns)


def test_the_moment_it_was_made_has_an_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        table(made_at=NOON.replace(tzinfo=None))


def test_figures_lead_to_their_list_and_shares_and_names_do_not() -> None:
    row = Row(("Đất đai", 3, 1000), drill="level:huyen:dat-dai")
    made = table(row, Row(("Tổng", 3, 1000), is_total=True))
    assert [drill_key(made, row, column) for column in made.columns] == [
        None, "II.06a:level:huyen:dat-dai:total", None]
    assert drill_key(made, made.rows[1], made.columns[1]) is None
    assert parse_drill("II.06a:level:huyen:dat-dai:total") == Drill("II.06a", "level:huyen:dat-dai", "total")


@pytest.mark.parametrize("key", ["", "II.06a", "II.06a:total", ":row:total", "II.06a:row:"])
def test_other_texts_are_no_drill_keys(key: str) -> None:
    with pytest.raises(ValueError, match="drill"):
        parse_drill(key)


def test_columns_are_numbered_from_the_left() -> None:
    assert [column.number for column in numbered(COLUMNS)] == ["(1)", "(2)", "(3)"]
