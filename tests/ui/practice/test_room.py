"""The practice room's own: a province nobody else has, which ends with whoever started it; a strip that stays."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from app.devices.pdf_folder_printer import PdfFolderPrinter
from app.domain.catalogue_codec import load_catalogue
from app.errors import Refusal
from app.paths import own_data_folder
from app.practice import OFFICE, TOP, VARIABLE, is_practice_folder, mark_folder
from sync.client import GatewayClient
from sync.contract.codec import JsonObject
from sync.enrol import enrol_counter
from sync.gateway.offices import keep_office
from sync.gateway.opening import open_gateway
from sync.gateway.problem import ProblemRaised
from tests.gateway_process import OFFICE as REAL_OFFICE
from tests.office import office_in
from ui.background.scan_desk import _look_for_sources
from ui.command_line.folder import KEYS
from ui.dialogs.sheet import Sheet
from ui.guide.band import GuideBand
from ui.paper_printer import PaperPrinter
from ui.practice.office import begin_anew, practice_catalogue, practice_folder, practice_office_file
from ui.practice.people import CARDS
from ui.practice.scanner import SOURCE
from ui.practice.strip import PracticeStrip
from ui.shortcuts import Key, bind
from ui.translations import Language


@pytest.fixture
def practising(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "1")


# the province

HOLDER = """
import sys
from pathlib import Path
from sync.gateway.process import GatewayProcess
province = GatewayProcess(Path(sys.argv[1]), is_held=True).start()
print(province.pid, flush=True)
sys.stdin.read()
"""


def test_the_province_ends_when_the_window_is_killed(tmp_path: Path) -> None:
    window = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path / "province")], text=True,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert window.stdout is not None and window.stdin is not None
    province = os.pidfd_open(int(window.stdout.readline()))
    try:
        assert select.select([province], [], [], 0)[0] == [], "it serves"
        os.kill(window.pid, signal.SIGKILL)
        window.wait()
        assert select.select([province], [], [], 30)[0] == [province], "it has ended by itself"
    finally:
        os.close(province)
        window.stdout.close()
        window.stdin.close()


def kept(tmp_path: Path, content: JsonObject) -> str:
    """What a gateway says to an office file: "" when it keeps it."""
    opened = open_gateway(tmp_path / f"gateway-{content['id']}", None, datetime.now(UTC))
    try:
        with opened.database.writing() as connection:
            keep_office(connection, content)
    except ProblemRaised as refused:
        return refused.problem.code
    finally:
        opened.database.close()
    return ""


def test_a_real_province_takes_no_practice_office_and_none_of_its_codes(tmp_path: Path) -> None:
    practice = practice_office_file()
    assert kept(tmp_path, practice) == "practice_only"
    assert kept(tmp_path, {**REAL_OFFICE, "id": "that-uses-its-codes", "agencies": practice["agencies"]}) == (
        "practice_only")


def test_a_practice_province_takes_nothing_else(tmp_path: Path, practising: None) -> None:
    assert kept(tmp_path, REAL_OFFICE) == "practice_only"
    assert kept(tmp_path, practice_office_file()) == ""


def test_every_code_of_practice_begins_as_no_real_one() -> None:
    catalogue = load_catalogue(practice_catalogue())
    said = [identifier for agency in catalogue.agencies for identifier in agency.identifiers]
    assert all(TOP in each.split(".") for each in said)
    assert not re.search(r"\b[HG][0-9]{2}\b", " ".join(said))
    assert practice_office_file()["id"] == OFFICE
    for card in CARDS:
        assert {"Mẫu", "Thử"} & set(card.split("|")[2].split())


# what does not happen

def test_practice_speaks_to_no_other_machine(practising: None) -> None:
    with pytest.raises(Refusal) as refused:
        GatewayClient("https://cong.tinh.example")
    assert refused.value.code == "practice_stays_here"
    GatewayClient("http://127.0.0.1:1").close()


def test_an_enrolled_practice_book_joins_no_other_province(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office_in(tmp_path) as office:
        monkeypatch.setenv(VARIABLE, "1")
        application = office.application
        with GatewayClient("http://127.0.0.1:1") as client, pytest.raises(Refusal) as refused:
            enrol_counter(application.database, client, "http://127.0.0.1:1", "code", device_name="x",
                          clock=office.clock)
    assert refused.value.code == "practice_stays_here"


def test_no_printer_and_no_scanner_of_the_office_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office_in(tmp_path) as office:
        monkeypatch.setenv(VARIABLE, "1")
        assert isinstance(PaperPrinter(office.application).port("cups"), PdfFolderPrinter)
        assert _look_for_sources(office.application) == (SOURCE,)


def test_its_folder_lies_beside_the_real_one() -> None:
    own, practice = own_data_folder().root, practice_folder().root
    assert own != practice and own not in practice.parents and practice not in own.parents


def test_beginning_anew_forgets_the_book_and_what_witnessed_it(
    tmp_path: Path, practising: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.bootstrap import open_application
    from app.paths import DataFolder

    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    folder = DataFolder(tmp_path / "practice")
    mark_folder(folder.root)
    open_application(folder, key_folder=tmp_path / "keys").close()
    key = {file.name: file.read_bytes() for file in (tmp_path / "keys").glob("*.key")}
    witness = (tmp_path / "keys" / next(iter(key))).with_suffix(".witness")
    witness.write_bytes(b"of the journal that goes")
    begin_anew(folder)
    assert not folder.database.exists() and not witness.exists() and is_practice_folder(folder.root)
    open_application(folder, key_folder=tmp_path / "keys").close()
    assert {file.name: file.read_bytes() for file in (tmp_path / "keys").glob("*.key")} == key


# the strip

def test_the_strip_says_it_in_words_above_whatever_stands_in_the_window(
    qtbot: QtBot, language: Language
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    strip = PracticeStrip()
    window.setMenuWidget(strip)
    window.resize(1366, 768)
    window.show()
    sheet = Sheet(window, "Một câu hỏi", "Làm")
    sheet.open()
    assert strip.isVisible() and strip.words() == "LUYỆN TẬP — không có hồ sơ thật"
    assert not sheet.geometry().intersects(strip.geometry())
    strip.show_cable(is_plugged=False, is_moving=False)
    assert strip.cable.label() == "Cắm lại"
    language.use("en")
    qtbot.waitUntil(lambda: strip.words() == "PRACTICE — no real dossiers")


def test_the_strip_names_its_keys_on_its_buttons(qtbot: QtBot) -> None:
    strip = PracticeStrip()
    qtbot.addWidget(strip)
    buttons = (strip.card, strip.cable, strip.paper, strip.guide)
    assert [button.accessibleDescription() for button in buttons] == ["Ctrl 1", "Ctrl 2", "Ctrl 3", "Ctrl 4"]
    asked: list[str] = []
    strip.cable_asked.connect(lambda: asked.append("cable"))
    strip.cable.click()
    assert asked == ["cable"]
    assert json.dumps([button.accessibleName() for button in buttons], ensure_ascii=False).count('""') == 0


def test_a_click_round_the_page_leaves_the_keyboard_where_it_is(qtbot: QtBot) -> None:
    """Keys of a page are heard while the focus is inside it, those of a sheet only there."""
    window, page, strip, band = QMainWindow(), QLineEdit(), PracticeStrip(), GuideBand()
    qtbot.addWidget(window)
    heard: list[str] = []
    bind(page, {Key(each, ""): partial(heard.append, each) for each in ("Return", "F12")})
    window.setMenuWidget(strip)
    window.setCentralWidget(page)
    beside = QDockWidget(window)
    beside.setWidget(band)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, beside)
    window.resize(1093, 614)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.setFocus()
    buttons = (strip.card, strip.cable, strip.paper, strip.guide, band.leave)
    for button in buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_F12, Qt.Key.Key_A):
            qtbot.keyClick(window.windowHandle(), key)
    assert heard == ["Return", "F12"] * len(buttons)
    assert page.text() == "a" * len(buttons)
    sheet = Sheet(window, "Một câu hỏi", "Làm")
    sheet.open()
    qtbot.mouseClick(strip.paper, Qt.MouseButton.LeftButton)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert not sheet.is_open
