"""What hand-over reads: the office's rules, a manifest by number or id, dossiers that are about to leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.dossier_code import parse_code
from app.domain.life.facts import HandedOver
from app.domain.manifest_run import HandoverRules, Run, parse_handover_rules, run_of
from app.domain.office_time import OfficeTime
from app.errors import Refusal
from app.services.life.acting import check_line
from app.services.results.known import find_here
from app.services.rules import Rules
from app.store import projection
from app.store.queries.manifests import (
    ManifestRow,
    Waiting,
    at_counter,
    find_manifest,
    manifest_on_the_way,
)
from app.store.settings import read_setting

SETTING = "handover"


def read_handover_rules(connection: Connection) -> HandoverRules:
    return parse_handover_rules(read_setting(connection, SETTING, {}))


def office_time(rules: Rules) -> OfficeTime:
    return OfficeTime(rules.policy, rules.calendar)


def next_run(connection: Connection, rules: Rules, now: datetime) -> Run:
    """The run with which a manifest made now would leave. Raises `calendar_without_working_days`."""
    return run_of(now, read_handover_rules(connection), office_time(rules))


def the_manifest(connection: Connection, name: str) -> ManifestRow:
    """By id or number. Raises `manifest_unknown`."""
    found = find_manifest(connection, name)
    if found is None:
        raise Refusal("manifest_unknown", manifest=name.strip()[:40])
    return found


def the_dossiers(connection: Connection, codes: Sequence[str]) -> tuple[Waiting, ...]:
    """The dossiers that bear these codes, in this order.

    Raises `dossier_unknown`, `dossier_twice` or the code's refusal.
    """
    ids: list[int] = []
    for code in codes:
        row_id = projection.find_dossier(connection, code)
        if row_id is None:
            raise Refusal("dossier_unknown", code=parse_code(code).text)
        if row_id in ids:
            raise Refusal("dossier_twice", code=parse_code(code).text)
        ids.append(row_id)
    return at_counter(connection, ids)


def look_at_cover(connection: Connection, code: str) -> Waiting:
    """The dossier on a scanned cover, if it can leave now.

    Raises what `find_here` does, so that a counter without news says how old they are; and what
    `app.domain.life.moves` answers, with `code`.
    """
    held = find_here(connection, code)
    check_line(held, HandedOver(""))
    (found,) = at_counter(connection, (held.id,))
    return found


@dataclass(frozen=True, slots=True)
class Travelling:
    """A dossier by its own code, whatever was scanned, and the list on which it travels, if it does."""

    code: str
    manifest: ManifestRow | None


def find_travelling(connection: Connection, code: str) -> Travelling | None:
    """None for a dossier that is not on this counter. Raises the code's refusal."""
    row_id = projection.find_dossier(connection, code)
    if row_id is None:
        return None
    (found,) = at_counter(connection, (row_id,))
    return Travelling(found.code, manifest_on_the_way(connection, row_id))
