"""A book of the first version, with data in it, comes up to the version that digitises: everything is still there
and what was received before waits to be scanned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from alembic import command
from sqlalchemy import select, text

from app.domain.intake import PaperStatus
from app.services.correct import correct_dossier
from app.services.digitise import completeness
from app.services.rebuild import rebuild
from app.services.stored_dossier import read_dossier
from app.services.upgrade.take_over import UPGRADES
from app.store import migration_steps
from app.store.database import open_database
from app.store.migrate import HEAD, current_revision
from app.store.tables import dossier_scans, rollup_scans
from tests.app.services.neighbour import Feed, Written, neighbours_work
from tests.app.services.scans import scan_and_file
from tests.app.store.older_books import back_to_0001, columns_of, rows_of, schema
from tests.office import Office, make_office, office_in, reopen, sample_intake
from tests.scan_lists import to_scan, to_scan_count


def old_book(folder: Path) -> tuple[Office, list[str]]:
    """Own dossiers (open, corrected, returned), a colleague's, and one of ours that only the feed brought."""
    with office_in(folder / "before the PC was replaced", seed=77) as earlier:
        brought = earlier.receive(sample_intake("trước", procedure="1.013225")).dossier.code
        with earlier.application.database.reading() as connection:
            row = connection.execute(text("SELECT payload, signature FROM journal")).one()
    office = make_office(folder / "book")
    codes = [office.receive(sample_intake(f"i{turn}")).dossier.code for turn in range(3)]
    application = office.application
    with application.database.writing() as connection:
        before = read_dossier(connection, codes[1]).body
        papers = before.intake.papers
        missing = replace(papers[0], status=PaperStatus.MISSING, missing_reason="bổ sung sau", originals=0)
        correct_dossier(
            connection, application.enrolled, office.clerk, application.rules, codes[1],
            replace(before.intake, papers=(missing, *papers[1:])), "thiếu", base_version=1, intent="sửa",
            now=office.clock.now(), randomness=office.noise.randbytes,
        )
    feed = Feed(office)
    feed.add_operation(neighbours_work()[0])
    feed.add_operation(Written(row.payload, row.signature), "quay-1")
    feed.add("status", number=codes[2], status="10")
    feed.give()
    return office, [*codes, brought]


def test_what_is_taken_out_leaves_exactly_the_first_versions_book(tmp_path: Path) -> None:
    first = open_database(tmp_path / "first.db", bytes(32))
    with first.writing() as connection:
        config = migration_steps._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        expected = schema(connection)
    first.close()
    with office_in(tmp_path / "office") as office, office.application.database.writing() as connection:
        assert {name for name, _ in schema(connection)} > {name for name, _ in expected}
        back_to_0001(connection)
        assert schema(connection) == expected


def test_a_book_of_the_first_version_comes_up_with_everything_in_it(tmp_path: Path) -> None:
    office, (plain, corrected, returned, brought) = old_book(tmp_path)
    with office.application.database.writing() as connection:
        back_to_0001(connection)
        columns = columns_of(connection)
        before = rows_of(connection, columns)
    office.application.close()
    office = reopen(tmp_path / "book", office.province, office.clock, seed=2)
    assert current_revision(office.application.database) == HEAD
    with office.application.database.writing() as connection:
        after = rows_of(connection, columns)
        after["sync_state"] = [
            row for row in after["sync_state"] if UPGRADES not in row and "backups_here" not in row
        ]                                          # they say that it came up, and what was kept before
        assert after == before
        assert [(row.code, row.wanted, row.missing) for row in to_scan(connection)] == [
            (brought, 1, 1), (corrected, 2, 2), (plain, 3, 3),
        ]
        assert to_scan_count(connection) == 3
        assert completeness(connection, returned).required == 3, "closed, and known all the same"
        filled = [list(connection.execute(select(table))) for table in (dossier_scans, rollup_scans)]
        rebuild(connection)
        assert [list(connection.execute(select(table))) for table in (dossier_scans, rollup_scans)] == filled
    scan_and_file(office, sample_intake("i0"), plain, "1", seed=1)
    with office.application.database.reading() as connection:
        assert completeness(connection, plain).digitised == 1
    assert office.application.database.integrity_findings() == ()
    office.application.close()
    (kept,) = [file for file in office.application.folder.backups.iterdir() if file.suffix == ".db"]
    assert kept.name.endswith(f"-before-{HEAD}.db")


def test_an_empty_book_of_the_first_version_comes_up_too(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    with office.application.database.writing() as connection:
        back_to_0001(connection)
    office.application.close()
    with_scans = reopen(tmp_path, office.province, office.clock)
    with with_scans.application.database.reading() as connection:
        assert to_scan(connection) == () and to_scan_count(connection) == 0
    with_scans.application.close()
