"""Which answers and extras an acknowledgement may hold: each line looked at before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from app.domain.dossier_code import parse_code
from app.domain.life.facts import LineVerdict
from app.domain.life.states import Custody
from app.domain.manifest import LineState
from app.errors import Refusal
from app.store import projection
from app.store.queries.manifests import ManifestLine, ManifestRow, manifest_on_the_way
from app.store.tables import dossiers


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiving side says of one line; `reason` for one it refuses."""

    code: str
    verdict: LineVerdict
    reason: str = ""


class ExtraKind(StrEnum):
    """What a dossier in the bag is that the list does not name. Stored with the acknowledgement."""

    KEPT = "kept"                  # of this agency, was at the counter: the agency has it now
    OTHER_AGENCY = "other_agency"  # comes back with the messenger
    OTHER_MANIFEST = "other_manifest"  # travels on another list, and is to be answered there
    ELSEWHERE = "elsewhere"        # by all that is known it is not at the counter
    UNKNOWN = "unknown"            # no dossier of this office


@dataclass(frozen=True, slots=True)
class Extra:
    """`about`: name of the other agency, number of the other list."""

    code: str
    kind: ExtraKind
    about: str = ""


def sort_answers(
    manifest: ManifestRow, lines: Sequence[ManifestLine], answers: Sequence[Answer]
) -> tuple[list[Answer], list[str]]:
    """The answers that say something new, and the codes that had been answered so before.

    Raises `not_on_manifest`, `dossier_twice`, `line_disputed` (other: number of the list it travels on),
    `line_already_acknowledged` (verdict), `line_reason_missing`, each with `code`.
    """
    by_key = {parse_code(line.code).key: line for line in lines}
    fresh: list[Answer] = []
    known: list[str] = []
    seen: set[str] = set()
    for answer in answers:
        key = parse_code(answer.code).key
        line = by_key.get(key)
        if line is None or line.state is LineState.UNDONE:
            raise Refusal("not_on_manifest", code=answer.code, manifest=manifest.number)
        if key in seen:
            raise Refusal("dossier_twice", code=line.code)
        seen.add(key)
        if line.state is LineState.CONFLICT:
            raise Refusal("line_disputed", code=line.code, manifest=manifest.number, other=line.other_manifest)
        if line.state == str(answer.verdict):
            known.append(line.code)
        elif line.state is not LineState.OPEN:
            raise Refusal("line_already_acknowledged", code=line.code, verdict=str(line.state))
        elif answer.verdict is LineVerdict.REFUSED and not answer.reason.strip():
            raise Refusal("line_reason_missing", code=line.code)
        else:
            fresh.append(Answer(line.code, answer.verdict, answer.reason.strip()))
    return fresh, known


def look_at_extra(
    connection: Connection, manifest: ManifestRow, lines: Sequence[ManifestLine], code: str
) -> Extra:
    """What the dossier is. Raises `extra_on_list` (code) for one that the list does name, the code's refusal."""
    row_id = projection.find_dossier(connection, code)
    if row_id is None:
        _check_not_named(manifest, lines, parse_code(code).key)
        return Extra(parse_code(code).text, ExtraKind.UNKNOWN)
    row = connection.execute(
        select(dossiers.c.code, dossiers.c.agency, dossiers.c.agency_name, dossiers.c.custody)
        .where(dossiers.c.id == row_id)
    ).one()
    _check_not_named(manifest, lines, parse_code(row.code).key)
    if row.agency != manifest.agency:
        return Extra(row.code, ExtraKind.OTHER_AGENCY, row.agency_name)
    if row.custody == Custody.COUNTER:
        return Extra(row.code, ExtraKind.KEPT)
    if row.custody == Custody.ON_THE_WAY:
        other = manifest_on_the_way(connection, row_id)
        return Extra(row.code, ExtraKind.OTHER_MANIFEST, other.number if other is not None else "")
    return Extra(row.code, ExtraKind.ELSEWHERE)



def _check_not_named(manifest: ManifestRow, lines: Sequence[ManifestLine], key: str) -> None:
    for line in lines:
        if parse_code(line.code).key == key and line.state is not LineState.UNDONE:
            raise Refusal("extra_on_list", code=line.code, manifest=manifest.number)
