"""The list "Cần số hóa" as the window reads it, with what the book counts for each of its dossiers."""

from __future__ import annotations

import json
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.store.queries.dossiers import DossierList, Reach, count, page
from app.store.tables import dossier_scans

_ANYWHERE = Reach("2026-01-01", "", 0, 0)
"""This list asks for no day and no device."""


class ToScan(NamedTuple):
    id: int
    code: str
    wanted: int
    missing: int


def to_scan(connection: Connection, *, before: int | None = None, limit: int = 200) -> tuple[ToScan, ...]:
    counted = {row.dossier: row for row in connection.execute(select(dossier_scans))}
    return tuple(
        ToScan(row.id, row.code, len(json.loads(counted[row.id].wanted)), counted[row.id].missing)
        for row in page(connection, DossierList.TO_SCAN, _ANYWHERE, before=before, limit=limit)
    )


def to_scan_count(connection: Connection) -> int:
    return count(connection, DossierList.TO_SCAN, _ANYWHERE)
