"""What a scanner does on a bad day, behind the real window: it stays live, and the pages so far are safe.

SANE's own test device and scanimage are real; child, reader, store and light table are the product's.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.devices.scanning.port import Source, SourceKind
from app.devices.scanning.run import ScanRun
from app.domain.scanning import Feed
from app.paths import DataFolder
from app.services.scan_tray import pages
from tests.app.devices.scanning.sane_desk import SaneDesk, children_of
from tests.gateway_process import ReadyGateway
from tests.journeys.counter import PEOPLE, enrol, open_counter
from ui.background import scan_desk
from ui.command_line.folder import KEYS
from ui.counter_window import CounterWindow
from ui.demo_play import Person, receive_by_keys
from ui.hands import Hands
from ui.messages import sentence
from ui.pages.digitise.page import DigitisePage
from ui.theme import Theme
from ui.translations import Language

DEVICE = Source("sane:test:0", "Máy quét thử", SourceKind.SANE, (Feed.FEEDER, Feed.FLATBED))
PATIENCE = 4.0
STANDSTILL_MS = 2_000
"""No assertion on speed: a window that waits for a scanner stands still for as long as the scanner is silent."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SaneDesk:
    made = SaneDesk(tmp_path / "desk")
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    monkeypatch.setattr(scan_desk, "_look_for_sources", lambda office: (DEVICE,))
    monkeypatch.setattr(scan_desk, "_scan_run", lambda: ScanRun(patience=PATIENCE))
    return made


class Heart:
    """Beats in the window's thread; `worst` is the longest it stood still, in milliseconds."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._last = time.monotonic()
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self.worst = max(self.worst, (now - self._last) * 1000)
        self._last = now

    def stop(self) -> None:
        self._timer.stop()


@pytest.mark.slow        # its parts are tested in the default suite; this plays them in one window
def test_every_trouble_of_a_feeder_leaves_the_window_live_and_the_pages_safe(
    qapp: QApplication, look: Theme, language: Language, tmp_path: Path, empty_database: str, desk: SaneDesk,
) -> None:
    folder = DataFolder(tmp_path / "office")
    with ReadyGateway(tmp_path / "province", empty_database) as province:
        enrol(folder, province)
    with open_counter(qapp, look, language, folder) as (counter, hands):
        card, phone = PEOPLE[2]
        receive_by_keys(counter, hands, Person(card, "ly lich tu phap", phone))
        hands.press("Alt+S")
        page = counter.window.page()
        assert isinstance(page, DigitisePage)
        hands.until(lambda: bool(counter.scan_desk and counter.scan_desk.sources), "the scanner is found")
        kept = 0
        for trouble, came in (
            ("scanner_jammed", 3), ("scanner_cover_open", 2), ("scanner_no_paper", 0), ("scanner_busy", 0),
            ("scanner_died", 2), ("scanner_silent", 2), ("", 10),
        ):
            _lay(desk, trouble, came)
            with _beating() as heart:
                hands.press("S")
                hands.until(lambda: page.intake.state.is_scanning, f"{trouble}: the scan begins")
                if trouble in ("scanner_died", "scanner_silent"):
                    _until_there_are(hands, page, kept + came)
                    _strike(signal.SIGKILL if trouble == "scanner_died" else signal.SIGSTOP)
                hands.until(lambda: not page.intake.state.is_scanning, f"{trouble}: the scan ends", 60)
            error = page.intake.state.error
            assert (error.code if error else "") == trouble
            if error is not None:
                assert page.trouble.isVisible() and page.trouble.title() == sentence(error, "vi").title
            hands.until(lambda: page.intake.is_idle, f"{trouble}: pages are prepared", 60)
            stored = _stored(counter, page)
            assert stored == kept + came == len(page.intake.pages), trouble
            kept = stored
            assert heart.worst < STANDSTILL_MS, trouble
        hands.press("Escape")
        hands.press("Escape")


def _until_there_are(hands: Hands, page: DigitisePage, amount: int) -> None:
    hands.until(lambda: len(page.intake.pages) >= amount, f"{amount} pages come", 60)


def _lay(desk: SaneDesk, trouble: str, came: int) -> None:
    statuses = {"scanner_jammed": "JAMMED", "scanner_cover_open": "COVER_OPEN", "scanner_busy": "DEVICE_BUSY"}
    if trouble == "scanner_no_paper":
        desk.with_options("--read-return-value=SANE_STATUS_NO_DOCS")
    elif trouble in statuses and came:
        desk.trouble_after(came, statuses[trouble])
    elif trouble in statuses:
        desk.with_options(f"--read-return-value=SANE_STATUS_{statuses[trouble]}")
    elif trouble:
        desk.stands_still_after(came)
    else:
        desk.with_options()


def _strike(number: signal.Signals) -> None:
    """Hit the driver's whole tree: the child that scans, and scanimage under it."""
    for child in _scanning_children():
        for grandchild in children_of(child):
            os.kill(grandchild, number)
        os.kill(child, number)


def _scanning_children() -> list[int]:
    found = []
    for task in Path("/proc/self/task").glob("*/children"):
        for number in task.read_text().split():
            words = Path(f"/proc/{number}/cmdline").read_bytes()
            if b"app.devices.scanning.child" in words:
                found.append(int(number))
    return found


def _stored(counter: CounterWindow, page: DigitisePage) -> int:
    assert counter.desk is not None
    with counter.desk.office.database.reading() as connection:
        found = pages(connection, page.intake.destination.intent)
    for each in found:
        assert counter.desk.office.blobs.read(each.original.sha256)
    return len(found)


@contextmanager
def _beating() -> Iterator[Heart]:
    heart = Heart()
    try:
        yield heart
    finally:
        heart.stop()
