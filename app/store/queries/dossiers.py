"""Frozen rows for lists and the few ways people look for a dossier; pages by key, never by offset.

Newest first is by row id: reception order on this counter. A page is asked for with the last id seen, or with the
last row (`behind`): lists of promises run by their days, the most urgent first.
Personal numbers leave here masked; the full value is asked for one at a time, with a journal line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from app.domain.dossier import RUNNING_STATES, State
from app.domain.life.states import Custody, Delivery, MoneyState
from app.domain.life.work import Work
from app.domain.masking import mask_identifier, mask_phone
from app.domain.text import fold
from app.domain.vietnam_time import VIETNAM
from app.store import journal
from app.store.epochs import epochs_of
from app.store.prepared import Prepared
from app.store.queries.dossier_lists import DUE_LISTS, PlainList
from app.store.queries.dossier_lists import SOON as SOON  # said again here: who asks for a list names it from here
from app.store.queries.dossier_lists import WORK_LISTS as WORK_LISTS
from app.store.queries.dossier_lists import DossierList as DossierList
from app.store.queries.dossier_lists import DossierRow as DossierRow
from app.store.queries.dossier_lists import Reach as Reach
from app.store.queries.late import LatePart, is_part, late_count
from app.store.tables import (
    confirmations,
    dossier_scans,
    dossiers,
    rollup_due,
    rollup_received,
    rollup_scans,
    rollup_work,
    worklist,
)

PAGE = 200
DAY, MONTH = 10, 7
"""Spans of the rollups."""

IS_OPEN: ColumnElement[bool] = literal_column("dossiers.is_open")
"""As the partial index `dossiers_due` says it. Without a type: of a Boolean SQLAlchemy makes "is_open = 1", and
SQLite would not find that index."""
IS_RUNNING: ColumnElement[bool] = literal_column(
    f"(dossiers.is_open AND dossiers.state NOT IN ({int(State.SUPPLEMENT_ASKED)}, {int(State.PAYMENT_ASKED)}))"
)
"""Open and not waiting for the citizen: only then does the promised date run. Found by the same index."""
_TO_SCAN: ColumnElement[bool] = literal_column("(dossier_scans.is_open AND dossier_scans.missing > 0)")
"""Likewise."""


def reach(connection: Connection, device: str, epoch: int, today: str) -> Reach:
    def confirmed(of: int) -> int:
        return _number(connection, _CONFIRMED, {"device": device, "epoch": of})

    earlier = tuple(
        (past, reached) for past in epochs_of(connection, epoch)[:-1]
        if (reached := confirmed(past)) < journal.head(connection, device, past).seq
    )
    return Reach(today, device, epoch, confirmed(epoch), earlier)


def page(
    connection: Connection, what: DossierList, known: Reach, *, before: int | None = None, limit: int = PAGE,
    behind: DossierRow | None = None, part: LatePart | None = None,
) -> tuple[DossierRow, ...]:
    """Up to `limit` rows of the list, behind the row id `before` or, in any list, behind the row seen last.

    `part`: only those overdue dossiers.
    """
    if what in DUE_LISTS:
        return _due_page(connection, cast(PlainList, what), known, behind, limit, part)
    before = behind.id if behind is not None else before
    if what is DossierList.TO_SCAN:
        return _to_scan(connection, known, before, limit)
    if what in WORK_LISTS:
        return _work(connection, WORK_LISTS[what], known, before, limit)
    query = _rows().where(_condition(cast(PlainList, what), known))
    if before is not None:
        query = query.where(dossiers.c.id < before)
    return _read(connection, query.order_by(dossiers.c.id.desc()).limit(limit), known)


def _due_page(
    connection: Connection, what: PlainList, known: Reach, behind: DossierRow | None, limit: int,
    part: LatePart | None,
) -> tuple[DossierRow, ...]:
    query = _rows().where(_condition(what, known))
    if part is not None:
        query = query.where(is_part(part))
    if behind is not None and behind.due_at is not None:
        day = behind.due_at.astimezone(VIETNAM).date().isoformat()
        query = query.where(tuple_(dossiers.c.due_date, dossiers.c.id) > tuple_(day, behind.id))
    return _read(connection, query.order_by(dossiers.c.due_date, dossiers.c.id).limit(limit), known)


def _to_scan(connection: Connection, known: Reach, before: int | None, limit: int) -> tuple[DossierRow, ...]:
    """By its own partial index: among a million dossiers those to be digitised may be the oldest few."""
    query = _rows().select_from(dossier_scans).join(dossiers, dossiers.c.id == dossier_scans.c.dossier)
    query = query.where(_TO_SCAN)
    if before is not None:
        query = query.where(dossier_scans.c.dossier < before)
    return _read(connection, query.order_by(dossier_scans.c.dossier.desc()).limit(limit), known)


def _work(
    connection: Connection, kind: Work, known: Reach, before: int | None, limit: int
) -> tuple[DossierRow, ...]:
    query = _rows().select_from(worklist).join(dossiers, dossiers.c.id == worklist.c.dossier)
    query = query.where(worklist.c.kind == int(kind))
    if before is not None:
        query = query.where(worklist.c.dossier < before)
    return _read(connection, query.order_by(worklist.c.dossier.desc()).limit(limit), known)


def count(connection: Connection, what: DossierList, known: Reach, part: LatePart | None = None) -> int:
    """How long the list is. By the rollups where they know it, so that a million rows cost nothing."""
    if part is not None:
        return late_count(connection, part, known.today)
    if what in WORK_LISTS:
        return _number(connection, _WORK_COUNT, {"kind": int(WORK_LISTS[what])})
    if what is DossierList.UNSENT:
        return _unsent_number(connection, _COUNTS[what], known)
    return _number(connection, _COUNTS[what], _asked(known))


def all_counts(
    connection: Connection, known: Reach, of: Iterable[DossierList] = DossierList
) -> dict[DossierList, int]:
    """How long the lists are, as `count` tells it; those of work in one reading."""
    amounts, asked = dict(_WORK_COUNTS.run(connection, {}).fetchall()), _asked(known)
    return {
        what: int(amounts.get(int(WORK_LISTS[what]), 0)) if what in WORK_LISTS
        else _number(connection, _COUNTS[what], asked)
        for what in of
    }


def own_today(connection: Connection, known: Reach) -> tuple[int, int]:
    """Dossiers received on this counter today, and how many of them the province has confirmed."""
    stored = _number(connection, _OWN_TODAY, _asked(known))
    return stored, stored - _unsent_number(connection, _OWN_TODAY_UNSENT, known)


def own_total(connection: Connection) -> int:
    """Dossiers received on this counter, ever."""
    return _number(connection, _OWN_TOTAL, {})


def due_soonest(
    connection: Connection, known: Reach, *, to_day: str, limit: int = 100
) -> tuple[DossierRow, ...]:
    """Open dossiers promised for `to_day` (inclusive) or earlier, the most urgent first."""
    query = (
        _rows()
        .where(IS_RUNNING, dossiers.c.due_date <= to_day)
        .order_by(dossiers.c.due_date, dossiers.c.due_at)
        .limit(limit)
    )
    return _read(connection, query, known)


def search_names(
    connection: Connection, words: str, known: Reach, *, before: int | None = None, limit: int = PAGE
) -> tuple[DossierRow, ...]:
    """Applicants and submitters whose names contain every word as a beginning, newest first; marks not needed."""
    match = _match(words)
    if not match:
        return ()
    found = connection.execute(
        text(
            "SELECT rowid FROM dossier_names WHERE dossier_names MATCH :match AND rowid < :before "
            "ORDER BY rowid DESC LIMIT :limit"
        ),
        {"match": match, "before": before or 1 << 62, "limit": limit},
    ).scalars()
    ids = list(found)
    query = _rows().where(dossiers.c.id.in_(ids)).order_by(dossiers.c.id.desc())
    return _read(connection, query, known) if ids else ()


def by_phone_end(connection: Connection, digits: str, known: Reach, limit: int = PAGE) -> tuple[DossierRow, ...]:
    """Dossiers whose phone number ends with `digits` (people remember the end)."""
    start = digits[::-1]
    query = (
        _rows()
        .where(dossiers.c.phone_reversed >= start, dossiers.c.phone_reversed < start + ":")  # ":" follows "9"
        .order_by(dossiers.c.phone_reversed, dossiers.c.id.desc())
        .limit(limit)
    )
    return _read(connection, query, known)


def by_identifier(connection: Connection, identifier: str, known: Reach) -> tuple[DossierRow, ...]:
    """Dossiers of this personal number, passport or tax code, newest first."""
    query = _rows().where(dossiers.c.identifier == identifier).order_by(dossiers.c.id.desc()).limit(PAGE)
    return _read(connection, query, known)


def by_code_start(connection: Connection, start: str, known: Reach, limit: int = PAGE) -> tuple[DossierRow, ...]:
    """Dossiers whose code begins so, in code order."""
    upper = start.upper()
    query = (
        _rows()
        .where(dossiers.c.code >= upper, dossiers.c.code < upper + "\uffff")
        .order_by(dossiers.c.code)
        .limit(limit)
    )
    return _read(connection, query, known)


def open_duplicates(
    connection: Connection, identifier: str, procedure_code: str, known: Reach
) -> tuple[DossierRow, ...]:
    """Open dossiers of the same person: those of the same procedure are the ones to warn about."""
    if not identifier:
        return ()
    query = (
        _rows()
        .where(
            dossiers.c.identifier == identifier, dossiers.c.procedure_code == procedure_code, IS_OPEN
        )
        .order_by(dossiers.c.id.desc())
        .limit(20)
    )
    return _read(connection, query, known)


def _states(states: Iterable[State]) -> list[ColumnElement[int]]:
    return [literal_column(str(int(state)), Integer) for state in sorted(states)]


def _received(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(func.coalesce(func.sum(rollup_received.c.amount), 0)).where(*conditions)


def _due(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(func.coalesce(func.sum(rollup_due.c.amount), 0)).where(*conditions)


def _unsent(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).where(
        dossiers.c.device == bindparam("device"), dossiers.c.epoch == bindparam("epoch"),
        dossiers.c.seq > bindparam("confirmed"), *conditions,
    )


# The window asks for all of these at each refresh and at each key.
_IS_OPEN = rollup_due.c.state.in_(_states(RUNNING_STATES))
_IS_TODAY = (rollup_received.c.span == DAY) & (rollup_received.c.period == bindparam("today"))
_MONTHS_PAST = _due(
    _IS_OPEN, rollup_due.c.span == MONTH, rollup_due.c.period > "", rollup_due.c.period < bindparam("month")
)
_DAYS_PAST = _due(      # of this month: "2026-11" sorts before each of its days
    _IS_OPEN, rollup_due.c.span == DAY, rollup_due.c.period > bindparam("month"),
    rollup_due.c.period < bindparam("today"),
)
_COUNTS = {
    DossierList.ALL: Prepared(_due(rollup_due.c.state.in_(_states(State)), rollup_due.c.span == MONTH)),
    DossierList.RECEIVED_TODAY: Prepared(_received(_IS_TODAY)),
    DossierList.DUE_TODAY: Prepared(
        _due(_IS_OPEN, rollup_due.c.span == DAY, rollup_due.c.period == bindparam("today"))
    ),
    DossierList.DUE_SOON: Prepared(
        _due(_IS_OPEN, rollup_due.c.span == DAY, rollup_due.c.period > bindparam("today"),
             rollup_due.c.period <= bindparam("soon"))
    ),
    DossierList.OVERDUE: Prepared(select(_MONTHS_PAST.scalar_subquery() + _DAYS_PAST.scalar_subquery())),
    DossierList.UNSENT: Prepared(_unsent()),
    DossierList.TO_SCAN: Prepared(
        select(func.coalesce(func.sum(rollup_scans.c.amount), 0)).where(
            rollup_scans.c.is_waiting == literal_column("1")
        )
    ),
}
_WORK_COUNT = Prepared(
    select(func.coalesce(func.sum(rollup_work.c.amount), 0)).where(rollup_work.c.kind == bindparam("kind"))
)
_WORK_COUNTS = Prepared(select(rollup_work.c.kind, rollup_work.c.amount))
_OWN_TODAY = Prepared(_received(_IS_TODAY, rollup_received.c.is_own))
_OWN_TODAY_UNSENT = Prepared(_unsent(dossiers.c.business_date == bindparam("today")))
_OWN_TOTAL = Prepared(_received(rollup_received.c.span == MONTH, rollup_received.c.is_own))
_CONFIRMED = Prepared(
    select(func.coalesce(func.max(confirmations.c.upto), 0)).where(
        confirmations.c.device == bindparam("device"), confirmations.c.epoch == bindparam("epoch")
    )
)


def _asked(known: Reach) -> dict[str, Any]:
    return {
        "today": known.today, "month": known.today[:MONTH], "soon": known.soon, "device": known.device,
        "epoch": known.epoch, "confirmed": known.confirmed,
    }


def _number(connection: Connection, statement: Prepared, values: dict[str, Any]) -> int:
    row = statement.first(connection, values)
    assert row is not None                 # a sum or a count always answers
    return int(row[0])


def _unsent_number(connection: Connection, statement: Prepared, known: Reach) -> int:
    return sum(
        _number(connection, statement, _asked(known) | {"epoch": epoch, "confirmed": confirmed})
        for epoch, confirmed in known.open_epochs
    )


def _condition(what: PlainList, known: Reach) -> ColumnElement[bool]:
    match what:
        case DossierList.ALL:
            return dossiers.c.id > 0
        case DossierList.RECEIVED_TODAY:
            return dossiers.c.business_date == known.today
        case DossierList.DUE_TODAY:
            return and_(IS_RUNNING, dossiers.c.due_date == known.today)
        case DossierList.DUE_SOON:
            return and_(IS_RUNNING, dossiers.c.due_date > known.today, dossiers.c.due_date <= known.soon)
        case DossierList.OVERDUE:
            return and_(IS_RUNNING, dossiers.c.due_date < known.today)
        case DossierList.UNSENT:
            return (dossiers.c.device == known.device) & or_(*(
                (dossiers.c.epoch == epoch) & (dossiers.c.seq > confirmed)
                for epoch, confirmed in known.open_epochs
            ))


def _match(words: str) -> str:
    """An FTS5 expression: each folded word as a quoted prefix, so that no typed sign is an operator."""
    folded = (
        "".join(letter if letter.isalnum() else " " for letter in fold(words)).split()
    )
    return " ".join(f'"{word}"*' for word in folded)


_COLUMNS = (
    dossiers.c.id, dossiers.c.code, dossiers.c.applicant_name, dossiers.c.identifier, dossiers.c.phone,
    dossiers.c.procedure_code, dossiers.c.procedure_name, dossiers.c.agency_name, dossiers.c.received_at,
    dossiers.c.due_at, dossiers.c.state, dossiers.c.version, dossiers.c.is_own, dossiers.c.device,
    dossiers.c.epoch, dossiers.c.seq, dossiers.c.clerk_name, dossiers.c.custody, dossiers.c.delivery,
    dossiers.c.money, dossiers.c.requests, dossiers.c.moved_at, dossiers.c.shelf,
)


def read_rows(
    connection: Connection, condition: ColumnElement[bool], known: Reach, limit: int = PAGE, *,
    order: tuple[ColumnElement[Any], ...] = (dossiers.c.id.desc(),),
) -> tuple[DossierRow, ...]:
    """Dossiers of which `condition` (on their own row) is true, newest reception first unless `order` is given."""
    return _read(connection, _rows().where(condition).order_by(*order).limit(limit), known)


def list_statement(
    condition: ColumnElement[bool], order: tuple[ColumnElement[Any], ...], limit: int
) -> Prepared:
    """The statement of `read_rows`, to be kept by whoever asks again and again; see `read_list`."""
    query = _rows().where(condition).order_by(*order)
    return Prepared(query.limit(literal_column(str(limit))).offset(literal_column("0")))


def read_list(
    connection: Connection, statement: Prepared, values: Mapping[str, Any], known: Reach
) -> tuple[DossierRow, ...]:
    return tuple(_row(row, known) for row in statement.rows(connection, values))


def _rows() -> Select[Any]:
    return select(*_COLUMNS)


def _read(connection: Connection, query: Select[Any], known: Reach) -> tuple[DossierRow, ...]:
    return tuple(_row(row, known) for row in connection.execute(query))


def _row(row: Sequence[Any], known: Reach) -> DossierRow:
    (row_id, code, name, identifier, phone, procedure_code, procedure_name, agency_name, received_at,
     due_at, state, version, is_own, device, epoch, seq, clerk_name, custody, delivery, money, requests, moved_at,
     shelf) = row
    return DossierRow(
        id=row_id, code=code, applicant_name=name, masked_identifier=mask_identifier(identifier),
        masked_phone=mask_phone(phone), procedure_code=procedure_code, procedure_name=procedure_name,
        agency_name=agency_name, received_at=received_at, due_at=due_at, state=State(state), version=version,
        is_own=is_own, is_confirmed=not known.is_unsent(device, epoch, seq), clerk_name=clerk_name,
        custody=Custody(custody), delivery=Delivery(delivery), money=MoneyState(money), requests=requests,
        moved_at=moved_at, shelf=shelf,
    )
