"""The book on the start screen: read through beside the window, damage said at once and kept among the alarms."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.services.test_book_check import changed
from tests.office import sample_intake
from tests.ui.dossier.desk import at_desk, present
from ui.background.nightly import Nightly
from ui.operations.check_book import check_whole_book, last_looked_at
from ui.pages.home.page import HomePage

DAMAGED = "Sổ trên máy này có chỗ hỏng"


def test_a_whole_book_is_not_spoken_of(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        office.receive(sample_intake("a"))
        page = present(qtbot, HomePage(desk))
        check_whole_book(desk)
        page.refresh()
        assert around.frame.warnings == [] and DAMAGED not in page.alarms.said
        assert last_looked_at(desk) == office.clock.now()


def test_damage_is_said_at_once_and_stays_on_the_start_screen(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        office.receive(sample_intake("a"))
        changed(office, "UPDATE journal SET signature = zeroblob(64)")
        page = present(qtbot, HomePage(desk))
        check_whole_book(desk)
        page.refresh()
        assert [(tone, title) for tone, title, _ in around.frame.warnings] == [("bad", DAMAGED)]
        assert DAMAGED in page.alarms.said


def test_it_is_read_at_the_first_pause_and_once_a_day(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        pauses: list[None] = []
        times: list[object] = []

        def check() -> None:
            check_whole_book(desk)
            times.append(office.clock.now())

        nightly = Nightly(
            qapp, desk.clock, lambda: last_looked_at(desk), check, lambda: pauses.append(None), quiet_ms=1
        )
        qtbot.waitUntil(lambda: len(pauses) >= 3)
        nightly.deleteLater()
        assert times == [office.clock.now()]
