"""What changed in a procedure since this clerk last received a dossier of it at this counter.

The memory belongs to this counter, as drafts do. It is written when a dossier was received and only when something
differs, so that a reception costs no second write to the disk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.body import from_body, to_body
from app.domain.procedure import Catalogue, Procedure
from app.domain.procedure_changes import ProcedureChange, SeenProcedure, changes_since, seen_on
from app.store.tables import procedure_uses


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """`since`: when this clerk first did the procedure as it stood then, and by which catalogue."""

    changes: tuple[ProcedureChange, ...]
    since: datetime
    catalogue_version: str


def what_changed(
    connection: Connection, clerk: str, procedure: Procedure, case: str, catalogue: Catalogue, day: date
) -> WhatChanged | None:
    """None when she never did it here, or nothing is different for this case."""
    row = connection.execute(
        select(procedure_uses.c.seen, procedure_uses.c.used_at, procedure_uses.c.catalogue_version)
        .where(procedure_uses.c.clerk == clerk, procedure_uses.c.procedure_code == procedure.code)
    ).one_or_none()
    if row is None:
        return None
    before = _read(row.seen)
    found = changes_since(before, seen_on(procedure, catalogue, day), case) if before is not None else ()
    return WhatChanged(found, row.used_at, row.catalogue_version) if found else None


def is_use_known(
    connection: Connection, clerk: str, procedure: Procedure, catalogue: Catalogue, day: date
) -> bool:
    """Whether `note_use` would write what is written already."""
    held = connection.execute(
        select(procedure_uses.c.seen)
        .where(procedure_uses.c.clerk == clerk, procedure_uses.c.procedure_code == procedure.code)
    ).scalar_one_or_none()
    return held == _text(seen_on(procedure, catalogue, day))


def note_use(
    connection: Connection, clerk: str, procedure: Procedure, catalogue: Catalogue, day: date, now: datetime
) -> None:
    """This clerk has done the procedure as it stands on `day`: changes are told against that from now on."""
    statement = insert(procedure_uses).values(
        clerk=clerk, procedure_code=procedure.code, used_at=now, catalogue_version=catalogue.version,
        seen=_text(seen_on(procedure, catalogue, day)),
    )
    connection.execute(statement.on_conflict_do_update(
        index_elements=["clerk", "procedure_code"],
        set_={name: statement.excluded[name] for name in ("used_at", "catalogue_version", "seen")},
    ))


def _text(seen: SeenProcedure) -> str:
    return json.dumps(to_body(seen), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _read(text: str) -> SeenProcedure | None:
    """None for what a later program wrote in another shape: then there is nothing to compare."""
    try:
        return from_body(SeenProcedure, json.loads(text))
    except ValueError:
        return None
