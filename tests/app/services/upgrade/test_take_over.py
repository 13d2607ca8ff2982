"""An older book is taken over whole and proved, or is as it was; a newer one goes back where nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from app.bootstrap import open_application
from app.errors import EnvironmentFault
from app.paths import DataFolder
from app.services.backup.figures import BookFigures, book_figures, journal_digest
from app.services.backup.names import Why, backups_in
from app.services.backup.restore import asides_in, examine
from app.services.drafts import save_draft
from app.services.till.session import open_session
from app.services.upgrade import take_over as at_work
from app.services.upgrade.go_back import go_back, may_go_back
from app.services.upgrade.take_over import NotTakenOver, open_newest, upgrades
from app.services.upgrade.word import leave_word, read_word, take_word_back
from app.store import migrate
from app.store.database import Database, open_database
from app.store.hold import BookHold
from app.store.keys import find_key
from tests.app.store import older_books
from tests.app.store.older_books import back_to_0005
from tests.office import MORNING, Office, make_office, reopen, sample_intake


class OldBook:
    """A book as an earlier version wrote it: dossiers, a parked form, perhaps an open drawer."""

    def __init__(
        self, root: Path, *, with_cash: bool = False, back: Callable[[Connection], None] = back_to_0005,
    ) -> None:
        self.root, self.office = root, make_office(root)
        self.folder = DataFolder(root / "office")
        database = self.office.application.database
        for turn in range(5):
            self.office.receive(sample_intake(f"form-{turn}"))
        with database.writing() as connection:
            save_draft(connection, intent="parked", label="Mẫu", clerk="nv-1", form={"a": 1}, now=MORNING,
                       is_parked=True)
            if with_cash:
                open_session(
                    connection, self.office.application.enrolled, self.office.clerk, {100_000: 2},
                    intent="drawer", now=MORNING, randomness=self.office.noise.randbytes,
                )
        with database.writing() as connection:
            back(connection)
        with database.reading() as connection:
            self.before = book_figures(connection)
            self.lines = journal_digest(connection)
        self.office.application.close()
        self.key = find_key(self.folder.database, None, root / "keys").key

    def figures(self) -> BookFigures:
        """What lies there, without a step."""
        database = open_database(self.folder.database, self.key)
        try:
            with database.reading() as connection:
                assert journal_digest(connection) == self.lines
                assert database.integrity_findings() == ()
                return book_figures(connection)
        finally:
            database.close()

    def open(self, *, has_former: bool = False) -> Office:
        clock, noise = self.office.clock, self.office.noise
        application = open_application(
            self.folder, clock=clock, key_folder=self.root / "keys", randomness=noise.randbytes, program="9.9",
            has_former=has_former,
        )
        return Office(application, clock, self.office.province, noise)


@pytest.fixture
def old(tmp_path: Path) -> OldBook:
    return OldBook(tmp_path)


def test_an_older_book_is_taken_over_with_everything_in_it_and_remembered(old: OldBook) -> None:
    office = old.open()
    with office.application.database.reading() as connection:
        after = book_figures(connection)
        (done,) = upgrades(connection)
    assert after.revision == migrate.HEAD and after.differing(old.before) == ()
    assert (done["from"], done["to"], done["program"]) == ("0005", migrate.HEAD, "9.9")
    assert office.receive(sample_intake("new")).is_new
    office.application.close()
    (backup,) = backups_in(old.folder.backups)
    assert backup.why == Why.BEFORE_UPGRADE and backup.step == migrate.HEAD
    assert examine(backup, old.key, backup.book) == old.before


@pytest.mark.parametrize("revision", sorted(each for each in vars(older_books) if each.startswith("back_to_")))
def test_a_book_of_every_earlier_schema_is_taken_over_with_what_it_holds(tmp_path: Path, revision: str) -> None:
    old = OldBook(tmp_path, back=getattr(older_books, revision))
    assert old.before.revision == revision.removeprefix("back_to_") and old.before.dossiers == 5
    office = old.open()
    with office.application.database.reading() as connection:
        after = book_figures(connection)
        assert journal_digest(connection) == old.lines
    assert after.revision == migrate.HEAD and after.differing(old.before) == ()
    assert office.receive(sample_intake("new")).is_new
    office.application.close()


Harm = Callable[[pytest.MonkeyPatch], None]


def after_steps(harm: Callable[[Connection], object]) -> Harm:
    """A step that does something else as well."""
    real = at_work.run_steps

    def steps(connection: Connection) -> None:
        real(connection)
        harm(connection)

    return lambda patch: patch.setattr(at_work, "run_steps", steps)


def sql(*lines: str) -> Harm:
    return after_steps(lambda connection: [connection.execute(text(line)) for line in lines])


def raises(error: Exception) -> Harm:
    def refuse(*_: object, **__: object) -> None:
        raise error
    return lambda patch: patch.setattr(at_work, "take_backup", refuse)


@pytest.mark.parametrize(("harm", "code", "what"), [
    (sql("INSERT INTO no_such_table VALUES (1)"), "upgrade_failed", "OperationalError"),
    (sql("DELETE FROM drafts"), "upgrade_not_proved", "drafts"),
    (sql("DELETE FROM dossier_versions"), "upgrade_not_proved", "dossier_versions"),
    (sql("DROP TRIGGER journal_no_update", "UPDATE journal SET payload = payload || ' ' WHERE position = 1"),
     "upgrade_not_proved", "journal"),
    (sql("UPDATE alembic_version SET version_num = '0006x'"), "upgrade_not_proved", "revision"),
    (raises(EnvironmentFault("backup_no_room", needed_mb=9, free_mb=1)), "backup_no_room", ""),
    (raises(MemoryError()), "upgrade_failed", "MemoryError"),
])
def test_whatever_fails_the_old_version_finds_its_book_as_it_was(
    old: OldBook, monkeypatch: pytest.MonkeyPatch, harm: Harm, code: str, what: str,
) -> None:
    with monkeypatch.context() as patch:
        harm(patch)
        with pytest.raises(NotTakenOver) as raised:
            old.open()
    assert raised.value.code == code
    assert what in str(raised.value)
    assert old.figures() == old.before
    office = old.open()                            # and a later version that does it right, does it
    assert office.receive(sample_intake("new")).is_new
    office.application.close()


def test_with_the_version_before_at_hand_an_upgrade_waits_for_the_drawer(tmp_path: Path) -> None:
    old = OldBook(tmp_path, with_cash=True)
    with pytest.raises(NotTakenOver, match="upgrade_waits_cash"):
        old.open(has_former=True)
    assert old.figures() == old.before
    assert backups_in(old.folder.backups) == (), "nothing was begun"
    office = old.open(has_former=False)            # nobody else could close that drawer
    office.application.close()
    assert old.figures().revision == migrate.HEAD


def test_while_a_window_of_the_version_before_is_open_nothing_is_taken_over(old: OldBook) -> None:
    other = BookHold(old.folder.database)
    other.share()
    mine = BookHold(old.folder.database)
    with pytest.raises(NotTakenOver, match="book_in_use"):
        open_newest(old.folder.database, old.key, mine, old.folder.backups, MORNING, patience=0)
    other.close()
    open_newest(old.folder.database, old.key, mine, old.folder.backups, MORNING, patience=0).close()
    late = BookHold(old.folder.database)
    late.share(0)                                  # taken over: shared with others again
    late.close()
    mine.close()


def test_nobody_opens_a_book_that_one_has_alone(old: OldBook) -> None:
    alone = BookHold(old.folder.database)
    alone.take_alone()
    mine = BookHold(old.folder.database)
    with pytest.raises(EnvironmentFault, match="book_in_use"):
        open_newest(old.folder.database, old.key, mine, old.folder.backups, MORNING, patience=0)
    alone.close()
    mine.close()


@pytest.fixture
def newer(old: OldBook) -> Iterator[OldBook]:
    """Taken over by a version that then could not show its window; the version before is started again."""
    old.open().application.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "HEAD", "0005")
        yield old


def test_a_book_that_the_newer_version_never_used_goes_back(newer: OldBook) -> None:
    done = go_back(newer.folder, newer.key, newer.office.clock.now())
    assert done is not None
    assert newer.figures() == newer.before
    (aside,) = asides_in(newer.folder)
    database = open_database(aside, newer.key)
    with database.reading() as connection:
        assert book_figures(connection).revision != "0005", "the newer book is kept"
    database.close()


def received(database: Database, old: OldBook) -> None:
    with database.writing() as connection:
        save_draft(connection, intent="later", label="", clerk="nv-1", form={}, now=MORNING + timedelta(hours=2))


def test_a_book_in_which_something_was_done_since_stays_newer(newer: OldBook) -> None:
    database = open_database(newer.folder.database, newer.key)
    received(database, newer)
    database.close()
    before = newer.folder.database.read_bytes()
    assert may_go_back(newer.folder, newer.key) is None
    assert go_back(newer.folder, newer.key, newer.office.clock.now()) is None
    assert newer.folder.database.read_bytes() == before


def test_without_a_backup_from_before_nothing_goes_back(newer: OldBook) -> None:
    for each in backups_in(newer.folder.backups):
        each.file.unlink()
    assert go_back(newer.folder, newer.key, newer.office.clock.now()) is None


def test_the_word_for_the_version_before_is_read_and_taken_back(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert read_word(folder) is None
    leave_word(folder, "9.9", NotTakenOver("upgrade_not_proved", what="drafts", error=ValueError()), MORNING)
    word = read_word(folder)
    assert word is not None
    assert (word.program, word.at, word.code, word.values) == (
        "9.9", MORNING, "upgrade_not_proved", {"what": "drafts"}
    )
    (tmp_path / "upgrade-refused.json").write_text("{", encoding="utf-8")
    assert read_word(folder) is None
    take_word_back(folder)
    take_word_back(folder)
    assert not list(tmp_path.iterdir())
    leave_word(DataFolder(tmp_path / "no-folder"), "9.9", NotTakenOver("upgrade_failed"), MORNING)


def test_reopened_by_the_same_version_nothing_is_backed_up(old: OldBook) -> None:
    old.open().application.close()
    reopen(old.root, old.office.province, old.office.clock).application.close()
    assert len(backups_in(old.folder.backups)) == 1
