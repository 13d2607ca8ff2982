"""From operations to manifests and their lines. How a line stands follows from the life of its dossier.

The rows of a manifest are written before its events are folded (`projection.apply`), so the fold finds its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, or_, select, text, update

from app.domain.life.event import Event
from app.domain.life.facts import LineVerdict
from app.domain.life.life import Life
from app.domain.manifest import LineState, line_state
from app.domain.operation import JsonBody, Operation
from app.store.prepared import Prepared, added_row
from app.store.tables import manifest_lines, manifests

TABLES = (manifest_lines, manifests)
"""Emptied before they are replayed."""
Finder = Callable[[Connection, str], int | None]
"""The row id of a dossier by its code; None when it is not on this counter."""

_ADD_LINE = added_row(manifest_lines)
_LINES_OF = Prepared(
    select(manifest_lines.c.manifest, manifest_lines.c.ordinal, manifest_lines.c.verdict)
    .where(manifest_lines.c.dossier == bindparam("of"))
)
_MARK = Prepared(
    update(manifest_lines)
    .where(manifest_lines.c.manifest == bindparam("of"), manifest_lines.c.ordinal == bindparam("at"))
    .values(verdict=bindparam("said"), reason=bindparam("why"))
)
_RECOUNT = Prepared(text(
    "UPDATE manifests SET (lines, open_lines, bad_lines, is_undone) = ("
    " SELECT count(*), coalesce(sum(verdict = ''), 0), coalesce(sum(verdict IN ('refused', 'missing')), 0),"
    " coalesce(min(verdict = 'undone'), 0) FROM manifest_lines WHERE manifest = :of) WHERE id = :of"
))
_NUMBER_LENGTH = 40


def make(connection: Connection, operation: Operation, find: Finder) -> None:
    """A manifest as the operation states it; dossiers that left without a list have lives and no manifest."""
    header, about, lines = operation.header, operation.body.get("about"), operation.body["lines"]
    if about is None:
        return
    expected = about.get("expected_at")
    connection.execute(insert(manifests), {
        "id": header.op_id, "number": str(about["number"])[:_NUMBER_LENGTH], "agency": str(about["agency"]),
        "agency_name": str(about["agency_name"]), "route": str(about["route"]),
        "item_code": str(about.get("item_code", "")), "made_at": datetime.fromisoformat(header.wall_time),
        "expected_at": datetime.fromisoformat(expected) if expected else None,
        "clerk_name": str(operation.body["clerk_name"]), "device": header.device, "is_undone": False,
        "lines": len(lines), "open_lines": len(lines), "bad_lines": 0, "reminded_at": None,
    })
    for ordinal, line in enumerate(lines, start=1):
        _add_line(connection, header.op_id, ordinal, line, find)


def acknowledge(connection: Connection, operation: Operation, find: Finder) -> None:
    """Dossiers that were in the bag and not on the list get their lines; known ones are marked by their lives."""
    for line in operation.body["lines"]:
        manifest, verdict = str(line["facts"]["manifest"]), str(line["facts"]["verdict"])
        if verdict == LineVerdict.EXTRA:
            _add_extra(connection, manifest, line, find)
        _mark_unknown(connection, manifest, line, LineState(verdict), str(line["facts"].get("reason", "")))


def undo(connection: Connection, operation: Operation) -> None:
    for line in operation.body["lines"]:
        _mark_unknown(connection, str(line["facts"]["manifest"]), line, LineState.UNDONE, "")


def remind(connection: Connection, operation: Operation) -> None:
    """The last reminder of each manifest it was about."""
    at = datetime.fromisoformat(operation.header.wall_time)
    for manifest in operation.body["manifests"]:
        connection.execute(
            update(manifests)
            .where(
                manifests.c.id == str(manifest),
                or_(manifests.c.reminded_at.is_(None), manifests.c.reminded_at < at),
            )
            .values(reminded_at=at)
        )


def mark_lines(connection: Connection, dossier: int, life: Life, events: Iterable[Event]) -> None:
    """What the dossier's life says of its lines on manifests."""
    for manifest, ordinal, held in _LINES_OF.run(connection, {"of": dossier}).fetchall():
        state, reason = line_state(life, events, manifest)
        if state != held:
            _mark(connection, manifest, ordinal, state, reason)


def _add_extra(connection: Connection, manifest: str, line: JsonBody, find: Finder) -> None:
    there = connection.execute(
        select(manifest_lines.c.ordinal, manifest_lines.c.code).where(manifest_lines.c.manifest == manifest)
    ).all()
    if there and str(line["code"]) not in {row.code for row in there}:
        _add_line(connection, manifest, max(row.ordinal for row in there) + 1, line, find)
        _RECOUNT.run(connection, {"of": manifest})


def _add_line(connection: Connection, manifest: str, ordinal: int, line: JsonBody, find: Finder) -> None:
    code = str(line["code"])
    _ADD_LINE.run(connection, {
        "manifest": manifest, "ordinal": ordinal, "code": code, "dossier": find(connection, code), "verdict": "",
        "reason": "",
    })


def _mark_unknown(
    connection: Connection, manifest: str, line: JsonBody, state: LineState, reason: str
) -> None:
    """A line whose dossier is not on this counter has no life to follow: the first word counts."""
    ordinals = connection.execute(
        select(manifest_lines.c.ordinal).where(
            manifest_lines.c.manifest == manifest, manifest_lines.c.code == str(line["code"]),
            manifest_lines.c.dossier.is_(None), manifest_lines.c.verdict == "",
        )
    ).scalars().all()
    for ordinal in ordinals:
        _mark(connection, manifest, ordinal, state, reason)


def _mark(connection: Connection, manifest: str, ordinal: int, state: LineState, reason: str) -> None:
    _MARK.run(connection, {"of": manifest, "at": ordinal, "said": str(state), "why": reason})
    _RECOUNT.run(connection, {"of": manifest})
