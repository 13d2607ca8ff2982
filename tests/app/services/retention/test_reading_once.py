"""What a batch judges under the write lock it reads once: a dossier, and which one a form became."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from tests.app.services.retention.desk import DAYS, KeepingDesk
from tests.office import office_in

DOSSIERS = 3


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[KeepingDesk]:
    with office_in(tmp_path) as office:
        made = KeepingDesk(office)
        for number in range(DOSSIERS):
            made.ended(f"a{number}", number)
        made.confirm()
        made.wait(DAYS)
        yield made


def test_each_dossier_and_each_reception_is_looked_up_once(desk: KeepingDesk) -> None:
    asked: Counted[str] = Counted()

    def hear(connection: Connection, cursor: object, statement: str, *rest: object) -> None:
        asked["dossier"] += "FROM dossiers " in statement and "WHERE dossiers.id = " in statement
        asked["reception"] += statement.startswith("SELECT dossier_versions.dossier")
        asked["without an index"] += statement.endswith("WHERE dossier_versions.op_id = ?")

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        done = desk.batch()
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    assert done is not None and done.dossiers == DOSSIERS and done.files > 2 * DOSSIERS
    assert asked == {"dossier": DOSSIERS, "reception": DOSSIERS, "without an index": 0}
