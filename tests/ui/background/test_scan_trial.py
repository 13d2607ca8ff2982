"""A trial of a scanner takes its page from where one lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.devices.scanning.port import Notice, ScanTrouble, trouble_error
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError
from tests.office import office_in
from tests.ui.digitise.scanner import OFFICE_SCANNER, sheet
from ui.background.scan_desk import ScanDesk
from ui.background.scan_trial import try_scan

GLASS_ONLY = {Feed.FEEDER: ScanTrouble.REFUSED, Feed.FLATBED: None}
EMPTY_FEEDER = {Feed.FEEDER: ScanTrouble.NO_PAPER, Feed.FLATBED: None}
JAMMED = {Feed.FEEDER: ScanTrouble.JAMMED, Feed.FLATBED: None}
NOTHING = {Feed.FEEDER: ScanTrouble.NO_PAPER, Feed.FLATBED: ScanTrouble.NO_PAPER}


class Machine:
    """Says of each way of feeding what stands in the way; a page where nothing does."""

    def __init__(self, troubles: dict[Feed, ScanTrouble | None]) -> None:
        self.troubles, self.asked = troubles, list[Feed]()

    def start(
        self, source_id: str, settings: ScanSettings, on_page: Callable[[bytes, str], None],
        on_end: Callable[[KnownError | None], None], on_notice: Callable[[Notice], None],
    ) -> None:
        self.asked.append(settings.feed)
        trouble = self.troubles[settings.feed]
        if trouble is None:
            on_page(sheet(), "image/jpeg")
        on_end(None if trouble is None else trouble_error(trouble))

    def cancel(self) -> None:
        """Nothing runs any more when `start` returns."""

    def wait(self, seconds: float | None = None) -> bool:
        return True


class Table:
    """Looks at a page as it is."""

    def preview(self, content: bytes, longest: int, turn: int) -> bytes:
        return content


BOTH = [Feed.FEEDER, Feed.FLATBED]


@pytest.mark.parametrize(("feeds", "troubles", "asked", "answer"), [
    ((), GLASS_ONLY, BOTH, Feed.FLATBED),
    ((Feed.FEEDER, Feed.DUPLEX, Feed.FLATBED), EMPTY_FEEDER, BOTH, Feed.FLATBED),
    ((Feed.FLATBED,), GLASS_ONLY, [Feed.FLATBED], Feed.FLATBED),
    ((Feed.FEEDER, Feed.FLATBED), JAMMED, [Feed.FEEDER], "scanner_jammed"),
    ((), NOTHING, BOTH, "scanner_no_paper"),
])
def test_a_page_is_taken_from_where_one_lies(
    qtbot: QtBot, tmp_path: Path, feeds: tuple[Feed, ...], troubles: dict[Feed, ScanTrouble | None],
    asked: list[Feed], answer: str,
) -> None:
    machine, answers = Machine(troubles), list[str]()

    def failed(error: Exception) -> None:
        assert isinstance(error, KnownError)
        answers.append(error.code)

    def done(feed: Feed, image: QImage) -> None:
        assert not image.isNull()
        answers.append(feed)

    with office_in(tmp_path) as office:
        scans = ScanDesk(office.application, new_run=lambda: machine, table=Table())  # type: ignore[arg-type]
        try_scan(scans, replace(OFFICE_SCANNER, feeds=feeds), done, failed)
        qtbot.waitUntil(lambda: bool(answers))
        scans.close()
    assert (machine.asked, answers) == (asked, [answer])
