"""The camera over a page: one key takes a page, another leaves it out, trouble is said and passes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.errors import EnvironmentFault
from app.imaging.table_process import LightTable
from tests.ui.digitise.desk import Bench, bench
from ui.background.camera import Camera
from ui.background.page_intake import PageIntake
from ui.dialogs.camera_sheet import CameraSheet
from ui.messages import sentence
from ui.pages.digitise.reading import destination_of, read_shown

LONG = 30_000
PAPER = 0                                  # place of a requirement in the sample dossier


class Sitting:
    """A clerk before an open sheet."""

    def __init__(self, qtbot: QtBot, held: Bench, window: QWidget, sheet: CameraSheet, intake: PageIntake) -> None:
        self._qtbot = qtbot
        self.held, self.window, self.sheet, self.intake = held, window, sheet, intake

    def press(self, key: Qt.Key) -> None:
        self._qtbot.keyClick(self.sheet, key)

    def until_live(self) -> None:
        self._qtbot.waitUntil(self.sheet.live.has_picture, timeout=LONG)

    def still(self, count: int, key: Qt.Key = Qt.Key.Key_Space) -> None:
        """Takes a page and waits until it is the `count`th that is safe and lies under its paper."""
        self.press(key)
        self._qtbot.waitUntil(lambda: len(self.intake.pages) == count and self.intake.is_idle, timeout=LONG)


@contextmanager
def sitting(
    qtbot: QtBot, folder: Path, table: LightTable, name: str = "", last_used: str = "test:2"
) -> Iterator[Sitting]:
    with bench(folder, table=table) as held:
        destination = destination_of(held.desk, read_shown(held.desk, held.code))
        intake = held.scans.intake_of(destination)
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        sheet = CameraSheet(
            window, intake, lambda: "vi",
            lambda parent: Camera(parent, arguments=("--pictures", "0.4"), patience_ms=1_800, pauses_ms=(20,)),
        )
        paper = destination.requirements[PAPER]
        sheet.show_for(replace(paper, name=name, form="") if name else paper, last_used)
        sheet.open()
        try:
            yield Sitting(qtbot, held, window, sheet, intake)
        finally:
            sheet.close_sheet()


def test_space_and_enter_take_pages_that_lie_under_the_paper(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with sitting(qtbot, tmp_path, table, last_used="test:1") as at:
        at.until_live()
        at.still(1)
        at.still(2, Qt.Key.Key_Return)
        assert at.sheet.count.text() == "Đã chụp 2 trang"
        code = at.intake.destination.requirements[PAPER].code
        lying = [page.page_id for page in at.intake.arrangement.place(code).pages]
        pages = [at.intake.pages[each] for each in lying]
        assert [page.source for page in pages] == ["camera:test:1"] * 2
        kept = at.held.office.application.blobs.read(pages[0].original.sha256)
        assert QImage.fromData(kept, "JPG").width() == 2592
        assert at.sheet.last.isVisibleTo(at.sheet)
        assert at.sheet.is_open


def test_backspace_leaves_out_the_last_page_and_undo_takes_it_in_again(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with sitting(qtbot, tmp_path, table) as at:
        at.until_live()
        at.still(1)
        at.still(2)
        at.press(Qt.Key.Key_Backspace)
        first, second = (page.page_id for page in at.intake.arrangement.places[PAPER].pages)
        assert at.intake.arrangement.find(second).is_left_out
        assert not at.intake.arrangement.find(first).is_left_out
        assert at.sheet.count.text() == "Đã chụp 1 trang"
        assert at.intake.keeper.undo() == "leave_out"
        assert not at.intake.arrangement.find(second).is_left_out


def test_backspace_before_a_page_is_safe_leaves_that_page_out(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with sitting(qtbot, tmp_path, table) as at:
        at.until_live()
        at.sheet.camera.still.connect(lambda _: at.press(Qt.Key.Key_Backspace))
        at.still(1)
        page = at.intake.arrangement.places[PAPER].pages[0]
        assert page.is_left_out
        assert at.sheet.count.text() == "Đã chụp 0 trang"
        at.press(Qt.Key.Key_Backspace)             # nothing left to leave out
        assert at.sheet.count.text() == "Đã chụp 0 trang"


def test_a_card_is_asked_for_side_by_side(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with sitting(qtbot, tmp_path, table, "Thẻ căn cước") as at:
        assert at.sheet.hint.text() == "Tiếp theo: mặt trước của thẻ"
        at.until_live()
        at.still(1)
        assert at.sheet.hint.text() == "Tiếp theo: mặt sau của thẻ"
        at.still(2)
        assert at.sheet.hint.text() == "Tiếp theo: mặt trước của thẻ"
        stacks = at.intake.arrangement.places[PAPER].stacks
        assert [len(stack.pages) for stack in stacks] == [2]       # one stack of two: one sheet when it is filed


@pytest.mark.parametrize(("harm", "code"), [
    (signal.SIGKILL, "camera_died"),
    # That silence is noticed, is said without a sheet.
    pytest.param(signal.SIGSTOP, "camera_silent", marks=pytest.mark.slow),
])
def test_a_camera_that_dies_or_hangs_is_said_and_comes_back(
    qtbot: QtBot, tmp_path: Path, table: LightTable, harm: signal.Signals, code: str
) -> None:
    with sitting(qtbot, tmp_path, table) as at:
        at.until_live()
        os.kill(at.sheet.camera.pid, harm)
        qtbot.waitUntil(lambda: not at.sheet.live.has_picture(), timeout=LONG)
        assert at.sheet.trouble.title() == sentence(EnvironmentFault(code), "vi").title
        assert not at.sheet.act.isEnabled()
        at.press(Qt.Key.Key_Space)                 # nothing to take, nothing breaks
        at.until_live()
        assert at.sheet.trouble.isHidden()
        at.still(1)


def test_a_busy_camera_is_said_and_another_one_can_be_taken(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with sitting(qtbot, tmp_path, table, last_used="test:4") as at:
        qtbot.waitUntil(lambda: at.sheet.again.isVisibleTo(at.sheet), timeout=LONG)
        assert at.sheet.trouble.title() == sentence(EnvironmentFault("camera_busy"), "vi").title
        at.press(Qt.Key.Key_R)
        qtbot.waitUntil(lambda: at.sheet.again.isVisibleTo(at.sheet), timeout=LONG)
        at.press(Qt.Key.Key_C)
        at.until_live()
        assert at.sheet.device == "test:1"


def test_escape_gives_the_camera_back(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with sitting(qtbot, tmp_path, table) as at:
        at.until_live()
        process = at.sheet.camera.pid
        at.press(Qt.Key.Key_Escape)
        assert not at.sheet.is_open
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
