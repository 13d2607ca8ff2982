"""The pilot of a province, dossier by dossier: 814 = 764 + 50 to settle; 782 = 717 + 55 + 10 settled; 32 open.

Source: domain facts 9.2 (six months of a pilot; here the same figures in five weeks).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.intake import ONLINE
from app.domain.life.facts import HandedOver, ResultIn, ResultPaper
from app.domain.reports.ii06a import Figure, add_up
from app.domain.reports.periods import Period
from app.domain.reports.policy import ReportPolicy
from app.services.life.acting import Line, act
from app.store.queries.dossiers import DossierList, DossierRow, count, page, reach
from app.store.queries.reports.conditions import figure_page
from app.store.queries.reports.ii06a import figures
from tests.office import Office, SetClock, office_in, sample_intake

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 31)
HOLIDAYS = {date(2026, 11, 24)}
EARLY, ON_TIME, LATE, OPEN = "early", "on time", "late", "open"


@dataclass(frozen=True)
class Pilot:
    """How many were received before the period and in it, and what became of them."""

    before: int
    in_period: int
    early: int
    on_time: int
    late: int
    open: int

    @property
    def settled(self) -> int:
        return self.early + self.on_time + self.late

    def fates(self) -> list[str]:
        """In the order of reception: the late ones first, the open ones last."""
        return [LATE] * self.late + [ON_TIME] * self.on_time + [EARLY] * self.early + [OPEN] * self.open


WHOLE = Pilot(50, 764, 717, 55, 10, 32)
TENTH = Pilot(5, 76, 72, 5, 1, 3)


def working_days(first: date, last: date) -> list[date]:
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5 and day not in HOLIDAYS]


def live(office: Office, clock: SetClock, pilot: Pilot) -> None:
    """Day after day: results that are due to come, then receptions, then one hand-over."""
    before, during = working_days(date(2026, 11, 25), FIRST - timedelta(days=1)), working_days(FIRST, LAST)
    amounts = dict.fromkeys(before, pilot.before // len(before))
    amounts |= dict.fromkeys(during, pilot.in_period // len(during))
    amounts[before[-1]] += pilot.before - sum(amounts[day] for day in before)
    amounts[during[0]] += pilot.in_period - sum(amounts[day] for day in during)
    plan = iter(pilot.fates())
    coming: dict[date, list[str]] = defaultdict(list)
    for day in [*before, *during]:
        clock.at = datetime(day.year, day.month, day.day, 2, 30, tzinfo=UTC)
        taken = [Line(code, ResultIn(ResultPaper("giấy phép", "1/GP"), "A1")) for code in coming.pop(day, [])]
        made: list[Line] = []
        for _ in range(amounts[day]):
            received = office.receive(replace(
                sample_intake(f"{day}-{len(made)}", procedure="1.013225"), channel=ONLINE)).dossier
            assert received.due.at is not None
            made.append(Line(received.code, HandedOver(f"m-{day}")))
            match next(plan):
                case "early":
                    coming[next(each for each in during if each > day)].append(received.code)
                case "on time":
                    coming[received.due.at.date()].append(received.code)
                case "late":
                    coming[next(each for each in during if each > received.due.at.date())].append(received.code)
        for lines in (taken, made):
            if lines:
                write(office, lines)


def write(office: Office, lines: list[Line]) -> None:
    about = {"number": "", "agency": "so-xay-dung", "agency_name": "Sở Xây dựng tỉnh Mẫu"}
    with office.application.database.writing() as connection:
        act(
            connection, office.application.enrolled, office.clerk, lines, now=office.clock.now(),
            intent=f"{office.clock.now()}-{type(lines[0].facts).__name__}", randomness=office.noise.randbytes,
            about=about if isinstance(lines[0].facts, ResultIn) else None,
        )


# A tenth of each kind adds up in the same way; all 814 are four seconds of receptions.
@pytest.mark.parametrize("pilot", [
    pytest.param(TENTH, id="tenth"), pytest.param(WHOLE, id="whole", marks=pytest.mark.slow),
])
def test_the_pilots_figures_come_out_of_its_dossiers(tmp_path: Path, pilot: Pilot) -> None:
    clock = SetClock()
    with office_in(tmp_path, clock=clock) as office:
        live(office, clock, pilot)
        with office.application.database.reading() as connection:
            period, policy = Period(FIRST, LAST), ReportPolicy()
            found = add_up(figures(connection, period, policy).values())
            assert [found.of(figure) for figure in Figure][:9] == [
                pilot.before + pilot.in_period, pilot.in_period, 0, pilot.before, pilot.settled, pilot.early,
                pilot.on_time, pilot.late, pilot.open]
            known = reach(connection, office.application.enrolled.device, 1, LAST.isoformat())
            lists: dict[Figure, tuple[DossierRow, ...]] = {
                what: figure_page(connection, what, period, policy, known, limit=1000) for what in Figure
            }
            assert {what: len(rows) for what, rows in lists.items()} == {what: found.of(what) for what in Figure}
            accounted = [row.code for what in (Figure.SETTLED, Figure.OPEN) for row in lists[what]]
            assert sorted(row.code for row in lists[Figure.TOTAL]) == sorted(accounted)
            assert count(connection, DossierList.READY, known) == pilot.settled
            assert count(connection, DossierList.OVERDUE, known) == found.open_late
            first = figure_page(connection, Figure.EARLY, period, policy, known, limit=pilot.early // 2)
            rest = figure_page(connection, Figure.EARLY, period, policy, known, behind=first[-1].id, limit=1000)
            assert first + rest == lists[Figure.EARLY]
            assert len(page(connection, DossierList.UNACKNOWLEDGED, known, limit=1000)) == pilot.open
