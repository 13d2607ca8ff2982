"""This book's days, counted as the province counts them: by `dossier_text`, over the operations that are here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.domain.day_comparison import (
    INCOMPLETE,
    STATUS,
    TAKEN,
    UNSETTLED,
    Fate,
    Figures,
    Held,
    Here,
    MoneyEntry,
    Place,
    figures_of,
)
from app.services.counter import Counter
from app.services.day_holdings import (
    Fates,
    Row,
    Text,
    agencies_of,
    dossiers_between,
    files_unsent,
    newest_words,
    texts_since,
)
from sync.contract.dossier_text import (
    CORRECTED,
    MONEY,
    RECEIVED,
    Charged,
    charged,
    dossiers_named,
    hash_of_all,
    money_taken,
)
from sync.contract.money_text import ACTS, ALL, BACK, REMITTED, money_figures
from sync.contract.operation_text import digest
from sync.contract.reconcile import MONEY as COUNTS_MONEY
from sync.contract.reconcile import DossierStanding, ReconcileAnswer

ARRIVED = frozenset({Fate.CONFIRMED, Fate.HELD})


@dataclass(slots=True)
class _Read:
    """What the operations say of one dossier."""

    cost: Charged = field(default_factory=Charged)
    hashes: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """`here`: the dossiers received, in order; the figures of each place; the entries of the cash book."""

    here: tuple[Here, ...]
    figures: dict[Place, dict[str, int]]
    entries: tuple[MoneyEntry, ...]


@dataclass(frozen=True, slots=True)
class _Act:
    """A correction, or money taken: one figure of the day on which it was done."""

    day: str
    key: str
    device: str
    figure: str
    amount: int


def count_days(
    connection: Connection, counter: Counter, first: date, last: date, *, with_money: bool = True
) -> Counted:
    """What this book holds of these days; without money where the province counts none (`counts_money`)."""
    rows = dossiers_between(connection, first, last)
    read: dict[str, _Read] = {row.key: _Read() for row in rows}
    acts: list[_Act] = []
    money: list[tuple[str, int, MoneyEntry]] = []
    fates = Fates(connection, counter)
    days = (first.isoformat(), last.isoformat())
    for text in texts_since(connection, first):
        fields = _fields(text)
        _read(fields, text, counter, fates, read, acts, days)
        if with_money and fields.get("type") in ACTS and days[0] <= str(fields.get("business_date")) <= days[1]:
            money += _money(fields, fates.of(str(fields.get("device")), text.epoch, text.seq))
    here = _here(connection, rows, read, fates)
    figures = figures_of(each.held for each in here)
    agencies = agencies_of(connection, sorted({act.key for act in acts}))
    for act in acts:
        of = figures.setdefault((act.day, agencies.get(act.key, ""), act.device), {})
        of[act.figure] = of.get(act.figure, 0) + act.amount
    for figure, amount, entry in money:
        of = figures.setdefault(entry.place, {})
        of[figure] = of.get(figure, 0) + amount
    return Counted(here, figures, tuple(entry for _, _, entry in money))


def counts_money(answer: ReconcileAnswer) -> bool:
    """Whether the province's release counts money at all."""
    return COUNTS_MONEY in answer.counts


def figures_there(answer: ReconcileAnswer) -> Figures:
    """The province's figures under the same names."""
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    for line in answer.days:
        found[(line.day, line.agency, line.device)] = {
            name: amount for name, amount in {
                "received": line.received, "fee": line.fee, "charge": line.charge, "before": line.before,
                "unknown_amounts": line.unknown_amounts, "exempt": line.exempt, "corrected": line.corrected,
                INCOMPLETE: line.incomplete, UNSETTLED: line.unsettled,
                **{TAKEN + means: amount for means, amount in line.taken.items()},
                **{STATUS + status: amount for status, amount in line.statuses.items()},
                **line.money,
            }.items() if amount
        }
    return found


def held_there(day: str, key: str, line: DossierStanding) -> Held:
    """A line of the province's list as a dossier."""
    return Held(line.number, key, day, line.agency, line.device, line.fee, line.charge, line.timing,
                line.is_amount_known, line.status, line.operations, line.hash)


def _fields(text: Text) -> dict[str, Any]:
    try:
        found = json.loads(text.payload)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _money(fields: Mapping[str, Any], fate: Fate) -> Iterator[tuple[str, int, MoneyEntry]]:
    """Each figure of an operation with the entry it is of; what goes out of the counter's hands is negative there.

    What was handed on is said by means and by kind: the entry bears it once.
    """
    sign = -1 if ACTS[fields["type"]] in (BACK, REMITTED) else 1
    day, device, name = str(fields.get("business_date")), str(fields.get("device")), _name(fields["body"])
    for owner, figure, amount in money_figures(fields):
        is_again = f".{ALL}." in figure
        yield figure, amount, MoneyEntry((day, owner, device), name, 0 if is_again else sign * amount, fate)


def _name(body: Mapping[str, Any]) -> str:
    """What people call it: the dossier, the first receipt, or the list."""
    collection = body.get("collection") or {}
    receipts = collection.get("receipts") or [{}]
    first = receipts[0]
    receipt = f"{first.get('symbol')} {first.get('number')}" if first.get("number") else first.get("slip")
    called = body.get("code") or collection.get("code") or receipt or (body.get("about") or {}).get("number")
    return str(called or body.get("payer") or "")


def _read(
    fields: Mapping[str, Any], text: Text, counter: Counter, fates: Fates, read: Mapping[str, _Read],
    acts: list[_Act], days: tuple[str, str],
) -> None:
    named, kind, documents = dossiers_named(fields), fields.get("type"), _documents(fields)
    day, device = str(fields.get("business_date")), str(fields.get("device"))
    is_unsent = text.seq > 0 and fates.of(counter.device, text.epoch, text.seq) not in ARRIVED
    for parts in named:
        if kind == CORRECTED and days[0] <= day <= days[1]:
            acts.append(_Act(day, parts.key, device, "corrected", 1))
        of = read.get(parts.key)
        if of is None:
            continue
        of.hashes.add(text.hash or digest(text.payload.encode()))
        of.unsent += is_unsent
        of.documents.update(documents)
        if kind in (RECEIVED, CORRECTED):
            of.cost = charged(fields) or of.cost
    if kind in MONEY and days[0] <= day <= days[1]:
        acts += [_Act(day, parts.key, device, TAKEN + means, amount)
                 for parts, means, amount in money_taken(fields)]


def _documents(fields: Mapping[str, Any]) -> list[str]:
    """Contents that an operation names, by SHA-256."""
    body = fields.get("body")
    named = body.get("attachments") if isinstance(body, Mapping) else None
    return [str(each.get("sha256")) for each in named if isinstance(each, Mapping)] if named else []


def _here(
    connection: Connection, rows: tuple[Row, ...], read: Mapping[str, _Read], fates: Fates
) -> tuple[Here, ...]:
    ids = [row.id for row in rows]
    words, waiting = newest_words(connection, ids), files_unsent(connection)
    return tuple(
        Here(
            Held(
                row.code, row.key, row.day, row.agency, row.device, (of := read[row.key]).cost.fee, of.cost.charge,
                of.cost.timing, of.cost.is_known, words.get(row.id, "received"), len(of.hashes),
                hash_of_all(of.hashes),
            ),
            fates.of(row.device, row.epoch, row.seq), of.unsent, len(of.documents & waiting),
        )
        for row in rows
    )
