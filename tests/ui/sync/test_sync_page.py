from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from app.services import courier
from app.services.courier import outbox
from app.store.queries.outbox import waiting_page
from tests.office import sample_intake
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import confirm, receive
from ui.changes import Change
from ui.models.dossier_rows import known_now
from ui.models.state_words import notice_words, reason_words, type_words, verdict_words
from ui.operations.desk import Desk
from ui.operations.send_now import send_now
from ui.pages.sync.line_words import line_words, next_try
from ui.pages.sync.page import SyncPage
from ui.pages.sync.waiting_card import fate_words


def page_of(qtbot: QtBot, desk: Desk) -> SyncPage:
    return present(qtbot, SyncPage(desk))


def figures(page: SyncPage) -> list[str]:
    row = page.figures
    shown = (row.stored, row.second, row.received, row.waiting, row.files, row.risk)
    return [each.number.text() for each in shown]


def test_the_states_are_told_as_they_are(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, _around):
        page = page_of(qtbot, desk)
        assert figures(page) == ["24", "–", "16", "8", "0", "mất 8"]
        assert page.figures.waiting.note.text() == "việc, cũ nhất 3 giờ 1 phút"
        assert page.figures.second.note.text() == "chưa đặt nơi lưu"
        assert page._lead.text() == "Mất kết nối từ hôm nay 12:15, vẫn tiếp nhận bình thường"


def test_nothing_is_green_that_the_province_has_not_confirmed(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        page = page_of(qtbot, desk)
        assert not page.figures.received.number.property("tone") and not page.figures.risk.number.property("tone")
        receive(office, "a", "Lê Văn Mẫu", 1)
        receive(office, "b", "Lê Văn Thử", 2)
        confirm(office, 1)
        page.refresh()
        assert page.figures.received.number.property("tone") != "ok"
        assert page.figures.risk.number.property("tone") == "bad"
        confirm(office, 2)
        page.refresh()
        assert page.figures.received.number.property("tone") == "ok"
        assert figures(page) == ["2", "–", "2", "0", "0", "mất 0"]


def test_the_waiting_list_is_as_long_as_its_count(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, _around):
        page = page_of(qtbot, desk)
        model = page.waiting.lines
        while model.canFetchMore(QModelIndex()):
            model.fetchMore(QModelIndex())
        with desk.office.database.reading() as connection:
            box = outbox(connection, desk.office.enrolled)
        assert model.rowCount() == box.unsent == int(page.figures.waiting.number.text())
        assert page.stuck.lines.rowCount() == box.needs_person == 2
        assert page.stuck.isVisibleTo(page)


def test_the_next_try_counts_down_and_the_alert_is_said_once(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (office, desk, _around):
        page = page_of(qtbot, desk)
        said = page.banner.accessibleName()
        shown = []
        for seconds in (0, 1, 38, 10):
            office.clock.advance(timedelta(seconds=seconds))
            page._on_second()
            shown.append(page.countdown.text())
        assert page.banner.accessibleName() == said and "Đã thử 7 lần từ hôm nay 12:15." in said
    assert shown == ["Thử lại sau 40 giây.", "Thử lại sau 39 giây.", "Thử lại sau 1 giây.", "Sắp thử lại."]


def test_a_contact_under_way_is_told_and_cannot_be_asked_for_twice(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, _around):
        page = page_of(qtbot, desk)
        asked: list[bool] = []
        page.send_requested.connect(lambda: asked.append(True))
        qtbot.keyClick(page.waiting.table, Qt.Key.Key_G)
        page.set_sending(is_sending=True)
        qtbot.keyClick(page.waiting.table, Qt.Key.Key_G)
        assert page._lead.text() == "Đang liên lạc với tỉnh" and not page.banner.isVisibleTo(page)
        page.set_sending(is_sending=False)
        assert page.banner.isVisibleTo(page)
    assert asked == [True]


def test_sending_now_wakes_the_courier(tmp_path: Path) -> None:
    class Sleeper:
        wakes = 0

        def wake(self) -> None:
            self.wakes += 1

    sleeper = Sleeper()
    with at_desk(tmp_path) as (_, desk, around):
        send_now(desk, sleeper)
    assert sleeper.wakes == 1 and around.frame.words == [("info", "Đang liên lạc với tỉnh")]


def test_each_line_opens_its_dossier(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, _around):
        page = page_of(qtbot, desk)
        opened: list[str] = []
        page.dossier_requested.connect(lambda code, paper: opened.append(code))
        page.waiting.table.setFocus()
        qtbot.keyClick(page.waiting.table, Qt.Key.Key_Return)
        page.show_sent_back()
        qtbot.keyClick(page.stuck.table, Qt.Key.Key_Return)
    assert opened == ["H47.15-261123-0003", "H47.07-261113-0001"]


def test_what_was_sent_back_is_closed_with_a_word_only(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, around):
        page = page_of(qtbot, desk)
        qtbot.keyClick(page.waiting.table, Qt.Key.Key_K)
        sheet = page._sheet
        assert sheet is not None and sheet.is_open
        qtbot.keyClick(sheet.note.line, Qt.Key.Key_Return)
        assert sheet.is_open and sheet.note.message()
        qtbot.keyClicks(sheet.note.line, "da goi tinh")
        qtbot.keyClick(sheet.note.line, Qt.Key.Key_Return)
        assert not sheet.is_open
        assert page.stuck.lines.rowCount() == 1
        with desk.office.database.reading() as connection:
            assert outbox(connection, desk.office.enrolled).needs_person == 1
    assert around.frame.words[-1] == ("ok", "Đã ghi cách xử lý")


def test_the_clerk_stays_on_her_row_while_the_list_shrinks(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        for number in range(6):
            receive(office, f"i{number}", "Lê Văn Mẫu", number)
        page = page_of(qtbot, desk)
        page.waiting.table.stand_on(4)
        stood = page.waiting.table.current_row()
        confirm(office, 3)
        desk.changes.publish(Change(has_sync=True))
        assert page.waiting.table.current_row() == stood and page.waiting.table.currentIndex().row() == 1


def test_a_stop_calls_a_person_and_says_that_receiving_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        with office.application.database.writing() as connection:
            courier.note_problem(connection, "fork", {"seq": 3}, office.clock.now(), None)
        page = page_of(qtbot, desk)
        assert page._lead.text() == "Dừng gửi từ hôm nay 09:00, cần người xử lý; vẫn tiếp nhận bình thường"
        assert page.countdown.text() == ""
        with office.application.database.reading() as connection:
            box = outbox(connection, office.application.enrolled)
    assert next_try(box, office.clock.now()) == ""
    assert line_words(box, is_sending=True, now=office.clock.now()) == "Đang liên lạc với tỉnh"


def test_numbers_packages_clock_and_key_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        for number in range(3):
            office.receive(sample_intake(f"i{number}"))
        confirm(office, 3)
        office.application.reread()
        page = page_of(qtbot, desk)
        leases, machine = page.leases.facts, page.machine.facts
    assert leases is not None and machine is not None
    assert [(fact.what, fact.value) for fact in leases] == [
        ("Công an tỉnh Mẫu", "còn 496 / 499"), ("Sở Xây dựng tỉnh Mẫu", "còn 499 / 499"),
    ]
    assert [(fact.what, fact.value, fact.tone) for fact in machine[:3]] == [
        ("Đồng hồ máy", "đúng", ""), ("Khóa mở sổ", "trong tệp", "warn"), ("Danh mục thủ tục", "thử-1", ""),
    ]


def test_an_empty_counter_claims_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, _around):
        page = page_of(qtbot, desk)
        assert figures(page) == ["0", "–", "0", "0", "0", "mất 0"]
        assert page._lead.text() == "Chưa liên lạc với tỉnh lần nào"
        assert not page.stuck.isVisibleTo(page) and not page.banner.isVisibleTo(page)


def test_what_is_set_aside_says_why_and_how_often_it_was_tried(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        receive(office, "a", "Lê Văn Mẫu", 1)
        with desk.office.database.reading() as connection:
            line = waiting_page(connection, known_now(desk))[0]
    assert fate_words(line) == "chờ lượt gửi"
    assert fate_words(replace(line, set_aside="unread", attempts=3)) == (
        "để riêng sau 3 lần thử: tỉnh không đọc được nội dung"
    )


@pytest.mark.parametrize(("said", "words"), [
    (type_words("dossier.received"), "Tiếp nhận hồ sơ"), (type_words("tương.lai"), "tương.lai"),
    (verdict_words("held")[0], "Tỉnh đang giữ lại"), (verdict_words("mới")[0], "Tỉnh trả lại"),
    (reason_words("", ""), "tỉnh không nói lý do"), (reason_words("địa chỉ", ""), "địa chỉ"),
    (notice_words("status", "X", {"status": "9"}), "Hồ sơ X: đã có kết quả."),
    (notice_words("status", "X", {"status": "chờ ký"}), "Hồ sơ X: chờ ký."),
    (notice_words("tương-lai", "", {}), "Tin loại “tương-lai” mà bản phần mềm này chưa đọc được."),
])
def test_what_a_newer_province_says_is_shown_and_never_dropped(said: str, words: str) -> None:
    assert said == words
