"""By agency, field, procedure and clerk: every figure opens its dossiers, and all four add up to the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.reports.ii06a import Figure
from app.services.reports import breakdown
from app.services.reports.offered import make_report
from app.store.queries.reports.breakdown import By
from tests.app.services.reports.asking import asked, check_lists, six_dossiers
from tests.office import SetClock, office_in


@pytest.mark.parametrize("by", By)
def test_the_office_is_broken_down_without_losing_a_dossier(tmp_path: Path, by: By) -> None:
    with office_in(tmp_path, clock=SetClock()) as office:
        six_dossiers(office)
        with office.application.database.reading() as connection:
            said = asked(office, connection)
            table = make_report(connection, said, breakdown.ID[by])
            form = make_report(connection, said, "II.06a").rows[-1].cells[2:]
            total = dict(zip((column.key for column in table.columns), table.rows[-1].cells, strict=True))
            assert tuple(total[figure] for figure in Figure) == form
            beside = [total[name] for name in ("waiting", "withdrawn", "otherwise", "in_time")]
            assert beside == [1, 1, 2, 10_000]
            assert check_lists(office, connection, table, said) == 14 * len(table.rows)
            for at, column in enumerate(table.columns[2:-1], 2):
                assert sum(int(str(row.cells[at])) for row in table.rows[:-1]) == table.rows[-1].cells[at], column
            assert len(table.rows) == {By.AGENCY: 3, By.FIELD: 3, By.PROCEDURE: 3, By.CLERK: 2}[by]
