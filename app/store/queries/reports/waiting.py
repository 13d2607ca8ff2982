"""Dossiers that wait for somebody, by agency: what the work lists hold now, and since when the longest waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, select

from app.domain.life.work import Work
from app.store.queries.dossiers import PAGE, DossierRow, Reach, read_rows
from app.store.tables import dossiers, worklist


@dataclass(slots=True)
class Waiting:
    """Of one agency, by kind of work list; `since` is when the longest wait began."""

    agency: str
    name: str
    since: datetime
    amounts: Counter[Work] = field(default_factory=Counter)


def waiting(connection: Connection, kinds: Sequence[Work]) -> tuple[Waiting, ...]:
    """Every agency with dossiers in these lists, by name. A dossier may stand in more than one."""
    since = func.min(func.coalesce(dossiers.c.moved_at, dossiers.c.received_at), type_=dossiers.c.received_at.type)
    rows = connection.execute(
        select(dossiers.c.agency, func.max(dossiers.c.agency_name), worklist.c.kind, func.count(), since)
        .join_from(worklist, dossiers, worklist.c.dossier == dossiers.c.id)
        .where(worklist.c.kind.in_([int(kind) for kind in kinds])).group_by(dossiers.c.agency, worklist.c.kind)
    )
    found: dict[str, Waiting] = {}
    for agency, name, kind, amount, begun in rows:
        each = found.setdefault(agency, Waiting(agency, name, begun))
        each.amounts[Work(kind)] = amount
        each.since = min(each.since, begun)
    return tuple(sorted(found.values(), key=lambda each: each.name))


def waiting_page(
    connection: Connection, kind: Work, known: Reach, *, agency: str | None = None, behind: int | None = None,
    limit: int = PAGE,
) -> tuple[DossierRow, ...]:
    """Up to `limit` dossiers of that list and agency (None: all), newest first, behind the row id `behind`."""
    ids = (
        select(worklist.c.dossier).join_from(worklist, dossiers, worklist.c.dossier == dossiers.c.id)
        .where(worklist.c.kind == int(kind))
    )
    if agency is not None:
        ids = ids.where(dossiers.c.agency == agency)
    if behind is not None:
        ids = ids.where(worklist.c.dossier < behind)
    page = connection.execute(ids.order_by(worklist.c.dossier.desc()).limit(limit)).scalars().all()
    return read_rows(connection, dossiers.c.id.in_(page), known, limit) if page else ()
