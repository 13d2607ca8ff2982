"""The story of the main job: dossiers by keyboard with the line down, then all of it at the province."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtWidgets import QApplication

from app.paths import DataFolder
from app.services import courier
from app.services.drafts import list_drafts
from app.services.papers.prints import open_paper_prints
from app.services.receipts import open_prints
from app.services.stored_dossier import read_dossier
from sync.engine import run_once
from sync.gateway.process import GatewayProcess
from tests.journeys.counter import PEOPLE, enrol, open_counter
from ui.command_line.folder import KEYS, open_folder
from ui.counter_window import CounterWindow
from ui.demo_play import Person, newest_code, receive_by_keys
from ui.hands import Hands
from ui.pages.dossier.page import DossierPage
from ui.pages.intake.page import IntakePage
from ui.theme import Theme
from ui.translations import Language

MOST_KEYS = 12
"""From the card scan to the printed receipt, besides typing the syllables and the telephone number."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    return DataFolder(tmp_path / "office")


# Each act of the story is in both: killed before its paper, received, parked and resumed, corrected.
@pytest.mark.parametrize(("before", "after"), [
    pytest.param((1, 2), (6,), id="five"),
    pytest.param((1, 2, 3, 4), (6, 7, 8, 9), id="ten", marks=pytest.mark.slow),
])
def test_dossiers_of_a_day_offline_reach_the_province_exactly_once(
    qapp: QApplication, look: Theme, language: Language, folder: DataFolder, tmp_path: Path, empty_database: str,
    before: tuple[int, ...], after: tuple[int, ...],
) -> None:
    """`before`, `after`: who is received before and after the one whose form is parked meanwhile."""
    province = GatewayProcess(tmp_path / "province", empty_database)
    with province:
        enrol(folder, province)

    # The line is down. The first reception is killed between commit and paper.
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.counter", str(folder.root)], env=os.environ.copy(), check=False,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL
    assert not list(folder.papers.glob("*.pdf"))

    with open_counter(qapp, look, language, folder) as (counter, hands):
        _the_unprinted_one_is_asked_about_and_printed(counter, hands)
        codes = [_newest(counter)]
        codes += [_receive(counter, hands, number) for number in before]
        _park(counter, hands, 5)
        codes += [_receive(counter, hands, number) for number in after]
        codes.append(_resume_and_receive(counter, hands, 5))
        corrected = codes[1:len(before):2]
        for code in corrected:
            _correct(counter, hands, code)
        _the_first_version_says_it_was_replaced(counter, hands, codes[1])

        assert len(set(codes)) == len(codes) == len(before) + len(after) + 2
        assert _printed_codes(folder) == set(codes)

        with province:
            counter.send_now()
            hands.until(lambda: _unsent(counter) == 0, "the province has confirmed everything", 90)
            held = province.report()
    assert sorted(held["codes"]) == sorted(codes)
    assert corrected
    assert held["by_type"]["dossier.received"] == len(codes)
    assert held["by_type"]["dossier.corrected"] == len(corrected)

    with province:
        office = open_folder(folder)
        try:
            with office.database.writing() as connection:
                courier.move_gateway(connection, province.url)
            report = run_once(office.database, office.clock)
        finally:
            office.close()
        assert (report.problem, report.sent, report.already) == ("", 0, 0)
        again = province.report()
        assert (again["codes"], again["operations"]) == (held["codes"], held["operations"])


def _the_unprinted_one_is_asked_about_and_printed(counter: CounterWindow, hands: Hands) -> None:
    assert counter.desk is not None
    database = counter.desk.office.database

    def prints() -> int:
        with database.reading() as connection:
            return len(open_prints(connection)) + len(open_paper_prints(connection))

    assert prints() == 2                   # the receipt, and the slip for the money
    for left in (1, 0):
        hands.press("P")                   # the sheet of unfinished work is in front: print it again
        hands.until(lambda left=left: prints() == left, "a paper of the killed process is printed")
    hands.press("Escape")


def _receive(counter: CounterWindow, hands: Hands, number: int) -> str:
    card, phone = PEOPLE[number]
    code = receive_by_keys(counter, hands, Person(card, "ly lich tu phap", phone))
    assert hands.presses <= MOST_KEYS
    return code


def _park(counter: CounterWindow, hands: Hands, number: int) -> None:
    hands.press("F2")
    hands.type("ly lich tu phap")
    hands.press("Return")
    hands.press("Return")
    hands.scan(PEOPLE[number][0])
    page = _intake(counter)
    hands.until(lambda: bool(page.form().owner.full_name), "the card is on the form")
    hands.press("Escape")
    assert counter.desk is not None
    with counter.desk.office.database.reading() as connection:
        assert [draft.is_parked for draft in list_drafts(connection)] == [True]


def _resume_and_receive(counter: CounterWindow, hands: Hands, number: int) -> str:
    before = _newest(counter)
    hands.press("F2")
    hands.press("Alt+1")
    page = _intake(counter)
    hands.until(lambda: bool(page.form().owner.full_name), "the parked form is back")
    hands.press("Return")
    hands.type(PEOPLE[number][1])
    hands.press("Return")
    hands.press("A")
    hands.press("F12")
    hands.until(lambda: page.is_reading_back, "the citizen may read back")
    for _ in range(10):                    # ten Enters are one dossier
        hands.press("Return")
    hands.until(lambda: _newest(counter) != before, "the dossier is stored")
    hands.until(lambda: not counter.background.is_busy, "its receipt is printed")
    return _newest(counter)


def _correct(counter: CounterWindow, hands: Hands, code: str) -> None:
    hands.scan(code)
    hands.until(lambda: _shown(counter) == code, "the scanned dossier is open")
    hands.press("E")
    hands.until(lambda: isinstance(counter.window.page(), IntakePage), "the dossier is open for correction")
    page = _intake(counter)
    for _ in range(60):                    # by Tab alone, as a clerk without a mouse
        if "Thư điện tử" in _focused():
            break
        hands.press("Tab")
    assert "Thư điện tử" in _focused()
    hands.type("mau@thu.example")
    hands.press("F12")
    hands.until(lambda: page.is_reading_back, "the reason is asked for")
    hands.type("Bổ sung thư điện tử")
    hands.press("Return")
    hands.until(lambda: _version(counter, code) == 2, "version 2 is stored")
    hands.until(lambda: _shown(counter) == code, "the window shows what was stored")
    hands.until(lambda: not counter.background.is_busy, "version 2 is printed")


def _the_first_version_says_it_was_replaced(counter: CounterWindow, hands: Hands, code: str) -> None:
    hands.scan(code)
    hands.until(lambda: _shown(counter) == code, "the scanned dossier is open")
    page = counter.window.page()
    assert isinstance(page, DossierPage)
    assert "đã thay thế bằng bản 2" in page.paper_banner.title()


def _shown(counter: CounterWindow) -> str:
    """The code of the dossier in front, "" when another page is."""
    page = counter.window.page()
    return page.code if isinstance(page, DossierPage) else ""


def _focused() -> str:
    field = QApplication.focusWidget()
    return field.accessibleName() if field else ""


def _intake(counter: CounterWindow) -> IntakePage:
    page = counter.window.page()
    assert isinstance(page, IntakePage)
    return page


def _newest(counter: CounterWindow) -> str:
    assert counter.desk is not None
    return newest_code(counter.desk)


def _version(counter: CounterWindow, code: str) -> int:
    assert counter.desk is not None
    with counter.desk.office.database.reading() as connection:
        return read_dossier(connection, code).body.version


def _unsent(counter: CounterWindow) -> int:
    assert counter.desk is not None
    with counter.desk.office.database.reading() as connection:
        return courier.outbox(connection, counter.desk.office.enrolled).unsent


def _printed_codes(folder: DataFolder) -> set[str]:
    """The Code 128 of each receipt that was printed, read from the paper; beside it the slip for the money."""
    found = set()
    for file in folder.papers.glob("*.pdf"):
        if file.stem.endswith("collection_slip"):
            continue
        document = pypdfium2.PdfDocument(file)
        image = document[0].render(scale=203 / 72, grayscale=True).to_pil()
        document.close()
        found |= {
            code.text for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)
        }
    return found
