"""The version before is started because the newer one gave way: it opens the book, or goes back where it may."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.services.backup.figures import book_figures
from app.services.backup.restore import asides_in
from app.services.drafts import save_draft
from app.services.sealing import Sealing
from app.store import migrate, migration_steps
from app.store.database import open_database
from tests.app.services.upgrade.test_take_over import OldBook
from tests.office import MORNING
from ui.command_line.folder import KEYS
from ui.operations.upgrade import REFUSED_BY, open_office


@pytest.fixture
def taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OldBook:
    """Brought over by a newer version whose window never stood; from here on this is the version before."""
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    old = OldBook(tmp_path)
    old.open().application.close()
    monkeypatch.setattr(migrate, "HEAD", "0005")
    monkeypatch.setattr(migration_steps, "is_known", lambda revision: revision <= "0005")
    monkeypatch.setattr(Sealing, "look", lambda *_: None)      # that version knew no seal
    monkeypatch.setattr(Sealing, "tell", lambda *_: None)
    return old


def test_an_unused_newer_book_goes_back_by_itself(taken_over: OldBook, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EnvironmentFault, match="database_newer"):
        open_office(taken_over.folder)             # not started by the launcher: nothing is moved by itself
    assert asides_in(taken_over.folder) == ()
    monkeypatch.setenv(REFUSED_BY, "9.9")
    office = open_office(taken_over.folder)
    with office.database.reading() as connection:
        assert book_figures(connection) == taken_over.before
    office.close()
    assert [each.parent.name for each in asides_in(taken_over.folder)] == ["newer"], "kept, once"


def test_a_newer_book_that_was_used_stays(taken_over: OldBook, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(taken_over.folder.database, taken_over.key)
    with database.writing() as connection:
        save_draft(connection, intent="later", label="", clerk="nv-1", form={}, now=MORNING + timedelta(hours=2))
    database.close()
    monkeypatch.setenv(REFUSED_BY, "9.9")
    with pytest.raises(EnvironmentFault, match="database_newer"):
        open_office(taken_over.folder)
    assert asides_in(taken_over.folder) == ()
