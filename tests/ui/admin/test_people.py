"""Nhân viên on Quản trị: who may do what until when, unlocking, and a secret of one's own changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.store.settings import read_setting, write_setting
from tests.app.services.people.signing import LEADS, SECRET, begun, noted, refusal, sign_ins, wrong
from tests.office import Office, office_in
from tests.people import grant
from tests.ui.dossier.desk import Around, make_desk, present
from tests.ui.sign_in.typed import write
from ui.dialogs.own_secret_sheet import OwnSecretSheet
from ui.dialogs.unlock_sheet import UnlockSheet
from ui.operations.desk import Desk
from ui.pages.admin.page import AdminPage
from ui.pages.admin.people_card import PeopleCard

NEW = "gió mùa 9 ngày"


@contextmanager
def at_work(qtbot: QtBot, folder: Path, clerk: str = "nv-1") -> Iterator[tuple[Office, AdminPage, Around]]:
    with begun(folder) as (office, _):
        office.application.sign_ins = sign_ins(office)
        desk, around = make_desk(office)
        object.__setattr__(desk, "clerk", lambda: clerk)
        yield office, present(qtbot, AdminPage(desk)), around


def facts(page: AdminPage) -> dict[str, tuple[str, str, str]]:
    return {each.what: (each.value, each.note, each.tone) for each in page.card(PeopleCard).facts or ()}


def type_in(sheet: OwnSecretSheet, *texts: str) -> None:
    for field, text in zip((sheet.old, sheet.new, sheet.again), texts, strict=True):
        write(field, text)
    QTest.keyClick(sheet, Qt.Key.Key_Return)


def test_it_says_who_may_do_what_until_when(qtbot: QtBot, tmp_path: Path) -> None:
    with at_work(qtbot, tmp_path) as (office, page, _):
        assert facts(page) == {
            "Trần Thị Thử": ("đến hết 07/12/2026", "Tiếp nhận, Thu ngân", ""),
            "Lê Văn Ví Dụ": ("đến hết 07/12/2026", "Trưởng ca", ""),
        }
        grant(office, {"nv-1": ["intake"]}, until=date(2026, 11, 24))
        page.refresh()
        assert facts(page)["Trần Thị Thử"] == ("đến hết 24/11/2026", "Tiếp nhận", "warn")
        assert facts(page)["Lê Văn Ví Dụ"] == ("–", "Tỉnh chưa cấp quyền ở đây", "bad")


def test_a_secret_is_changed_and_the_journal_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with at_work(qtbot, tmp_path) as (office, page, _around):
        QTest.keyClick(page, Qt.Key.Key_M)
        sheet = page.findChild(OwnSecretSheet)
        assert sheet is not None and sheet.is_open and sheet.old.line.hasFocus()
        for bad in ("12ab", "123456", "010190", "tran thi thu"):
            type_in(sheet, SECRET, bad, bad)
            assert sheet.is_open and sheet.new.message() and sheet.new.text() == bad, "said, and kept to be mended"
        type_in(sheet, SECRET, NEW, NEW + "x")
        assert sheet.is_open and sheet.again.message()
        type_in(sheet, "không phải", NEW, NEW)
        assert sheet.is_open and sheet.refused.isVisible() and sheet.old.text() == ""
        before = len(noted(office))
        type_in(sheet, SECRET, NEW, NEW)
        assert not sheet.isVisible() and not any(field.text() for field in (sheet.old, sheet.new, sheet.again))
        assert noted(office)[before:] == [("secret_set", "nv-1", "nv-1")]
        known, counter = office.application.sign_ins, office.application.enrolled
        assert refusal(lambda: known.sign_in(counter, "nv-1", SECRET))[0] == "secret_wrong"
        known.sign_in(counter, "nv-1", NEW)


def test_esc_leaves_nothing_typed_behind(qtbot: QtBot, tmp_path: Path) -> None:
    with at_work(qtbot, tmp_path) as (_, page, _around):
        QTest.keyClick(page, Qt.Key.Key_M)
        sheet = page.findChild(OwnSecretSheet)
        assert sheet is not None
        write(sheet.old, SECRET)
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.isVisible() and sheet.old.text() == ""


def test_a_shift_lead_unlocks_and_nobody_else(qtbot: QtBot, tmp_path: Path) -> None:
    with at_work(qtbot, tmp_path, "nv-2") as (office, page, _):
        card = page.card(PeopleCard)
        assert not card.unlock_.isEnabled(), "nobody is locked out"
        wrong(office, office.application.sign_ins, 10)
        page.refresh()
        assert facts(page)["Trần Thị Thử"][2] == "bad" and "Đã khóa" in facts(page)["Trần Thị Thử"][1]
        QTest.keyClick(page, Qt.Key.Key_N)
        sheet = page.findChild(UnlockSheet)
        assert sheet is not None and sheet.who.currentText() == "Trần Thị Thử"
        write(sheet.secret, "không phải")
        QTest.keyClick(sheet, Qt.Key.Key_Return)
        assert sheet.is_open and sheet.refused.isVisible() and sheet.secret.text() == ""
        write(sheet.secret, LEADS)
        QTest.keyClick(sheet, Qt.Key.Key_Return)
        assert not sheet.isVisible() and facts(page)["Trần Thị Thử"][2] == ""
        office.application.sign_ins.sign_in(office.application.enrolled, "nv-1", SECRET)


def test_who_is_no_shift_lead_is_told_so(qtbot: QtBot, tmp_path: Path) -> None:
    with at_work(qtbot, tmp_path) as (office, page, _):
        wrong(office, office.application.sign_ins, 10)
        page.refresh()
        QTest.keyClick(page, Qt.Key.Key_N)
        assert page.findChild(UnlockSheet) is None and page.card(PeopleCard).trouble.isVisible()


def test_an_edited_switch_is_said_and_without_sign_in_the_card_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with at_work(qtbot, tmp_path / "on") as (office, page, _):
        with office.application.database.writing() as connection:
            write_setting(connection, "office", {**read_setting(connection, "office"), "sign_in": False})
        office.application.reread()
        page.refresh()
        assert page.show_card(PeopleCard).trouble.isVisible() and facts(page)
    with office_in(tmp_path / "off") as office:
        page = present(qtbot, AdminPage(off_desk(office)))
        card = page.card(PeopleCard)
        assert not card.own_secret.isEnabled() and not card.unlock_.isEnabled()
        QTest.keyClick(page, Qt.Key.Key_M)
        assert page.findChild(OwnSecretSheet) is None
        assert list(facts(page)) == ["Đang giữ ca"]


def off_desk(office: Office) -> Desk:
    return make_desk(office)[0]
