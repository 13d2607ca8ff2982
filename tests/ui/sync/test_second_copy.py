"""The second copy on the Đồng bộ page: its figure, what would be lost, and the sheet, by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services import second_copy as known
from app.services.standing import Reason, asked_epoch, stop_numbers
from app.store.queries.papers import confirm_file, files_waiting
from app.store.settings import write_setting
from sync.second_copy.disk import MediumDisk
from sync.second_copy.keeper import Keeper
from sync.second_copy.medium import Medium, find_medium
from tests.office import Office
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import digitise, receive
from ui.changes import Change
from ui.counter_figures import counter_state
from ui.dialogs.second_copy_sheet import SecondCopySheet
from ui.operations.desk import Desk
from ui.pages.sync.page import SyncPage
from ui.widgets.state_line import StateLine


@pytest.fixture(autouse=True)
def other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folders of a test stand for disks of their own."""
    monkeypatch.setattr(MediumDisk, "is_same_disk", lambda *_: False)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def know_province(office: Office) -> None:
    public = X25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()
    with office.application.database.writing() as connection:
        write_setting(connection, known.PROVINCE_KEY, public.hex())


def keep(office: Office) -> None:
    Keeper(office.application.database, office.application.book_key, office.clock).keep()


def opened(qtbot: QtBot, desk: Desk) -> tuple[SyncPage, SecondCopySheet]:
    page = present(qtbot, SyncPage(desk))
    page.refresh()
    qtbot.keyClick(page, Qt.Key.Key_B)
    sheet = page.second_copy.sheet
    assert sheet is not None and sheet.is_open
    return page, sheet


def use(qtbot: QtBot, sheet: SecondCopySheet, place: Path) -> None:
    qtbot.keyClick(sheet, Qt.Key.Key_N)
    sheet.field.set_text(str(place))
    qtbot.keyClick(sheet, Qt.Key.Key_Return)


def medium_at(office: Office, place: Path) -> Medium:
    return find_medium(place, office.application.enrolled.device, "", MediumDisk())


def test_a_place_is_set_by_keys_and_the_figures_follow(qtbot: QtBot, tmp_path: Path, stick: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        know_province(office)
        receive(office, "a", "Lê Văn Mẫu", 1)
        page, sheet = opened(qtbot, desk)
        assert sheet.state.text() == "Quầy này chưa có bản thứ hai."
        use(qtbot, sheet, stick)
        assert not sheet.is_open
        assert medium_at(office, stick).id
        page.refresh()
        assert (page.figures.second.number.text(), page.figures.risk.number.text()) == ("0", "mất 1")
        keep(office)
        page.refresh()
        assert (page.figures.second.number.text(), page.figures.risk.number.text()) == ("1", "mất 0")
        assert page.figures.risk.note.text() == "mọi hồ sơ đã có bản thứ hai"
        assert page.figures.second.number.property("tone") == "ok"


def test_scans_are_said_to_be_on_this_machine_alone(qtbot: QtBot, tmp_path: Path, stick: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        know_province(office)
        digitise(office, "a", receive(office, "a", "Lê Văn Mẫu", 1), 1, 7)
        page, sheet = opened(qtbot, desk)
        use(qtbot, sheet, stick)
        keep(office)
        page.refresh()
        risk = page.figures.risk
        assert (risk.number.text(), risk.note.text()) == ("mất 1 tệp", "chỉ có ở máy này")
        qtbot.keyClick(page, Qt.Key.Key_B)
        assert "không chở tệp quét: 1 tệp" in sheet.more.text()
        line = StateLine(desk.clock)
        qtbot.addWidget(line)
        line.show_state(counter_state(desk, {}))
        assert "mất 0 hồ sơ" not in line.said() and line.said().endswith("mất 1 tệp")
        with office.application.database.writing() as connection:
            for file in files_waiting(connection):
                confirm_file(connection, file.sha256, office.clock.now())
        desk.changes.publish(Change(has_sync=True))
        assert "tệp quét" not in sheet.more.text()


def test_the_bottom_line_says_what_would_be_lost(qtbot: QtBot, tmp_path: Path, stick: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        know_province(office)
        _, sheet = opened(qtbot, desk)
        use(qtbot, sheet, stick)
        receive(office, "a", "Lê Văn Mẫu", 1)
        line = StateLine(desk.clock)
        qtbot.addWidget(line)
        line.show_state(counter_state(desk, {}))
        assert "mất 1 hồ sơ" in line.said() and "bản thứ hai 0" in line.said()
        keep(office)
        line.show_state(counter_state(desk, {}))
        assert "mất 0 hồ sơ" in line.said() and "bản thứ hai 1" in line.said()


def test_nothing_is_green_before_the_province_can_open_it(qtbot: QtBot, tmp_path: Path, stick: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        receive(office, "a", "Lê Văn Mẫu", 1)
        page, sheet = opened(qtbot, desk)
        use(qtbot, sheet, stick)
        keep(office)
        page.refresh()
        assert page.figures.second.note.text() == "tỉnh chưa mở được"
        assert page.figures.risk.number.text() == "mất 1"
        qtbot.keyClick(page, Qt.Key.Key_B)
        assert "máy hỏng thì vẫn mất" in sheet.more.text()


def test_a_place_that_is_not_there_is_said_in_the_sheet(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, _around):
        _, sheet = opened(qtbot, desk)
        use(qtbot, sheet, tmp_path / "nowhere")
        assert sheet.is_open and sheet.trouble.isVisibleTo(sheet)
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def test_nothing_typed_asks_for_a_place(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, _around):
        _, sheet = opened(qtbot, desk)
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert sheet.is_open
        qtbot.keyClick(sheet, Qt.Key.Key_P)
        assert sheet.trouble.isVisibleTo(sheet)
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def break_middle(office: Office, stick: Path) -> None:
    (segment,) = medium_at(office, stick).folder.glob("*.qmc")
    content = bytearray(segment.read_bytes())
    content[len(content) // 3] ^= 1
    segment.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "words"),
    [(lambda *_: None, "Đã đọc hết, mọi bản ghi đều nguyên vẹn."),
     (break_middle, "Đã đọc hết: 1 chỗ hỏng, đã chép lại.")],
)
def test_the_whole_copy_is_read_on_demand(
    qtbot: QtBot, tmp_path: Path, stick: Path, damage: Callable[[Office, Path], None], words: str
) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        know_province(office)
        receive(office, "a", "Lê Văn Mẫu", 1)
        receive(office, "b", "Lê Văn Thử", 2)
        page, sheet = opened(qtbot, desk)
        use(qtbot, sheet, stick)
        keep(office)
        damage(office, stick)
        qtbot.keyClick(page, Qt.Key.Key_B)
        qtbot.keyClick(sheet, Qt.Key.Key_K)
        assert sheet.said.text() == words
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def test_restoring_says_what_came_and_asks_for_a_new_epoch(qtbot: QtBot, tmp_path: Path, stick: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        page, sheet = opened(qtbot, desk)
        use(qtbot, sheet, stick)
        receive(office, "a", "Lê Văn Mẫu", 1)
        keep(office)
        with office.application.database.writing() as connection:
            stop_numbers(connection, Reason.OLDER_THAN_WITNESS, {"why": "behind"}, desk.clock())
        qtbot.keyClick(page, Qt.Key.Key_B)
        qtbot.keyClick(sheet, Qt.Key.Key_P)
        assert sheet.said.text() == (
            "Sổ trên máy không thiếu việc nào ở đây. Số mới có lại sau lần liên lạc tới với tỉnh."
        )
        with office.application.database.reading() as connection:
            assert asked_epoch(connection) == Reason.OLDER_THAN_WITNESS
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def test_no_longer_using_it_leaves_what_lies_there(qtbot: QtBot, tmp_path: Path, stick: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        page, sheet = opened(qtbot, desk)
        use(qtbot, sheet, stick)
        receive(office, "a", "Lê Văn Mẫu", 1)
        keep(office)
        qtbot.keyClick(page, Qt.Key.Key_B)
        qtbot.keyClick(sheet, Qt.Key.Key_X)
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        page.refresh()
        assert page.figures.second.note.text() == "chưa đặt nơi lưu"
        assert list(medium_at(office, stick).folder.glob("*.qmc"))
