"""What the start screen shows, in one consistent view of the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.services.courier import Outbox, outbox
from app.services.days import today_at_counter
from app.services.drafts import Draft, drafts_for
from app.services.feed import Notice, new_notices
from app.services.outside_view import Alarm, alarms
from app.services.papers.prints import OpenPaperPrint, open_paper_prints
from app.services.receipts import OpenPrint, open_prints
from app.services.scan_check import CheckResult, last_check
from app.store.queries.dossiers import SOON, DossierList, DossierRow, all_counts, due_soonest, reach
from app.store.queries.late import LateBy, LateCount, late_counts
from app.store.queries.manifests import count_open
from app.store.queries.obstacles import open_obstacles
from ui.operations.desk import Desk

COUNTED = tuple(what for what in DossierList if what is not DossierList.ALL)
"""No tile says how many dossiers there are."""
MOST_DUE = 100
MOST_PARTS = 5
"""As many holders as there are; of agencies the card shows the first few."""
MOST_NOTICES = 50
"""As many as `new_notices` gives at once."""


@dataclass(frozen=True, slots=True)
class Today:
    """`due` are the most urgent open dossiers promised up to `SOON` from `day`, at most `MOST_DUE`."""

    day: date
    counts: Mapping[DossierList, int]
    late: Mapping[LateBy, tuple[LateCount, ...]]   # the overdue ones: by holder, and the agencies with the most
    late_manifests: int                            # handed over, not acknowledged in time
    due: tuple[DossierRow, ...]
    box: Outbox
    prints: tuple[OpenPrint, ...]                  # of receipts
    papers: tuple[OpenPaperPrint, ...]             # of all other papers
    drafts: tuple[Draft, ...]
    obstacles: int                                 # waiting for an answer
    notices: tuple[Notice, ...]
    alarms: tuple[Alarm, ...]
    scans: CheckResult | None                      # the last check of the stored scans

    @property
    def parked(self) -> int:
        return sum(draft.is_parked for draft in self.drafts)


def read_late(desk: Desk) -> Mapping[LateBy, tuple[LateCount, ...]]:
    """Every part of what is overdue."""
    with desk.office.database.reading() as connection:
        today = today_at_counter(connection, desk.clock()).isoformat()
        return {by: late_counts(connection, by, today) for by in LateBy}


def read_today(desk: Desk) -> Today:
    office, now = desk.office, desk.clock()
    counter = office.enrolled
    with office.database.reading() as connection:
        day = today_at_counter(connection, now)
        known = reach(connection, counter.device, counter.epoch, day.isoformat())
        return Today(
            day=day,
            counts=all_counts(connection, known, COUNTED),
            late={
                by: late_counts(connection, by, known.today, MOST_PARTS) for by in (LateBy.HOLDER, LateBy.AGENCY)
            },
            late_manifests=count_open(connection, now)[1],
            due=due_soonest(connection, known, to_day=(day + SOON).isoformat(), limit=MOST_DUE),
            box=outbox(connection, counter),
            prints=open_prints(connection),
            papers=open_paper_prints(connection),
            drafts=drafts_for(connection, counter, desk.clerk(), now),
            obstacles=open_obstacles(connection),
            notices=new_notices(connection, MOST_NOTICES),
            alarms=alarms(connection, counter, office.rules.calendar, office.key_place, now),
            scans=last_check(connection),
        )
