"""From operations to the tables that the screens ask: the same functions for our own and for others' work.

Deterministic: replaying the journal and the feed in the order they were applied gives the same tables, and
a test compares them. Nothing here reads a clock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from app.domain.dossier import State
from app.domain.dossier_code import parse_code
from app.domain.intake import AT_COUNTER
from app.domain.life.event import Event
from app.domain.life.facts import Kind, read_facts
from app.domain.life.life import money_at_reception
from app.domain.life.states import Custody, Delivery, Source
from app.domain.operation import JsonBody, Operation, Type
from app.domain.retention import UNLISTED
from app.domain.text import fold
from app.domain.till.electronic import ElectronicReceipt
from app.domain.vietnam_time import VIETNAM
from app.store import (
    projection_intake,
    projection_life,
    projection_manifests,
    projection_money,
    projection_obstacles,
    projection_papers,
    projection_post,
    projection_refusals,
    projection_results,
    projection_retention,
    projection_shifts,
)
from app.store.fee_book import has_undone, key_of
from app.store.prepared import Prepared, added_row, first_of
from app.store.tables import (
    aliases,
    dossier_versions,
    dossiers,
    number_fates,
    rollup_due,
    rollup_late,
    rollup_received,
    rollup_reports,
    rollup_scans,
    rollup_work,
)


def apply(connection: Connection, operation: Operation, *, is_own: bool) -> None:
    """Bring the projection up to date with one operation; types that change no table pass by."""
    handler = _HANDLERS.get(operation.header.type)
    if handler is not None:
        handler(connection, operation, is_own)
    if operation.header.type in projection_life.KINDS:
        _live(connection, operation)


def _money(connection: Connection, operation: Operation, is_own: bool) -> None:
    """The cash book, and the dossier whose money went back or is paid again."""
    projection_money.apply(connection, operation, is_own)
    code = projection_money.dossier_of(operation)
    dossier = find_dossier(connection, code) if code else None
    if dossier is not None and has_undone(connection, key_of(connection, dossier)):
        projection_life.refold(connection, dossier)


def apply_word(connection: Connection, code: str, said: JsonBody, *, event: str, at: datetime, name: str) -> bool:
    """The agency's word on a dossier (`AgencySaid` as JSON), brought by the province; False: it is not here.

    `event` names the entry for all counters of the office alike. Raises ValueError for words of another shape.
    """
    dossier = find_dossier(connection, code)
    facts = read_facts(Kind.AGENCY_SAID, said)
    if dossier is None:
        return False
    word = Event(event, "", at, facts, Source.AGENCY, "system", name)
    projection_life.add_event(connection, dossier, word, said)
    return True


def apply_alias(connection: Connection, code: str, alias: str) -> bool:
    """The province's own code for a dossier; both open it for ever. False when the dossier is not here."""
    dossier = find_dossier(connection, code)
    if dossier is None:
        return False
    known = connection.execute(
        select(aliases.c.dossier).where(aliases.c.code_key == parse_code(alias).key)
    ).scalar_one_or_none()
    if known is None:
        connection.execute(
            insert(aliases), {"code_key": parse_code(alias).key, "code": alias, "dossier": dossier}
        )
    return True


def apply_receipt(connection: Connection, slip: str, collection: str, receipt: ElectronicReceipt) -> bool:
    """The electronic receipt that a temporary slip stood for; False when the slip is not here."""
    return projection_money.bind_receipt(connection, slip, collection, receipt)


def find_dossier(connection: Connection, code: str) -> int | None:
    """Row id of the dossier that bears this code, in either written form or as an alias."""
    key = parse_code(code).key
    row = _BY_KEY.first(connection, {"key": key}) or _BY_ALIAS.first(connection, {"key": key})
    return int(row[0]) if row is not None else None


TABLES = (
    *projection_papers.TABLES, *projection_post.TABLES, *projection_results.TABLES, *projection_life.TABLES,
    *projection_manifests.TABLES, *projection_refusals.TABLES, *projection_obstacles.TABLES,
    *projection_shifts.TABLES, *projection_intake.TABLES, *projection_money.TABLES,
    dossier_versions, aliases, number_fates, dossiers, rollup_due, rollup_late, rollup_received, rollup_reports,
    rollup_work,
)
"""Everything that is worked out from the journal and the feed: what `clear` empties."""


def clear(connection: Connection) -> None:
    """Empty the projection, before it is replayed."""
    # A contentless FTS5 table is emptied by its own command.
    connection.execute(text("INSERT INTO dossier_names(dossier_names) VALUES('delete-all')"))
    for table in TABLES:
        connection.execute(delete(table))
    connection.execute(update(rollup_scans).values(amount=0))


_BY_KEY = first_of(select(dossiers.c.id).where(dossiers.c.code_key == bindparam("key")))
_BY_ALIAS = first_of(select(aliases.c.dossier).where(aliases.c.code_key == bindparam("key")))

# Reception waits for these.
_INSERT_DOSSIER = added_row(dossiers)
_INSERT_VERSION = added_row(dossier_versions)
_INSERT_NAMES = Prepared(text("INSERT INTO dossier_names(rowid, names) VALUES(:id, :names)"))


def _receive(connection: Connection, operation: Operation, is_own: bool) -> None:
    dossier = operation.body["dossier"]
    row = _columns(dossier, operation) | {
        "state": int(State.RECEIVED),
        "is_open": True,
        "is_own": is_own,
        "device": operation.header.device,
        "epoch": operation.header.epoch,
        "seq": operation.header.seq,
        "custody": int(Custody.COUNTER),
        "delivery": int(Delivery.NONE),
        "money": int(money_at_reception(dossier["intake"])),
        "requests": 0,
        "moved_at": None,
        "shelf": "",
        "tail": "",
        "ended_date": None,
        "paused_date": None,
    }
    row_id = int(_INSERT_DOSSIER.run(connection, row).lastrowid)
    projection_life.begin_life(connection, row_id, dossier)
    projection_intake.receive(connection, row_id, dossier["intake"])
    projection_post.receive(connection, dossier, operation)
    _index_names(connection, row_id, row)
    _keep_version(connection, row_id, dossier["version"], operation, "", [])
    if is_own:
        projection_papers.want_papers(connection, row_id, dossier)
    elif has_undone(connection, row["code_key"]):      # its money was heard of before it was
        projection_life.refold(connection, row_id)


def _correct(connection: Connection, operation: Operation, is_own: bool) -> None:
    dossier = operation.body["dossier"]
    row_id = find_dossier(connection, dossier["code"])
    if row_id is None:                     # a correction of another counter's dossier that is not here
        return
    before = connection.execute(
        select(dossiers.c.applicant_name, dossiers.c.submitter_name).where(dossiers.c.id == row_id)
    ).one()
    _drop_names(connection, row_id, fold(f"{before.applicant_name} {before.submitter_name}"))
    row = _columns(dossier, operation)
    connection.execute(update(dossiers).where(dossiers.c.id == row_id).values(row))
    _index_names(connection, row_id, row)
    reason, changes = operation.body["reason"], operation.body["changes"]
    _keep_version(connection, row_id, dossier["version"], operation, reason, changes)
    projection_papers.want_again(connection, row_id, dossier)
    projection_intake.correct(connection, row_id, dossier["intake"])
    projection_life.refold(connection, row_id)


def _unlist(connection: Connection, operation: Operation, is_own: bool) -> None:
    """The term of these dossiers' persons is over: no list and no search of any counter shows them. What was said
    of them stays in the journal; a correction that comes later brings them back until the next run. A counter says
    so of the dossiers that it received."""
    for code in operation.body["codes"]:
        row_id = find_dossier(connection, str(code))
        if row_id is None:
            continue
        before = connection.execute(
            select(dossiers.c.applicant_name, dossiers.c.submitter_name, dossiers.c.device)
            .where(dossiers.c.id == row_id)
        ).one()
        if before.device != operation.header.device:
            continue
        _drop_names(connection, row_id, fold(f"{before.applicant_name} {before.submitter_name}"))
        row = dict.fromkeys(("submitter_name", "identifier", "phone", "phone_reversed"), "")
        row["applicant_name"] = UNLISTED
        connection.execute(update(dossiers).where(dossiers.c.id == row_id).values(row))
        _index_names(connection, row_id, row)
        projection_retention.unlist(connection, row_id, str(code))


def _live(connection: Connection, operation: Operation) -> None:
    for code, event, facts in projection_life.events_of(operation):
        row_id = find_dossier(connection, code)
        if row_id is not None:             # as above
            projection_life.add_event(connection, row_id, event, facts)


def _hand_over(connection: Connection, operation: Operation, is_own: bool) -> None:
    projection_manifests.make(connection, operation, find_dossier)
    projection_post.use_on_bag(connection, operation)


def _undo_manifest(connection: Connection, operation: Operation, is_own: bool) -> None:
    projection_manifests.undo(connection, operation)


def _acknowledge(connection: Connection, operation: Operation, is_own: bool) -> None:
    projection_manifests.acknowledge(connection, operation, find_dossier)


def _post(connection: Connection, operation: Operation, is_own: bool) -> None:
    projection_post.post(connection, operation, find_dossier)


def _remind(connection: Connection, operation: Operation, is_own: bool) -> None:
    projection_manifests.remind(connection, operation)


def _digitise(connection: Connection, operation: Operation, is_own: bool) -> None:
    row_id = find_dossier(connection, operation.body["code"])
    if row_id is not None:                 # as above: another counter's dossier that is not here
        projection_papers.digitise(connection, row_id, operation, is_own)


def _check_paper(connection: Connection, operation: Operation, is_own: bool) -> None:
    row_id = find_dossier(connection, operation.body["code"])
    if row_id is not None:
        projection_papers.check(connection, row_id, operation)


def _close_numbers(connection: Connection, operation: Operation, is_own: bool) -> None:
    if not is_own:
        return
    for fate in operation.body["fates"]:
        connection.execute(
            insert(number_fates),
            {
                "agency": fate["agency"],
                "business_date": operation.body["day"],
                "lease_id": fate["lease_id"],
                "lo": fate["lo"],
                "hi": fate["hi"],
                "issued": json.dumps(fate["issued"]),
                "void": json.dumps(fate["void"]),
                "unused": json.dumps(fate["unused"]),
                "op_id": operation.header.op_id,
            },
        )


_HANDLERS: dict[str, Callable[[Connection, Operation, bool], None]] = {
    Type.DOSSIER_RECEIVED: _receive,
    Type.DOSSIER_CORRECTED: _correct,
    Type.PAPER_DIGITISED: _digitise,
    Type.PAPER_CHECKED: _check_paper,
    Type.NUMBERS_CLOSED: _close_numbers,
    Type.OBSTACLE_NOTED: projection_obstacles.note,
    Type.OBSTACLE_CLOSED: projection_obstacles.close,
    Type.SHIFT_HANDED_OVER: projection_shifts.hand_over,
    Type.ITEM_RANGE_TAKEN: projection_post.take_range,
    Type.ITEM_CODE_VOIDED: projection_post.void_code,
    Type.RESULT_POSTED: _post,
    Type.POST_LISTED: projection_post.list_items,
    Type.PICKUP_MADE: projection_post.ask_pickup,
    Type.PICKUP_MOVED: projection_post.move_pickup,
    Type.RESULTS_TAKEN_IN: projection_results.take_in,
    Type.REFUSAL_MADE: projection_refusals.refuse,
    Type.ONLINE_ASSISTED: projection_intake.assist,
    Type.HANDOVER_MADE: _hand_over,
    Type.HANDOVER_UNDONE: _undo_manifest,
    Type.HANDOVER_ACKNOWLEDGED: _acknowledge,
    Type.MANIFEST_REMINDED: _remind,
    Type.SCANS_PURGED: projection_retention.purge_scans,
    Type.PERSONS_UNLISTED: _unlist,
    **dict.fromkeys(projection_money.HANDLERS, _money),
}


def _columns(dossier: JsonBody, operation: Operation) -> dict[str, Any]:
    """The row of a dossier, read from the JSON as it stands in the journal, whatever version wrote it."""
    intake = dossier["intake"]
    procedure = intake["procedure"]
    owner = intake["applicant"].get("person") or intake["applicant"]["organisation"]
    submitter = intake.get("submitter")
    phone = "".join(letter for letter in owner.get("phone", "") if letter.isdigit())
    due = datetime.fromisoformat(dossier["due"]["at"]) if dossier["due"]["at"] else None
    return {
        "code": dossier["code"],
        "code_key": parse_code(dossier["code"]).key,
        "agency": procedure["agency"],
        "agency_name": procedure["agency_name"],
        "procedure_code": procedure["code"],
        "procedure_name": procedure["name"],
        "field": procedure["field"],
        "applicant_name": owner["full_name"] if "full_name" in owner else owner["name"],
        "submitter_name": submitter["person"]["full_name"] if submitter else "",
        "identifier": owner["personal_id"] if "full_name" in owner else owner["tax_code"],
        "phone": phone,
        "phone_reversed": phone[::-1],
        "received_at": datetime.fromisoformat(dossier["received_at"]),
        "business_date": dossier["business_date"],
        "due_at": due,
        "due_date": due.astimezone(VIETNAM).date().isoformat() if due else None,
        "version": dossier["version"],
        "clerk_name": dossier["clerk_name"],
        "book": dossier["book"],
        "book_number": dossier["book_number"],
        "op_id": operation.header.op_id,
        "channel": int(intake.get("channel", AT_COUNTER)),
    }


def _index_names(connection: Connection, row_id: int, row: Mapping[str, Any]) -> None:
    names = fold(f"{row['applicant_name']} {row['submitter_name']}")
    _INSERT_NAMES.run(connection, {"id": row_id, "names": names})


def _drop_names(connection: Connection, row_id: int, names: str) -> None:
    # A contentless index forgets a row only when told the exact old words.
    connection.execute(
        text("INSERT INTO dossier_names(dossier_names, rowid, names) VALUES('delete', :id, :names)"),
        {"id": row_id, "names": names},
    )


def _keep_version(
    connection: Connection, row_id: int, version: int, operation: Operation, reason: str,
    changes: list[list[object]],
) -> None:
    _INSERT_VERSION.run(
        connection,
        {
            "dossier": row_id,
            "version": version,
            "op_id": operation.header.op_id,
            "at": datetime.fromisoformat(operation.header.wall_time),
            "clerk_name": operation.body["clerk_name"],
            "reason": reason,
            # Sorted as the journal's text is: applied fresh or replayed from there, the row is the same.
            "changes": json.dumps(changes, ensure_ascii=False, sort_keys=True),
        },
    )
