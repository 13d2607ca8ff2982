"""What must hold of any book after any death: nothing half, every paper asked for, counts as long as lists.

Told from the journal's own text, not by the product's functions: which rows and which prints an operation makes is
written down here once more.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select

from app.domain.operation import Operation, parse
from app.domain.paper_number import read_paper_number
from app.services.rebuild import rebuild
from app.store.queries.dossiers import DossierList, count, page, reach
from app.store.tables import (
    dossiers,
    item_codes,
    journal,
    life_events,
    manifest_lines,
    manifests,
    paper_prints,
    postings,
    print_jobs,
)
from tests.app.store.older_books import columns_of, rows_of

PARTS = {"call_off_post": (":void", ":shelf"), "back_from_post": (":shelf",)}
"""Acts of several operations, by how their intents begin: what belongs to the first."""


def read_journal(connection: Connection) -> list[Operation]:
    rows = connection.execute(select(journal.c.payload, journal.c.signature).order_by(journal.c.position))
    return [parse(row.payload, row.signature) for row in rows]


def halves(connection: Connection, done: Iterable[Operation]) -> list[str]:
    """Operations that are here in part: some of their lines, some of their rows, some of their prints."""
    done = list(done)
    return [*_lines(connection, done), *_acts(done), *_prints(connection, done), *_numbers(done),
            *_codes(connection, done)]


def lists_differ(connection: Connection, device: str, today: str) -> list[str]:
    """Lists that are not as long as their counts."""
    known = reach(connection, device, 1, today)
    found = []
    for what in DossierList:
        counted, listed = count(connection, what, known), page(connection, what, known, limit=1_000_000)
        if counted != len(listed):
            found.append(f"{what}: counted {counted}, listed {len(listed)}")
    return found


def rebuilt_differs(connection: Connection) -> list[str]:
    """Tables whose rows a rebuild changes."""
    columns = columns_of(connection)
    before = rows_of(connection, columns)
    rebuild(connection)
    after = rows_of(connection, columns)
    return [f"a rebuild changes {table}" for table in before if before[table] != after[table]]


def _lines(connection: Connection, done: list[Operation]) -> list[str]:
    """Each line of an operation is an event of its dossier, and a line of its manifest."""
    events = _counted(connection, life_events.c.id)
    lines = _counted(connection, manifest_lines.c.manifest)
    found = []
    for operation in done:
        op_id, stated = operation.header.op_id, operation.body.get("lines", ())
        if stated and "facts" in stated[0] and events[op_id] != len(stated):
            found.append(f"{operation.header.type} {op_id}: {events[op_id]} events of {len(stated)} lines")
        if operation.header.type == "handover.made":
            extra = sum(
                other.header.type == "handover.acknowledged" and line["facts"]["verdict"] == "extra"
                and line["facts"]["manifest"] == op_id
                for other in done for line in other.body.get("lines", ())
            )
            if lines[op_id] != len(stated) + extra:
                found.append(f"manifest {op_id}: {lines[op_id]} rows of {len(stated) + extra} lines")
    known = {operation.header.op_id for operation in done}
    found += [f"events of an operation that is not here: {name}" for name in events if name not in known]
    received = sum(operation.header.type == "dossier.received" for operation in done)
    rows = int(connection.execute(select(func.count()).select_from(dossiers)).scalar_one())
    if rows != received:
        found.append(f"{rows} dossiers of {received} receptions")
    return found


def _acts(done: list[Operation]) -> list[str]:
    """An act of several operations is here whole; its fee was taken with the post's word."""
    intents = {operation.header.intent for operation in done if operation.header.type != "numbers.closed"}
    found = []
    for intent in intents:
        first, _, part = intent.partition(":")
        wanted = PARTS.get(first.split("-", 1)[0], ())
        if not wanted:
            if part and first not in intents:
                found.append(f"{intent} without {first}")
            continue
        found += [f"{intent} without {first}{other}" for other in wanted if f"{first}{other}" not in intents]
    return found


def _prints(connection: Connection, done: list[Operation]) -> list[str]:
    """Every paper an act makes necessary was asked for; a list that was undone before it was printed is not."""
    asked = {
        (row.op_id, row.paper, row.code)
        for row in connection.execute(select(paper_prints.c.op_id, paper_prints.c.paper, paper_prints.c.code))
    }
    copies = {
        (row.op_id, row.paper, row.copy_number)
        for row in connection.execute(
            select(paper_prints.c.op_id, paper_prints.c.paper, paper_prints.c.copy_number)
        )
    }
    receipts = _counted(connection, print_jobs.c.code)
    undone = set(connection.execute(select(manifests.c.id).where(manifests.c.is_undone)).scalars())
    found = []
    for operation in done:
        header, body = operation.header, operation.body
        if header.type == "dossier.received" and not receipts[body["dossier"]["code"]]:
            found.append(f"no receipt was asked for {body['dossier']['code']}")
        if header.type == "paper.printed" and (body["about"], body["paper"], body["copy_number"]) not in copies:
            found.append(f"copy {body['copy_number']} of {body['paper']} was not asked for")
        if header.op_id in undone:
            continue
        found += [
            f"{header.type} {header.op_id}: no {paper} for {code}"
            for paper, code in wanted_papers(operation) if (header.op_id, paper, code) not in asked
        ]
    return found


def wanted_papers(operation: Operation) -> list[tuple[str, str]]:
    """(paper, code) of the prints that this operation makes necessary."""
    body: Any = operation.body
    about, codes = body.get("about") or {}, [str(line.get("code", "")) for line in body.get("lines", ())]
    match operation.header.type:
        case "handover.made":
            sheets = [("control_sheet", code) for code in codes] if about["has_control_sheets"] else []
            return [("handover_list", about["number"]), *sheets]
        case "handover.acknowledged":
            return [("discrepancy_slip", about["slip"])] if about["slip"] else []
        case "supplement.asked":
            return [("supplement_request", codes[0])]
        case "supplement.received" | "payment.done":
            return [("derivation", codes[0])]
        case "due.extended":
            return [("extension_notice", codes[0])]
        case "results.taken_in":
            return [("result_handover", about["number"]), *(("shelf_label", code) for code in codes)]
        case "result.shelved":
            return [("shelf_label", codes[0])]
        case "result.returned":
            return [("result_receipt", codes[0])]
        case "result.posted":
            return [("post_label", codes[0])]
        case "post.listed":
            return [("post_manifest", about["number"])]
        case "pickup.made":
            return [("pickup_slip", about["number"])]
        case "pickup.moved":
            return [("pickup_slip", body["number"])] if body["to"] == "collected" else []
        case _:
            return []


def _numbers(done: list[Operation]) -> list[str]:
    """Numbers of papers run 1, 2, 3 … each day: none twice, none skipped by an act that never was."""
    given: dict[tuple[str, str], list[int]] = {}
    for operation in done:
        about = operation.body.get("about")
        if not isinstance(about, dict) or operation.header.type == "handover.undone":
            continue                   # it names the list of another operation
        name = about.get("slip" if operation.header.type == "handover.acknowledged" else "number")
        if name:
            number = read_paper_number(str(name))
            assert number is not None
            given.setdefault((str(number.kind), str(number.day)), []).append(number.n)
    return [
        f"numbers {kind} of {day}: {sorted(numbers)}" for (kind, day), numbers in given.items()
        if sorted(numbers) != list(range(1, len(numbers) + 1))
    ]


def _codes(connection: Connection, done: list[Operation]) -> list[str]:
    """No item code on two covers; every posting has its row, and its code is used or void."""
    posted = [
        str(line["facts"]["item_code"]) for operation in done if operation.header.type == "result.posted"
        for line in operation.body["lines"]
    ]
    marked = set(connection.execute(select(item_codes.c.code)).scalars())
    rows = int(connection.execute(select(func.count()).select_from(postings)).scalar_one())
    found = [f"item code {code} on {times} covers" for code, times in Counter(posted).items() if times > 1]
    found += [f"item code {code} is not marked" for code in posted if code not in marked]
    return found if rows == len(posted) else [*found, f"{rows} rows of {len(posted)} postings"]


def _counted(connection: Connection, column: Any) -> Counter[str]:
    return Counter(
        {str(row[0]): int(row[1]) for row in connection.execute(select(column, func.count()).group_by(column))}
    )


def told(line: str) -> dict[str, Any]:
    """One line that a child has said."""
    said: dict[str, Any] = json.loads(line)
    return said
