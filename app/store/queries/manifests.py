"""Frozen rows of manifests for lists: what waits to be handed over, what nobody has acknowledged, what was.

Open lists are ordered by age, the oldest first; the history newest first, by key. Nothing here names a citizen's
number: a manifest's line shows the applicant as the printed list does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, func, literal_column, or_, select, text

from app.domain.dossier import State
from app.domain.life.states import Custody, Holder
from app.domain.life.work import Work
from app.domain.manifest import LineState, Route
from app.store.tables import dossiers, manifest_lines, manifests, originals, worklist

PAGE = 200

IS_OPEN = text("manifests.open_lines > 0 AND NOT manifests.is_undone")
"""As the partial index `manifests_open` says it; a Boolean column of Core would get "= 1" and miss the index."""
_TO_HAND_OVER = text(
    f"dossiers.custody = {int(Custody.COUNTER)}"
    f" AND dossiers.state IN ({int(State.RECEIVED)}, {int(State.IN_PROCESS)})"
)
"""The work list of that name (`app.domain.life.work`), as the partial index `dossiers_here` says it."""


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One manifest. `expected_at`: by when somebody was to acknowledge it; `open_lines` nobody has answered."""

    id: str                        # the operation that made it
    number: str
    agency: str
    agency_name: str
    route: Route
    item_code: str
    made_at: datetime
    expected_at: datetime | None
    clerk_name: str
    device: str
    is_undone: bool
    lines: int
    open_lines: int
    bad_lines: int                 # refused or missing
    reminded_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.open_lines > 0 and not self.is_undone

    def is_overdue(self, now: datetime) -> bool:
        return self.is_open and self.expected_at is not None and self.expected_at < now


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One line. The names are empty and `custody` is None where the dossier is not on this counter."""

    ordinal: int
    code: str
    state: LineState
    reason: str
    applicant_name: str
    procedure_name: str
    due_at: datetime | None
    custody: Custody | None        # where its papers are now
    other_manifest: str            # number of the list it travels on instead, for a line in dispute
    is_disputed: bool              # the dossier stands in the list of conflicts


@dataclass(frozen=True, slots=True)
class WaitingAgency:
    """How many dossiers wait at this office to be handed over to one agency."""

    agency: str
    name: str
    waiting: int
    oldest: datetime               # when the first of them was received


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier at the counter that belongs with its agency; `originals` are those that are here, by id."""

    id: int
    code: str
    agency: str
    agency_name: str
    applicant_name: str
    procedure_name: str
    received_at: datetime
    due_at: datetime | None
    version: int
    originals: tuple[tuple[str, str], ...]     # (id, name)
    was_sent_back: bool


def open_manifests(connection: Connection, limit: int = PAGE) -> tuple[ManifestRow, ...]:
    """Those with lines that nobody has answered, the one expected first on top."""
    query = select(manifests).where(IS_OPEN).order_by(manifests.c.expected_at, manifests.c.id).limit(limit)
    return _rows(connection, query)


def overdue_manifests(connection: Connection, now: datetime, limit: int = PAGE) -> tuple[ManifestRow, ...]:
    """Not acknowledged in time, oldest first."""
    query = (
        select(manifests).where(IS_OPEN, manifests.c.expected_at < now)
        .order_by(manifests.c.expected_at, manifests.c.id).limit(limit)
    )
    return _rows(connection, query)


def count_open(connection: Connection, now: datetime) -> tuple[int, int]:
    """How many manifests are open, and how many of those are overdue: as long as the two lists above."""
    open_ones = connection.execute(select(func.count()).select_from(manifests).where(IS_OPEN)).scalar_one()
    late = connection.execute(
        select(func.count()).select_from(manifests).where(IS_OPEN, manifests.c.expected_at < now)
    ).scalar_one()
    return open_ones, late


def past_manifests(
    connection: Connection, *, before: tuple[datetime, str] | None = None, limit: int = PAGE
) -> tuple[ManifestRow, ...]:
    """All manifests, newest first, behind the (made_at, id) `before`."""
    query = select(manifests).order_by(manifests.c.made_at.desc(), manifests.c.id.desc()).limit(limit)
    if before is not None:
        at, name = before
        query = query.where(
            or_(manifests.c.made_at < at, and_(manifests.c.made_at == at, manifests.c.id < name))
        )
    return _rows(connection, query)


def find_manifest(connection: Connection, name: str) -> ManifestRow | None:
    """By the id of its operation or by its number; two counters whose tags are alike: the newest."""
    found = _rows(connection, select(manifests).where(manifests.c.id == name))
    if not found:
        by_number = select(manifests).where(manifests.c.number == name.strip().upper())
        found = _rows(connection, by_number.order_by(manifests.c.made_at.desc()).limit(1))
    return found[0] if found else None


def manifest_on_the_way(connection: Connection, dossier: int) -> ManifestRow | None:
    """The list on which the dossier (row id) travels and that nobody has answered for it."""
    found = _rows(connection, select(manifests).where(manifests.c.id.in_(
        select(manifest_lines.c.manifest).where(
            manifest_lines.c.dossier == dossier, manifest_lines.c.verdict == str(LineState.OPEN)
        )
    )).order_by(manifests.c.made_at.desc()).limit(1))
    return found[0] if found else None


def lines_of(connection: Connection, manifest: str) -> tuple[ManifestLine, ...]:
    """All lines in the order of the printed list, extra ones behind."""
    disputed = exists().where(
        worklist.c.kind == literal_column(str(int(Work.CONFLICT))), worklist.c.dossier == manifest_lines.c.dossier
    )
    rows = connection.execute(
        select(
            manifest_lines, dossiers.c.applicant_name, dossiers.c.procedure_name, dossiers.c.due_at,
            dossiers.c.custody, disputed.label("is_disputed"),
        )
        .select_from(manifest_lines).outerjoin(dossiers, dossiers.c.id == manifest_lines.c.dossier)
        .where(manifest_lines.c.manifest == manifest).order_by(manifest_lines.c.ordinal)
    ).all()
    others = _other_manifests(connection, [
        row.dossier for row in rows if row.verdict == LineState.CONFLICT and row.dossier is not None
    ])
    return tuple(_line(row, others) for row in rows)


def waiting_agencies(connection: Connection) -> tuple[WaitingAgency, ...]:
    """Agencies for which something waits here, most first."""
    rows = connection.execute(
        select(
            dossiers.c.agency, func.max(dossiers.c.agency_name).label("name"), func.count().label("waiting"),
            func.min(dossiers.c.received_at).label("oldest"),
        )
        .where(_TO_HAND_OVER).group_by(dossiers.c.agency).order_by(func.count().desc(), dossiers.c.agency)
    )
    return tuple(WaitingAgency(row.agency, row.name, row.waiting, row.oldest) for row in rows)


def waiting_for(connection: Connection, agency: str, *, limit: int = PAGE) -> tuple[Waiting, ...]:
    """Dossiers that wait for one agency, in the order of reception."""
    query = select(*_WAITING).where(_TO_HAND_OVER, dossiers.c.agency == agency)
    return _waiting(connection, query.order_by(dossiers.c.received_at, dossiers.c.id).limit(limit))


def at_counter(connection: Connection, ids: Sequence[int]) -> tuple[Waiting, ...]:
    """These dossiers, in the order asked for, whether they wait for an agency or not."""
    found: dict[int, Waiting] = {}
    for start in range(0, len(ids), 500):
        part = ids[start:start + 500]
        for one in _waiting(connection, select(*_WAITING).where(dossiers.c.id.in_(part))):
            found[one.id] = one
    return tuple(found[each] for each in ids if each in found)


_SENT_BACK = exists().where(
    worklist.c.kind == literal_column(str(int(Work.SENT_BACK))), worklist.c.dossier == dossiers.c.id
).correlate(dossiers)
_WAITING = (
    dossiers.c.id, dossiers.c.code, dossiers.c.agency, dossiers.c.agency_name, dossiers.c.applicant_name,
    dossiers.c.procedure_name, dossiers.c.received_at, dossiers.c.due_at, dossiers.c.version,
    _SENT_BACK.label("was_sent_back"),
)


def _waiting(connection: Connection, query: Any) -> tuple[Waiting, ...]:
    rows = connection.execute(query).all()
    held: dict[int, list[tuple[str, str]]] = {}
    here = select(originals.c.dossier, originals.c.id, originals.c.name).where(
        originals.c.dossier.in_([row.id for row in rows]), originals.c.holder == int(Holder.COUNTER)
    )
    for one in connection.execute(here.order_by(originals.c.dossier, originals.c.id)):
        held.setdefault(one.dossier, []).append((one.id, one.name))
    return tuple(
        Waiting(
            row.id, row.code, row.agency, row.agency_name, row.applicant_name, row.procedure_name, row.received_at,
            row.due_at, row.version, tuple(held.get(row.id, ())), bool(row.was_sent_back),
        )
        for row in rows
    )


def _other_manifests(connection: Connection, ids: Sequence[int]) -> Mapping[int, str]:
    """Dossier → number of the list on which it travels by all that is known."""
    if not ids:
        return {}
    rows = connection.execute(
        select(manifest_lines.c.dossier, manifests.c.number)
        .join(manifests, manifests.c.id == manifest_lines.c.manifest)
        .where(
            manifest_lines.c.dossier.in_(ids),
            manifest_lines.c.verdict.not_in([str(LineState.CONFLICT), str(LineState.UNDONE)]),
        )
        .order_by(manifests.c.made_at)
    )
    return {row.dossier: row.number for row in rows}


def _line(row: Any, others: Mapping[int, str]) -> ManifestLine:
    is_known = row.custody is not None
    return ManifestLine(
        ordinal=row.ordinal, code=row.code, state=LineState(row.verdict), reason=row.reason,
        applicant_name=row.applicant_name or "", procedure_name=row.procedure_name or "", due_at=row.due_at,
        custody=Custody(row.custody) if is_known else None,
        other_manifest=others.get(row.dossier, ""), is_disputed=bool(row.is_disputed),
    )


def _rows(connection: Connection, query: Any) -> tuple[ManifestRow, ...]:
    return tuple(
        ManifestRow(
            row.id, row.number, row.agency, row.agency_name, Route(row.route), row.item_code, row.made_at,
            row.expected_at, row.clerk_name, row.device, bool(row.is_undone), row.lines, row.open_lines,
            row.bad_lines, row.reminded_at,
        )
        for row in connection.execute(query)
    )
