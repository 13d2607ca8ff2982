"""A book of the version before comes up with every dossier's life: migration writes what a rebuild makes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from alembic import command
from sqlalchemy import select, text

from app.domain.intake import FeeTiming
from app.domain.life.work import Work
from app.services.rebuild import rebuild
from app.store import migration_steps
from app.store.database import open_database
from app.store.tables import dossiers, rollup_work, worklist
from tests.app.services.neighbour import Feed, neighbours_work
from tests.app.store.older_books import back_to_0002, columns_of, rows_of, schema
from tests.office import make_office, office_in, reopen, sample_intake


def test_what_is_taken_out_leaves_exactly_the_book_of_the_version_before(tmp_path: Path) -> None:
    before = open_database(tmp_path / "before.db", bytes(32))
    with before.writing() as connection:
        config = migration_steps._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        expected = schema(connection)
    before.close()
    with office_in(tmp_path / "office") as office, office.application.database.writing() as connection:
        back_to_0002(connection)
        assert schema(connection) == expected


def test_migrated_lives_are_those_that_a_rebuild_makes(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    intakes = [sample_intake(f"i{turn}") for turn in range(5)]
    papers = intakes[1].papers
    intakes[1] = replace(intakes[1], papers=(replace(papers[0], originals=2, keeps_original=True), *papers[1:]))
    intakes[2] = replace(intakes[2], fee_timing=FeeTiming.AFTER)
    intakes[3] = replace(intakes[3], fee_timing=FeeTiming.EXEMPT, exemption_reason="người có công (thử)",
                         exemption_proof="giấy số 1 (mẫu)")
    codes = [office.receive(intake).dossier.code for intake in intakes]
    feed = Feed(office)
    feed.add_operation(neighbours_work()[0])
    feed.add("status", number=codes[0], status=4)
    feed.add("status", number=codes[0], status="5")
    feed.add("status", number=codes[4], status="10")
    feed.give()
    with office.application.database.writing() as connection:
        rows = set(rows_of(connection, columns_of(connection)))
        back_to_0002(connection)
    office.application.close()
    office = reopen(tmp_path, office.province, office.clock, seed=3)
    with office.application.database.writing() as connection:
        columns = columns_of(connection)
        assert set(columns) == rows
        migrated = rows_of(connection, columns)
        rebuild(connection)
        rebuilt = rows_of(connection, columns)
        for table, lines in migrated.items():
            assert rebuilt[table] == lines, table
        money = list(connection.execute(select(dossiers.c.money).order_by(dossiers.c.code)
                                        .where(dossiers.c.is_own)).scalars())
        assert money == [2, 2, 1, 3, 2]
        listed = connection.execute(select(worklist.c.kind, text("count(*)")).group_by(worklist.c.kind)).all()
        assert {row[0]: row[1] for row in listed} == {Work.TO_HAND_OVER: 4, Work.SUPPLEMENT: 1}
        kept = connection.execute(select(rollup_work.c.kind, rollup_work.c.amount).where(rollup_work.c.amount > 0))
        assert {row.kind: row.amount for row in kept} == {Work.TO_HAND_OVER: 4, Work.SUPPLEMENT: 1}
    office.application.close()
