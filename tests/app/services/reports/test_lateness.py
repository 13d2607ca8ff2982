"""Real against promised days, and who held what was late when its day was over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.domain.life.facts import HandedOver, ResultIn, ResultPaper
from app.domain.reports.periods import Period
from app.services.life.acting import Line
from app.services.reports import durations, late_causes
from app.services.reports.offered import list_behind, make_report
from tests.app.services.reports.asking import asked, known
from tests.app.services.test_ha_nam import write
from tests.office import Office, SetClock, office_in, sample_intake

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
RESULT = ResultIn(ResultPaper("giấy phép", "1/GP"), "A1")


def receive(office: Office, intent: str) -> str:
    return office.receive(sample_intake(intent, procedure="1.013225")).dossier.code


def test_a_procedure_shows_its_real_days_beside_the_promised_ones(tmp_path: Path) -> None:
    with office_in(tmp_path, clock=SetClock()) as office:
        codes = [receive(office, f"i{turn}") for turn in range(3)]
        write(office, [Line(code, HandedOver("m")) for code in codes])
        for turn, (code, days) in enumerate(zip(codes, (1, 1, 20), strict=True)):
            office.clock.at = datetime(2026, 11, 23, 3, turn, tzinfo=UTC) + timedelta(days)
            write(office, [Line(code, RESULT)])
        with office.application.database.reading() as connection:
            said = asked(office, connection, YEAR)
            table = make_report(connection, said, durations.ID)
            row = dict(zip((column.key for column in table.columns), table.rows[0].cells, strict=True))
            assert [row[key] for key in ("settled", "real_middle", "real_mean", "real_most")] == [3, 1, 7, 20]
            promised = row["promised_middle"]
            assert isinstance(promised, int) and row["spared"] == promised - 1 > 0
            key = f"{durations.ID}:{table.rows[0].drill}:settled"
            rows = list_behind(connection, said, key, known(office, connection))
            assert {each.code for each in rows} == set(codes)


def test_who_held_the_papers_when_the_day_was_over_is_told(tmp_path: Path) -> None:
    with office_in(tmp_path, clock=SetClock()) as office:
        kept, sent, settled, _ = [receive(office, f"i{turn}") for turn in range(4)]
        write(office, [Line(sent, HandedOver("m")), Line(settled, HandedOver("m"))])
        office.clock.advance(timedelta(days=30))
        write(office, [Line(kept, HandedOver("m2"))])
        write(office, [Line(settled, RESULT)])
        with office.application.database.reading() as connection:
            said = asked(office, connection, YEAR)
            table = make_report(connection, said, late_causes.ID)
            assert [(row.cells[0], *row.cells[1:4], row.level) for row in table.rows] == [
                ("Còn ở quầy", 2, 0, 2, 0), ("Sở Xây dựng tỉnh Mẫu", 2, 0, 2, 1),
                ("Trên đường giao", 2, 1, 1, 0), ("Sở Xây dựng tỉnh Mẫu", 2, 1, 1, 1),
                ("Tổng cộng", 4, 1, 3, 0),
            ]
            assert all(isinstance(row.cells[4], int) and row.cells[4] > 0 for row in table.rows)
            for key, amount in (("late", 1), ("open_late", 3)):
                rows = list_behind(connection, said, f"{late_causes.ID}:all:{key}", known(office, connection))
                assert len(rows) == amount
