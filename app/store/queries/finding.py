"""The one dossier behind a code or a day's number, as a row of the lists."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.store import projection
from app.store.queries.dossiers import DossierList, DossierRow, Reach, page
from app.store.tables import dossiers


def by_code(connection: Connection, code: str, known: Reach) -> tuple[DossierRow, ...]:
    """The dossier that bears `code`, in either written form or as an alias. Raises what `parse_code` raises."""
    found = projection.find_dossier(connection, code)
    return () if found is None else _rows(connection, [found], known)


def by_number_of_day(connection: Connection, number: int, known: Reach) -> tuple[DossierRow, ...]:
    """Today's dossiers with this running number: one for each agency that has come so far."""
    ids = connection.execute(
        select(dossiers.c.id)
        .where(dossiers.c.business_date == known.today, dossiers.c.code.endswith(f"-{number:04d}"))
        .order_by(dossiers.c.id.desc())
        .limit(20)
    ).scalars()
    return _rows(connection, list(ids), known)


def _rows(connection: Connection, ids: list[int], known: Reach) -> tuple[DossierRow, ...]:
    # The newest row before id + 1 is that row itself.
    return tuple(
        row for each in ids for row in page(connection, DossierList.ALL, known, before=each + 1, limit=1)
    )
