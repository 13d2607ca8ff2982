"""What each figure of a report is true of, on a dossier's own row, and its list, page by page.

Days are compared, not times (domain facts 6.4): the day on which the agency had done against the promised day. A
dossier with more than one supplement request counts as late (QĐ 766/QĐ-TTg, 2.1); one without a promised day is on
time. What was open or overdue is told as it stood at the end of the period, whatever has become of it since.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    String,
    and_,
    bindparam,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    tuple_,
)

from app.domain.dossier import State
from app.domain.intake import BY_POST, ONLINE
from app.domain.reports.ii06a import Figure
from app.domain.reports.periods import Period
from app.domain.reports.policy import WAITING, ReportPolicy
from app.store.prepared import Prepared, first_of
from app.store.queries.dossiers import PAGE, DossierRow, Reach, list_statement, read_list
from app.store.tables import dossiers


class Extra(StrEnum):
    """Figures that the office's own tables have beside those of the form."""

    WAITING = "waiting"            # chờ bổ sung: waits for the citizen at the end of the period
    WITHDRAWN = "withdrawn"        # trả lại, xin rút: ended so in the period
    OTHERWISE = "otherwise"        # khác: stopped or not received, in the period


class Received(StrEnum):
    """Dossiers received in the period, as the form counts them: (4) and (5) of it, told apart once more."""

    RECEIVED = "received"
    AT_COUNTER = "at_counter"
    BY_POST = "by_post"


What = Figure | Extra | Received


@dataclass(frozen=True, slots=True)
class Part:
    """Only dossiers of these; None where it does not matter."""

    agencies: tuple[str, ...] | None = None
    field: str | None = None
    procedure: str | None = None
    clerk: str | None = None
    channel: int | None = None     # KenhThucHien
    ids: tuple[int, ...] | None = None     # where no column of the dossier tells it


EVERYTHING = Part()
_BY_END = frozenset({
    Figure.SETTLED, Figure.EARLY, Figure.ON_TIME, Figure.LATE, Extra.WITHDRAWN, Extra.OTHERWISE,
})
"""Lists in the order in which their dossiers ended, the latest first; others in that of reception."""

_COUNTS_LATE: ColumnElement[bool] = dossiers.c.requests > literal_column("1")
# With the sign SQLite seeks by no bound on these: a page begins where the last one ended, see `figure_page`, and
# among the indexes it takes the one that is narrowed most.
_received_on: ColumnElement[str] = literal_column("+dossiers.business_date", String)
_ended_on: ColumnElement[str] = literal_column("+dossiers.ended_date", String)
_OF_AGENCY: ColumnElement[str] = literal_column("+dossiers.agency", String)
_Day = str | BindParameter[str]        # a day, or the place of one in a statement that is kept
_BEHIND_ALL = 2**63 - 1
_DAYS_OF = first_of(
    select(dossiers.c.business_date, dossiers.c.ended_date).where(dossiers.c.id == bindparam("of"))
)


def condition(what: What, period: Period, policy: ReportPolicy) -> ColumnElement[bool]:
    """True of the dossiers that the figure counts. What the form leaves out the office's own figures tell."""
    return _on(what, period.first.isoformat(), period.last.isoformat(), policy)


def _on(what: What, first: _Day, last: _Day, policy: ReportPolicy) -> ColumnElement[bool]:
    found = _condition(what, first, last, policy)
    return found if isinstance(what, Extra) else and_(found, not_(_in(policy.left_out)))


def is_concerned(period: Period) -> ColumnElement[bool]:
    """True of all that any figure counts: received by the end of the period, and not ended before it."""
    return _is_concerned(period.first.isoformat(), period.last.isoformat())


def _is_concerned(first: _Day, last: _Day) -> ColumnElement[bool]:
    return and_(_received_on <= last, or_(
        dossiers.c.ended_date.is_(None), dossiers.c.ended_date >= first, dossiers.c.business_date >= first
    ))


def figure_page(
    connection: Connection, what: What, period: Period, policy: ReportPolicy, known: Reach, *,
    part: Part = EVERYTHING, behind: int | None = None, limit: int = PAGE,
) -> tuple[DossierRow, ...]:
    """Up to `limit` dossiers that the figure counts, behind the row with the id `behind`."""
    first, last = period.first.isoformat(), period.last.isoformat()
    day, row_id = (first, 0) if what is Figure.CARRIED else (last, _BEHIND_ALL)
    if behind is not None:
        row = _DAYS_OF.first(connection, {"of": behind})
        assert row is not None             # it was on the page before
        day, row_id = row[what in _BY_END], behind
    named, values = _named(part)
    statement = _page_of(what, policy, named, limit)
    values |= {"first": first, "last": last, "behind_day": day, "behind": row_id}
    return read_list(connection, statement, values, known)


def _named(part: Part) -> tuple[tuple[tuple[str, int], ...], dict[str, Any]]:
    """By what the part is narrowed, with how many values, and the values by the names they have in a statement."""
    found: list[tuple[str, int]] = []
    values: dict[str, Any] = {}
    for name in _NARROWED_BY:
        held = getattr(part, name)
        if held is None:
            continue
        each = held if name == "agencies" else (_as_text(held) if name == "ids" else held,)
        found.append((name, len(each)))
        values |= {f"{name}_{at}": value for at, value in enumerate(each)}
    return tuple(found), values


_NARROWED_BY = {
    "agencies": String, "field": String, "procedure": String, "clerk": String, "channel": Integer, "ids": String,
}


@lru_cache(maxsize=256)
def _page_of(
    what: What, policy: ReportPolicy, named: tuple[tuple[str, int], ...], limit: int
) -> Prepared:
    """Kept: to put a statement together takes longer than to run it."""
    asked: dict[str, Any] = {
        name: tuple(bindparam(f"{name}_{at}", type_=_NARROWED_BY[name]) for at in range(amount))
        for name, amount in named
    }
    part = Part(**{name: each if name == "agencies" else each[0] for name, each in asked.items()})
    day = dossiers.c.ended_date if what in _BY_END else dossiers.c.business_date
    wanted = and_(
        _on(what, bindparam("first", type_=String), bindparam("last", type_=String), policy), is_of(part),
        tuple_(day, dossiers.c.id) < tuple_(
            bindparam("behind_day", type_=String), bindparam("behind", type_=Integer)),
    )
    return list_statement(wanted, (day.desc(), dossiers.c.id.desc()), limit)


def _as_text(ids: Any) -> Any:
    """As one value; its place in a statement that is kept stays as it is."""
    return ids if isinstance(ids, BindParameter) else json.dumps(ids)


def is_of(part: Part) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [true()]
    if part.agencies is not None:
        is_narrower = len(part.agencies) > 1 or part.field is not None or part.procedure is not None
        agency = _OF_AGENCY if is_narrower else dossiers.c.agency
        found.append(agency.in_(part.agencies) if part.agencies else false())
    if part.field is not None:
        found.append(dossiers.c.field == part.field)
    if part.procedure is not None:
        found.append(dossiers.c.procedure_code == part.procedure)
    if part.clerk is not None:
        found.append(dossiers.c.clerk_name == part.clerk)
    if part.channel is not None:
        found.append(dossiers.c.channel == part.channel)
    if part.ids is not None:           # as one value: a statement takes only so many
        found.append(dossiers.c.id.in_(select(func.json_each(_as_text(part.ids)).table_valued("value").c.value)))
    return and_(*found)


def _condition(what: What, first: _Day, last: _Day, policy: ReportPolicy) -> ColumnElement[bool]:
    received = and_(dossiers.c.business_date >= first, _received_on <= last)
    online: ColumnElement[bool] = dossiers.c.channel == ONLINE
    carried = and_(
        _received_on < first, or_(dossiers.c.ended_date.is_(None), dossiers.c.ended_date >= first)
    )
    ended = and_(dossiers.c.ended_date >= first, _ended_on <= last)
    settled = and_(ended, not_(_in(policy.ended_in_time)))
    by_date = and_(settled, not_(_in(policy.settled_on_time)))
    match what:
        case Figure.TOTAL:
            return _is_concerned(first, last)
        case Figure.ONLINE:
            return and_(received, online)
        case Figure.DIRECT:
            return and_(received, not_(online))
        case Received.RECEIVED:
            return received
        case Received.AT_COUNTER:
            return and_(received, dossiers.c.channel != ONLINE, dossiers.c.channel != BY_POST)
        case Received.BY_POST:
            return and_(received, dossiers.c.channel == BY_POST)
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
            return and_(by_date, or_(_COUNTS_LATE, dossiers.c.ended_date > dossiers.c.due_date))
        case Figure.OPEN | Figure.OPEN_IN_TIME | Figure.OPEN_LATE:
            return _open(what, last, and_(ended, _in(policy.ended_in_time)), policy)
        case Extra.WAITING:
            return and_(_still_open(last), _is_waiting(WAITING, last))
        case Extra.WITHDRAWN:
            return and_(ended, _in([State.WITHDRAWN]))
        case Extra.OTHERWISE:
            return and_(ended, _in([State.NOT_RECEIVED, State.STOPPED]))


def _open(
    what: What, last: _Day, ended_in_time: ColumnElement[bool], policy: ReportPolicy
) -> ColumnElement[bool]:
    still_open = _still_open(last)
    is_late = and_(
        or_(_COUNTS_LATE, dossiers.c.due_date < last), not_(_is_waiting(policy.waiting_in_time, last))
    )
    if what is Figure.OPEN_LATE:
        return and_(still_open, is_late)
    if what is Figure.OPEN_IN_TIME:
        in_time = or_(
            and_(not_(_COUNTS_LATE), or_(dossiers.c.due_date.is_(None), dossiers.c.due_date >= last)),
            _is_waiting(policy.waiting_in_time, last),
        )
        return or_(and_(still_open, in_time), ended_in_time)
    return or_(still_open, ended_in_time)


def _still_open(last: _Day) -> ColumnElement[bool]:
    return and_(
        _received_on <= last, or_(dossiers.c.ended_date.is_(None), _ended_on > last)
    )


def _is_waiting(states: Collection[State], last: _Day) -> ColumnElement[bool]:
    """For the citizen, on that day already. A pause that is over by now has moved the promised day itself."""
    since = func.coalesce(dossiers.c.paused_date, dossiers.c.business_date)
    return and_(_in(states), since <= last)


def _promised() -> ColumnElement[str]:
    return func.coalesce(dossiers.c.due_date, "")


def _in(states: Collection[State]) -> ColumnElement[bool]:
    if not states:
        return false()
    return dossiers.c.state.in_([literal_column(str(int(state)), Integer) for state in sorted(states)])
