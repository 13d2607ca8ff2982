"""What was digitised stands in the dossier's story and beside its papers; S leads to the papers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.reuse import reusable
from app.store.queries.papers import confirm_file, files_waiting
from tests.app.services.scans import check, reuse
from tests.office import MORNING, Office
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import digitise, receive
from tests.ui.dossier.test_story import told
from ui.changes import Change
from ui.models.state_words import type_words
from ui.operations.desk import Desk
from ui.pages.dossier.page import DossierPage
from ui.widgets.timeline import TimelineEntry


def scans_in(entries: tuple[TimelineEntry, ...]) -> list[tuple[str, str]]:
    words = ("Số hóa", "Dùng lại", "Kiểm tra bản", "Đối chiếu")
    return [(entry.title, entry.detail) for entry in entries if entry.title.startswith(words)]


def column(page: DossierPage) -> list[str]:
    model = page.papers.table.model()
    return [model.index(row, 4).data() for row in range(model.rowCount())]


def test_papers_filed_in_one_go_are_one_entry_and_a_check_is_another(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        office.clock.advance(timedelta(minutes=4))
        digitise(office, "a", code, 3, 10)
        office.clock.advance(timedelta(minutes=1))
        check(office, code, "1", 1, intent="đối-chiếu")
        entries = told(desk, code)
    assert scans_in(entries) == [
        ("Số hóa Tờ khai yêu cầu (Mẫu thử), Bản sao căn cước hoặc hộ chiếu, Ảnh 4×6",
         "23/11 09:04 · 6 trang · Trần Thị Thử"),
        ("Đối chiếu bản chính Tờ khai yêu cầu (Mẫu thử)", "23/11 09:05 · Trần Thị Thử"),
    ]
    assert {entry.lane for entry in entries if entry.title.startswith("Số hóa")} == {"here"}


def test_a_paper_scanned_again_keeps_its_first_scan_in_the_story(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        digitise(office, "a", code, 1, 10)
        office.clock.advance(timedelta(hours=1))
        digitise(office, "a", code, 1, 20)
        entries = told(desk, code)
    assert [title for title, _ in scans_in(entries)] == [
        "Số hóa Tờ khai yêu cầu (Mẫu thử)", "Số hóa lại Tờ khai yêu cầu (Mẫu thử)",
    ]


def test_a_paper_taken_over_names_the_dossier_it_comes_from(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        first, second = (receive(office, intent, "Lê Văn Mẫu", 1) for intent in ("a", "b"))
        digitise(office, "a", first, 1, 10)
        with office.application.database.reading() as connection:
            found = reusable(connection, second, "1", today=MORNING.date())[0]
        reuse(office, second, "1", found, intent="dùng-lại")
        entries = told(desk, second)
    assert [title for title, _ in scans_in(entries)] == [f"Dùng lại Tờ khai yêu cầu (Mẫu thử) của hồ sơ {first}"]


def test_the_papers_say_how_far_they_are_and_green_is_the_province_s_word(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        digitise(office, "a", code, 2, 10)
        page = present(qtbot, DossierPage(desk, code))
        assert column(page) == ["Tệp chờ gửi", "Tệp chờ gửi", "Chưa số hóa"]
        assert ", đã số hóa 2/3," in page.papers._note.text()
        sent(office)
        desk.changes.publish(Change(has_sync=True))
        assert column(page) == ["Tỉnh đã nhận tệp", "Tỉnh đã nhận tệp", "Chưa số hóa"]


def sent(office: Office) -> None:
    with office.application.database.writing() as connection:
        for file in files_waiting(connection):
            confirm_file(connection, file.sha256, office.clock.now())


def test_s_leads_to_the_papers(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        assert asked_for(qtbot, desk, code) == [code]


def asked_for(qtbot: QtBot, desk: Desk, code: str) -> list[str]:
    page = present(qtbot, DossierPage(desk, code))
    wanted: list[str] = []
    page.digitise_requested.connect(wanted.append)
    qtbot.keyClick(page.papers.table, Qt.Key.Key_S)
    return wanted


def test_each_kind_of_work_has_its_word() -> None:
    assert type_words("paper.digitised") == "Số hóa giấy tờ"
    assert type_words("paper.checked") == "Kiểm tra bản số hóa"
