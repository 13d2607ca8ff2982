"""A damaged book: the window says it, a backup takes its place; a version that cannot take over gives way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentFault
from app.own_program import FORMER, NOT_TAKEN_OVER
from app.paths import DataFolder
from app.services.backup.names import Why
from app.services.backup.restore import asides_in
from app.services.backup.take import Place as BackupPlace
from app.services.backup.take import Source, take_backup
from app.services.standing import numbers_stopped
from app.services.upgrade import take_over
from app.services.upgrade.word import leave_word
from tests.app.store.older_books import back_to_0005
from tests.office import make_office, sample_intake
from ui.command_line.folder import KEYS
from ui.counter_window import CounterWindow
from ui.hands import Hands
from ui.operations.upgrade import GOOD, REFUSED_BY
from ui.pages.cannot_open import CannotOpenPage
from ui.pages.home.page import HomePage
from ui.pages.restore_page import RestorePage
from ui.pages.upgrade_page import UpgradePage
from ui.theme import Theme
from ui.translations import Language


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return DataFolder(tmp_path / "office")


def test_the_clerk_chooses_a_backup_and_works_on(
    qapp: QApplication, look: Theme, language: Language, folder: DataFolder, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(GOOD, str(tmp_path / "state" / "good"))
    office = make_office(tmp_path)
    for turn in range(3):
        office.receive(sample_intake(f"before-{turn}"))
    application = office.application
    take_backup(Source(application.database, application.book_key), BackupPlace(folder.backups), Why.CLOSE,
                office.clock.now())
    for turn in range(40):
        office.receive(sample_intake(f"after-{turn}"))
    application.database.checkpoint()
    application.close()
    raw = bytearray(folder.database.read_bytes())
    raw[40] ^= 1                                   # the first page: the book does not open any more
    folder.database.write_bytes(raw)

    counter = CounterWindow(qapp, look, language, folder)
    try:
        counter.window.show()
        assert not counter.open()
        page = counter.window.page()
        assert isinstance(page, RestorePage)
        hands = Hands(counter.window, counter.scans, is_hurried=True)
        hands.until(lambda: all(line.is_good for line in page._lines) and bool(page._lines), "the backup is read")
        hands.press("Return")                      # this one
        hands.press("Return")                      # yes
        hands.until(lambda: isinstance(counter.window.page(), HomePage), "the office is open", 60)
        assert counter.desk is not None
        with counter.desk.office.database.reading() as connection:
            stopped = numbers_stopped(connection)
        assert stopped is not None, "no number before the province has said what it holds"
        (aside,) = asides_in(folder)
        assert aside.read_bytes() == bytes(raw)
        assert (tmp_path / "state" / "good").exists()
    finally:
        counter.close()
        counter.deleteLater()


@pytest.mark.parametrize("has_former", [True, False])
def test_a_version_that_cannot_take_over_gives_way_where_there_is_one_before(
    qapp: QApplication, look: Theme, language: Language, folder: DataFolder, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, has_former: bool,
) -> None:
    office = make_office(tmp_path)
    with office.application.database.writing() as connection:
        back_to_0005(connection)
    office.application.close()
    codes: list[int] = []
    monkeypatch.setattr(qapp, "exit", codes.append)
    monkeypatch.setattr(take_over, "run_steps", lambda connection: None)
    if has_former:
        monkeypatch.setenv(FORMER, "0.1")
    counter = CounterWindow(qapp, look, language, folder)
    try:
        counter.window.show()
        assert not counter.open()
        assert isinstance(counter.window.page(), UpgradePage), "it is said what takes so long"
        hands = Hands(counter.window, counter.scans, is_hurried=True)
        hands.until(lambda: bool(codes) or isinstance(counter.window.page(), CannotOpenPage), "it is over", 60)
        assert codes == ([NOT_TAKEN_OVER] if has_former else [])
        assert folder.root.joinpath("upgrade-refused.json").exists() == has_former
        if has_former:
            return
        page = counter.window.page()
        assert isinstance(page, CannotOpenPage) and "upgrade_not_proved" in page.words
    finally:
        counter.close()
        counter.deleteLater()


def test_an_older_book_is_brought_over_beside_the_window(
    qapp: QApplication, look: Theme, language: Language, folder: DataFolder, tmp_path: Path,
) -> None:
    office = make_office(tmp_path)
    office.receive(sample_intake("before"))
    with office.application.database.writing() as connection:
        back_to_0005(connection)
    office.application.close()
    counter = CounterWindow(qapp, look, language, folder)
    try:
        counter.window.show()
        assert not counter.open()
        hands = Hands(counter.window, counter.scans, is_hurried=True)
        hands.until(lambda: isinstance(counter.window.page(), HomePage), "the office is open", 60)
        assert counter.desk is not None and counter.desk.office.enrolled.name == "Quầy 3"
    finally:
        counter.close()
        counter.deleteLater()


def test_the_version_before_says_why_the_newer_one_gave_way(
    qapp: QApplication, look: Theme, language: Language, folder: DataFolder, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = make_office(tmp_path)
    leave_word(folder, "9.9", EnvironmentFault("upgrade_waits_cash"), office.clock.now())
    office.application.close()
    monkeypatch.setenv(REFUSED_BY, "9.9")
    said: list[tuple[str, ...]] = []
    counter = CounterWindow(qapp, look, language, folder)
    monkeypatch.setattr(counter.window, "warn", lambda *words: said.append(words))
    try:
        counter.window.show()
        assert counter.open()
        assert ("info", "Bản mới chờ chốt ca quỹ") in [words[:2] for words in said]
        assert folder.root.joinpath("upgrade-refused.json").exists(), "until the newer one has taken over"
    finally:
        counter.close()
        counter.deleteLater()
