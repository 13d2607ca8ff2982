"""A desk for tests of pages: a real office on a real book, and a window, printer and pool that only remember."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.errors import EnvironmentFault
from tests.office import Office, office_in
from tests.ui.dossier.stories import STORIES
from ui.background.tasks import Task
from ui.changes import Change, Changes
from ui.context import Context
from ui.operations.desk import Desk
from ui.shortcuts import Place
from ui.widgets.page import Page


@dataclass
class Said:
    """The frame of the window: remembers what it was asked."""

    words: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str, str]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    backs: int = 0

    def go(self, place: Place) -> None:
        self.places.append(place)

    def open_beside(self, place: Place, factory: Callable[[], Any]) -> Any:
        return factory()

    def go_back(self) -> None:
        self.backs += 1

    def say(self, text: str, tone: str = "ok") -> None:
        self.words.append((tone, text))

    def warn(self, tone: str, title: str, detail: str = "", action: str = "", key: str = "") -> None:
        self.warnings.append((tone, title, detail))

    def silence(self) -> None:
        self.warnings.clear()


@dataclass
class Tray:
    """A printer: keeps the slip, the number of copies and the bytes of each paper; may be out of order."""

    papers: list[tuple[str, int, bytes]] = field(default_factory=list)
    is_broken: bool = False

    def print_pdf(self, pdf: bytes, name: str, *, slip: str, copies: int) -> None:
        if self.is_broken:
            raise EnvironmentFault("printer_unavailable", printer="máy in thử")
        self.papers.append((slip, copies, pdf))


class AtOnce:
    """A pool that works while it is asked."""

    def run(
        self, work: Callable[..., Any], on_done: Callable[[Any], object] | None = None,
        on_failure: Callable[[Exception], object] | None = None, *, takes_task: bool = False,
    ) -> Task:
        task = Task(1)
        try:
            result = work(task) if takes_task else work()
        except Exception as error:
            if on_failure is None:
                raise
            on_failure(error)
        else:
            if on_done is not None:
                on_done(result)
        return task


@dataclass
class Clicks:
    accepted: int = 0
    refused: int = 0

    def accept(self) -> None:
        self.accepted += 1

    def refuse(self) -> None:
        self.refused += 1


@dataclass
class Around:
    """What stands around a page under test, to be looked at afterwards."""

    frame: Said
    tray: Tray
    clicks: Clicks
    published: list[Change]


def make_desk(office: Office, clerk: str = "nv-1") -> tuple[Desk, Around]:
    changes = Changes()
    around = Around(Said(), Tray(), Clicks(), [])
    changes.happened.connect(around.published.append)
    desk: Desk = Context(
        office=office.application, clock=office.clock.now, clerk=lambda: clerk, language=lambda: "vi",
        changes=changes, background=AtOnce(), printer=around.tray, frame=around.frame, sound=around.clicks,
    )
    return desk, around


@contextmanager
def at_desk(folder: Path, story: str = "") -> Iterator[tuple[Office, Desk, Around]]:
    """An office in which `story` has happened, and a desk to work on it."""
    with office_in(folder) as office:
        if story:
            STORIES[story](office)
            office.application.reread()
        yield office, *make_desk(office)


P = TypeVar("P", bound=Page)


def present(qtbot: QtBot, page: P, width: int = 1240, height: int = 660) -> P:
    """`page` in front, in an active window, as after `go`."""
    window = QWidget()
    qtbot.addWidget(window)
    row = QVBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(page)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.arrive()
    KEPT[page] = window
    return page


KEPT: WeakKeyDictionary[Page, QWidget] = WeakKeyDictionary()
"""A page's window lives as long as the test holds the page."""
