"""What the Đồng bộ page shows, in one consistent view of the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services.aside_files import AsideFile, aside_files
from app.services.courier import Outbox, outbox
from app.services.days import today_at_counter
from app.services.numbers import LeaseLeft, leases_left
from app.services.packages import PackageLine, packages
from app.services.second_copy import SecondCopyState, second_copy_state
from app.store.database import Database
from app.store.queries.dossiers import Reach, reach
from app.store.queries.outbox import NeedsPerson, WaitingLine, needs_person, waiting_page
from ui.operations.desk import Desk
from ui.widgets.paged_table import Page

MOST_ASIDE = 12
"""Documents that are set aside and shown by name."""


@dataclass(frozen=True, slots=True)
class SyncView:
    day: date
    known: Reach
    box: Outbox
    sent_back: tuple[NeedsPerson, ...]
    asides: tuple[AsideFile, ...]                  # the oldest of `box.files_aside`
    leases: tuple[LeaseLeft, ...]
    packages: tuple[PackageLine, ...]
    clock_offset_ms: int | None
    copy: SecondCopyState


def read_sync_view(desk: Desk) -> SyncView:
    counter = desk.office.enrolled
    with desk.office.database.reading() as connection:
        day = today_at_counter(connection, desk.clock())
        return SyncView(
            day=day,
            known=reach(connection, counter.device, counter.epoch, day.isoformat()),
            box=outbox(connection, counter),
            sent_back=needs_person(connection),
            asides=aside_files(connection, MOST_ASIDE),
            leases=leases_left(connection, counter, day),
            packages=tuple(line for line in packages(connection) if line.is_active),
            clock_offset_ms=counter.clock_offset_ms,
            copy=second_copy_state(connection, counter, day.isoformat()),
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
