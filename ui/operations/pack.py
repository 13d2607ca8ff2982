"""A clerk's day written to a file she can hand to anybody (hồ sơ minh bạch ca), beside the window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.paths import resource
from app.services.pack import KNOWN_PROBLEMS, Program, pack_day, write_pack
from sync import __version__
from ui.operations.desk import Desk, clerk_at, warn_of
from ui.translations import tr


def this_program() -> Program:
    """The version that runs, and what its help says it does not do."""
    return Program(__version__, resource("help", "vi", KNOWN_PROBLEMS).read_text(encoding="utf-8"))


def pack_name(day: date) -> str:
    """What the file is called until the clerk says otherwise."""
    return f"ho-so-ca-{day.isoformat()}.zip"


def ask_for_file(over: QWidget, name: str) -> str:
    """The system's own dialog; "" when it was left without a choice."""
    chosen, _ = QFileDialog.getSaveFileName(over, tr("Lưu hồ sơ minh bạch của ngày"), name, "*.zip")
    return chosen if not chosen or chosen.endswith(".zip") else f"{chosen}.zip"


def write_pack_of(desk: Desk, day: date, target: Path) -> None:
    """The whole counter's day, as this clerk asks for it."""
    office, clerk, now = desk.office, clerk_at(desk), desk.clock()

    def work() -> int:
        with office.database.reading() as connection:
            files = pack_day(connection, office.enrolled, day, made_by=clerk.name, program=this_program(), now=now)
        write_pack(files, target)
        return len(files)

    said = tr("Đã lưu hồ sơ minh bạch của ngày vào {file}", file=target.name)
    desk.background.run(work, lambda _: desk.frame.say(said), lambda error: warn_of(desk, error))
