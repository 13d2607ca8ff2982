"""Pictures of the real window, to be looked at: which sizes and looks, waiting for a scene, taking it.

Each `shots.py` beside its page names the scenes and is run as `python -m tests.ui.<page>.shots OUTDIR [NAME …]`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.office import Office
from ui.main_window import MainWindow
from ui.theme import install_theme
from ui.translations import Language
from ui.widgets.counter_state import CounterName

S = TypeVar("S", bound=Callable[..., None])

PATIENCE = 60.0
LOOKS = (
    ("light", 1366, 768, "vi"), ("light", 1920, 1080, "vi"), ("contrast", 1366, 768, "vi"),
    ("light", 1366, 768, "en"), ("light", 1093, 614, "vi"),
)
"""Theme, width and height of the window, language."""


@dataclass(frozen=True, slots=True)
class Shot(Generic[S]):
    """One picture to take: `scene` in a window of that size, kept as `file`."""

    scene: S
    width: int
    height: int
    words: str
    file: Path


class Studio:
    """One run of the command: the application with its theme and language, and what was asked for."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """`arguments`: the folder, then beginnings of the names of scenes; none means all."""
        self._folder, self._wanted = Path(arguments[0]), arguments[1:]
        self._folder.mkdir(parents=True, exist_ok=True)
        app = QApplication([])
        self._look, self._language = install_theme(app), Language(app)
        self._app = app

    def shots(
        self, scenes: Sequence[S], looks: Sequence[tuple[str, int, int, str]] = LOOKS,
    ) -> Iterator[Shot[S]]:
        """Every wanted scene in every look; theme and language are set when a shot is handed out."""
        for scene in filter(self.is_wanted, scenes):
            name = scene.__name__
            for theme, width, height, words in looks:
                self._look.use(theme)
                self._language.use(words)
                yield Shot(scene, width, height, words, self._folder / f"{name}-{width}-{theme}-{words}.png")

    def is_wanted(self, scene: Callable[..., None]) -> bool:
        return not self._wanted or any(scene.__name__.startswith(each) for each in self._wanted)


def wait(until: Callable[[], bool]) -> None:
    """Lets Qt work until `until`; a picture that never comes is an error."""
    end = time.monotonic() + PATIENCE
    while not until():
        QApplication.processEvents()
        time.sleep(0.01)
        if time.monotonic() > end:
            raise TimeoutError("the scene was never ready")


def window_of(office: Office) -> MainWindow:
    """The window with its head filled in, not shown yet."""
    window = MainWindow(office.clock.now)
    counter = office.application.enrolled
    window.show_name(CounterName(counter.office_name, counter.name, office.clerk.name, "Công an tỉnh Mẫu"))
    return window


def open_wide(window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)
    window.show()
    window.activateWindow()


def take(window: MainWindow, file: Path, *, glances: int, pause: float = 0.02) -> None:
    """Keep the picture once the window has been let work so many times: it may still be fading or moving."""
    for _ in range(glances):
        QApplication.processEvents()
        time.sleep(pause)
    window.grab().save(str(file))


def put_away(window: MainWindow) -> None:
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
