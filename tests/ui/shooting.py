"""Pictures of the real window, to be looked at: which sizes and looks, waiting for a scene, taking it.

Each `shots.py` beside its page names the scenes and is run as `python -m tests.ui.<page>.shots OUTDIR [NAME …]`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication

from tests.office import Office
from tests.ui.heard import unheard, unreached
from tests.ui.measured import cut_off
from ui.main_window import MainWindow
from ui.theme import install_theme
from ui.translations import Language
from ui.widgets.counter_state import CounterName

S = TypeVar("S", bound=Callable[..., None])

PATIENCE = 60.0
_ROOM = "room"                   # what the window was given, if it took more
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
        """`arguments`: the folder, then beginnings of the names of scenes; none means all. `light,683,384,vi`
        among them means that look alone."""
        self._folder, self._wanted = Path(arguments[0]), [each for each in arguments[1:] if "," not in each]
        self._looks = [(theme, int(width), int(height), words) for theme, width, height, words in
                       (each.split(",") for each in arguments[1:] if "," in each)]
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
            for theme, width, height, words in self._looks or looks:
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
    window.setProperty(_ROOM, QSize(width, height))
    window.resize(width, height)
    window.show()
    window.activateWindow()


def take(window: MainWindow, file: Path, *, glances: int, pause: float = 0.02) -> None:
    """Keep the picture once the window has been let work so many times: it may still be fading or moving.

    What eyes easily miss (cut off, without a name, not reached by Tab) is written beside it as a text.
    """
    for _ in range(glances):
        QApplication.processEvents()
        time.sleep(pause)
    window.grab().save(str(file))
    if faults := [*cut_off(window, window.property(_ROOM)), *unheard(window), *unreached(window)]:
        file.with_suffix(".txt").write_text("\n".join(faults) + "\n", encoding="utf-8")


def put_away(window: MainWindow) -> None:
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
