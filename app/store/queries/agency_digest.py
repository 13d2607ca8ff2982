"""The dossiers one agency is asked about, by why; no citizen is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, literal_column, select, text

from app.domain.life.states import Custody
from app.domain.life.work import Work
from app.domain.route_papers import DigestKind, DigestLine
from app.domain.vietnam_time import VIETNAM
from app.store.queries.dossiers import IS_RUNNING
from app.store.queries.manifests import IS_OPEN
from app.store.tables import dossiers, manifest_lines, manifests, worklist

NOT_FOUND = "Thiếu, chưa tìm thấy"


_WITH_AGENCY = text(f"+dossiers.custody = {int(Custody.AGENCY)}")
"""The plus keeps SQLite from going through all that any agency holds: this one's open dossiers are fewer."""


@dataclass(frozen=True, slots=True)
class Found:
    lines: tuple[DigestLine, ...]
    manifests: tuple[str, ...]     # ids of those with lines that nobody has answered


def digest_lines(
    connection: Connection, agency: str, *, now: datetime, today: str, soon: str, limit: int
) -> Found:
    """Up to `limit` lines of each kind, the most urgent first. `today` and `soon` (inclusive) as ISO days."""
    open_lines = connection.execute(
        select(
            dossiers.c.code, dossiers.c.procedure_name, dossiers.c.due_at, manifests.c.made_at.label("since"),
            manifests.c.number, manifests.c.id,
        )
        .select_from(manifests).join(manifest_lines, manifest_lines.c.manifest == manifests.c.id)
        .join(dossiers, dossiers.c.id == manifest_lines.c.dossier)
        .where(IS_OPEN, manifests.c.agency == agency, manifest_lines.c.verdict == "")
        .order_by(manifests.c.expected_at, manifests.c.id, manifest_lines.c.ordinal).limit(limit)
    ).all()
    with_agency = (IS_RUNNING, dossiers.c.agency == agency, _WITH_AGENCY)
    by_date = _rows().where(*with_agency).order_by(dossiers.c.due_date, dossiers.c.due_at).limit(limit)
    overdue = by_date.where(dossiers.c.due_date <= today, dossiers.c.due_at < now)
    due_soon = by_date.where(dossiers.c.due_date >= today, dossiers.c.due_date <= soon, dossiers.c.due_at >= now)
    lines = [
        *(_line(DigestKind.UNACKNOWLEDGED, row, row.number) for row in open_lines),
        *(_line(DigestKind.OVERDUE, row) for row in connection.execute(overdue)),
        *(_line(DigestKind.DUE_SOON, row) for row in connection.execute(due_soon)),
        *_work(connection, DigestKind.AWAITING_SUPPLEMENT, Work.SUPPLEMENT, agency, limit),
        *_work(connection, DigestKind.SENT_BACK, Work.SENT_BACK, agency, limit),
    ]
    return Found(tuple(lines), tuple(dict.fromkeys(row.id for row in open_lines)))


def _rows() -> Any:
    return select(
        dossiers.c.code, dossiers.c.procedure_name, dossiers.c.due_at, dossiers.c.moved_at.label("since"),
        dossiers.c.custody,
    )


def _work(
    connection: Connection, kind: DigestKind, work: Work, agency: str, limit: int
) -> tuple[DigestLine, ...]:
    query = (
        _rows().select_from(worklist).join(dossiers, dossiers.c.id == worklist.c.dossier)
        .where(worklist.c.kind == literal_column(str(int(work))), dossiers.c.agency == agency)
        .order_by(dossiers.c.moved_at, dossiers.c.id).limit(limit)
    )
    return tuple(
        _line(kind, row, note=NOT_FOUND if row.custody == Custody.MISSING else "")
        for row in connection.execute(query)
    )


def _line(kind: DigestKind, row: Any, manifest_number: str = "", note: str = "") -> DigestLine:
    return DigestLine(
        kind, row.code, row.procedure_name, row.since.astimezone(VIETNAM) if row.since else None,
        row.due_at.astimezone(VIETNAM) if row.due_at else None, manifest_number, note,
    )
