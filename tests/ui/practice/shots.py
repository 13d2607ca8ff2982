"""`python -m tests.ui.practice.shots OUTDIR [NAME …]`: pictures of the practice room, its strip and its guide.

A real practice office with its province is made for it; the first picture takes some seconds.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.paths import DataFolder
from app.practice import VARIABLE
from tests.ui.shooting import Studio, open_wide, take, wait
from ui.command_line.folder import KEYS
from ui.counter_window import CounterWindow
from ui.guide.guide import Guide
from ui.hands import Hands
from ui.pages.admin.page import AdminPage
from ui.pages.admin.practice_card import PracticeCard
from ui.practice.room import PracticeRoom
from ui.theme import theme
from ui.translations import Language


@dataclass(frozen=True)
class Set:
    """What a scene works on."""

    counter: CounterWindow
    room: PracticeRoom
    guide: Guide
    hands: Hands


def start(on: Set) -> None:
    on.hands.press("Home")


def reception(on: Set) -> None:
    """The tallest step of the page, with strip and card: every field is to be seen."""
    on.hands.press("F2")
    on.hands.type("ly lich tu phap")
    on.hands.press("Return")
    on.hands.press("Return")
    on.hands.press("Ctrl+1")


def reception_without_card(on: Set) -> None:
    reception(on)
    on.hands.press("Ctrl+4")


def pulled(on: Set) -> None:
    on.hands.press("Ctrl+2")
    wait(lambda: not on.room.is_plugged)
    on.hands.press("F7")


def keys(on: Set) -> None:
    on.hands.press("Home")
    on.hands.press("F1")


def admin(on: Set) -> None:
    on.hands.press("F9")
    page = on.counter.window.page()
    assert isinstance(page, AdminPage)
    page.show_card(PracticeCard).again.setFocus()


def again(on: Set) -> None:
    on.hands.press("F9")
    on.hands.press("L")


SCENES: tuple[Callable[[Set], None], ...] = (start, reception, reception_without_card, pulled, keys, admin, again)


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as place:
        os.environ |= {KEYS: f"{place}/keys", VARIABLE: "1"}
        studio = Studio(arguments)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        language = app.findChild(Language)
        assert language is not None
        folder = DataFolder(Path(place) / "practice")
        for shot in studio.shots(SCENES):
            (folder.root / "guide.json").unlink(missing_ok=True)
            counter = CounterWindow(app, theme(), language, folder)
            room = PracticeRoom(counter, folder)
            try:
                open_wide(counter.window, shot.width, shot.height)
                room.open()
                wait(lambda room=room, counter=counter: room.cable is not None and counter.is_line_up)
                guide = Guide(counter, room, folder.root)
                hands = Hands(counter.window, counter.scans)
                hands.press("Escape")              # what the scene before left unfinished is asked about
                shot.scene(Set(counter, room, guide, hands))
                take(counter.window, shot.file, glances=30)
            finally:
                room.close()
                counter.close()
                counter.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
