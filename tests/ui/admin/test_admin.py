"""Quản trị by keys: a backup and a drill in a process of their own, what stands in the way, and a package."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.operation import Type
from app.domain.people.roles import Act
from app.errors import Refusal
from app.services.backup.known import MEDIUM, LastRehearsal, note_rehearsal, note_trouble
from app.services.backup.names import backups_in
from app.services.backup.restore import is_restore_asked
from app.services.book_check import BookFindings, note_book_check
from app.services.first_run import Standing
from app.services.upgrade.installing import OUTCOME
from app.services.upgrade.take_over import NotTakenOver
from app.services.upgrade.word import leave_word
from app.store import journal
from tests.office import Office
from tests.ui.admin.shots import back_up
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import receive
from ui.command_line.folder import KEYS
from ui.operations import backup as acts
from ui.operations.desk import Desk
from ui.operations.first_run import read_steps
from ui.pages.admin import first_run_card, restore_sheet
from ui.pages.admin.backup_card import BackupCard
from ui.pages.admin.first_run_card import FirstRunCard
from ui.pages.admin.page import AdminPage
from ui.pages.admin.version_card import UPDATES, VersionCard


def opened(qtbot: QtBot, desk: Desk) -> tuple[AdminPage, BackupCard]:
    page = present(qtbot, AdminPage(desk))
    return page, page.show_card(BackupCard)


def facts(card: BackupCard | VersionCard) -> dict[str, tuple[str, str]]:
    return {each.what: (each.value, each.tone) for each in card.facts or ()}


class Job(QObject):
    """What a job says is what the test says."""

    stepped = Signal(object)
    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.is_started = self.is_stopped = False

    def start(self) -> None:
        self.is_started = True

    def stop(self) -> None:
        self.is_stopped = True


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Job:
    made = Job()
    monkeypatch.setattr(acts, "backup_job", lambda office: made)
    monkeypatch.setattr(acts, "rehearsal_job", lambda office: made)
    return made


def lines(office: Office) -> list[Any]:
    with office.application.database.reading() as connection:
        return [each for _, each in journal.operations(connection) if each.header.type == Type.BACKUP_TRIED]


def test_a_backup_and_a_drill_by_keys_in_processes_of_their_own(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    with at_desk(tmp_path) as (office, desk, _around):
        receive(office, "a", "Lê Văn Mẫu", 1)
        page, card = opened(qtbot, desk)
        assert facts(card)["Trên máy này"] == ("chưa có", "warn")
        assert not card.drill.isEnabled(), "there is nothing to try yet"
        qtbot.keyClick(page, Qt.Key.Key_S)
        qtbot.waitUntil(lambda: "đọc lại đúng" in card.said.text(), timeout=60_000)
        (kept,) = backups_in(office.application.folder.backups)
        assert card.drill.isEnabled() and facts(card)["Trên máy này"][1] == ""
        receive(office, "b", "Lê Văn Thử", 2)
        qtbot.keyClick(page, Qt.Key.Key_D)
        qtbot.waitUntil(lambda: "mở được" in card.said.text(), timeout=60_000)
        assert "đủ 1 hồ sơ" in card.said.text() and "thêm 1 việc" in card.said.text()
        (line,) = lines(office)
        assert line.header.staff == "nv-1" and line.body["taken_at"] == kept.at.isoformat()
        assert facts(card)["Diễn tập gần nhất"][1] == ""


def test_steps_are_told_and_the_work_can_be_stopped(qtbot: QtBot, tmp_path: Path, job: Job) -> None:
    with at_desk(tmp_path) as (_office, desk, _around):
        page, card = opened(qtbot, desk)
        qtbot.keyClick(page, Qt.Key.Key_S)
        assert job.is_started and not card.now.isEnabled()
        qtbot.keyClick(page, Qt.Key.Key_S)             # not twice at once
        job.stepped.emit({"event": "step", "where": "medium", "what": "scans", "done": 3, "of": 9})
        assert card.progress.accessibleName() == "Đang chép tệp quét sang ổ thứ hai…"
        card.progress.cancelled.emit()
        assert job.is_stopped and card.now.isEnabled()
        assert "vẫn còn nguyên" in card.said.text()


@pytest.mark.parametrize(("answer", "code"), [
    ({"ok": False, "here": "x", "medium": None,
      "problems": {"medium": {"code": "second_copy_missing", "values": {}}}}, "second_copy_missing"),
    ({"ok": False, "here": None, "medium": None,
      "problems": {"here": {"code": "backup_no_room", "values": {"needed_mb": 9, "free_mb": 1}}}},
     "backup_no_room"),
    ({"ok": False, "reason": "backup_busy"}, "backup_busy"),
    ({}, "backup_failed"),
])
def test_what_stood_in_the_way_is_said_with_its_code(
    qtbot: QtBot, tmp_path: Path, job: Job, answer: dict[str, Any], code: str,
) -> None:
    with at_desk(tmp_path) as (_office, desk, _around):
        page, card = opened(qtbot, desk)
        qtbot.keyClick(page, Qt.Key.Key_S)
        job.ended.emit(answer)
        assert card.trouble.isVisible() and code in card.trouble.accessibleName()
        assert ("Đã sao lưu" in card.said.text()) == bool(answer.get("here"))


def test_a_drill_that_finds_a_bad_backup_says_so_and_journals_it(qtbot: QtBot, tmp_path: Path, job: Job) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        back_up(office)
        (kept,) = backups_in(office.application.folder.backups)
        page, card = opened(qtbot, desk)
        qtbot.keyClick(page, Qt.Key.Key_D)
        job.ended.emit({"ok": False, "tried": [{
            "where": "here", "file": str(kept.file), "operations": 0, "dossiers": 0, "newer": 0,
            "problem": "backup_damaged",
        }]})
        assert "không dùng được" in card.said.text() and "backup_damaged" in card.said.text()
        assert lines(office)[0].body["problem"] == "backup_damaged"
        assert facts(card)["Diễn tập gần nhất"][1] == "bad"


def test_a_drill_is_asked_for_again_after_a_month_and_a_missing_stick_stands_there(
    qtbot: QtBot, tmp_path: Path,
) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        now = office.clock.now()
        with office.application.database.writing() as connection:
            note_rehearsal(connection, LastRehearsal(now - timedelta(days=32), now, True))
            note_trouble(connection, MEDIUM, "second_copy_missing", {}, now)
        _page, card = opened(qtbot, desk)
        assert facts(card)["Diễn tập gần nhất"][1] == "warn"
        assert card.trouble.title() == "Chưa thấy nơi lưu bản thứ hai"


def test_a_whole_book_is_not_restored_and_a_damaged_one_after_a_new_start(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[Desk] = []
    monkeypatch.setattr(restore_sheet, "start_again", begun.append)
    with at_desk(tmp_path) as (office, desk, _around):
        back_up(office)
        folder = office.application.folder
        page, card = opened(qtbot, desk)
        qtbot.keyClick(page, Qt.Key.Key_K)
        sheet = card._sheet
        assert sheet is not None and sheet.is_open and not sheet.act.isVisible()
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert not is_restore_asked(folder) and not begun
        with office.application.database.writing() as connection:
            note_book_check(connection, BookFindings(office.clock.now(), 1, ("page 7",)))
        page.refresh()
        assert card.trouble.title() == "Sổ trên máy này có chỗ hỏng"
        qtbot.keyClick(page, Qt.Key.Key_K)
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        assert is_restore_asked(folder) and begun == [desk]


def test_a_version_that_gave_way_is_told_until_it_takes_over(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        leave_word(office.application.folder, "9.9", NotTakenOver("upgrade_waits_cash"), office.clock.now())
        page, _card = opened(qtbot, desk)
        card = page.card(VersionCard)
        assert facts(card)["Bản mới đã cài"] == ("9.9", "warn")
        assert card.trouble.title() == "Bản mới chờ chốt ca quỹ"


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_package_is_looked_at_before_it_is_handed_to_the_system(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_whole: bool,
) -> None:
    file = tmp_path / "stick" / "quay-mot-cua-9.9.1-setup.exe"
    file.parent.mkdir()
    file.write_bytes(b"MZ" + bytes(64))
    own = hashlib.sha256(file.read_bytes() if is_whole else b"").hexdigest()
    (file.parent / "SHA256SUMS").write_text(f"{own}  {file.name}\n", encoding="utf-8")
    monkeypatch.setattr("app.services.upgrade.package._version", lambda copy, platform: "9.9.1")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    begun: list[tuple[str, ...]] = []
    monkeypatch.setattr("ui.pages.admin.version_card.install_at_the_end", begun.append)
    monkeypatch.setattr("ui.pages.admin.version_card.install_after", lambda process, package: (str(package.file),))
    with at_desk(tmp_path) as (office, desk, _around):
        page, _card = opened(qtbot, desk)
        card = page.card(VersionCard)
        qtbot.keyClick(page, Qt.Key.Key_U)
        if not is_whole:
            assert card.trouble.title() == "Gói cài đặt bị hỏng"
            assert card.update_.label() == "Cập nhật từ tệp…"
            return
        assert "9.9.1 nguyên vẹn" in card.said.text() and "chưa có chữ ký" in card.said.text()
        qtbot.keyClick(page, Qt.Key.Key_U)
        copy = office.application.folder.root / UPDATES / file.name
        assert begun == [(str(copy),)] and not page.window().isVisible()
        copy.with_name(OUTCOME).write_text("126 9.9.1\n", encoding="ascii")
        page.refresh()
        assert card.trouble.title() == "Chưa cài được gói"


def test_who_may_not_back_up_neither_drills_nor_restores_nor_updates(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, job: Job,
) -> None:
    def refuse(*given: Any) -> None:
        assert given[3] is Act.BACK_UP
        raise Refusal("act_not_allowed", act="back_up", name="Trần Thị Thử")

    monkeypatch.setattr("ui.pages.admin.card.require", refuse)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: pytest.fail("no file is asked for"))
    with at_desk(tmp_path) as (office, desk, _around):
        back_up(office)
        page, card = opened(qtbot, desk)
        for key in (Qt.Key.Key_D, Qt.Key.Key_K, Qt.Key.Key_U):
            qtbot.keyClick(page, key)
        assert not job.is_started and card._sheet is None
        assert "act_not_allowed" in card.trouble.accessibleName()
        qtbot.keyClick(page, Qt.Key.Key_S)
        assert job.is_started, "a backup hurts nobody"


def test_the_steps_of_a_new_machine_are_read_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(desk: Desk) -> tuple[Standing, ...]:
        reads.append(read_steps(desk))
        return reads[-1]

    reads: list[tuple[Standing, ...]] = []
    monkeypatch.setattr(first_run_card, "read_steps", read)
    with at_desk(tmp_path) as (_office, desk, _around):
        host = QWidget()
        qtbot.addWidget(host)
        card = FirstRunCard(desk, host)
        reads.clear()
        card.refresh()
    assert len(reads) == 1 and len(reads[0]) > 3
