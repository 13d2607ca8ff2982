"""Counting what a counter leaves open at the change of shift; the same sources as the start screen's counts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import Connection, func, literal_column, select

from app.domain.item_code import ItemRange, read_item_code
from app.domain.life.states import Holder
from app.domain.life.work import Work
from app.domain.route_papers import MinutesKind
from app.domain.shift_left import LeftLine, LeftSection, Stated, Topic, Unit
from app.services.counter import Counter
from app.services.courier import outbox
from app.services.drafts import list_drafts
from app.services.papers.prints import open_paper_prints
from app.services.receipts import open_prints
from app.services.scan_tray import waiting_pages
from app.store.queries.obstacles import open_obstacles
from app.store.tables import dossiers, item_codes, item_ranges, manifests, originals, rollup_work, worklist

NAMED = 40
"""Originals are named one by one up to here; both sides count them, and a longer paper is not read."""


def read_left(connection: Connection, counter: Counter, stated: Stated) -> tuple[LeftSection, ...]:
    """Every section of the minutes in their order; those without lines say that nothing is left."""
    cash = [] if stated.cash is None else [LeftLine(topic=Topic.CASH, unit=Unit.DONG, amount=stated.cash)]
    return (
        _section(MinutesKind.DRAFTS, _drafts(connection)),
        _section(MinutesKind.TRAY, _tray(connection)),
        _section(MinutesKind.UNACKNOWLEDGED, _unacknowledged(connection, counter)),
        _section(MinutesKind.SHELF, _shelf(connection)),
        _section(MinutesKind.ORIGINALS, _originals(connection)),
        _section(MinutesKind.CASH, cash),
        _section(MinutesKind.RECEIPT_BOOK, _said(stated.receipt_book)),
        _section(MinutesKind.ITEM_CODES, _codes(connection, counter)),
        _section(MinutesKind.UNSENT, _unsent(connection, counter)),
        _section(MinutesKind.STOCK, _said(stated.stock)),
        _section(MinutesKind.OTHER, _others(connection)),
    )


def _section(kind: MinutesKind, lines: Iterable[LeftLine]) -> LeftSection:
    return LeftSection(kind, tuple(lines))


def _said(text: str) -> list[LeftLine]:
    return [LeftLine(name=text.strip())] if text.strip() else []


def _drafts(connection: Connection) -> Iterable[LeftLine]:
    for draft in list_drafts(connection):
        yield LeftLine(name=draft.label, since=draft.started_at)
    for tray in waiting_pages(connection):
        yield LeftLine(name=tray.code or "", unit=Unit.PAGES, amount=tray.count, since=tray.newest)


def _tray(connection: Connection) -> Iterable[LeftLine]:
    """Own dossiers whose papers lie at this counter and belong with an agency."""
    rows = connection.execute(
        select(dossiers.c.agency, func.max(dossiers.c.agency_name).label("name"), func.count().label("amount"),
               func.min(dossiers.c.received_at).label("oldest"))
        .select_from(worklist).join(dossiers, dossiers.c.id == worklist.c.dossier)
        .where(worklist.c.kind == int(Work.TO_HAND_OVER), literal_column("dossiers.is_own"))
        .group_by(dossiers.c.agency).order_by(literal_column("amount").desc(), dossiers.c.agency)
    )
    for row in rows:
        yield LeftLine(name=row.name, unit=Unit.DOSSIERS, amount=row.amount, since=row.oldest)


def _unacknowledged(connection: Connection, counter: Counter) -> Iterable[LeftLine]:
    rows = connection.execute(
        select(manifests)
        .where(literal_column("manifests.open_lines > 0 AND NOT manifests.is_undone"),
               manifests.c.device == counter.device)
        .order_by(manifests.c.made_at, manifests.c.id)
    )
    for row in rows:
        yield LeftLine(name=row.number, unit=Unit.DOSSIERS, amount=row.open_lines, since=row.made_at,
                       note=row.agency_name)


def _shelf(connection: Connection) -> Iterable[LeftLine]:
    topics = {Work.READY: Topic.TO_COLLECT, Work.TO_POST: Topic.TO_POST, Work.UNDELIVERED: Topic.CAME_BACK}
    rows = dict(_amounts(connection, topics))
    for kind, topic in topics.items():
        if rows.get(int(kind)):
            yield LeftLine(topic=topic, unit=Unit.RESULTS, amount=rows[int(kind)])


def _originals(connection: Connection) -> Iterable[LeftLine]:
    """Originals of citizens that this counter took and holds, dossier by dossier, the oldest first."""
    rows = connection.execute(
        select(dossiers.c.code, originals.c.name, originals.c.since)
        .select_from(originals).join(dossiers, dossiers.c.id == originals.c.dossier)
        .where(originals.c.holder == int(Holder.COUNTER), literal_column("originals.holder <> 4"),
               literal_column("dossiers.is_own"))
        .order_by(dossiers.c.id, originals.c.id)
    ).all()
    held = [list(group) for _, group in groupby(rows, key=lambda row: row.code)]
    for group in held[:NAMED]:
        yield LeftLine(name=group[0].code, unit=Unit.ORIGINALS, amount=len(group), since=group[0].since,
                       note=", ".join(row.name for row in group))
    further = sum(len(group) for group in held[NAMED:])
    if further:
        yield LeftLine(topic=Topic.FURTHER, unit=Unit.ORIGINALS, amount=further)


def _codes(connection: Connection, counter: Counter) -> Iterable[LeftLine]:
    """Item codes that are left of each range handed to this counter."""
    rows = connection.execute(
        select(item_ranges).where(item_ranges.c.device == counter.device).order_by(item_ranges.c.at)
    )
    for row in rows:
        handed = ItemRange(read_item_code(row.first), read_item_code(row.last))
        gone = connection.execute(
            select(func.count()).select_from(item_codes)
            .where(item_codes.c.code >= row.first, item_codes.c.code <= row.last)
        ).scalar_one()
        if len(handed) > gone:
            yield LeftLine(name=f"{handed.first.shown} – {handed.last.shown}", unit=Unit.CODES,
                           amount=len(handed) - gone)


def _unsent(connection: Connection, counter: Counter) -> Iterable[LeftLine]:
    box = outbox(connection, counter)
    if box.unsent:
        yield LeftLine(topic=Topic.UNSENT, unit=Unit.OPERATIONS, amount=box.unsent, since=box.oldest_unsent_at)
    if box.files_waiting:
        yield LeftLine(topic=Topic.FILES, unit=Unit.DOCUMENTS, amount=box.files_waiting)


def _others(connection: Connection) -> Iterable[LeftLine]:
    prints = ((Topic.RECEIPTS, [job.asked_at for job in open_prints(connection)]),
              (Topic.PAPERS, [job.asked_at for job in open_paper_prints(connection)]))
    for topic, asked in prints:
        if asked:
            yield LeftLine(topic=topic, unit=Unit.PRINTS, amount=len(asked), since=min(asked))
    kinds = {Work.SENT_BACK: Topic.SENT_BACK, Work.CONFLICT: Topic.CONFLICTS}
    amounts = dict(_amounts(connection, kinds))
    for kind, topic in kinds.items():
        if amounts.get(int(kind)):
            yield LeftLine(topic=topic, unit=Unit.DOSSIERS, amount=amounts[int(kind)])
    waiting = open_obstacles(connection)
    if waiting:
        yield LeftLine(topic=Topic.OBSTACLES, unit=Unit.OBSTACLES, amount=waiting)


def _amounts(connection: Connection, kinds: Iterable[Work]) -> list[tuple[int, int]]:
    wanted = [int(each) for each in kinds]
    rows = connection.execute(
        select(rollup_work.c.kind, rollup_work.c.amount).where(rollup_work.c.kind.in_(wanted))
    )
    return [(row.kind, row.amount) for row in rows]
