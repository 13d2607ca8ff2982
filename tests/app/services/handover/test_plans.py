"""What the page asks at each change is answered from indexes, however many dossiers the book holds."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, event

from app.store.queries.manifests import (
    count_open,
    open_manifests,
    overdue_manifests,
    waiting_agencies,
    waiting_for,
)
from tests.office import MORNING, Office


@pytest.mark.parametrize("ask, index", [
    (waiting_agencies, "USING COVERING INDEX dossiers_here"),
    (lambda connection: waiting_for(connection, "cong-an"), "USING INDEX dossiers_here"),
    (open_manifests, "USING INDEX manifests_open"),
    (lambda connection: overdue_manifests(connection, MORNING), "USING INDEX manifests_open"),
    (lambda connection: count_open(connection, MORNING), "INDEX manifests_open"),
])
def test_lists_go_by_their_index(office: Office, ask: Any, index: str) -> None:
    with office.application.database.reading() as connection:
        plans = [plan for plan in _plans(connection, ask) if index in plan]
    assert plans, index


def _plans(connection: Connection, ask: Any) -> list[str]:
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        asked.append((statement, values))

    event.listen(connection.engine, "before_cursor_execute", note)
    try:
        ask(connection)
    finally:
        event.remove(connection.engine, "before_cursor_execute", note)
    return [
        str(row[3]) for statement, values in asked
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    ]
