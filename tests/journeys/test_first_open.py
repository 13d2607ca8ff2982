"""The window on folders that are not ready: none enrolled yet, one whose key is gone."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtWidgets import QApplication

from app.paths import DataFolder
from app.services.courier import gateway_of
from tests.journeys.counter import PEOPLE
from tests.journeys.lines_out import called, callers, lines_out
from ui.command_line.folder import KEYS
from ui.counter_window import CounterWindow
from ui.demo_office import make_demo_office
from ui.hands import Hands
from ui.pages.enrol import EnrolPage
from ui.pages.home.page import HomePage
from ui.pages.intake.page import IntakePage
from ui.shortcuts import PLACES
from ui.theme import Theme
from ui.translations import Language


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return DataFolder(tmp_path / "office")


def test_an_empty_folder_offers_enrolment_and_becomes_a_demo_office_that_calls_its_province_alone(
    qapp: QApplication, look: Theme, language: Language, folder: DataFolder, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By one key; then every place is entered and the sync helper is at work."""
    with lines_out(tmp_path / "lines", monkeypatch) as heard:
        counter = CounterWindow(qapp, look, language, folder)
        try:
            counter.window.show()
            assert counter.open()
            assert isinstance(counter.window.page(), EnrolPage)
            hands = Hands(counter.window, counter.scans, is_hurried=True)
            hands.press("F11")
            hands.until(lambda: isinstance(counter.window.page(), HomePage), "the demo office is open", 120)
            assert counter.desk is not None
            assert counter.desk.office.enrolled.name == "Quầy 3"
            for place in PLACES.values():
                hands.press(place.key)
            hands.until(lambda: callers(heard) - {os.getpid()} != set(), "the sync helper calls", 120)
            with counter.desk.office.database.reading() as connection:
                province = gateway_of(connection)
        finally:
            counter.close()
            counter.deleteLater()
    assert province is not None
    assert callers(heard) > {os.getpid()}
    assert called(heard) == {urlsplit(province.url).netloc}


# A whole demo office is made and a reception typed into it, to change one setting: of the long journeys the one
# least likely to fail alone.
@pytest.mark.slow
def test_a_switch_of_language_keeps_the_form_and_the_place(
    qapp: QApplication, look: Theme, language: Language, folder: DataFolder
) -> None:
    make_demo_office(folder)
    counter = CounterWindow(qapp, look, language, folder)
    try:
        counter.window.show()
        assert counter.open()
        hands = Hands(counter.window, counter.scans, is_hurried=True)
        hands.press("F2")
        hands.type("ly lich tu phap")
        hands.press("Return")
        hands.press("Return")
        hands.scan(PEOPLE[0][0])
        before = counter.window.page()
        assert isinstance(before, IntakePage)
        hands.until(lambda: bool(before.form().owner.full_name), "the card is on the form")
        filled = before.form()
        hands.press("Ctrl+L")
        hands.until(lambda: counter.window.page() is not before, "the page is built in English")
        after = counter.window.page()
        assert isinstance(after, IntakePage)
        assert after.accessibleName() == "Receive a dossier"
        assert (after.form().owner, after.form().intent) == (filled.owner, filled.intent)
    finally:
        counter.close()
        counter.deleteLater()
