"""What the page shows beside its lists, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.till.entries import EntryKind
from app.domain.till.series import ReceiptRange
from app.services.till.binding import unbound_slips
from app.services.till.listing import count_collected
from app.services.till.ranges import is_low, offered_ranges, ranges_of
from app.services.till.reading import CashSession, entries_outside, open_session_of
from app.services.till.remitting import waiting_remittances
from app.services.till.statements import loose_lines, waiting_transfers
from ui.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class CashView:
    """`receipts_left` None: never handed any. No sum of the drawer is in here: the count is blind."""

    session: CashSession | None
    collected: int
    outside: int
    transfers: int
    transferred: int
    oldest_transfer: datetime | None
    loose: int
    receipts_left: int | None
    is_low: bool
    offered: tuple[ReceiptRange, ...]
    owners: int
    remittable: int
    slips: int = 0
    oldest_slip: datetime | None = None


def read_cash(desk: Desk) -> CashView:
    """Sums over everything that waits: read beside the window."""
    office = desk.office
    counter = office.enrolled
    with office.database.reading() as connection:
        session = open_session_of(connection, counter.device)
        outside = [each for each in entries_outside(connection, counter)
                   if each.kind is EntryKind.COLLECTED and not each.is_void]
        waiting = waiting_transfers(connection)
        ranges = ranges_of(connection, counter.device)
        slips = unbound_slips(connection, device=counter.device)
        owners = waiting_remittances(connection)
        return CashView(
            session=session,
            collected=count_collected(connection, counter.device, session.id if session else ""),
            outside=len(outside), transfers=len(waiting), transferred=sum(each.amount for each in waiting),
            oldest_transfer=waiting[0].at if waiting else None, loose=len(loose_lines(connection)),
            receipts_left=sum(use.left for use in ranges) if ranges else None,
            is_low=is_low(connection, counter), offered=offered_ranges(connection, counter),
            owners=len(owners), remittable=sum(each.total for each in owners),
            slips=len(slips), oldest_slip=slips[0].at if slips else None,
        )
