"""What was scanned for a manifest that is not made yet: one draft an agency, kept over a restart.

A draft is this counter's own note, no operation: nothing has happened until the manifest is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from app.domain.life.work import Work
from app.store.queries.manifests import Waiting, at_counter
from app.store.settings import read_setting, write_setting
from app.store.tables import dossiers, worklist

SETTING = "handover_drafts"


@dataclass(frozen=True, slots=True)
class Draft:
    """The codes in the order of scanning; `left_here`: code → ids of its originals that do not travel."""

    codes: tuple[str, ...] = ()
    left_here: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_draft(connection: Connection, agency: str) -> Draft:
    """The draft for `agency`, without what has left the counter or changed its agency meanwhile."""
    stored = read_setting(connection, SETTING, {}).get(agency, {})
    waiting = {one.code: one for one in _waiting(connection, agency, stored.get("codes", ()))}
    left = {
        code: tuple(ids) for code, ids in stored.get("left_here", {}).items() if code in waiting
    }
    return Draft(tuple(code for code in stored.get("codes", ()) if code in waiting), left)


def keep_draft(connection: Connection, agency: str, draft: Draft) -> None:
    """Write the draft down; an empty one is forgotten."""
    stored = dict(read_setting(connection, SETTING, {}))
    stored.pop(agency, None)
    if draft.codes:
        stored[agency] = {
            "codes": list(draft.codes), "left_here": {code: list(ids) for code, ids in draft.left_here.items()},
        }
    write_setting(connection, SETTING, stored)


def draft_lines(connection: Connection, agency: str) -> tuple[Draft, tuple[Waiting, ...]]:
    """The draft with its dossiers as they stand."""
    draft = read_draft(connection, agency)
    found = {one.code: one for one in _waiting(connection, agency, draft.codes)}
    return draft, tuple(found[code] for code in draft.codes)


def draft_sizes(connection: Connection) -> Mapping[str, int]:
    """How many dossiers each agency's draft holds."""
    return {agency: len(stored["codes"]) for agency, stored in read_setting(connection, SETTING, {}).items()}


def _waiting(connection: Connection, agency: str, codes: object) -> tuple[Waiting, ...]:
    wanted = [str(code) for code in codes] if isinstance(codes, list | tuple) else []
    ids: list[int] = []
    for start in range(0, len(wanted), 500):
        ids += connection.execute(
            select(dossiers.c.id).join(worklist, worklist.c.dossier == dossiers.c.id).where(
                worklist.c.kind == int(Work.TO_HAND_OVER), dossiers.c.agency == agency,
                dossiers.c.code.in_(wanted[start:start + 500]),
            )
        ).scalars()
    return at_counter(connection, ids)
