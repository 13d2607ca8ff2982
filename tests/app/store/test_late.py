"""Overdue dossiers by holder, agency, clerk: counts are those of the rows, each list is as long as its count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event, select, text

from app.store.database import Database, open_database
from app.store.migration_steps import upgrade
from app.store.queries.dossier_lists import DossierList, DossierRow, Reach
from app.store.queries.dossiers import count, page
from app.store.queries.late import LateBy, LatePart, late_count, late_counts
from app.store.tables import dossiers, rollup_late
from tests.big_book import fill

TODAY = "2026-11-19"
KNOWN = Reach(TODAY, "quay-1", 1, 0)
COLUMN = {LateBy.HOLDER: "custody", LateBy.AGENCY: "agency", LateBy.CLERK: "clerk_name"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(tmp_path_factory.mktemp("late") / "book.db", bytes(32))
    with database.writing() as connection:
        upgrade(connection)
    fill(database, 3_000)
    yield database
    database.close()


def from_rows(connection: Connection, by: LateBy) -> Counter[str]:
    rows = connection.execute(text(
        f"SELECT CAST({COLUMN[by]} AS TEXT) AS name, count(*) FROM dossiers "
        f"WHERE is_open AND state NOT IN (5, 6) AND due_date < '{TODAY}' GROUP BY 1"
    ))
    return Counter({row.name: row[1] for row in rows})


def walked(connection: Connection, what: DossierList, part: LatePart | None, step: int = 37) -> list[DossierRow]:
    found: list[DossierRow] = []
    while True:
        rows = page(connection, what, KNOWN, behind=found[-1] if found else None, limit=step, part=part)
        found += rows
        if len(rows) < step:
            return found


@pytest.mark.parametrize("by", LateBy)
def test_parts_add_up_to_the_overdue_count_and_are_as_long_as_their_lists(book: Database, by: LateBy) -> None:
    with book.reading() as connection:
        parts = late_counts(connection, by, TODAY)
        assert Counter({each.part.name: each.amount for each in parts}) == from_rows(connection, by)
        assert sum(each.amount for each in parts) == count(connection, DossierList.OVERDUE, KNOWN) > 0
        assert [each.amount for each in parts] == sorted((each.amount for each in parts), reverse=True)
        for each in parts[:6]:
            rows = walked(connection, DossierList.OVERDUE, each.part)
            assert len({row.id for row in rows}) == len(rows) == each.amount
            assert count(connection, DossierList.OVERDUE, KNOWN, each.part) == each.amount
            places = [(str(row.due_at), row.id) for row in rows]
            assert [day[:10] for day, _ in places] == sorted(day[:10] for day, _ in places)
        assert late_count(connection, LatePart(by, "không có"), TODAY) == 0


@pytest.mark.parametrize("what", DossierList)
def test_every_list_is_walked_whole_by_the_row_seen_last(book: Database, what: DossierList) -> None:
    with book.reading() as connection:
        rows = walked(connection, what, None, step=501)
        assert len({row.id for row in rows}) == len(rows) == count(connection, what, KNOWN)


@pytest.mark.parametrize("by", [None, *LateBy])
def test_a_page_of_overdue_dossiers_is_read_in_the_order_of_its_index(book: Database, by: LateBy | None) -> None:
    said: list[tuple[str, object]] = []
    event.listen(book._engine, "before_cursor_execute", lambda *what: said.append((what[2], what[3])))
    with book.reading() as connection:
        part = None if by is None else late_counts(connection, by, TODAY)[0].part
        first = page(connection, DossierList.OVERDUE, KNOWN, limit=5, part=part)
        page(connection, DossierList.OVERDUE, KNOWN, limit=5, part=part, behind=first[-1])
        plans = [
            " / ".join(row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values))
            for sql, values in said[-2:]
        ]
    index = {None: "dossiers_due", LateBy.HOLDER: "dossiers_late_holder", LateBy.AGENCY: "dossiers_late_agency",
             LateBy.CLERK: "dossiers_late_clerk"}[by]
    assert all(index in plan and "TEMP B-TREE" not in plan for plan in plans), plans


CHANGES = st.lists(st.tuples(
    st.integers(1, 3_000), st.sampled_from((2, 4, 5, 6, 9, 10)), st.integers(0, 4),
    st.sampled_from((None, "2026-11-02", "2026-11-18", "2026-11-19", "2026-12-01", "2025-01-31")),
    st.sampled_from(("Trần Thị Thử", "Người Khác")),
), max_size=25)


@settings(max_examples=25, deadline=None)
@given(changes=CHANGES)
def test_whatever_moves_the_counts_stay_those_of_the_rows(
    book: Database, changes: list[tuple[int, int, int, str | None, str]]
) -> None:
    with book.writing() as connection:
        for row, state, custody, due, clerk in changes:
            connection.execute(dossiers.update().where(dossiers.c.id == row).values(
                state=state, is_open=state < 7, custody=custody, due_date=due, clerk_name=clerk,
            ))
        for by in LateBy:
            parts = late_counts(connection, by, TODAY)
            assert Counter({each.part.name: each.amount for each in parts}) == from_rows(connection, by)
        assert connection.execute(select(rollup_late).where(rollup_late.c.amount < 0)).first() is None
