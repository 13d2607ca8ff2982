"""What a dossier still owes the State: its fees as they were received, less what was collected and stayed."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from app.domain.dossier_code import parse_code
from app.domain.intake import FeeTiming
from app.domain.life.states import MoneyState
from app.domain.till.accounts import Stream
from app.domain.till.collection import MoneyLine
from app.services.results.known import find_here
from app.services.till.collecting import fee_lines
from app.store.fee_book import read_fee_book


def dues_of(connection: Connection, code: str) -> tuple[MoneyLine, ...]:
    """A line for each fee that is not wholly paid, with what is left of it; () when nothing is owed.

    A fee whose amount nobody filled in is not in it (`unknown_dues`), nor a later one that another till took
    (online, at the door). Raises `dossier_not_here` and its like.
    """
    held = find_here(connection, code)
    if held.life.money is MoneyState.TAKEN and held.body.intake.fee_timing is FeeTiming.AFTER:
        return ()
    known = [left for fee, left in zip(held.body.intake.fees, held.fees_left, strict=True) if fee.amount]
    return tuple(replace(line, amount=left)
                 for line, left in zip(fee_lines(held.body.intake), known, strict=False) if left)


def unknown_dues(connection: Connection, code: str) -> tuple[MoneyLine, ...]:
    """Fees whose amount the catalogue did not know and nothing was collected for, each a line of 0 đồng.

    The clerk types the amount that the agency's notice says. Raises as `dues_of`.
    """
    held = find_here(connection, code)
    intake = held.body.intake
    is_settled = held.life.money is MoneyState.TAKEN and intake.fee_timing is FeeTiming.AFTER
    if intake.procedure is None or intake.fee_timing is FeeTiming.EXEMPT or is_settled:
        return ()
    chosen = intake.procedure
    return tuple(
        MoneyLine(Stream.STATE, chosen.agency, chosen.agency_name, fee.kind, fee.name, 0)
        for fee, left in zip(intake.fees, held.fees_left, strict=True) if left is None
    )


def collected_for(connection: Connection, code: str) -> int:
    """Đồng of state fees collected for a dossier on any counter known here and not taken back."""
    return read_fee_book(connection, parse_code(code).key).net
