"""A book of the version before comes up with its channels, pauses and counts: those that a rebuild makes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from app.domain.intake import BY_POST, ONLINE
from app.domain.reports.ii06a import Figures, add_up
from app.domain.reports.periods import Period
from app.domain.reports.policy import ReportPolicy
from app.services.rebuild import rebuild
from app.store.queries.reports.ii06a import figures
from app.store.tables import dossiers
from tests.app.services.neighbour import Feed, neighbours_work
from tests.app.store.older_books import back_to_0005, columns_of, rows_of
from tests.office import make_office, reopen, sample_intake


def test_migrated_counts_are_those_that_a_rebuild_makes(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    channels = (1, ONLINE, BY_POST, ONLINE, 1, ONLINE)
    codes = [
        office.receive(replace(sample_intake(f"i{turn}"), channel=channel)).dossier.code
        for turn, channel in enumerate(channels)
    ]
    feed = Feed(office)
    feed.add_operation(neighbours_work()[0])
    for code, state in zip(codes, (5, 6, 3, 8, 9, 4), strict=True):
        feed.add("status", number=code, status=state)
    feed.give()
    with office.application.database.writing() as connection:
        back_to_0005(connection)
    office.application.close()
    office = reopen(tmp_path, office.province, office.clock, seed=3)
    day = office.clock.now().date()
    with office.application.database.writing() as connection:
        columns = columns_of(connection)
        migrated = rows_of(connection, columns)
        own = select(dossiers.c.channel).where(dossiers.c.is_own).order_by(dossiers.c.code)
        assert tuple(connection.execute(own).scalars()) == channels
        waits = select(dossiers.c.paused_date).where(dossiers.c.paused_date.is_not(None))
        assert len(connection.execute(waits).all()) == 2
        found = add_up(figures(connection, Period(day, day), ReportPolicy()).values())
        assert found == Figures(total=6, online=3, direct=3, settled=1, early=1, open=5, open_in_time=5)
        assert figures(connection, Period(date(2020, 1, 1), date(2020, 1, 1)), ReportPolicy()) == {}
        rebuild(connection)
        rebuilt = rows_of(connection, columns)
        for table, lines in migrated.items():
            if table != "rollup_reports":
                assert rebuilt[table] == lines, table
        # What moved on leaves a line of none behind when it is replayed.
        kept = [line for line in rebuilt["rollup_reports"] if any(map(int, re.findall(r", (-?[0-9]+)", line)))]
        assert kept == migrated["rollup_reports"]
    office.application.close()
