"""Things behind figures are read in the order of an index: a page stops where it is full."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, event

from app.domain.reports.periods import Period
from app.store.database import Database
from app.store.queries.reports import beside
from app.store.queries.reports.entries import COLUMNS, entry_page
from tests.office import office_in

QUARTER = Period(date(2026, 9, 15), date(2026, 12, 14))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Database]:
    with office_in(tmp_path) as office:
        yield office.application.database


@pytest.mark.parametrize(("found", "index"), [
    (beside.returned, "life_events_returned"), (beside.handed_over, "manifests_made"),
    (beside.manifests_made, "manifests_made"), (beside.assisted, "assisted_filings_at"),
    (lambda period: beside.acts_of("Trần Thị Thử", period), "INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
])
def test_a_list_of_things_is_read_in_the_order_of_its_index(
    book: Database, found: Callable[[Period], Select[Any]], index: str
) -> None:
    said: list[tuple[str, Any]] = []
    event.listen(book._engine, "before_cursor_execute", lambda *what: said.append((what[2], what[3])))
    with book.reading() as connection:
        entry_page(connection, found(QUARTER), part="one", words=("1",))
        statement, values = said[-1]
        plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert index in plan[0] and "USE TEMP B-TREE FOR ORDER BY" not in plan, plan


@pytest.mark.parametrize("found", [
    beside.returned, beside.handed_over, beside.manifests_made, beside.assisted, beside.posted,
    lambda period: beside.acts_of("Trần Thị Thử", period),
])
def test_each_selection_has_what_a_list_asks_for(found: Callable[[Period], Select[Any]]) -> None:
    assert tuple(found(QUARTER).selected_columns.keys()) == COLUMNS
