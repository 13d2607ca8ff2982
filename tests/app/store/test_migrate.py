"""From version to version: metadata and steps agree, the old book is backed up, a newer one is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, select, text

from app.errors import EnvironmentFault
from app.paths import DataFolder
from app.services.upgrade.take_over import NotTakenOver
from app.store import migrate, migration_steps
from app.store.database import open_database
from app.store.keys import load_or_make_key
from app.store.migrate import HEAD, current_revision
from app.store.tables import dossiers, metadata
from tests.app.services.windows import together
from tests.office import Office, make_office, office_in, reopen, sample_intake

NOT_IN_METADATA = {
    # The name index and its own tables: FTS5 has no form in SQLAlchemy.
    "dossier_names", "dossier_names_config", "dossier_names_content", "dossier_names_data",
    "dossier_names_docsize", "dossier_names_idx", "alembic_version",
}
INDEXES_OF_THE_STEP = {
    # Partial and composite indexes stand in the step only.
    "dossiers_identifier", "dossiers_due", "dossiers_received", "dossiers_seq", "journal_days", "print_jobs_open",
    "notices_code", "notices_new", "verdicts_open", "files_waiting", "scanned_pages_tray",
    "scanned_pages_waiting", "scanned_pages_original", "paper_documents_content", "dossier_scans_waiting",
    "dossiers_ended",
    "worklist_dossier", "originals_out", "manifests_number", "manifests_open", "manifests_made",
    "manifest_lines_dossier", "paper_prints_open", "paper_prints_op", "postings_dossier", "postings_item",
    "postings_here", "pickups_open", "dossier_groups_dossier", "online_claims_dossier",
    "assisted_filings_at", "obstacles_month", "obstacles_code",
    "refusals_at", "dossiers_book", "dossiers_late_agency", "dossiers_late_clerk", "dossiers_late_holder",
    "cash_sessions_open", "money_entries_session", "money_entries_day", "money_entries_code",
    "money_entries_undoes", "money_entries_outside", "money_lines_waiting", "money_receipts_number",
    "money_receipts_name", "money_receipts_day", "money_receipts_unbound", "transfers_claimed",
    "statement_lines_loose",
    "remittances_open", "dossiers_field_received", "dossiers_field_ended", "dossiers_agency_received",
    "dossiers_agency_ended", "dossiers_procedure_received", "dossiers_procedure_ended", "life_events_returned",
    "obstacles_open", "dossiers_held_since", "dossiers_held_where", "dossiers_here",
    "scanned_pages_prepared", "scanned_pages_thumbnail", "scanned_pages_text",
}


def test_the_newest_step_is_the_one_the_program_names() -> None:
    assert migration_steps.newest() == HEAD


def test_the_tables_that_the_program_sees_are_those_that_the_steps_make(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, office.application.database.reading() as connection:
        opts = {"include_object": _is_compared, "compare_type": True}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []
        made = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'index'")).scalars())
    assert made >= INDEXES_OF_THE_STEP, "an exception that no longer exists is no exception"


def _is_compared(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    if kind == "table":
        return name not in NOT_IN_METADATA
    return not (kind == "index" and name in INDEXES_OF_THE_STEP)


STEP = '''
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute("ALTER TABLE drafts ADD COLUMN colour VARCHAR")
    op.execute("{second}")
'''


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program of the next version: one step more, which a test may break."""
    folder = tmp_path / "steps"
    folder.mkdir()
    step = folder / "v0009_test.py"
    step.write_text(STEP.format(second="UPDATE drafts SET colour = 'xanh'"))
    plain = migration_steps._config

    def config() -> Config:
        found = plain()
        shipped = Path(str(found.get_main_option("script_location"))) / "versions"
        found.set_main_option("version_path_separator", "newline")
        found.set_main_option("path_separator", "newline")
        found.set_main_option("version_locations", f"{shipped}\n{folder}")
        return found

    monkeypatch.setattr(migration_steps, "_config", config)
    monkeypatch.setattr(migrate, "HEAD", "0010")
    yield step


def count(office: Office) -> int:
    with office.application.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(dossiers)).scalar_one())


def columns(connection: Connection) -> set[str]:
    return {row.name for row in connection.execute(text("PRAGMA table_info(drafts)"))}


@pytest.fixture
def old_book(tmp_path: Path) -> Office:
    """Three dossiers in the book of today's version, closed."""
    office = make_office(tmp_path / "book")
    for turn in range(3):
        office.receive(sample_intake(f"i{turn}"))
    office.application.close()
    return office


def test_a_step_runs_once_with_the_old_book_kept_beside_it(
    old_book: Office, tmp_path: Path, request: pytest.FixtureRequest,
) -> None:
    request.getfixturevalue("next_version")
    folder = DataFolder(tmp_path / "book" / "office")
    assert not folder.backups.exists() or not list(folder.backups.iterdir())
    office = reopen(tmp_path / "book", old_book.province, old_book.clock)
    with office.application.database.reading() as connection:
        assert "colour" in columns(connection)
        assert current_revision(office.application.database) == "0010"
    assert count(office) == 3
    office.application.close()
    (kept,) = [file for file in folder.backups.iterdir() if file.suffix == ".db"]
    key = load_or_make_key(folder.database, None, tmp_path / "book" / "keys").key
    backup = open_database(kept, key)
    with backup.reading() as connection:
        assert "colour" not in columns(connection)
        assert connection.execute(select(func.count()).select_from(dossiers)).scalar_one() == 3
    assert backup.integrity_findings() == ()
    backup.close()
    reopen(tmp_path / "book", old_book.province, old_book.clock).application.close()
    assert len([file for file in folder.backups.iterdir() if file.suffix == ".db"]) == 1, "no step, no backup"


def test_a_step_that_fails_in_the_middle_leaves_the_book_as_it_was(
    old_book: Office, tmp_path: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    next_version.write_text(STEP.format(second="INSERT INTO no_such_table VALUES (1)"))
    with pytest.raises(NotTakenOver, match="upgrade_failed"):
        reopen(tmp_path / "book", old_book.province, old_book.clock)
    monkeypatch.undo()
    office = reopen(tmp_path / "book", old_book.province, old_book.clock, seed=2)     # today's program again
    with office.application.database.reading() as connection:
        assert "colour" not in columns(connection)
    assert count(office) == 3
    assert office.receive(sample_intake("x")).is_new
    office.application.close()


def test_a_book_of_a_later_version_is_refused_and_not_touched(old_book: Office, tmp_path: Path) -> None:
    office = reopen(tmp_path / "book", old_book.province, old_book.clock)
    with office.application.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    office.application.close()
    before = (tmp_path / "book" / "office" / "counter.db").read_bytes()
    with pytest.raises(EnvironmentFault, match="database_newer") as refused:
        reopen(tmp_path / "book", old_book.province, old_book.clock)
    assert refused.value.values == {"revision": "0999"}
    assert (tmp_path / "book" / "office" / "counter.db").read_bytes() == before
    assert not (tmp_path / "book" / "office" / "backups").exists()


def test_two_programs_that_open_an_old_book_at_once_run_the_step_once(
    old_book: Office, tmp_path: Path, next_version: Path,
) -> None:
    said = together(tmp_path / "book", old_book.province, [lambda window: count(window)] * 3)
    assert said == [3, 3, 3]
