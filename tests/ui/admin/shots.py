"""`python -m tests.ui.admin.shots OUTDIR [NAME …]`: Quản trị, the restore page and the closing sheet."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.errors import EnvironmentFault
from app.services.backup.known import MEDIUM, LastRehearsal, OnMedium, note_on_medium, note_rehearsal, note_trouble
from app.services.backup.names import Why
from app.services.backup.take import Place as BackupPlace
from app.services.backup.take import Source, take_backup
from app.services.book_check import BookFindings, note_book_check
from app.services.second_copy import choose
from app.services.upgrade.take_over import UPGRADES
from app.services.upgrade.word import leave_word
from app.store.settings import write_sync
from tests.office import Office, office_in
from tests.ui.dossier.desk import AtOnce, make_desk
from tests.ui.dossier.stories import STORIES
from tests.ui.shooting import Studio, open_wide, put_away, take, window_of
from ui.command_line.folder import KEYS
from ui.dialogs.closing_sheet import ClosingSheet
from ui.main_window import MainWindow
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.pages.admin.backup_card import BackupCard
from ui.pages.admin.page import AdminPage
from ui.pages.restore_page import RestorePage
from ui.shortcuts import Place

Scene = Callable[[Office, Desk, MainWindow], None]


def back_up(office: Office, count: int = 1) -> None:
    application = office.application
    for _ in range(count):
        take_backup(
            Source(application.database, application.book_key), BackupPlace(application.folder.backups), Why.CLOSE,
            office.clock.now(),
        )
        office.clock.advance(timedelta(hours=20))


def page_of(window: MainWindow, desk: Desk) -> AdminPage:
    window.register_place(Place.SETTINGS, lambda: AdminPage(desk))
    page = window.go(Place.SETTINGS)
    assert isinstance(page, AdminPage)
    return page


def first(office: Office, desk: Desk, window: MainWindow) -> None:
    """Nothing was ever backed up."""
    page_of(window, desk)


def good(office: Office, desk: Desk, window: MainWindow) -> None:
    """Everything as it should be, and a word after a drill."""
    back_up(office, 3)
    now = office.clock.now()
    with office.application.database.writing() as connection:
        choose(connection, Path("/media/usb-mau"), "0" * 32)
        note_on_medium(connection, OnMedium(now - timedelta(hours=20), 1_204))
        note_rehearsal(connection, LastRehearsal(now - timedelta(days=3), now - timedelta(days=4), True))
        write_sync(connection, UPGRADES, [{"at": (now - timedelta(days=9)).isoformat(), "from": "0005",
                                           "to": "0006", "program": "0.2.0"}])
    card = page_of(window, desk).show_card(BackupCard)
    card.say("Bản trên máy này (hôm qua 13:00) mở được, đủ 20 hồ sơ, 61 việc; từ đó sổ thêm 4 việc.", "ok")


def trouble(office: Office, desk: Desk, window: MainWindow) -> None:
    """The stick is away, the drill found a bad one, a new version waits."""
    back_up(office, 2)
    now = office.clock.now()
    with office.application.database.writing() as connection:
        choose(connection, Path("/media/usb-mau"), "0" * 32)
        note_on_medium(connection, OnMedium(now - timedelta(days=8), 1_204))
        note_trouble(connection, MEDIUM, "second_copy_missing", {}, now)
        note_rehearsal(connection, LastRehearsal(now - timedelta(days=40), now - timedelta(days=41), False))
    leave_word(office.application.folder, "0.3.0", EnvironmentFault("upgrade_waits_cash"), now)
    page_of(window, desk)


def working(office: Office, desk: Desk, window: MainWindow) -> None:
    back_up(office)
    card = page_of(window, desk).show_card(BackupCard)
    card.progress.start("Đang chép tệp quét sang ổ thứ hai…", total=900)
    card.progress.set_done(340)
    card.progress.show()


def damaged(office: Office, desk: Desk, window: MainWindow) -> None:
    back_up(office)
    with office.application.database.writing() as connection:
        note_book_check(connection, BookFindings(office.clock.now(), 60, ("page 7",)))
    card = page_of(window, desk).show_card(BackupCard)
    card.open_restore()


def whole(office: Office, desk: Desk, window: MainWindow) -> None:
    back_up(office)
    card = page_of(window, desk).show_card(BackupCard)
    card.open_restore()


def restore(office: Office, desk: Desk, window: MainWindow) -> None:
    """The book is damaged: four backups, one of them torn."""
    back_up(office, 4)
    files = sorted(office.application.folder.backups.iterdir())
    files[1].write_bytes(files[1].read_bytes()[:9_000])
    restore_page(office, window, "database_key_wrong")


def restore_none(office: Office, desk: Desk, window: MainWindow) -> None:
    restore_page(office, window, "book_lost")


def restore_page(office: Office, window: MainWindow, code: str) -> None:
    folder = office.application.folder
    os.environ[KEYS] = str(folder.root.parent / "keys")
    window.register_place(Place.HOME, lambda: RestorePage(
        sentence(EnvironmentFault(code), "vi"), folder, AtOnce(), office.clock.now, "vi",     # type: ignore[arg-type]
    ))
    window.go(Place.HOME)


def closing(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk)
    sheet = ClosingSheet(window)
    sheet.ask("mọi việc đã lưu trong sổ, bản sao lưu hôm qua 17:02 vẫn còn.")
    sheet.tell("Đang chép sổ…", 61, 100)
    sheet.progress.show()


def closing_failed(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk)
    sheet = ClosingSheet(window)
    sheet.ask("")
    said = sentence(EnvironmentFault("backup_no_room", needed_mb=700, free_mb=120), desk.language())
    sheet.say_failed(said.title, f"{said.what} {said.safe} ({said.code})")


SCENES: tuple[Scene, ...] = (
    first, good, trouble, working, damaged, whole, restore, restore_none, closing, closing_failed,
)


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as folder, office_in(Path(folder)) as office:
            STORIES["twenty"](office)
            office.application.reread()
            desk = replace(make_desk(office)[0], language=lambda words=shot.words: words)  # type: ignore[misc]
            window = window_of(office)
            open_wide(window, shot.width, shot.height)
            shot.scene(office, desk, window)
            take(window, shot.file, glances=8)
            put_away(window)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
