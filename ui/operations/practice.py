"""Open the practice room beside this window: a program of its own, which shares nothing with this one."""

from __future__ import annotations

from PySide6.QtCore import QProcess

from app.own_program import helper_command


def open_practice_room() -> bool:
    """Start it and let it go; False where it could not be started. It opens its own folder, never this one's."""
    program, *arguments = helper_command("app", ["practice"])
    started, _ = QProcess.startDetached(program, arguments)
    return bool(started)
