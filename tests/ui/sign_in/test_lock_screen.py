"""The lock screen: who is asked for what, tries that cost, and a lock that a shift lead ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.people.sign_in import Asks
from tests.app.services.people.signing import LEADS, ROLES, SECRET, begun, sign_ins
from tests.office import Office, office_in
from tests.people import CODE, grant
from tests.ui.dossier.desk import make_desk
from ui.pages.sign_in.page import SignInPage


@contextmanager
def locked(qtbot: QtBot, folder: Path, *, is_begun: bool = True) -> Iterator[tuple[Office, SignInPage, list[str]]]:
    with begun(folder) if is_begun else office_in(folder) as found:
        office = found[0] if isinstance(found, tuple) else found
        if not is_begun:
            grant(office, ROLES)
        office.application.sign_ins = sign_ins(office)
        page = SignInPage(make_desk(office)[0], "nv-1")
        entered: list[str] = []
        page.signed_in.connect(entered.append)
        qtbot.addWidget(page)
        page.resize(1366, 768)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.arrive()
        yield office, page, entered


def test_the_secret_field_is_where_the_hand_is_and_enter_lets_in(qtbot: QtBot, tmp_path: Path) -> None:
    with locked(qtbot, tmp_path) as (_, page, entered):
        assert page.secret.secret.line.hasFocus()
        page.secret.secret.line.setText("sai rồi")
        qtbot.keyClick(page.secret.secret.line, Qt.Key.Key_Return)
        assert entered == [] and page.said.isVisible() and page.secret.secret.text() == ""
        page.secret.secret.line.setText(SECRET)
        qtbot.keyClick(page.secret.secret.line, Qt.Key.Key_Return)
        assert entered == ["nv-1"]
        assert page.secret.secret.text() == "", "nothing typed stays"


def test_arrows_and_the_first_letter_of_a_given_name_choose(qtbot: QtBot, tmp_path: Path) -> None:
    with locked(qtbot, tmp_path) as (_, page, _entered):
        page.secret.secret.line.setText("dở dang")
        qtbot.keyClick(page.secret.secret.line, Qt.Key.Key_Down)
        assert page.clerk() == "nv-2" and page.secret.secret.text() == "", "a secret is never left to another"
        qtbot.keyClick(page.secret.secret.line, Qt.Key.Key_Down)
        assert page.clerk() == "nv-1"
        page.people.setFocus()
        qtbot.keyClick(page.people, "d")                        # Lê Văn Ví Dụ
        assert page.clerk() == "nv-2"
        qtbot.keyClick(page.people, "t")
        assert page.clerk() == "nv-1"


def test_the_first_time_asks_for_the_code_and_the_secret_twice(qtbot: QtBot, tmp_path: Path) -> None:
    with locked(qtbot, tmp_path, is_begun=False) as (_, page, entered):
        assert page.forms.currentWidget() is page.code
        for field, text in zip(page.code.fields, (CODE, SECRET, "khác rồi"), strict=True):
            field.line.setText(text)
        qtbot.keyClick(page.code.again.line, Qt.Key.Key_Return)
        assert entered == [] and page.code.again.message()
        page.code.again.line.setText(SECRET)
        qtbot.keyClick(page.code.again.line, Qt.Key.Key_Return)
        assert entered == ["nv-1"]


def test_whoever_is_chosen_the_keys_go_somewhere(qtbot: QtBot, tmp_path: Path) -> None:
    with locked(qtbot, tmp_path, is_begun=False) as (_office, page, _entered):
        page._states["nv-2"] = replace(page._states["nv-2"], asks=Asks.NOTHING)    # no code came for her
        qtbot.keyClick(page.code.code.line, Qt.Key.Key_Down)
        assert page.clerk() == "nv-2" and page.forms.currentWidget() is page.nothing and page.people.hasFocus()
        qtbot.keyClick(page.people, Qt.Key.Key_Up)
        assert page.clerk() == "nv-1" and page.people.hasFocus()
        qtbot.keyClick(page.people, Qt.Key.Key_Return)
        assert page.code.code.line.hasFocus()


def test_a_wait_counts_down_and_opens_the_field_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    with locked(qtbot, tmp_path) as (office, page, _):
        for _turn in range(5):
            page.secret.secret.line.setText("sai rồi")
            page.secret.accepted.emit()
        assert not page.secret.act.isEnabled()
        assert "Thử lại sau 32 giây" in page.people.item(0).text() and page._tick.isActive()
        office.clock.ticks += 30
        page._count_down()
        assert "Thử lại sau 2 giây" in page.people.item(0).text()
        office.clock.ticks += 2
        page._count_down()
        assert page.secret.act.isEnabled() and page.secret.secret.line.hasFocus() and not page._tick.isActive()


def test_ten_wrong_ones_ask_for_a_shift_lead(qtbot: QtBot, tmp_path: Path) -> None:
    with locked(qtbot, tmp_path) as (office, page, entered):
        for _turn in range(10):
            page.secret.secret.line.setText("sai rồi")
            page.secret.accepted.emit()
            office.clock.ticks += 600
        assert page.forms.currentWidget() is page.unlock and page.unlock.lead_id() == "nv-2"
        page.unlock.secret.line.setText(LEADS)
        qtbot.keyClick(page.unlock.secret.line, Qt.Key.Key_Return)
        assert page.forms.currentWidget() is page.secret and entered == []
        page.secret.secret.line.setText(SECRET)
        page.secret.accepted.emit()
        assert entered == ["nv-1"]


def test_without_a_right_it_says_why_and_asks_for_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with locked(qtbot, tmp_path) as (office, page, _):
        grant(office, {"nv-2": ["shift_lead"]})
        page._read("nv-1")
        page._show_form()
        assert page.forms.currentWidget() is page.nothing
        assert page.nothing.lead.text().startswith("Tỉnh chưa cấp quyền ở đây.")


def test_ctrl_enter_lets_in_and_asks_for_another_secret(qtbot: QtBot, tmp_path: Path) -> None:
    with locked(qtbot, tmp_path) as (_, page, entered):
        wanted: list[str] = []
        page.change_wanted.connect(wanted.append)
        for text, expected in (("", []), ("sai rồi", []), (SECRET, ["nv-1"])):
            page.secret.secret.line.setText(text)
            qtbot.keyClick(page.secret.secret.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            assert entered == wanted == expected
