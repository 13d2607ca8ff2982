"""Commands that open the window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import EnvironmentFault
from app.paths import DataFolder, current_data_folder, remember_data_folder
from ui.command_line.answer import answering

DEMO_FOLDER = ".demo"


def open_current() -> int:
    """The window on the folder that was opened last; returns when it is closed."""
    return _run(current_data_folder())


def open_window(said: argparse.Namespace) -> int:
    """The window on the current data folder; returns when it is closed."""
    from ui.command_line.folder import data_folder

    folder = data_folder(said)
    return _run(folder)


def open_demo(said: argparse.Namespace) -> int:
    """A ready demo office: made when it is not there; then the window, or the main job played offscreen."""
    asked: Path | None = getattr(said, "data", None)
    folder = DataFolder((asked or Path.cwd() / DEMO_FOLDER).absolute())
    from ui.demo_office import make_demo_office

    make_demo_office(folder)
    remember_data_folder(folder)
    if said.prepare:
        sys.stdout.write(f"{folder.root}\n")
        return 0
    if said.play or not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from ui.demo_play import play

        return play(folder)
    from ui.demo_office import running_province

    with running_province(folder):
        return _run(folder)


def has_display() -> bool:
    """Whether a window can be seen from here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _run(folder: DataFolder) -> int:
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        return answering(_refuse_without_display)(argparse.Namespace())   # Qt itself would abort the process
    from PySide6.QtWidgets import QApplication

    from app.program_log import logging_to
    from ui.counter_window import CounterWindow
    from ui.standing_room import show_whole
    from ui.theme import install_theme
    from ui.translations import Language

    app = QApplication(sys.argv[:1])
    app.setApplicationName("Quầy Một Cửa")
    counter = CounterWindow(app, install_theme(app), Language(app), folder)
    show_whole(counter.window)
    counter.window.paint_then(counter.open)
    with logging_to(folder.log):
        code = app.exec()
        counter.close()
    return code


def _refuse_without_display(said: argparse.Namespace) -> Mapping[str, Any]:
    raise EnvironmentFault("display_missing")
