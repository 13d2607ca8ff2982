"""A counter for whole days: enrolled through the real gateway, worked by hands, killed where a story says so."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.paths import DataFolder
from app.store.settings import write_setting
from sync.client import GatewayClient
from sync.enrol import enrol_counter
from sync.gateway.process import GatewayProcess
from ui.command_line.folder import KEYS, open_folder
from ui.counter_window import CounterWindow
from ui.demo_office import office_file
from ui.hands import Hands, HandsStuck
from ui.paper_printer import SETTING
from ui.theme import Theme
from ui.translations import Language

PEOPLE = tuple(
    (f"0491{year:02d}0{number:05d}|2055{number:05d}|{name}|0703{1900 + year}|Nữ|"
     f"Tổ {number}, Thôn Giả Định, Điện Thọ, Điện Bàn, Quảng Nam|12082021", f"09050{number:05d}")
    for number, (year, name) in enumerate(
        [(90, "Trần Thị Mẫu Một"), (91, "Lê Thị Mẫu Hai"), (82, "Võ Thị Thử Ba"), (75, "Đỗ Thị Thử Tư"),
         (66, "Ngô Thị Mẫu Năm"), (58, "Hồ Thị Thử Sáu"), (93, "Bùi Thị Mẫu Bảy"), (87, "Mai Thị Thử Tám"),
         (79, "Lý Thị Mẫu Chín"), (84, "Đinh Thị Thử Mười")], start=1,
    )
)
"""Ten invented citizens: card and telephone."""


def enrol(folder: DataFolder, province: GatewayProcess) -> None:
    """Make `folder` an enrolled counter of `province` that prints to files."""
    office = open_folder(folder)
    try:
        file = office_file(office.catalogue)
        province.add_office(file)
        code = province.mint_code(file["id"], file["counters"][0])
        with GatewayClient(province.url) as client:
            enrol_counter(office.database, client, province.url, code, device_name="thử", clock=office.clock)
        with office.database.writing() as connection:
            write_setting(connection, SETTING, {"way": "pdf"})
    finally:
        office.close()


@contextmanager
def open_counter(
    app: QApplication, theme: Theme, language: Language, folder: DataFolder, *, is_hurried: bool = True
) -> Iterator[tuple[CounterWindow, Hands]]:
    """The real window on `folder`, closed cleanly afterwards."""
    counter = CounterWindow(app, theme, language, folder)
    try:
        counter.window.show()
        assert counter.open()
        yield counter, Hands(counter.window, counter.scans, is_hurried=is_hurried)
    except HandsStuck:
        counter.window.grab().save(str(folder.root / "stuck.png"))    # what the hands saw when they stood still
        raise
    finally:
        counter.close()
        counter.deleteLater()


def killed_before_the_paper(folder: Path) -> None:
    """A process of its own: one reception through the window, and SIGKILL when the paper would be handed over."""
    import signal

    from ui.demo_play import Person, receive_by_keys
    from ui.operations import print_paper, print_receipt
    from ui.theme import install_theme

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    print_receipt.put_on_paper = print_paper.put_on_paper = die        # the instant between commit and paper
    app = QApplication([])
    card, phone = PEOPLE[0]
    at_a_clerks_pace = open_counter(app, install_theme(app), Language(app), DataFolder(folder), is_hurried=False)
    with at_a_clerks_pace as (counter, hands):
        receive_by_keys(counter, hands, Person(card, "ly lich tu phap", phone))


if __name__ == "__main__":
    assert os.environ[KEYS]
    killed_before_the_paper(Path(sys.argv[1]))
