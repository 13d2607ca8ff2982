"""The dossiers behind a code, a day's number or a group, as rows of the lists."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.domain.paper_number import read_paper_number
from app.store import projection
from app.store.queries.dossiers import PAGE, DossierList, DossierRow, Reach, page
from app.store.tables import dossier_groups, dossier_versions, dossiers, paper_prints


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


def by_group(connection: Connection, name: str, known: Reach) -> tuple[DossierRow, ...]:
    """The dossiers that were handed in in one go, newest first: by the code of one of them or by the number of an
    annex that this counter printed. Raises what `parse_code` raises for what is neither."""
    if read_paper_number(name) is not None:
        found = select(dossier_versions.c.dossier).join(
            paper_prints, paper_prints.c.op_id == dossier_versions.c.op_id
        ).where(paper_prints.c.code == name.upper(), paper_prints.c.paper == "group_annex")
        one = connection.execute(found).scalars().first()
    else:
        one = projection.find_dossier(connection, name)
    own = dossier_groups.alias("own")
    ids = connection.execute(
        select(dossier_groups.c.dossier).join(own, own.c.group_id == dossier_groups.c.group_id)
        .where(own.c.dossier == one).order_by(dossier_groups.c.dossier.desc()).limit(PAGE)
    ).scalars()
    return _rows(connection, list(ids), known)


def _rows(connection: Connection, ids: list[int], known: Reach) -> tuple[DossierRow, ...]:
    # The newest row before id + 1 is that row itself.
    return tuple(
        row for each in ids for row in page(connection, DossierList.ALL, known, before=each + 1, limit=1)
    )
