"""Results that wait, the longest first or in the order of the shelf; by key, never by offset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, exists, select, text, tuple_

from app.domain.life.states import Delivery, MoneyState
from app.domain.life.work import Work
from app.domain.masking import mask_phone
from app.store.queries.dossiers import PAGE
from app.store.tables import dossiers, worklist

_HELD = (Delivery.SHELF, Delivery.UNDELIVERED, Delivery.RECALLED)
_IS_HELD = text(f"dossiers.delivery IN ({', '.join(str(int(delivery)) for delivery in _HELD)})")
"""Here, or being fetched back, as the partial indexes `dossiers_held_since` and `dossiers_held_where` say it. In
their order a page costs what it shows, however much lies on the shelf. Text: a boolean column would become "= 1",
which finds no index."""


class WaitingOrder(StrEnum):
    AGE = "age"
    SHELF = "shelf"


@dataclass(frozen=True, slots=True)
class WaitingResult:
    """One result that waits. `since` is when the latest of its states began; None should never be."""

    id: int
    code: str
    applicant_name: str
    masked_phone: str
    procedure_name: str
    agency_name: str
    shelf: str
    since: datetime | None
    delivery: Delivery
    money: MoneyState
    work: Work


After = tuple[str | datetime | None, int]
"""Where a page ended: the value it is ordered by and the row id."""


def waiting_results(
    connection: Connection, work: Work, *, order: WaitingOrder = WaitingOrder.AGE, after: After | None = None,
    limit: int = PAGE,
) -> tuple[WaitingResult, ...]:
    """Up to `limit` of the list behind `after`; its count is that of the same rows (`dossiers.count`)."""
    key = dossiers.c.moved_at if order is WaitingOrder.AGE else dossiers.c.shelf
    query = (
        select(
            dossiers.c.id, dossiers.c.code, dossiers.c.applicant_name, dossiers.c.phone,
            dossiers.c.procedure_name, dossiers.c.agency_name, dossiers.c.shelf, dossiers.c.moved_at,
            dossiers.c.delivery, dossiers.c.money,
        )
        .where(
            _IS_HELD,
            exists().where(worklist.c.kind == int(work), worklist.c.dossier == dossiers.c.id),
        )
        .order_by(key, dossiers.c.id).limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(key, dossiers.c.id) > after)
    return tuple(
        WaitingResult(
            row.id, row.code, row.applicant_name, mask_phone(row.phone), row.procedure_name, row.agency_name,
            row.shelf, row.moved_at, Delivery(row.delivery), MoneyState(row.money), work,
        )
        for row in connection.execute(query)
    )


def place_after(row: WaitingResult, order: WaitingOrder) -> After:
    """What `waiting_results` goes on from behind `row`."""
    return (row.since if order is WaitingOrder.AGE else row.shelf), row.id


def results_of_person(connection: Connection, identifier: str) -> tuple[str, ...]:
    """Codes of dossiers of this number whose result is at the counter, oldest first; a lost receipt asks."""
    if not identifier:
        return ()
    return tuple(connection.execute(
        select(dossiers.c.code)
        .where(
            dossiers.c.identifier == identifier,
            dossiers.c.delivery.in_([int(Delivery.SHELF), int(Delivery.UNDELIVERED)]),
        )
        .order_by(dossiers.c.id)
    ).scalars())


def taken_places(connection: Connection) -> set[str]:
    """Places of the shelf that are kept for a result: it lies there, or is on its way back."""
    return set(connection.execute(select(dossiers.c.shelf).distinct().where(_IS_HELD)).scalars()) - {""}
