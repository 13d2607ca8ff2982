"""Where a number stands in this book: in every line, entry and form, by reading all of them once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from app.domain.held_about import Place, places
from app.store.tables import drafts, feed_entries, journal

DRAFT = "draft"
"""The kind of what stands in a form that is no dossier yet."""


@dataclass
class Found:
    """`roles` by dossier code, in each form that a line wrote; `beside`: codes by (field, value); `others`: lines
    in which the number stands at no dossier, by type."""

    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    beside: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    others: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def note(self, code: str, place: Place) -> None:
        self.roles[code].add(place.role)
        for known in place.beside.items():
            self.beside[known].add(code)

    def note_other(self, place: Place) -> None:
        for known in place.beside.items():
            self.beside[known].add("")


def find(connection: Connection, number: str) -> Found:
    """Everything about `number`. Reads the whole book: beside the window, never in front of it."""
    found = Found()
    for kind, body in _lines(connection, number):
        _read(found, kind, body, number)
    for form in connection.execute(select(drafts.c.form).where(func.instr(drafts.c.form, number) > 0)).scalars():
        met = list(places(json.loads(form), number))
        for place in met:
            found.note_other(place)
        found.others[DRAFT] += bool(met)
    return found


def _lines(connection: Connection, number: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(type, body) of our own operations, then of what the province and other counters brought."""
    own = select(journal.c.payload).where(func.instr(journal.c.payload, number) > 0).order_by(journal.c.position)
    for payload in connection.execute(own).scalars():
        said = json.loads(payload)
        yield str(said["type"]), said["body"]
    fed = select(feed_entries.c.kind, feed_entries.c.payload).where(
        func.instr(feed_entries.c.payload, number) > 0)
    for row in connection.execute(fed):
        entry = json.loads(row.payload)
        if entry.get("payload"):
            said = json.loads(entry["payload"])
            yield str(said.get("type", row.kind)), said.get("body", {})
        else:
            yield str(row.kind), entry.get("body", {})


def _read(found: Found, kind: str, body: Mapping[str, Any], number: str) -> None:
    """A line of several dossiers concerns the person only in those of its parts that name the number."""
    lines = body.get("lines")
    parts = [each for each in lines if isinstance(each, Mapping)] if isinstance(lines, list) else []
    rest = {name: value for name, value in body.items() if name != "lines"}
    is_met = is_filed = False
    for part, code in ((rest, _code(body)), *((each, str(each.get("code") or "")) for each in parts)):
        for place in places(part, number):
            is_met = True
            if code:
                is_filed = True
                found.note(code, place)
            else:
                found.note_other(place)
    if is_met and not is_filed:
        found.others[kind] += 1


def _code(body: Mapping[str, Any]) -> str:
    dossier = body.get("dossier")
    if isinstance(dossier, Mapping) and dossier.get("code"):
        return str(dossier["code"])
    return str(body.get("code") or "")
