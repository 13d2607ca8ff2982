"""`practice`: the practice room in a process of its own, which begins with saying that it practises."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import EnvironmentFault, KnownError
from app.own_program import helper_command
from app.paths import DataFolder
from app.practice import begin_practice
from ui.command_line.answer import answering


def practise(said: argparse.Namespace) -> int:
    """The practice room; returns when its window is closed and its province has ended."""
    begin_practice(os.environ)
    if said.prepare:
        return answering(_prepare)(said)
    from ui.command_line.window import has_display

    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        return answering(_refuse_without_display)(said)
    return _run(folder_of(said), is_anew=said.anew)


def folder_of(said: argparse.Namespace) -> DataFolder:
    """`--data`, else this account's practice folder."""
    from ui.practice.office import practice_folder

    asked: Path | None = getattr(said, "data", None)
    return DataFolder(asked.absolute()) if asked is not None else practice_folder()


def _prepare(said: argparse.Namespace) -> Mapping[str, Any]:
    """Make the office, start its province, end it: what the installed program must be able to do."""
    from ui.practice.office import begin_anew, open_practice

    folder = folder_of(said)
    if said.anew:
        begin_anew(folder)
    province = open_practice(folder)
    held = province.report()
    province.stop()
    return {"ok": True, "folder": str(folder.root), "operations": held["operations"]}


def _refuse_without_display(said: argparse.Namespace) -> Mapping[str, Any]:
    raise EnvironmentFault("display_missing")


def _run(folder: DataFolder, *, is_anew: bool) -> int:
    from PySide6.QtCore import QLockFile
    from PySide6.QtWidgets import QApplication

    from app.practice import mark_folder
    from ui.counter_window import CounterWindow
    from ui.guide.guide import Guide
    from ui.practice.office import begin_anew
    from ui.practice.room import PracticeRoom
    from ui.standing_room import show_whole
    from ui.theme import install_theme
    from ui.translations import Language

    try:
        mark_folder(folder.root)
        lock = QLockFile(str(folder.lock))
        lock.setStaleLockTime(0)
        if not lock.tryLock(5_000 if is_anew else 0):
            raise EnvironmentFault("practice_open")
        if is_anew:
            begin_anew(folder)
    except KnownError as error:
        return _say(error)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Quầy Một Cửa")
    counter = CounterWindow(app, install_theme(app), Language(app), folder)
    room = PracticeRoom(counter, folder)
    room.opened.connect(lambda: Guide(counter, room, folder.root))
    again: list[bool] = []
    room.again_asked.connect(lambda: again.append(True))
    room.again_asked.connect(counter.window.close)
    show_whole(counter.window)
    counter.window.paint_then(room.open)
    code = app.exec()
    room.close()
    counter.close()
    lock.unlock()
    if again:
        subprocess.Popen(helper_command("app", ["practice", "--data", str(folder.root), "--anew"]),
                         stdin=subprocess.DEVNULL)
    return code


def _say(error: KnownError) -> int:
    """The window is not there yet, and who pressed a button sees no console: a small one says it."""
    from PySide6.QtWidgets import QApplication, QMessageBox

    from ui.messages import sentence

    said = sentence(error, "vi")
    sys.stderr.write(f"{said.what} {said.safe} {said.press}\n")
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        app = QApplication(sys.argv[:1])
        QMessageBox.information(None, f"LUYỆN TẬP · {said.title}", f"{said.what}\n{said.safe}\n{said.press}")
        del app
    return 1
