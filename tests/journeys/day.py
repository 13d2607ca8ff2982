"""Days at a counter without a line: a clock to be moved on, hands, ears, and eyes for the papers that came out.

The book is encrypted, the window is the real one, every paper is a PDF file. Nothing of it is asked of a service:
what a clerk scans is read from the paper that was printed before.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytest import MonkeyPatch

from app.bootstrap import Application, open_application
from app.paths import DataFolder
from app.services.counter import enrol
from app.services.numbers import store_lease
from app.store.settings import write_setting
from tests.journeys.counter import open_counter
from tests.office import Province, sample_enrolment
from ui.command_line import folder as opening
from ui.counter_window import CounterWindow
from ui.hands import Hands
from ui.paper_printer import SETTING
from ui.theme import Theme
from ui.translations import Language
from ui.widgets.page import Page

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)           # 08:00 at the counter
POLICE, LAND = "cong-an-tinh", "van-phong-dat-dai"
SIZE = (1366, 768)
PICTURES = "JOURNEY_PICTURES"
"""Environment variable naming a folder: each step that is worth a look leaves a picture there."""
MOST_TABS = 60
SETTLED_MS = 120
"""What was just shown finds its size within this."""
DOTS = 203
"""Resolution of a cheap label printer: what it cannot show, no scanner reads."""


class DayClock:
    """Goes on like any clock, from the moment it was set to."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self._start, self._ticks = start, time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._ticks)

    def monotonic(self) -> float:
        return time.monotonic()

    def set(self, moment: datetime) -> None:
        self._start, self._ticks = moment, time.monotonic()


@dataclass(slots=True)
class Ears:
    """The two clicks that a clerk hears."""

    accepted: int = 0
    refused: int = 0

    def accept(self) -> None:
        self.accepted += 1

    def refuse(self) -> None:
        self.refused += 1


@dataclass(frozen=True, slots=True)
class Office:
    """A folder with an enrolled counter in it, its keys and its clock."""

    folder: DataFolder
    keys: Path
    clock: DayClock
    device: str

    def open(self, folder: DataFolder, **more: bool) -> Application:
        return open_application(folder, clock=self.clock, key_folder=self.keys, **more)


def new_office(place: Path, *, device: str = "quay-1", lo: int = 1, clock: DayClock | None = None) -> Office:
    """Enrolled with the starter catalogue and numbers of two agencies; papers come out as files."""
    office = Office(DataFolder(place / "office"), place / "keys", clock or DayClock(), device)
    province = Province(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    application = office.open(office.folder)
    try:
        with application.database.writing() as connection:
            key = Ed25519PrivateKey.from_private_bytes(bytes([lo % 251] * 32))
            enrol(connection, key, sample_enrolment(device, province))
            write_setting(connection, SETTING, {"way": "pdf"})
        application.reread()
        with application.database.writing() as connection:
            for agency in (POLICE, LAND):
                store_lease(
                    connection, application.enrolled, *province.lease(agency, lo, lo + 498, device=device)
                )
    finally:
        application.close()
    return office


@dataclass(slots=True)
class Clerk:
    """Who works the window: `hands` for keys and scans, `ears` for its clicks, `look` for what it shows."""

    counter: CounterWindow
    hands: Hands
    ears: Ears
    office: Office
    _seen: set[Path] = field(default_factory=set)

    @property
    def page(self) -> Page:
        found = self.counter.window.page()
        assert isinstance(found, Page)
        return found

    @property
    def clock(self) -> DayClock:
        return self.office.clock

    def press(self, *keys: str) -> None:
        for key in keys:
            self.hands.press(key)

    def tab_to(self, *names: str) -> None:
        """By Tab alone, as without a mouse, to what a screen reader calls by a name that begins so."""
        passed = []
        for _ in range(MOST_TABS):
            passed.append(self.focused)
            if passed[-1].startswith(names):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never came to {names}, but to {passed}")

    @property
    def focused(self) -> str:
        """What a screen reader says of the widget in hand."""
        field = QApplication.focusWidget()
        return field.accessibleName() if field is not None else ""

    def sees_all(self) -> bool:
        """The page in front is no taller and no wider than the window shows: nothing is scrolled out of sight."""
        QTest.qWait(SETTLED_MS)
        frame = self.page.parentWidget()
        assert frame is not None
        return frame.width() >= self.page.width() and frame.height() >= self.page.height()

    def until(self, condition: Callable[[], bool], what: str) -> None:
        self.hands.until(condition, what)

    def rest(self) -> None:
        """Until the window has nothing under way: what was asked is stored, what was stored is printed."""
        self.hands.until(lambda: not self.counter.background.is_busy, "nothing is under way")

    def new_papers(self) -> dict[str, Path]:
        """Papers that came out since the last call, by file name without its ending."""
        self.rest()
        found = set(self.office.folder.papers.glob("*.pdf")) - self._seen
        self._seen |= found
        return {file.stem: file for file in sorted(found)}

    def look(self, name: str) -> None:
        """A picture of the window, when somebody wants to see what the clerk sees."""
        folder = os.environ.get(PICTURES)
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            QTest.qWait(SETTLED_MS)
            self.counter.window.grab().save(str(Path(folder) / f"{name}.png"))


@contextmanager
def at_work(app: QApplication, theme: Theme, language: Language, office: Office) -> Iterator[Clerk]:
    """The window on `office`, with the office's clock and without a courier: the line is down all week."""
    with MonkeyPatch.context() as patch:
        patch.setattr(opening, "open_folder", office.open)
        patch.setattr(CounterWindow, "_start_courier", lambda self: None)
        with open_counter(app, theme, language, office.folder) as (counter, hands):
            ears = Ears()
            patch.setattr(counter.sound, "accept", ears.accept)
            patch.setattr(counter.sound, "refuse", ears.refuse)
            counter.window.resize(*SIZE)
            clerk = Clerk(counter, hands, ears, office)
            clerk.new_papers()
            yield clerk


def read_codes(paper: Path) -> set[str]:
    """What a scanner reads from all pages of a paper."""
    found: set[str] = set()
    with pypdfium2.PdfDocument(paper) as document:
        for sheet in document:
            image = sheet.render(scale=DOTS / 72, grayscale=True).to_pil()
            found |= {code.text for code in zxingcpp.read_barcodes(image)}
    return found


def words_of(paper: Path) -> str:
    """The text of all pages, in one line."""
    with pypdfium2.PdfDocument(paper) as document:
        return " ".join(
            " ".join(sheet.get_textpage().get_text_range().split()) for sheet in document
        )
