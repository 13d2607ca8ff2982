"""A window's messages bear a code from the first one on, and one key shows the last."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.self_check import Checked, Part, State
from app.errors import EnvironmentFault
from app.paths import DataFolder
from app.program_log import ErrorSlip, ErrorSlips, logging_to, read_log
from app.services.support.standing import MachineStanding
from sync.contract.support_code import Contact, Waiting, read_code
from sync.contract.support_numbers import UNFORESEEN, number_of
from sync.contract.support_shape import LOG_LINE
from tests.ui.dossier.desk import at_desk
from ui.background.one_job import OneJob
from ui.dialogs import support_sheet
from ui.dialogs.own_secret_sheet import OwnSecretSheet
from ui.dialogs.support_sheet import SupportSheet
from ui.messages import sentence, unforeseen, wording
from ui.models.self_check_words import told
from ui.support_sign import SupportSign, slips_of
from ui.translations import Language
from ui.window_support import WindowSupport

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
CANARY = "Hồng Hạc Canary 079123456789"


def test_a_code_tells_error_queue_contact_and_flags(tmp_path: Path) -> None:
    sign = SupportSign(ErrorSlips(tmp_path / "said"), "0.7.2", lambda: NOON, is_practice=True)
    unknown = read_code(sign.code_for("disk_full"))
    assert (unknown.waiting, unknown.contact, unknown.error) == (
        Waiting.UNKNOWN, Contact.UNKNOWN, number_of("disk_full"))
    sign.stand(MachineStanding(12, NOON - timedelta(hours=3), True, False, True, False))
    found = read_code(sign.code_for("disk_full"))
    assert (found.version, found.waiting, found.contact) == ((0, 7, 2), Waiting.TENS, Contact.TODAY)
    assert (found.is_line_down, found.is_medium_missing, found.is_disk_low, found.is_clock_doubtful,
            found.is_practice) == (True, False, True, False, True)
    assert read_code(sign.code_for("KeyError")).error == number_of(UNFORESEEN)


def test_every_message_of_a_window_bears_its_code_and_is_kept(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path,
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1366, 768)
    host.show()
    assert sentence(EnvironmentFault("disk_full"), "vi").code == "disk_full"
    with at_desk(tmp_path) as (office, desk, _around):
        folder = office.application.folder
        support = WindowSupport(host, folder, Language(qapp), host)
        try:
            support.look(desk)
            word, code = sentence(EnvironmentFault("disk_full"), "vi").code.split(" · ")
            assert (word, read_code(code).error) == ("disk_full", number_of("disk_full"))
            assert unforeseen(KeyError(CANARY), "vi").code.startswith("KeyError · ")
            support.open_sheet()
            (sheet,) = host.findChildren(SupportSheet)
            assert read_code(sheet.code.text()).error == number_of(UNFORESEEN)
        finally:
            support.close()
    assert sentence(EnvironmentFault("disk_full"), "vi").code == "disk_full"
    assert [each.code for each in slips_of(folder).read()] == ["disk_full", UNFORESEEN]


def test_one_sheet_is_enough_and_esc_ends_what_it_writes_before_it_closes(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slow(folder: Path, target: Path) -> OneJob:
        job = OneJob([])
        job._arguments = ["-c", "import threading; threading.Event().wait()"]
        jobs.append(job)
        return job

    jobs: list[OneJob] = []
    monkeypatch.setattr(support_sheet, "bundle_job", slow)
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1366, 768)
    host.show()
    support = WindowSupport(host, DataFolder(tmp_path), Language(qapp), host)
    try:
        support.open_sheet()
        support.open_sheet()
        (sheet,) = host.findChildren(SupportSheet)
        sheet.write_bundle(tmp_path)
        assert sheet.progress.is_going and not sheet.bundle.isEnabled()
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        assert sheet.is_open and not jobs[0].is_going and sheet.bundle.isEnabled()
        assert sheet.said.text() == "Đã dừng, gói hỗ trợ chưa được ghi. Bấm G để ghi lại."
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.is_open
        support.open_sheet()
        assert sum(each.is_open for each in host.findChildren(SupportSheet)) == 1
    finally:
        support.close()


def test_words_that_only_tell_of_an_error_say_none(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path,
) -> None:
    """Ctrl M on yesterday's error, a line of Tự kiểm tra, a secret that is being typed: no slip, no code."""
    host = QWidget()
    qtbot.addWidget(host)
    with at_desk(tmp_path) as (office, desk, _around):
        folder = office.application.folder
        slips_of(folder).add(ErrorSlip(NOON - timedelta(days=1), "result_on_list", "PKHT7-VAC4F"))
        before = slips_of(folder).read()
        support = WindowSupport(host, folder, Language(qapp), host)
        try:
            assert wording(EnvironmentFault("disk_full"), "vi").code == "disk_full"
            support.open_sheet()
            assert told(Checked(Part.DISK, State.BAD, "trouble", {"code": "disk_full"}), NOON, "vi").meaning
            own = OwnSecretSheet(host, desk)
            own.new.set_text("111111")
            assert own._judge() and own.new.message()
        finally:
            support.close()
        assert slips_of(folder).read() == before and support.sign.last == before[0]


def test_an_error_that_is_said_again_and_again_is_one_slip_and_only_the_last_are_kept(tmp_path: Path) -> None:
    slips = ErrorSlips(tmp_path / "said")
    for minute in range(30):
        slips.add(ErrorSlip(NOON + timedelta(minutes=minute), "line_down", "PKHT7-VAC4F"))
    assert len(slips.read()) == 3
    for number in range(250):
        slips.add(ErrorSlip(NOON + timedelta(hours=number), f"code_{number}", "PKHT7-VAC4F"))
    assert len(slips.read()) == 200 and slips.read()[-1].code == "code_249"
    assert ErrorSlips(tmp_path / "said").read()[-3:] == slips.read()[-3:]


def test_the_log_holds_where_and_what_kind_and_no_word_of_what_was_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    file = tmp_path / "counter.log"
    with logging_to(file):
        logging.getLogger("ui.background.child").info("child: %s", CANARY)
        logging.getLogger("requests").error(CANARY)
        try:
            raise ValueError(CANARY)
        except ValueError:
            logging.getLogger("app.services.receive").exception("not %s", CANARY)
    lines = read_log(file, 10)
    assert len(lines) == 2 and all(LOG_LINE.fullmatch(line) for line in lines)
    assert " INFO ui.background.child:" in lines[0] and " ERROR app.services.receive:" in lines[1]
    assert lines[1].endswith(" ValueError") and "Canary" not in file.read_text(encoding="utf-8")


def test_the_public_key_lies_beside_the_book_once_a_contact_brought_it(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path,
) -> None:
    from app.services.second_copy import PROVINCE_KEY
    from app.store.settings import write_setting

    host = QWidget()
    qtbot.addWidget(host)
    with at_desk(tmp_path) as (office, desk, _around):
        folder: DataFolder = office.application.folder
        with office.application.database.writing() as connection:
            write_setting(connection, PROVINCE_KEY, "ab" * 32)
        support = WindowSupport(host, folder, Language(qapp), host)
        support.look(desk)
        support.close()
        said = json.loads((folder.root / "support-key.json").read_text())
    assert said["seal_key"] == "ab" * 32 and said["device"] == office.application.enrolled.device


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"seal_key": 7}', '{"seal_key": "abcd"}'])
def test_a_broken_key_file_is_no_key(tmp_path: Path, text: str) -> None:
    from sync.support.bundle import reader_of

    (tmp_path / "support-key.json").write_text(text)
    with pytest.raises(EnvironmentFault) as raised:
        reader_of(DataFolder(tmp_path), None)
    assert raised.value.code == "support_no_key"
