"""What only a person may decide, by keys alone: begin anew, take a landslide, enrol this PC again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.errors import Refusal
from app.services import mass_change
from app.services.courier import outbox
from app.services.standing import Reason, asked_epoch, let_numbers_go
from app.services.went_on import went_on
from tests.ui.dossier.desk import at_desk, present
from tests.ui.sync import standings
from ui.counter_figures import counter_state, line_state
from ui.dialogs.enrol_again_sheet import EnrolAgainSheet
from ui.operations.desk import Desk
from ui.pages.home.alarm_card import AlarmCard
from ui.pages.home.page import HomePage
from ui.pages.intake.page import IntakePage
from ui.pages.sync.page import SyncPage
from ui.widgets.counter_state import LineState
from ui.widgets.state_line import StateLine


def page_of(qtbot: QtBot, desk: Desk) -> tuple[SyncPage, list[bool]]:
    page = present(qtbot, SyncPage(desk))
    asked: list[bool] = []
    page.send_requested.connect(lambda: asked.append(True))
    return page, asked


@pytest.mark.parametrize("reason", standings.MAKERS)
def test_why_numbers_are_stopped_is_said_everywhere(qtbot: QtBot, tmp_path: Path, reason: str) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        standings.MAKERS[reason](office)
        page, _ = page_of(qtbot, desk)
        assert page.banner.title() == "Quầy đang tạm ngừng cấp số"
        assert "vẫn tiếp nhận bình thường" not in page._lead.text()
        qtbot.keyClick(page, Qt.Key.Key_X)
        sheet = page.deciding.explaining
        assert sheet is not None and sheet.is_open and "{" not in sheet.accessibleDescription()
        line = StateLine(desk.clock)
        qtbot.addWidget(line)
        line.show_state(counter_state(desk, {}))
        assert line.said().startswith("Tạm ngừng cấp số")
        home: AlarmCard = present(qtbot, HomePage(desk)).alarms
        assert home.said[0] == "Quầy đang tạm ngừng cấp số" and len(set(home.said)) == len(home.said)


def test_the_form_says_it_when_it_opens_and_no_longer_than_it_is_so(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        standings.stop(office, Reason.FORK)
        page = present(qtbot, IntakePage(desk))
        assert page.banner.isVisibleTo(page) and page.banner.title() == "Quầy đang tạm ngừng cấp số"
        assert "Đừng thu phí" in page.banner.accessibleName()
        with office.application.database.writing() as connection:
            let_numbers_go(connection)
        page.arrive()
        assert not page.banner.isVisibleTo(page)


def test_new_numbers_are_asked_for_only_with_the_name_of_the_counter(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        standings.stop(office, Reason.FORK)
        page, asked = page_of(qtbot, desk)
        qtbot.keyClick(page, Qt.Key.Key_X)
        assert page.deciding.explaining is not None
        qtbot.keyClick(page.deciding.explaining, Qt.Key.Key_Return)
        sheet = page.deciding.fork
        assert sheet is not None and sheet.is_open
        qtbot.keyClicks(sheet.name.line, "quay 2")
        qtbot.keyClick(sheet.name.line, Qt.Key.Key_Return)
        assert sheet.is_open and "Quầy 3" in sheet.name.message() and asked == []
        sheet.name.line.clear()
        qtbot.keyClicks(sheet.name.line, "quay 3")
        qtbot.keyClick(sheet.name.line, Qt.Key.Key_Return)
        assert not sheet.is_open and asked == [True]
        with office.application.database.reading() as connection:
            assert asked_epoch(connection) == Reason.FORK
        page.refresh()
        assert "Đã yêu cầu dải số mới" in page.banner.accessibleName()
        qtbot.keyClick(page, Qt.Key.Key_X)
        qtbot.keyClick(page.deciding.explaining, Qt.Key.Key_Return)
        assert asked == [True, True], "asked for already: the same key calls the province"


@pytest.mark.parametrize(("reason", "key", "opens"), [
    (Reason.OLDER_THAN_WITNESS, Qt.Key.Key_Return, "second copy"),
    (Reason.OLDER_THAN_WITNESS, Qt.Key.Key_N, "fork"),
    (Reason.OLDER_THAN_PROVINCE, Qt.Key.Key_Return, "send"),
    (Reason.OLDER_THAN_PROVINCE, Qt.Key.Key_B, "second copy"),
    (Reason.OLDER_THAN_PROVINCE, Qt.Key.Key_N, "nothing"), (Reason.STALE_EPOCH, Qt.Key.Key_Return, "enrol"),
    (Reason.FORK, Qt.Key.Key_Escape, "nothing"),
])
def test_each_cause_has_its_own_way_out(
    qtbot: QtBot, tmp_path: Path, reason: str, key: Qt.Key, opens: str
) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        standings.stop(office, reason)
        page, asked = page_of(qtbot, desk)
        qtbot.keyClick(page, Qt.Key.Key_X)
        assert page.deciding.explaining is not None
        qtbot.keyClick(page.deciding.explaining, key)
        sheets = {
            "second copy": page.second_copy.sheet, "fork": page.deciding.fork, "enrol": page.deciding.enrolling,
        }
        found = [name for name, sheet in sheets.items() if sheet is not None and sheet.is_open]
    assert found + (["send"] if asked else []) == ([] if opens == "nothing" else [opens])


def test_a_landslide_is_taken_only_by_its_typed_count(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        codes = standings.received(office, 6)
        standings.hold(office, codes)
        page, asked = page_of(qtbot, desk)
        assert page._lead.text().startswith("Có kết nối")
        qtbot.keyClick(page, Qt.Key.Key_X)
        sheet = page.deciding.pull
        assert sheet is not None and sheet.is_open
        assert [line.code for line in sheet.lines.rows()] == codes
        for typed in ("", "5"):
            sheet.amount.line.setText(typed)
            qtbot.keyClick(sheet.amount.line, Qt.Key.Key_Return)
            assert sheet.is_open and sheet.amount.message() and asked == []
        qtbot.keyClick(sheet.amount.line, Qt.Key.Key_Down)
        assert sheet.table.currentIndex().row() == 1, "the arrows go through the list"
        sheet.amount.line.setText("6")
        qtbot.keyClick(sheet.amount.line, Qt.Key.Key_Return)
        assert not sheet.is_open and asked == [True]
        with office.application.database.reading() as connection:
            assert mass_change.accepted_upto(connection, "nhà-1") == 80


def test_what_came_after_the_list_was_shown_is_not_taken_with_it(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        codes = standings.received(office, 6)
        standings.hold(office, codes[:5])
        page, asked = page_of(qtbot, desk)
        qtbot.keyClick(page, Qt.Key.Key_X)
        with office.application.database.writing() as connection:
            more = tuple(mass_change.Change(code, 2, 10) for code in codes)
            mass_change.hold_pull(connection, "nhà-1", 95, more, office.clock.now())
        sheet = page.deciding.pull
        assert sheet is not None
        sheet.amount.line.setText("5")
        qtbot.keyClick(sheet.amount.line, Qt.Key.Key_Return)
        assert sheet.is_open and sheet.lines.rowCount() == 6 and asked == []
        with office.application.database.reading() as connection:
            assert mass_change.accepted_upto(connection, "nhà-1") == 0


def test_a_landslide_is_no_broken_line(tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        standings.hold(office, standings.received(office, 6))
        state = counter_state(desk, {})
        with office.application.database.reading() as connection:
            assert line_state(outbox(connection, office.application.enrolled), {}) is LineState.UP
    assert state.may_receive


def test_a_code_that_is_refused_is_said_and_may_be_typed_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: list[tuple[str, str]] = []

    def enrol(database: object, client: object, url: str, code: str, **more: object) -> None:
        codes.append((url, code))
        if len(codes) == 1:
            raise Refusal("code_wrong")

    monkeypatch.setattr("sync.enrol.enrol_counter", enrol)
    with at_desk(tmp_path, "twenty") as (office, desk, around):
        standings.stop(office, Reason.STALE_EPOCH)
        page, asked = page_of(qtbot, desk)
        qtbot.keyClick(page, Qt.Key.Key_X)
        assert page.deciding.explaining is not None
        qtbot.keyClick(page.deciding.explaining, Qt.Key.Key_Return)
        sheet = page.deciding.enrolling
        assert isinstance(sheet, EnrolAgainSheet) and sheet.is_open
        qtbot.keyClick(sheet.code.line, Qt.Key.Key_Return)
        assert sheet.is_open and sheet.code.message() and codes == []
        qtbot.keyClicks(sheet.code.line, "ABCD-1234")
        qtbot.keyClick(sheet.code.line, Qt.Key.Key_Return)
        assert sheet.is_open and sheet.refused.isVisible() and asked == []
        qtbot.keyClick(sheet.code.line, Qt.Key.Key_Return)
        assert not sheet.is_open and asked == [True] and not sheet.refused.isVisible()
    assert [code for _, code in codes] == ["ABCD-1234"] * 2 and all(url for url, _ in codes)
    assert around.frame.words[-1][1] == "Máy này đã được ghi danh lại, quầy dùng dải số mới"


def test_that_the_counter_went_on_is_said_until_somebody_has_read_it(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        standings.went(office, 24)
        assert "Quầy đã đi tiếp với dải số mới" in present(qtbot, HomePage(desk)).alarms.said
        page, _ = page_of(qtbot, desk)
        assert page.banner.title() == "Quầy đã đi tiếp với dải số mới"
        qtbot.keyClick(page, Qt.Key.Key_X)
        sheet = page.deciding.explaining
        assert sheet is not None and sheet.what.text() == "24 việc đã được lấy lại vào sổ."
        with office.application.database.reading() as connection:
            assert went_on(connection) is None
        page.refresh()
        assert not page.banner.isVisibleTo(page)
