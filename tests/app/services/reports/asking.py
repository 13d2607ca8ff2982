"""An office that was asked for a report, and whether what it answered can be opened figure by figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from app.domain.intake import ONLINE
from app.domain.reports.entry import Entry
from app.domain.reports.periods import Period
from app.domain.reports.table import ColumnKind, ReportTable, drill_key
from app.services.reports.asking import Asking, asking
from app.services.reports.listing import After, things_page
from app.services.reports.offered import list_behind
from app.services.reports.registry import Behind, behind_of
from app.store.queries.dossiers import Reach, reach
from tests.app.services.neighbour import Feed
from tests.office import Office, sample_intake

DAY = date(2026, 11, 23)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def asked(office: Office, connection: Connection, period: Period = NOVEMBER) -> Asking:
    application = office.application
    return asking(connection, application.enrolled, application.catalogue.agencies, period,
                  now=office.clock.now(), made_by="Trần Thị Thử")


def known(office: Office, connection: Connection) -> Reach:
    return reach(connection, office.application.enrolled.device, 1, DAY.isoformat())


def check_lists(office: Office, connection: Connection, table: ReportTable, asking: Asking) -> int:
    """Each figure of the table is as long as its list; returns how many were looked at."""
    looked = 0
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            key = drill_key(table, row, column)
            if key is None or column.kind is not ColumnKind.COUNT:
                continue
            if behind_of(key) is Behind.DOSSIERS:
                rows = list_behind(connection, asking, key, known(office, connection), limit=1000)
                assert len({each.id for each in rows}) == len(rows) == cell, key
            else:
                things = all_things(connection, asking, key)
                assert len({each.key for each in things}) == len(things) == cell, key
            looked += 1
    return looked


def all_things(connection: Connection, asking: Asking, key: str, page: int = 2) -> list[Entry]:
    """What a figure counts that are no dossiers, read over the borders of pages."""
    found: list[Entry] = []
    after: After | None = None
    while True:
        things, after = things_page(connection, asking, key, after=after, limit=page)
        found += things
        if after is None:
            return found


def six_dossiers(office: Office) -> list[str]:
    """Of two agencies and all channels: not received, waiting, withdrawn, stopped, done, and one as it came."""
    codes = [
        office.receive(replace(sample_intake(f"i{turn}", procedure=procedure), channel=channel)).dossier.code
        for turn, (procedure, channel) in enumerate((
            ("3.000333", 1), ("1.013225", ONLINE), ("1.013225", 1), ("3.000333", 3), ("3.000333", 1),
            ("1.013225", 1)))
    ]
    feed = Feed(office)
    for code, state in zip(codes, (3, 5, 7, 8, 9), strict=False):
        feed.add("status", number=code, status=state)
    feed.give()
    return codes
