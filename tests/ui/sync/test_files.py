"""Documents on the sync page: counted apart, never green while they wait, told while they go, explained if not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.services import file_courier
from app.services.courier import outbox
from app.store.queries.papers import confirm_file, files_waiting
from tests.office import Office
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import confirm, digitise, receive
from ui.changes import Change
from ui.counter_figures import counter_state, line_state
from ui.main_window import MainWindow
from ui.models.sizes import shown_size
from ui.operations.desk import Desk
from ui.pages.sync.file_progress import FileProgress, heard
from ui.pages.sync.page import SyncPage
from ui.places import Places
from ui.shortcuts import Place
from ui.widgets.counter_state import CounterState, LineState
from ui.widgets.state_line import StateLine


def page_of(qtbot: QtBot, desk: Desk) -> SyncPage:
    return present(qtbot, SyncPage(desk))


def all_sent(office: Office) -> None:
    with office.application.database.writing() as connection:
        for file in files_waiting(connection):
            confirm_file(connection, file.sha256, office.clock.now())


def test_files_are_counted_apart_from_records(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "scanned") as (_, desk, _around):
        row = page_of(qtbot, desk).figures
    assert row.waiting.number.text() == "0" and row.files.number.text() == "3"
    assert row.files.note.text() == "tệp · 1 KB · để riêng 2" and row.files.number.property("tone") == "warn"


def test_nothing_is_green_while_files_wait(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        digitise(office, "a", code, 1, 7)
        confirm(office, 2)
        page = page_of(qtbot, desk)
        line = StateLine(desk.clock)
        qtbot.addWidget(line)
        line.show_state(counter_state(desk, {"event": "contact_ended"}))
        row = page.figures
        assert row.risk.number.text() == "mất 1 tệp" and row.risk.note.text() == "chỉ có ở máy này"
        assert {row.received.number.property("tone"), row.risk.number.property("tone")} == {"", "warn"}
        assert "tệp chờ 1" in line.said() and line.said().endswith("mất 1 tệp")
        assert line._glyph._token != "ok-ink"
        all_sent(office)
        desk.changes.publish(Change(has_sync=True))
        line.show_state(counter_state(desk, {"event": "contact_ended"}))
        assert row.risk.number.property("tone") == row.received.number.property("tone") == "ok"
        assert "tệp" not in line.said() and line._glyph._token == "ok-ink"


@pytest.mark.parametrize(("width", "words"), [
    (1366, "chờ gửi 8 (cũ nhất 3 giờ 1 phút) · tệp chờ 1.234"), (880, "chờ 8 · tệp 1.234"),
])
def test_the_bottom_line_has_room_for_files(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, width: int, words: str
) -> None:
    with at_desk(tmp_path) as (_, desk, _around):
        line = StateLine(desk.clock)
        qtbot.addWidget(line)
        line.resize(width, line.height())
        line.show()
        since = desk.clock() - timedelta(minutes=10)
        line.show_state(CounterState(24, None, 16, 8, timedelta(hours=3, minutes=1), 8, LineState.DOWN, since,
                                     files=1234))
        qapp.processEvents()
        sentences = [each for each in line.findChildren(QLabel) if hasattr(each, "plain")]
        assert words in " ".join(each.plain() for each in sentences)
        assert all(each.width() >= each.sizeHint().width() for each in sentences)
        assert all(each.geometry().right() <= width for each in sentences)


def test_a_file_on_its_way_changes_its_figure_and_nothing_else(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "scanned") as (_, desk, _around):
        page = page_of(qtbot, desk)
        resets: list[bool] = []
        page.waiting.lines.modelReset.connect(lambda: resets.append(True))
        said = []
        page.set_sending(is_sending=True)
        resets.clear()
        for waiting, size in ((14, 4_200_000), (13, 4_000_000), (13, 3_900_000), (12, 3_400_000)):
            page.show_files(waiting, size)
            said.append(page.figures.files.note.text())
        assert not resets
        assert page.figures.files.number.text() == "12" and not page.send.isEnabled()
        page.set_sending(is_sending=False)
        assert "đang gửi" in page.figures.files.note.text()      # the next contact goes on at once
        with desk.office.database.writing() as connection:
            waits = files_waiting(connection)
            confirm_file(connection, waits[2].sha256, desk.clock())
        page.set_sending(is_sending=True)
        page.set_sending(is_sending=False)
        assert page.figures.files.note.text() == "tệp · 1 KB · để riêng 2"
    assert said == [
        "đang gửi 1/12 · 4,2 MB", "đang gửi 2/12 · 4,0 MB", "đang gửi 2/12 · 3,9 MB", "đang gửi 3/12 · 3,4 MB",
    ]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), min_size=1))
def test_the_number_of_the_file_never_goes_back(words: list[tuple[int, int]]) -> None:
    going: FileProgress | None = None
    last = 0
    for waiting, aside in words:
        going = heard(going, waiting, 1, aside)
        if going is None:
            assert waiting <= aside
            last = 0
            continue
        assert last <= going.number <= going.total and going.left == waiting - aside
        last = going.number


class Nobody:
    """A courier that is not asked."""

    def send_now(self) -> None:
        raise AssertionError("nothing asked to send")


def test_the_word_of_the_courier_reaches_the_page_in_front_and_no_other(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "scanned") as (_, desk, _around):
        window = MainWindow(desk.clock)
        qtbot.addWidget(window)
        places = Places(window, desk, Nobody())
        window.go(Place.HOME)
        places.show_files(14, 4_200_000)               # nobody looks: nothing to do, nothing to break
        page = window.go(Place.SYNC)
        assert isinstance(page, SyncPage)
        before = page.figures.files.note.text()
        places.show_files(14, 4_200_000)
        during = page.figures.files.note.text()
        window.go(Place.HOME)
        window.go(Place.SYNC)                          # what went on meanwhile is not guessed
        after = page.figures.files.note.text()
        assert page.send.isEnabled()
        window.top_line.stop()
    assert (before, during, after) == ("tệp · 1 KB · để riêng 2", "đang gửi 1/12 · 4,2 MB", before)


def test_what_is_set_aside_says_why_whose_it_is_and_when_it_is_tried_again(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "scanned") as (_, desk, _around):
        page = page_of(qtbot, desk)
        asides = page.asides
        assert asides.isVisibleTo(page) and len(asides.lines) == 2
        told = [label.text() for label in asides.findChildren(QLabel)]
        assert [line.code for line in asides.lines] == ["H47.15-261123-0003", "H47.15-261123-0002"]
        assert all(line.paper for line in asides.lines)
    assert "Báo người phụ trách ở tỉnh kèm mã này." in asides.said[1] and asides.said[0].endswith("(blob_missing)")
    assert "máy thử lại ở lần liên lạc tới" in told and "máy tự thử lại hôm nay 09:56" in told


def test_t_tries_again_now_and_o_opens_the_dossier(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "scanned") as (_, desk, _around):
        page = page_of(qtbot, desk)
        opened: list[str] = []
        asked: list[bool] = []
        page.dossier_requested.connect(lambda code, paper: opened.append(code))
        page.send_requested.connect(lambda: asked.append(True))
        with desk.office.database.reading() as connection:
            assert len(file_courier.due_files(connection, 9, desk.clock())) == 2
            before = file_courier.asides(connection)
        qtbot.keyClick(page.waiting.table, Qt.Key.Key_O)
        qtbot.keyClick(page.waiting.table, Qt.Key.Key_T)
        with desk.office.database.reading() as connection:
            assert len(file_courier.due_files(connection, 9, desk.clock())) == 3
            after = file_courier.asides(connection)
            assert outbox(connection, desk.office.enrolled).files_aside == 2      # still said until they are there
    assert {name: (each.code, each.since, each.tries) for name, each in before.items()} == {
        name: (each.code, each.since, each.tries) for name, each in after.items()
    }
    assert opened == ["H47.15-261123-0003"] and asked == [True]


def test_with_nothing_set_aside_the_key_does_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, around):
        page = page_of(qtbot, desk)
        asked: list[bool] = []
        page.send_requested.connect(lambda: asked.append(True))
        qtbot.keyClick(page.waiting.table, Qt.Key.Key_T)
        qtbot.keyClick(page.waiting.table, Qt.Key.Key_O)
        assert not page.asides.isVisibleTo(page) and asked == [] and around.published == []


@pytest.mark.parametrize(("event", "wanted"), [
    ("files", LineState.SENDING), ("contact_started", LineState.UP), ("contact_ended", LineState.UP),
])
def test_the_line_sends_while_files_go(tmp_path: Path, event: str, wanted: LineState) -> None:
    with at_desk(tmp_path, "scanned") as (_, desk, _around), desk.office.database.reading() as connection:
        box = outbox(connection, desk.office.enrolled)
    assert line_state(box, {"event": event}) is wanted


@pytest.mark.parametrize(("size", "words"), [
    (0, "0 KB"), (1, "1 KB"), (999_999, "1.000 KB"), (1_000_000, "1,0 MB"), (3_340_000, "3,4 MB"),
    (99_990_000, "100 MB"), (1_500_000_000, "1,5 GB"), (1_234_000_000_000, "1.234 GB"),
])
def test_a_size_is_said_as_people_say_it(size: int, words: str) -> None:
    assert shown_size(size) == words
