"""The daily comparison (`sync.contract.reconcile`): figures and lists of one office, at one position of its feed.

Every question is bounded by that position. Positions are given in the order of commits, so the answers of several
questions fit together without a lock and without a snapshot.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, select

from sync.contract import reconcile as reconcile_text
from sync.contract.dossier_text import CORRECTED, MONEY, RECEIVED, Charged, charged, money_taken
from sync.contract.json_text import read_json
from sync.contract.money_text import money_figures
from sync.contract.number_text import read_number
from sync.contract.problems import Code, Verdict
from sync.contract.reconcile import (
    MAX_DAYS,
    MAX_LIST_LINES,
    DayList,
    DaySum,
    DossierStanding,
    ReconcileAnswer,
    Timing,
)
from sync.gateway.database import is_one_of
from sync.gateway.dossier_standings import (
    Place,
    missing_files,
    newest_charges,
    newest_words,
    operations_of,
    verdicts_of,
)
from sync.gateway.greeting import office_heads
from sync.gateway.mentions import mentions
from sync.gateway.money_days import money_acts
from sync.gateway.offices import agencies_by_key
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import incarnation_of
from sync.gateway.sessions import Session
from sync.gateway.tables import devices, offices, operations
from sync.gateway.times import stamp

_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Reception:
    """A dossier as it was received, with what it costs by now."""

    key: str
    number: str
    day: str
    device: str
    place: Place
    position: int
    cost: Charged


@dataclass(slots=True)
class _Sums:
    figures: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    money: Counter[str] = field(default_factory=Counter)


def reconcile(
    connection: Connection, session: Session, date_from: date, date_to: date, now: datetime,
) -> ReconcileAnswer:
    """What is held of the office's days, ends included. Raises ProblemRaised `stale_epoch`, `malformed`."""
    session.refuse_stale()
    if not 0 <= (date_to - date_from).days < MAX_DAYS:
        raise ProblemRaised(Code.MALFORMED, 400, where="to", what="out_of_range")
    office, position = session.office, _feed_head(connection, session.office)
    days = (date_from.isoformat(), date_to.isoformat())
    agency = _Agencies(connection)
    sums: dict[tuple[str, str, str], _Sums] = defaultdict(_Sums)
    for received in _receptions(connection, office, days, position):
        _add(connection, office, position, received, sums, agency)
    for row in _acts(connection, office, days, position, (CORRECTED,)):
        sums[(row.business_date, agency.of(row.number_key), row.device)].figures["corrected"] += 1
    for row in _acts(connection, office, days, position, MONEY):
        for parts, means, amount in money_taken(read_json(bytes(row.payload))):
            if parts.key == row.number_key:        # an act about many has a row for each of them
                sums[(row.business_date, agency.of(parts.key), row.device)].taken[means] += amount
    for row in money_acts(connection, office, days, position):
        for owner, name, amount in money_figures(read_json(bytes(row.payload))):
            sums[(row.business_date, owner, row.device)].money[name] += amount
    names = counter_names(connection, office)
    lines = tuple(
        DaySum(day, agency_id, device, names.get(device, ""), **found.figures,
               taken=dict(sorted(found.taken.items())), statuses=dict(sorted(found.statuses.items())),
               money=dict(sorted(found.money.items())))
        for (day, agency_id, device), found in sorted(sums.items())
    )
    have = office_heads(connection, office)
    return ReconcileAnswer(incarnation_of(connection), stamp(now), position, lines, have, (reconcile_text.MONEY,))


def day_list(
    connection: Connection, session: Session, day: date, after: int, limit: int, now: datetime,
) -> DayList:
    """Dossiers of one day, in the order of their reception. Raises ProblemRaised `stale_epoch`."""
    session.refuse_stale()
    office, head = session.office, _feed_head(connection, session.office)
    limit = min(limit, MAX_LIST_LINES)
    page = next(_receptions(connection, office, (day.isoformat(),) * 2, head, after=after, batch=limit + 1), [])
    held = page[:limit]
    agency = _Agencies(connection)
    keys = sorted({each.key for each in held})
    counted = operations_of(connection, office, keys, head)
    words = newest_words(connection, office, [each.number for each in held], head)
    verdicts = verdicts_of(connection, office, [each.number for each in held], head)
    lacking = missing_files(connection, office, keys)
    return DayList(
        incarnation_of(connection), stamp(now), head, day.isoformat(), tuple(
            DossierStanding(
                each.number, each.position, agency.of(each.key), each.device, *counted[each.key], each.cost.fee,
                each.cost.charge, each.cost.timing, each.cost.is_known, words.get(each.number, "received"),
                lacking.get(each.key, 0), verdicts.get(each.place, Verdict.ACCEPTED),
            ) for each in held
        ), len(page) > limit,
    )


def counter_names(connection: Connection, office: str) -> Mapping[str, str]:
    rows = connection.execute(select(devices.c.id, devices.c.counter).where(devices.c.office == office))
    return {row.id: row.counter for row in rows}


class _Agencies:
    """Agencies of dossier numbers, each looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, str] = {}

    def of(self, number_key: str) -> str:
        parts = read_number(number_key)
        if parts is None:
            return ""
        if parts.agency_key not in self._known:
            found = agencies_by_key(self._connection, [parts.agency_key]).get(parts.agency_key)
            self._known[parts.agency_key] = found.id if found else ""
        return self._known[parts.agency_key]


def _add(
    connection: Connection, office: str, position: int, received: Sequence[_Reception],
    sums: dict[tuple[str, str, str], _Sums], agency: _Agencies,
) -> None:
    numbers = [each.number for each in received]
    words = newest_words(connection, office, numbers, position)
    verdicts = verdicts_of(connection, office, numbers, position)
    lacking = missing_files(connection, office, sorted({each.key for each in received}))
    for each in received:
        found = sums[(each.day, agency.of(each.key), each.device)]
        is_exempt = each.cost.timing == Timing.EXEMPT
        fee, charge = (0, 0) if is_exempt else (each.cost.fee, each.cost.charge)
        found.figures.update({
            "received": 1, "fee": fee, "charge": charge, "exempt": int(is_exempt),
            "before": fee + charge if each.cost.timing == Timing.BEFORE else 0,
            "unknown_amounts": int(not (each.cost.is_known or is_exempt)),
            "incomplete": int(each.key in lacking), "unsettled": int(each.place in verdicts),
        })
        found.statuses[words.get(each.number, "received")] += 1


def _receptions(
    connection: Connection, office: str, days: tuple[str, str], head: int, *, after: int = 0, batch: int = _BATCH,
) -> Iterator[list[_Reception]]:
    """Batches in order of position; what each costs is that of its newest correction."""
    wanted = (
        select(mentions.c.number_key, mentions.c.business_date, operations.c.position, operations.c.number,
               operations.c.device, operations.c.epoch, operations.c.seq, operations.c.branch,
               operations.c.payload)
        .join(operations, _same_operation())
        .where(*_of_days(office, days, head), mentions.c.type == RECEIVED, operations.c.number.is_not(None))
    )
    while rows := connection.execute(
        wanted.where(mentions.c.position > after).order_by(mentions.c.position).limit(batch)
    ).all():
        newest = newest_charges(connection, office, sorted({row.number_key for row in rows}), head)
        yield [
            _Reception(
                row.number_key, row.number, row.business_date, row.device,
                (row.device, row.epoch, row.seq, row.branch), row.position,
                newest.get(row.number_key) or charged(read_json(bytes(row.payload))) or Charged(),
            ) for row in rows
        ]
        after = rows[-1].position


def _acts(
    connection: Connection, office: str, days: tuple[str, str], head: int, types: Sequence[str],
) -> Iterator[Any]:
    after = 0
    wanted = (
        select(mentions.c.number_key, mentions.c.business_date, mentions.c.position, operations.c.device,
               operations.c.payload)
        .join(operations, _same_operation())
        .where(*_of_days(office, days, head), is_one_of(connection, mentions.c.type, types))
    )
    while True:
        # An act about many dossiers has one position: a batch ends before the last one, unless that is all.
        rows = connection.execute(
            wanted.where(mentions.c.position > after).order_by(mentions.c.position, mentions.c.number_key)
            .limit(_BATCH)).all()
        if not rows:
            return
        last = rows[-1].position
        if len(rows) == _BATCH and rows[0].position != last:
            rows = [row for row in rows if row.position < last]
        elif len(rows) == _BATCH:
            rows = connection.execute(wanted.where(mentions.c.position == last)).all()
        yield from rows
        after = rows[-1].position


def _of_days(office: str, days: tuple[str, str], head: int) -> tuple[Any, ...]:
    return (mentions.c.office == office, mentions.c.business_date.between(*days), mentions.c.position <= head)


def _same_operation() -> Any:
    return and_(operations.c.office == mentions.c.office, operations.c.position == mentions.c.position)


def _feed_head(connection: Connection, office: str) -> int:
    head: int = connection.execute(select(offices.c.feed_head).where(offices.c.id == office)).scalar_one()
    return head
