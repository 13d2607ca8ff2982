"""The list of a figure as a file's rows: as many as the figure, once each, numbered, over the border of a page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.reports.periods import Period
from app.domain.reports.table import check_row
from app.services.reports import listing
from app.services.reports.asking import asking
from app.services.reports.listing import list_rows, list_table
from app.store.queries.dossiers import reach
from tests.office import office_in, sample_intake

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize("page", [1, 2, 3, 5, 200])
def test_every_dossier_of_the_figure_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(listing, "PAGE", page)
    with office_in(tmp_path) as office:
        codes = {office.receive(sample_intake(f"dòng-{turn}")).dossier.code for turn in range(5)}
        application = office.application
        with application.database.reading() as connection:
            asked = asking(connection, application.enrolled, application.catalogue.agencies, NOVEMBER,
                           now=office.clock.now(), made_by="Trần Thị Thử")
            known = reach(connection, application.enrolled.device, 1, "2026-11-23")
            table = list_table(asked, "II.06a:all:total", "Tổng số", "Rà soát hồ sơ")
            rows = list(list_rows(connection, asked, "II.06a:all:total", known))
            none = list(list_rows(connection, asked, "II.06a:all:late", known))
    assert [row.cells[0] for row in rows] == [1, 2, 3, 4, 5] and {row.cells[1] for row in rows} == codes
    assert none == [] and "Rà soát hồ sơ" in table.notes[-1]
    for row in rows:
        check_row(table.columns, row)
