"""What the Đồng bộ page shows, in one consistent view of the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services.aside_files import AsideFile, aside_files
from app.services.byte_window import Allowance, ByteWindow, allowance, read_window
from app.services.courier import Outbox, outbox, read_pace
from app.services.days import today_at_counter
from app.services.mass_change import HeldPull, held_pull
from app.services.numbers import LeaseLeft, leases_left
from app.services.packages import PackageLine, packages
from app.services.second_copy import SecondCopyState, second_copy_state
from app.services.standing import NEEDS_CODE, Stopped, asked_epoch, numbers_stopped
from app.services.stuck import Stuck, stuck
from app.services.went_on import WentOn, went_on
from app.store.database import Database
from app.store.queries.dossiers import Reach, reach
from app.store.queries.outbox import WaitingLine, waiting_page
from sync.core.pace import Pace
from ui.operations.desk import Desk
from ui.widgets.paged_table import Page

MOST_ASIDE = 12
"""Documents that are set aside and shown by name."""


@dataclass(frozen=True, slots=True)
class SyncView:
    day: date
    known: Reach
    box: Outbox
    stuck: tuple[Stuck, ...]                       # everything that does not move by itself, oldest first
    asides: tuple[AsideFile, ...]                  # the oldest of `box.files_aside`
    leases: tuple[LeaseLeft, ...]
    packages: tuple[PackageLine, ...]
    clock_offset_ms: int | None
    copy: SecondCopyState
    stopped: Stopped | None                        # why no number is given out
    is_epoch_asked: bool                           # a person wants other numbers; the next contact asks for them
    pull: HeldPull | None
    went_on: WentOn | None                         # a new epoch that nobody has seen yet
    pace: Pace                                     # of the line, as it was measured
    window: ByteWindow | None
    allowed: Allowance                             # for documents, now

    @property
    def needs_code(self) -> bool:
        """Whether only an enrolment code lets the province take anything from here."""
        problem = self.box.last_problem
        return problem is not None and problem["code"] in NEEDS_CODE


def read_sync_view(desk: Desk) -> SyncView:
    counter, now = desk.office.enrolled, desk.clock()
    with desk.office.database.reading() as connection:
        day = today_at_counter(connection, now)
        return SyncView(
            day=day,
            known=reach(connection, counter.device, counter.epoch, day.isoformat()),
            box=outbox(connection, counter),
            stuck=stuck(connection, counter, now),
            asides=aside_files(connection, MOST_ASIDE),
            leases=leases_left(connection, counter, day),
            packages=tuple(line for line in packages(connection) if line.is_active),
            clock_offset_ms=counter.clock_offset_ms,
            copy=second_copy_state(connection, counter, day.isoformat()),
            stopped=numbers_stopped(connection),
            is_epoch_asked=bool(asked_epoch(connection)),
            pull=held_pull(connection),
            went_on=went_on(connection),
            pace=Pace.stored(read_pace(connection)),
            window=read_window(connection),
            allowed=allowance(connection, now),
        )


class WaitingSource:
    """Unconfirmed operations, a page at a time by their place in the journal."""

    def __init__(self, database: Database, known: Reach) -> None:
        self._database, self._known = database, known

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[WaitingLine]:
        behind = after if isinstance(after, int) else None
        with self._database.reading() as connection:
            rows = waiting_page(connection, self._known, after=behind, limit=limit)
        return Page(rows, rows[-1].position if len(rows) == limit else None)
