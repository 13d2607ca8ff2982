"""The steps of a new counter: only what was seen counts, nothing is in the way, each is heard and whole."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.devices.scanning.port import ScanTrouble
from app.errors import KnownError
from app.imaging.table_process import LightTable
from app.services import first_run
from app.services.first_run import State, Step
from app.services.second_copy import PROVINCE_KEY
from app.store.boot import boot_name, leave_mark
from app.store.settings import write_setting
from sync.second_copy.disk import MediumDisk
from sync.second_copy.machine_mark import leave_machine_mark, own_copies
from sync.second_copy.medium import make_medium
from tests.office import MORNING, Office
from tests.people import grant
from tests.ui.digitise.scanner import OFFICE_SCANNER, Pile, sheet
from tests.ui.dossier.desk import make_desk
from tests.ui.heard import unheard, unreached
from tests.ui.measured import cut_off
from tests.ui.shooting import open_wide, put_away, window_of
from ui.background.scan_desk import ScanDesk
from ui.operations import first_run as acts
from ui.operations import second_copy
from ui.operations.desk import Desk
from ui.pages.enrol import EnrolPage
from ui.pages.first_run.page import FirstRunPage
from ui.pages.first_run.printer import PrinterPanel
from ui.pages.first_run.scanner import ScannerPanel
from ui.shortcuts import Place


def states(desk: Desk) -> dict[Step, State]:
    return {each.step: each.state for each in acts.read_steps(desk)}


def test_a_fresh_counter_has_everything_but_the_province_before_it(office: Office) -> None:
    desk, _ = make_desk(office)
    found = states(desk)
    assert found.pop(Step.PROVINCE) is State.DONE
    assert set(found) == set(Step) - {Step.PROVINCE, Step.SECRET} and set(found.values()) == {State.OPEN}
    grant(office, {"nv-1": ["intake"]})
    assert states(desk)[Step.SECRET] is State.OPEN


def test_what_is_put_off_is_still_to_be_done_and_may_be_done(office: Office) -> None:
    desk, _ = make_desk(office)
    acts.put_off(desk, Step.PRINTER)
    assert states(desk)[Step.PRINTER] is State.LATER
    acts.note_proved(desk, Step.PRINTER, "Máy in Mẫu")
    (printer,) = [each for each in acts.read_steps(desk) if each.step is Step.PRINTER]
    assert (printer.state, printer.name, printer.at) == (State.DONE, "Máy in Mẫu", MORNING)


@pytest.mark.parametrize(("boot", "mark", "expected"), [
    ("start-1", "dau", None), ("", "dau", None), ("start-2", "dau", True), ("start-2", "khac", False),
    ("start-2", "", False),
])
def test_only_another_start_of_the_machine_judges_the_mark(
    boot: str, mark: str, expected: bool | None, office: Office,
) -> None:
    folder = office.application.folder.root
    if mark:
        leave_mark(folder, mark)
    with office.application.database.writing() as connection:
        assert first_run.look_after_restart(connection, folder, "start-2", MORNING) is None, "no test was begun"
        first_run.begin_restart_test(connection, "dau", "start-1", MORNING)
        assert first_run.look_after_restart(connection, folder, boot, MORNING + timedelta(1)) is expected
        again = first_run.look_after_restart(connection, folder, "start-3", MORNING + timedelta(2))
        assert again is (None if expected is not None else mark == "dau"), "judged once"
    desk, _ = make_desk(office)
    wanted = State.DONE if mark == "dau" else State.FAILED
    assert states(desk)[Step.RESTART] is wanted


def test_this_machine_tells_its_starts_apart() -> None:
    assert boot_name() == boot_name() != ""


def test_a_machine_knows_its_own_copies_and_no_others(tmp_path: Path) -> None:
    disk = MediumDisk()
    mine, other, bare, empty = (tmp_path / name for name in ("mine", "other", "bare", "empty"))
    for place in (mine, other, bare, empty):
        place.mkdir()
        if place is not empty:
            make_medium(place, "quay-1", MORNING, disk)
    leave_machine_mark(mine, "quay-1", disk, "máy khác")
    leave_machine_mark(mine, "quay-1", disk, "máy này")
    leave_machine_mark(other, "quay-1", disk, "máy khác")
    places = (mine, other, bare, empty, tmp_path / "nowhere")
    assert [each.place for each in own_copies(places, disk, "máy này")] == [mine]
    assert own_copies(places, disk, "") == ()


def test_a_machine_without_a_book_that_finds_its_own_copies_is_not_enrolled_blindly(
    office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MediumDisk, "is_same_disk", lambda *_: False)
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(acts, "media_here", lambda data: (stick,))
    desk, _ = make_desk(office)
    page = EnrolPage(desk, office.application.folder)
    qtbot.addWidget(page)
    page.arrive()
    assert page.refused.title() == ""
    second_copy.choose_place(desk, stick, lambda: None, lambda error: None)
    page.arrive()
    assert "tự xoá khi khởi động lại" in page.refused.title() and str(stick) in page.refused.accessibleName()


def test_a_page_that_comes_back_whole_proves_the_printer_and_a_damaged_one_does_not(office: Office) -> None:
    desk, around = make_desk(office)
    panel = PrinterPanel(desk)
    assert not panel.take_scan("044190000001"), "no page is waited for: the scan is somebody else's"
    panel.act()
    assert len(around.tray.papers) == 1
    sent = panel._sent
    assert panel.take_scan(sent.swapcase()) and states(desk)[Step.PRINTER] is State.OPEN
    assert panel.take_scan(sent) and states(desk)[Step.PRINTER] is State.DONE
    assert (around.clicks.accepted, around.clicks.refused) == (1, 1)
    around.tray.is_broken = True
    panel.act()
    assert "printer_unavailable" in panel.result.accessibleName()


def test_a_page_that_was_scanned_is_seen_and_not_kept(office: Office, qtbot: QtBot) -> None:
    with LightTable(children=1) as table:
        pile = Pile([sheet()])
        scans = ScanDesk(office.application, new_run=pile.new_run, look=lambda: (OFFICE_SCANNER,), table=table)
        try:
            desk = replace(make_desk(office)[0], scans=scans)
            panel = ScannerPanel(desk)
            qtbot.addWidget(panel)
            panel.enter()
            qtbot.waitUntil(lambda: panel.choice.count() == 1)
            panel.act()
            qtbot.waitUntil(lambda: states(desk)[Step.SCANNER] is State.DONE, timeout=20_000)
            assert not panel.picture.pixmap().isNull()
            assert not [each for each in office.application.folder.scans.rglob("*") if each.is_file()]
            pile.pages, pile.trouble = [], ScanTrouble.NO_PAPER
            panel.act()
            qtbot.waitUntil(lambda: "scanner_no_paper" in panel.result.accessibleName(), timeout=20_000)
        finally:
            scans.close()


def test_every_step_is_heard_walked_through_and_whole(office: Office) -> None:
    grant(office, {"nv-1": ["shift_lead"]})
    scans = ScanDesk(office.application, look=lambda: ())
    desk = replace(make_desk(office)[0], scans=scans)
    window = window_of(office)
    open_wide(window, 1366, 768)
    page = window.open_beside(Place.SETTINGS, lambda: FirstRunPage(desk))
    assert isinstance(page, FirstRunPage)
    wrong = {}
    try:
        for step in Step:
            page.steps.stand_on(step)
            for size in (QSize(1366, 768), QSize(911, 512)):
                window.resize(size)
                for _ in range(3):
                    QApplication.processEvents()
                wrong[step, size.width()] = [*unheard(window), *unreached(window), *cut_off(window, size)]
    finally:
        put_away(window)
        scans.close()
    assert {at: found for at, found in wrong.items() if found} == {}


def proof_said(office: Office) -> list[str]:
    """The code of what went wrong; "" for a proof."""
    desk, _ = make_desk(office)
    said: list[str] = []

    def failed(error: Exception) -> None:
        assert isinstance(error, KnownError)
        said.append(error.code)

    acts.prove_recovery(desk, lambda _: said.append(""), failed)
    return said


def test_a_province_that_has_never_told_its_key_proves_nothing(office: Office) -> None:
    assert proof_said(office) == ["recovery_not_proved"]


def test_a_province_that_cannot_be_reached_is_said(office: Office) -> None:
    key = X25519PrivateKey.generate().public_key().public_bytes_raw()
    with closed_port() as port:
        with office.application.database.writing() as connection:
            write_setting(connection, PROVINCE_KEY, key.hex())
            write_setting(connection, "gateway", {"url": f"http://127.0.0.1:{port}", "token": "mau"})
        assert proof_said(office) == ["line_down"]


@contextmanager
def closed_port() -> Iterator[int]:
    """Somebody's, who does not listen."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
