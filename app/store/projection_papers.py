"""From operations to what is digitised: a requirement's state, its documents by version, what is still to scan.

Called by `app.store.projection` with the dossier's row; the same for our own and for others' operations. A body
that does not hold what it must raises, so that the feed sets the entry aside and no screen meets half of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.body import from_body
from app.domain.digitised import (
    DigitisedStatus,
    DigitisingRule,
    Document,
    PaperAbout,
    QualityCheck,
    ReusedFrom,
    parse_rule,
)
from app.domain.operation import JsonBody, Operation
from app.errors import Refusal
from app.store.prepared import Prepared, added_row, first_of
from app.store.tables import dossier_scans, files, paper_documents, paper_states, settings

TABLES = (paper_documents, paper_states, dossier_scans)
"""Emptied before they are replayed. What was confirmed of files is no projection and stays."""
RULE = "digitising"
"""Name of the setting that holds the rule; without it the default holds."""

# Reception waits for the first two.
_RULE = first_of(select(settings.c.value).where(settings.c.name == literal_column(f"'{RULE}'")))
_WANT = added_row(dossier_scans)

_STATE = first_of(
    select(paper_states.c.version)
    .where(paper_states.c.dossier == bindparam("of"), paper_states.c.requirement == bindparam("requirement"))
)
_states = insert(paper_states)
_SET_STATE = Prepared(
    _states.on_conflict_do_update(
        index_elements=["dossier", "requirement"],
        set_={name: _states.excluded[name] for name in ("status", "version", "op_id", "checked_op")},
    ),
    [column.name for column in paper_states.columns],
)
_ADD_DOCUMENT = added_row(paper_documents)
_files = insert(files)
_SEND_FILE = Prepared(
    _files.on_conflict_do_update(
        index_elements=["sha256"],
        set_={"send_since": func.coalesce(files.c.send_since, _files.excluded.send_since)},
    ),
    [column.name for column in files.columns],
)
_WANTED = first_of(select(dossier_scans.c.wanted).where(dossier_scans.c.dossier == bindparam("of")))
_DONE = Prepared(select(paper_states.c.requirement).where(paper_states.c.dossier == bindparam("of")))
_COUNT = Prepared(
    update(dossier_scans)
    .where(dossier_scans.c.dossier == bindparam("of"))
    .values(wanted=bindparam("now_wanted"), missing=bindparam("now_missing"))
)


def want_papers(connection: Connection, dossier: int, body: JsonBody) -> None:
    """A dossier of this counter was received: these of its papers are to be digitised."""
    wanted = _wanted(_rule(connection), body)
    _WANT.run(
        connection, {"dossier": dossier, "wanted": _text(wanted), "missing": len(wanted), "is_open": True}
    )


def want_again(connection: Connection, dossier: int, body: JsonBody, rule: DigitisingRule | None = None) -> None:
    """Its papers were corrected, or the rule was; nothing happens for another counter's dossier."""
    _count(connection, dossier, _wanted(rule or _rule(connection), body))


def digitise(connection: Connection, dossier: int, operation: Operation, is_own: bool) -> None:
    """A paper was digitised or reused: its documents are the newest version, older ones stay as they were."""
    body = operation.body
    requirement, op_id = str(body["requirement"]), operation.header.op_id
    status = DigitisedStatus(body["status"])
    documents = [from_body(Document, each) for each in body["documents"]]
    from_body(PaperAbout, body["about"])
    from_body(QualityCheck, body["checks"])
    if body.get("reused") is not None:
        from_body(ReusedFrom, body["reused"])
    if not requirement or status is DigitisedStatus.NONE or not documents:
        raise ValueError("no digitised paper")
    held = _STATE.first(connection, {"of": dossier, "requirement": requirement})
    # Two counters that digitise one paper at a time both count up from what they know: both versions stay.
    version = max(int(body["version"]), held[0] + 1 if held else 1)
    _SET_STATE.run(connection, {
        "dossier": dossier, "requirement": requirement, "status": int(status), "version": version, "op_id": op_id,
        "checked_op": None,
    })
    for ordinal, each in enumerate(documents, start=1):
        _ADD_DOCUMENT.run(connection, {
            "dossier": dossier, "requirement": requirement, "version": version, "ordinal": ordinal,
            "sha256": each.sha256, "size": each.size, "mime": each.mime, "pages": each.pages, "op_id": op_id,
        })
    if is_own:
        _send(connection, body["attachments"], datetime.fromisoformat(operation.header.wall_time))
    held_wanted = _WANTED.first(connection, {"of": dossier})
    if held_wanted is not None:
        _count(connection, dossier, json.loads(held_wanted[0]))


def check(connection: Connection, dossier: int, operation: Operation) -> None:
    """A person looked at a version again; nothing happens when a newer one is there by now."""
    body = operation.body
    from_body(QualityCheck, body["checks"])
    connection.execute(
        update(paper_states)
        .where(
            paper_states.c.dossier == dossier, paper_states.c.requirement == str(body["requirement"]),
            paper_states.c.version == int(body["version"]),
        )
        .values(checked_op=operation.header.op_id)
    )


def read_rule(connection: Connection) -> DigitisingRule:
    """What this office digitises. Raises `digitising_rule_damaged`."""
    held = _RULE.first(connection, {})
    return parse_rule(held[0] if held else None)


def _rule(connection: Connection) -> DigitisingRule:
    """As above; receiving goes on under the default where the setting cannot be read."""
    try:
        return read_rule(connection)
    except Refusal:
        return DigitisingRule()


def _wanted(rule: DigitisingRule, body: JsonBody) -> tuple[str, ...]:
    intake = body["intake"]
    return rule.papers(intake["procedure"]["code"], intake["papers"])


def _count(connection: Connection, dossier: int, wanted: Sequence[str]) -> None:
    done = {row[0] for row in _DONE.run(connection, {"of": dossier})}
    missing = sum(1 for requirement in wanted if requirement not in done)
    _COUNT.run(connection, {"of": dossier, "now_wanted": _text(wanted), "now_missing": missing})


def _send(connection: Connection, attachments: Iterable[dict[str, Any]], since: datetime) -> None:
    for each in attachments:
        _SEND_FILE.run(connection, {
            "sha256": each["sha256"], "size": each["size"], "mime": each["mime"], "kept_at": since,
            "send_since": since, "sent_bytes": 0, "confirmed_at": None, "purged_at": None,
        })


def _text(wanted: Sequence[str]) -> str:
    # Spelled as SQLite's json_group_array spells it, which wrote the rows of earlier dossiers.
    return json.dumps(list(wanted), ensure_ascii=False, separators=(",", ":"))
