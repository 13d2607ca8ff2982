"""Form II.06a of an office: levels with fields, the office's own policy, and the list behind every figure."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.reports.periods import Period
from app.errors import Refusal
from app.services.reports.asking import POLICY
from app.services.reports.offered import list_behind, make_report
from app.store.settings import write_setting
from tests.app.services.reports.asking import DAY, asked, check_lists, known, six_dossiers
from tests.office import SetClock, office_in, sample_intake


def test_each_figure_opens_the_dossiers_that_it_counts(tmp_path: Path) -> None:
    with office_in(tmp_path, clock=SetClock()) as office:
        six_dossiers(office)
        with office.application.database.reading() as connection:
            said = asked(office, connection)
            table = make_report(connection, said, "II.06a")
            assert table.rows[-1].cells[2:] == (5, 1, 4, 0, 2, 1, 1, 0, 3, 3, 0)
            assert table.rows[0].cells[1] == "TTHC giải quyết ở cấp tỉnh" and table.rows[0].level == 0
            assert check_lists(office, connection, table, said) == 11 * len(table.rows)
            assert table.period_words == "Từ ngày 01/11/2026 đến ngày 30/11/2026"
            assert table.notes[0] == "Số liệu tính đến hết ngày 23/11/2026."
        with office.application.database.writing() as connection:
            write_setting(connection, POLICY, {"not_received": "on_time", "stopped": "left_out"})
            said = asked(office, connection)
            table = make_report(connection, said, "II.06a")
            assert table.rows[-1].cells[2:] == (5, 1, 4, 0, 3, 1, 2, 0, 2, 2, 0)
            check_lists(office, connection, table, said)
            write_setting(connection, POLICY, {"stopped": "nowhere"})
            assert asked(office, connection).policy.stopped == "in_time"


def test_what_is_promised_for_a_day_to_come_is_not_overdue_yet(tmp_path: Path) -> None:
    with office_in(tmp_path, clock=SetClock()) as office:
        office.receive(sample_intake("i1", procedure="1.013225"))
        with office.application.database.reading() as connection:
            year = Period(date(2026, 1, 1), date(2026, 12, 31))
            assert make_report(connection, asked(office, connection, year), "II.06a").rows[-1].cells[-2:] == (1, 0)
        office.clock.advance(timedelta(days=40))
        with office.application.database.reading() as connection:
            found = make_report(connection, asked(office, connection, year), "II.06a")
            assert found.rows[-1].cells[-2:] == (0, 1) and len(found.notes) == 2
            past = Period(DAY, DAY)
            assert make_report(connection, asked(office, connection, past), "II.06a").rows[-1].cells[-2:] == (1, 0)


@pytest.mark.parametrize(("key", "code"), [
    ("II.06a:all:number", "report_without_list"), ("II.06a", "report_without_list"),
    ("II.07:all:total", "report_unknown"),
])
def test_a_key_that_names_no_figure_is_refused(tmp_path: Path, key: str, code: str) -> None:
    with (
        office_in(tmp_path) as office, office.application.database.reading() as connection,
        pytest.raises(Refusal, match=code),
    ):
        list_behind(connection, asked(office, connection), key, known(office, connection))
