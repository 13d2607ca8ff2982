"""The main job, played by keys through the real window where there is no screen to look at.

A card is read and dossiers are received while the province cannot be reached; receipts are written as PDF; the
province is started, the courier sends; then it is said where papers and pictures lie and what the province
now holds. Nothing is staged: window, book, courier process and gateway are the ones of every day.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from app.paths import DataFolder
from app.services import courier
from app.services.receipts import open_prints
from app.store.queries.dossiers import DossierList, reach
from app.store.queries.dossiers import page as page_of
from app.store.settings import write_setting
from sync.gateway.process import GatewayProcess
from ui.counter_window import CounterWindow
from ui.demo_office import province_folder
from ui.hands import Hands
from ui.operations.desk import Desk
from ui.pages.intake.page import IntakePage
from ui.paper_printer import SETTING
from ui.theme import install_theme
from ui.translations import Language

SIZE = (1366, 768)
@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the counter: card, what the clerk types to find the procedure, telephone."""

    card: str
    syllables: str
    phone: str


PEOPLE = (
    Person("049190004217|205511998|Trần Thị Mẫu Một|07031990|Nữ|"
           "Tổ 3, Thôn Giả Định, Điện Thọ, Điện Bàn, Quảng Nam|12082021", "ly lich tu phap", "0905000101"),
    Person("087076001356|340099123|Nguyễn Văn Thử Hai|29021976|Nam|"
           "12, Đường Số Không, Phường 1, Cao Lãnh, Đồng Tháp|05102022", "doi giay phep lai xe", "0905000102"),
    Person("045182003345|197033221|Lê Thị Kiểm Tra|15111982|Nữ|"
           "Khu phố 9, Phường 5, Đông Hà, Quảng Trị|31122023", "dang ky tam tru", "0905000103"),
)
"""Invented people."""


def play(folder: DataFolder) -> int:
    """Play it and print the outcome; 0 when the province holds every dossier that was received."""
    app = QApplication(sys.argv[:1])
    counter = CounterWindow(app, install_theme(app), Language(app), folder)
    try:
        return _play(counter, folder)
    finally:
        counter.close()


def _play(counter: CounterWindow, folder: DataFolder) -> int:
    window = counter.window
    window.resize(*SIZE)
    window.show()
    if not counter.open() or counter.desk is None:
        return 1
    desk = counter.desk
    with desk.office.database.writing() as connection:
        write_setting(connection, SETTING, {"way": "pdf"})
    hands = Hands(window, counter.scans)
    pictures = folder.root / "pictures"
    pictures.mkdir(exist_ok=True)

    def look(name: str) -> None:
        window.grab().save(str(pictures / f"{name}.png"))

    hands.until(lambda: _problem(desk) != "", "the courier finds the province unreachable", 120)
    _tell("Chưa tới được tỉnh / province unreachable", _problem(desk))
    look("1-hom-nay-mat-mang")
    codes = [receive_by_keys(counter, hands, person, look=look) for person in PEOPLE]
    for code in codes:
        _tell("Đã tiếp nhận khi mất mạng / received offline", code)
    hands.press("F7")
    look("4-dong-bo-cho-gui")
    with GatewayProcess(province_folder(folder)) as province:
        with desk.office.database.writing() as connection:
            courier.move_gateway(connection, province.url)
        counter.send_now()
        hands.until(lambda: _waiting(desk) == 0, "the province has confirmed everything", 60)
        hands.until(lambda: counter.is_line_up, "the courier says that all went through", 60)
        held = province.report()
        look("5-tinh-da-nhan")
        hands.press("Home")
        look("6-hom-nay")
    _tell("Giấy tiếp nhận (PDF) / receipts", str(desk.office.folder.papers))
    _tell("Ảnh màn hình / pictures", str(pictures))
    _tell("Tỉnh đang giữ / the province now holds", json.dumps(held, ensure_ascii=False))
    missing = [code for code in codes if code not in json.dumps(held)]
    return 1 if missing or _waiting(desk) else 0


def receive_by_keys(
    counter: CounterWindow, hands: Hands, person: Person, *, look: Callable[[str], None] | None = None,
) -> str:
    """One reception as a trained clerk does it; returns the printed code. `hands.presses` tells the keys."""
    desk = counter.desk
    assert desk is not None
    hands.count_anew()
    hands.press("F2")
    page = counter.window.page()
    assert isinstance(page, IntakePage)
    hands.type(person.syllables)
    hands.press("Return")
    if page.form().procedure is None:      # several cases: the first is the commonest
        hands.press("Return")
    hands.scan(person.card)
    hands.until(lambda: bool(page.form().owner.full_name), "the card is on the form")
    hands.press("Return")
    hands.type(person.phone)
    hands.press("Return")
    hands.press("A")
    if look is not None:
        look("2-tiep-nhan")
    before = newest_code(desk)
    hands.press("F12")
    hands.until(lambda: page.is_reading_back, "the citizen may read back")
    if look is not None:
        look("3-doc-lai")
    hands.press("Return")
    hands.until(lambda: newest_code(desk) != before, "the dossier is stored")
    code = newest_code(desk)
    hands.until(lambda: is_printed(desk, code), "the receipt is printed")
    return code


def newest_code(desk: Desk) -> str:
    """The dossier received last on this counter, "" when there is none."""
    counter = desk.office.enrolled
    with desk.office.database.reading() as connection:
        known = reach(connection, counter.device, counter.epoch, "")
        rows = page_of(connection, DossierList.ALL, known, limit=1)
    return rows[0].code if rows else ""


def is_printed(desk: Desk, code: str) -> bool:
    """Whether no print of this dossier is open any more."""
    with desk.office.database.reading() as connection:
        return all(each.code != code for each in open_prints(connection))


def _waiting(desk: Desk) -> int:
    with desk.office.database.reading() as connection:
        return courier.outbox(connection, desk.office.enrolled).unsent


def _problem(desk: Desk) -> str:
    with desk.office.database.reading() as connection:
        found = courier.outbox(connection, desk.office.enrolled).last_problem
    return str(found["code"]) if found else ""


def _tell(what: str, detail: str) -> None:
    sys.stdout.write(f"• {what}: {detail}\n")
    sys.stdout.flush()
