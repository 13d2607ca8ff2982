"""What was to be settled in a period, and how: received, carried over, early, on time, late, still open.

Dates are compared, not times (domain facts 6.4): the day on which the agency had done against the promised day. A
dossier with more than one supplement request counts as late (QĐ 766/QĐ-TTg, 2.1); one without a promised day is on
time. Every list and its count share one condition, so that received + carried over = settled + open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.domain.dossier import State
from app.store.queries.dossiers import PAGE, DossierRow, Reach, read_rows
from app.store.tables import dossiers


class PeriodList(StrEnum):
    RECEIVED = "received"          # in the period
    CARRIED = "carried"            # received before it, and open when it began
    EARLY = "early"                # settled in the period, before the promised day
    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"                  # at the end of the period, inside its time
    OPEN_LATE = "open_late"        # at the end of the period, past the promised day
    ENDED_OTHERWISE = "ended_otherwise"    # withdrawn, stopped or not received, in the period


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first`..`last`, both inclusive."""

    first: date
    last: date


def period_page(
    connection: Connection, what: PeriodList, period: Period, known: Reach, *, before: int | None = None,
    limit: int = PAGE,
) -> tuple[DossierRow, ...]:
    """Up to `limit` rows of the list, newest reception first, behind the row id `before`."""
    condition = _condition(what, period)
    if before is not None:
        condition = and_(condition, dossiers.c.id < before)
    return read_rows(connection, condition, known, limit)


def period_counts(connection: Connection, period: Period) -> dict[PeriodList, int]:
    """How long each list is."""
    return {
        what: int(connection.execute(
            select(func.count()).select_from(dossiers).where(_condition(what, period))
        ).scalar_one())
        for what in PeriodList
    }


_SETTLED = dossiers.c.state.in_([int(State.DONE), int(State.RETURNED)])
_COUNTS_LATE = dossiers.c.requests > 1


def _condition(what: PeriodList, period: Period) -> ColumnElement[bool]:
    first, last = period.first.isoformat(), period.last.isoformat()
    ended = dossiers.c.ended_date.between(first, last)
    promised = dossiers.c.due_date
    # As it stood at the end of the period, whatever has become of the dossier since.
    still_open = and_(
        dossiers.c.business_date <= last, or_(dossiers.c.ended_date.is_(None), dossiers.c.ended_date > last)
    )
    is_late = or_(_COUNTS_LATE, dossiers.c.ended_date > promised)
    match what:
        case PeriodList.RECEIVED:
            return dossiers.c.business_date.between(first, last)
        case PeriodList.CARRIED:
            return and_(
                dossiers.c.business_date < first,
                or_(dossiers.c.ended_date.is_(None), dossiers.c.ended_date >= first),
            )
        case PeriodList.EARLY:
            return and_(_SETTLED, ended, ~_COUNTS_LATE, dossiers.c.ended_date < promised)
        case PeriodList.ON_TIME:
            on_the_day = or_(promised.is_(None), dossiers.c.ended_date == promised)
            return and_(_SETTLED, ended, ~_COUNTS_LATE, on_the_day)
        case PeriodList.LATE:
            return and_(_SETTLED, ended, is_late)
        case PeriodList.OPEN:
            return and_(still_open, ~_COUNTS_LATE, or_(promised.is_(None), promised >= last))
        case PeriodList.OPEN_LATE:
            return and_(still_open, or_(_COUNTS_LATE, promised < last))
        case PeriodList.ENDED_OTHERWISE:
            return and_(~_SETTLED, ended)
