"""What each figure of a report is true of, on a dossier's own row, and its list, page by page.

Days are compared, not times (domain facts 6.4): the day on which the agency had done against the promised day. A
dossier with more than one supplement request counts as late (QĐ 766/QĐ-TTg, 2.1); one without a promised day is on
time. What was open or overdue is told as it stood at the end of the period, whatever has become of it since.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    and_,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    tuple_,
)

from app.domain.dossier import State
from app.domain.intake import ONLINE
from app.domain.reports.ii06a import Figure
from app.domain.reports.periods import Period
from app.domain.reports.policy import WAITING, ReportPolicy
from app.store.queries.dossiers import PAGE, DossierRow, Reach, read_rows
from app.store.tables import dossiers


class Extra(StrEnum):
    """Figures that the office's own tables have beside those of the form."""

    WAITING = "waiting"            # chờ bổ sung: waits for the citizen at the end of the period
    WITHDRAWN = "withdrawn"        # trả lại, xin rút: ended so in the period
    OTHERWISE = "otherwise"        # khác: stopped or not received, in the period


@dataclass(frozen=True, slots=True)
class Part:
    """Only dossiers of these; None where it does not matter."""

    agencies: tuple[str, ...] | None = None
    field: str | None = None
    procedure: str | None = None
    clerk: str | None = None


EVERYTHING = Part()
_BY_END = frozenset({
    Figure.SETTLED, Figure.EARLY, Figure.ON_TIME, Figure.LATE, Extra.WITHDRAWN, Extra.OTHERWISE,
})
"""Lists in the order in which their dossiers ended, the latest first; others in that of reception."""

# Said as their partial indexes say it: a bound value would hide it from SQLite.
_COUNTS_LATE: ColumnElement[bool] = literal_column("dossiers.requests > 1")
_ENDED_LATE: ColumnElement[bool] = literal_column(
    "(dossiers.ended_date IS NOT NULL AND (dossiers.ended_date > dossiers.due_date OR dossiers.requests > 1))"
)
_EVER_LATE: ColumnElement[bool] = literal_column(
    "(dossiers.ended_date IS NULL OR dossiers.ended_date > dossiers.due_date OR dossiers.requests > 1)"
)


def condition(what: Figure | Extra, period: Period, policy: ReportPolicy) -> ColumnElement[bool]:
    """True of the dossiers that the figure counts. What the form leaves out the office's own figures tell."""
    found = _condition(what, period, policy)
    return found if isinstance(what, Extra) else and_(found, not_(_in(policy.left_out)))


def is_concerned(period: Period) -> ColumnElement[bool]:
    """True of all that any figure counts: received by the end of the period, and not ended before it."""
    first, last = period.first.isoformat(), period.last.isoformat()
    return and_(dossiers.c.business_date <= last, or_(
        dossiers.c.ended_date.is_(None), dossiers.c.ended_date >= first, dossiers.c.business_date >= first
    ))


def figure_page(
    connection: Connection, what: Figure | Extra, period: Period, policy: ReportPolicy, known: Reach, *,
    part: Part = EVERYTHING, behind: int | None = None, limit: int = PAGE,
) -> tuple[DossierRow, ...]:
    """Up to `limit` dossiers that the figure counts, behind the row with the id `behind`."""
    day = dossiers.c.ended_date if what in _BY_END else dossiers.c.business_date
    wanted = and_(condition(what, period, policy), is_of(part))
    if behind is not None:
        last = connection.execute(select(day).where(dossiers.c.id == behind)).scalar_one()
        wanted = and_(wanted, tuple_(day, dossiers.c.id) < tuple_(last, behind))
    return read_rows(connection, wanted, known, limit, order=(day.desc(), dossiers.c.id.desc()))


def is_of(part: Part) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [true()]
    if part.agencies is not None:
        found.append(dossiers.c.agency.in_(part.agencies))
    if part.field is not None:
        found.append(dossiers.c.field == part.field)
    if part.procedure is not None:
        found.append(dossiers.c.procedure_code == part.procedure)
    if part.clerk is not None:
        found.append(dossiers.c.clerk_name == part.clerk)
    return and_(*found)


def _condition(what: Figure | Extra, period: Period, policy: ReportPolicy) -> ColumnElement[bool]:
    first, last = period.first.isoformat(), period.last.isoformat()
    received = dossiers.c.business_date.between(first, last)
    online: ColumnElement[bool] = dossiers.c.channel == ONLINE
    carried = and_(
        dossiers.c.business_date < first, or_(dossiers.c.ended_date.is_(None), dossiers.c.ended_date >= first)
    )
    ended = dossiers.c.ended_date.between(first, last)
    settled = and_(ended, not_(_in(policy.ended_in_time)))
    by_date = and_(settled, not_(_in(policy.settled_on_time)))
    match what:
        case Figure.TOTAL:
            return is_concerned(period)
        case Figure.ONLINE:
            return and_(received, online)
        case Figure.DIRECT:
            return and_(received, not_(online))
        case Figure.CARRIED:
            return carried
        case Figure.SETTLED:
            return settled
        case Figure.EARLY:
            return and_(by_date, not_(_COUNTS_LATE), _promised() > dossiers.c.ended_date)
        case Figure.ON_TIME:
            on_the_day = and_(not_(_COUNTS_LATE), or_(
                dossiers.c.due_date.is_(None), dossiers.c.due_date == dossiers.c.ended_date
            ))
            return and_(settled, or_(_in(policy.settled_on_time), on_the_day))
        case Figure.LATE:
            return and_(by_date, _ENDED_LATE)
        case Figure.OPEN | Figure.OPEN_IN_TIME | Figure.OPEN_LATE:
            return _open(what, last, and_(ended, _in(policy.ended_in_time)), policy)
        case Extra.WAITING:
            return and_(_still_open(last), _is_waiting(WAITING, last))
        case Extra.WITHDRAWN:
            return and_(ended, _in([State.WITHDRAWN]))
        case Extra.OTHERWISE:
            return and_(ended, _in([State.NOT_RECEIVED, State.STOPPED]))


# Said outside the alternatives that the days of reception are the list's own order: nothing ends before it.
def _open(
    what: Figure | Extra, last: str, ended_in_time: ColumnElement[bool], policy: ReportPolicy
) -> ColumnElement[bool]:
    still_open = _still_open(last)
    is_late = and_(
        or_(_COUNTS_LATE, dossiers.c.due_date < last), not_(_is_waiting(policy.waiting_in_time, last))
    )
    if what is Figure.OPEN_LATE:
        return and_(_EVER_LATE, still_open, is_late)
    if what is Figure.OPEN_IN_TIME:
        in_time = or_(
            and_(not_(_COUNTS_LATE), or_(dossiers.c.due_date.is_(None), dossiers.c.due_date >= last)),
            _is_waiting(policy.waiting_in_time, last),
        )
        return and_(dossiers.c.business_date <= last, or_(and_(still_open, in_time), ended_in_time))
    return and_(dossiers.c.business_date <= last, or_(still_open, ended_in_time))


def _still_open(last: str) -> ColumnElement[bool]:
    return and_(
        dossiers.c.business_date <= last, or_(dossiers.c.ended_date.is_(None), dossiers.c.ended_date > last)
    )


def _is_waiting(states: Iterable[State], last: str) -> ColumnElement[bool]:
    """For the citizen, on that day already. A pause that is over by now has moved the promised day itself."""
    since = func.coalesce(dossiers.c.paused_date, dossiers.c.business_date)
    return and_(_in(states), since <= last)


def _promised() -> ColumnElement[str]:
    return func.coalesce(dossiers.c.due_date, "")


def _in(states: Iterable[State]) -> ColumnElement[bool]:
    return dossiers.c.state.in_([literal_column(str(int(state)), Integer) for state in sorted(states)])
