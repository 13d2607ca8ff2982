"""The bundle by hand on the Đồng bộ page: made and read by keys, what waits and what is on its way in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services import second_copy as known
from app.store.settings import write_setting
from tests.office import Office
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import receive
from ui.dialogs.bundle_sheet import BundleSheet
from ui.operations.desk import Desk
from ui.pages.sync.page import SyncPage


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def know_province(office: Office) -> None:
    public = X25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()
    with office.application.database.writing() as connection:
        write_setting(connection, known.PROVINCE_KEY, public.hex())


def opened(qtbot: QtBot, desk: Desk) -> BundleSheet:
    page = present(qtbot, SyncPage(desk))
    page.refresh()
    qtbot.keyClick(page, Qt.Key.Key_U)
    sheet = page.bundles.sheet
    assert sheet is not None and sheet.is_open
    return sheet


def choose(qtbot: QtBot, sheet: BundleSheet, place: Path) -> None:
    qtbot.keyClick(sheet, Qt.Key.Key_N)
    sheet.field.set_text(str(place))


def test_a_bundle_is_made_by_keys_and_still_counts_as_waiting(qtbot: QtBot, tmp_path: Path, stick: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        know_province(office)
        receive(office, "a", "Lê Văn Mẫu", 1)
        sheet = opened(qtbot, desk)
        assert sheet.state.text() == "Chờ gửi: 1 việc, trong đó 1 hồ sơ mới."
        choose(qtbot, sheet, stick)
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        (file,) = stick.iterdir()
        assert "gói số 1 (" in sheet.said.text() and file.name in sheet.said.text()
        assert sheet.state.text().startswith("Chờ gửi: 1 việc")
        assert "Gói số 1" in sheet.more.text() and "chưa có trả lời" in sheet.more.text()
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert len(list(stick.iterdir())) == 2, "the sheet stays open for the next one"
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.is_open


def test_the_place_of_the_last_bundle_is_offered(qtbot: QtBot, tmp_path: Path, stick: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        know_province(office)
        sheet = opened(qtbot, desk)
        choose(qtbot, sheet, stick)
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert opened(qtbot, desk).place == stick


def test_what_is_lacking_is_said_in_the_sheet(qtbot: QtBot, tmp_path: Path, stick: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        sheet = opened(qtbot, desk)
        assert "chưa có khóa của tỉnh" in sheet.more.text()
        qtbot.keyClick(sheet, Qt.Key.Key_T)
        assert "Gõ đường dẫn" in sheet.field.message()
        choose(qtbot, sheet, stick)
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert sheet.trouble.isVisibleTo(sheet) and list(stick.iterdir()) == []
        know_province(office)
        sheet.room.set_text("nhiều")
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert "MB" in sheet.room.message() and list(stick.iterdir()) == []
        sheet.room.set_text("0")
        qtbot.keyClick(sheet, Qt.Key.Key_T)
        assert sheet.trouble.isVisibleTo(sheet), "no answer lies there yet"
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert not sheet.trouble.isVisibleTo(sheet) and len(list(stick.iterdir())) == 1
