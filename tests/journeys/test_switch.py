"""Two clerks at one PC: each with her own secret, her own form, and nothing of it to be seen by the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QLineEdit

from app.services.known_problems import take_problems
from app.services.people.grants import take_grants
from app.store import journal as book
from tests.app.domain.test_known_problem import ENTRY
from tests.journeys.day import Clerk, Office, at_work, new_office
from tests.office import Province
from tests.people import CODE, OFFICE, grant_text
from ui.dialogs.own_secret_sheet import OwnSecretSheet
from ui.help_pages import PROBLEMS_PAGE
from ui.pages.home.page import HomePage
from ui.pages.home.shift_sheet import ShiftSheet
from ui.pages.intake.page import IntakePage
from ui.pages.sign_in.page import SignInPage
from ui.theme import Theme
from ui.translations import Language

FIRST, SECOND, THIRD = "mưa to 5g", "sông Hàn 7", "núi Ngự 9"
NAME = "Nguyễn Thị Mẫu Ánh"


def office_with_sign_in(place: Path) -> Office:
    office = new_office(place)
    province = Province(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    said = [grant_text("nv-1", ["intake"]), grant_text("nv-2", ["shift_lead"])]
    application = office.open(office.folder)
    try:
        with application.database.writing() as connection:
            take_grants(connection, province.public, [(each, province.key.sign(each.encode())) for each in said],
                        OFFICE)
            problem = json.dumps({"kind": "known_problem", **ENTRY, "since": "0.0.1", "until": ""})
            take_problems(connection, province.public, [(problem, province.key.sign(problem.encode()))],
                          datetime.now(UTC))
    finally:
        application.close()
    return office


def lock_of(clerk: Clerk) -> SignInPage:
    page = clerk.counter.window.centralWidget()
    assert isinstance(page, SignInPage)
    return page


def heard(clerk: Clerk) -> str:
    """Everything that a screen reader can ask of the window."""

    def walk(each: QAccessibleInterface | None) -> Iterator[str]:
        if each is None or not each.isValid():
            return
        yield each.text(QAccessible.Text.Name)
        yield each.text(QAccessible.Text.Value)
        for number in range(each.childCount()):
            yield from walk(each.child(number))

    return "\n".join(walk(QAccessible.queryAccessibleInterface(clerk.counter.window)))


def begin(clerk: Clerk, secret: str) -> None:
    """The personal code and a secret of her own, for whoever is chosen."""
    clerk.hands.type(CODE)
    clerk.press("Return")
    clerk.hands.type(secret)
    clerk.press("Return")
    clerk.hands.type(secret)
    clerk.press("Return")
    clerk.until(lambda: not clerk.counter.window.seats.is_covered, "she is in")


def test_each_finds_her_own_place_and_sees_nothing_of_the_others(
    qapp: QApplication, look: Theme, language: Language, tmp_path: Path,
) -> None:
    office = office_with_sign_in(tmp_path)
    with at_work(qapp, look, language, office) as clerk:
        window = clerk.counter.window
        assert lock_of(clerk).clerk() == "nv-1" and clerk.counter.places is None
        clerk.look("lock-first")
        begin(clerk, FIRST)
        assert isinstance(clerk.page, HomePage)
        clerk.press("F2")
        clerk.until(lambda: isinstance(clerk.page, IntakePage), "the form is there")
        form = clerk.page
        clerk.hands.type("ly lich tu phap")
        clerk.press("Return", "Return")
        clerk.tab_to("Chủ hồ sơ: Họ và tên")
        clerk.hands.type(NAME)
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit) and field.text() == NAME
        field.setCursorPosition(6)

        clerk.press("F10")
        assert lock_of(clerk).secret.secret.line.hasFocus()
        assert NAME not in heard(clerk) and "Tiếp nhận" not in heard(clerk)
        clerk.look("lock-again")
        clerk.press("F2", "F10", "Escape")                      # no key reaches what lies behind
        assert window.seats.is_covered
        clerk.hands.scan("không phải của ai")
        assert clerk.ears.refused == 1 and lock_of(clerk).secret.secret.text() == ""

        clerk.press("Down")
        begin(clerk, SECOND)
        assert isinstance(clerk.page, HomePage) and clerk.counter.session is not None
        assert clerk.counter.session.clerk == "nv-2"
        clerk.press("F2")
        clerk.until(lambda: isinstance(clerk.page, IntakePage), "her own form is there")
        assert clerk.page is not form and NAME not in heard(clerk)
        clerk.look("second-clerk")
        clerk.press("Home", "C")                                # a sheet over the whole window stays hers as well
        shift = window.findChild(ShiftSheet)
        assert shift is not None and shift.isVisible()
        clerk.press("F10", "Up")
        assert not shift.isVisible() and shift.accessibleName() not in heard(clerk)
        clerk.hands.type(FIRST)
        clerk.press("Return")
        clerk.until(lambda: not window.seats.is_covered, "she is back")
        assert not shift.isVisible() and shift.accessibleName() not in heard(clerk)
        assert clerk.page is form and QApplication.focusWidget() is field
        assert (field.text(), field.cursorPosition()) == (NAME, 6) and not field.hasSelectedText()
        assert NAME in heard(clerk)
        clerk.look("back-again")
        clerk.press("F10", "Down")
        clerk.hands.type(SECOND)
        clerk.press("Return")
        clerk.until(lambda: not window.seats.is_covered, "the other is back")
        assert shift.isVisible() and shift.parentWidget() is window

        clerk.press("Escape", "F10")                            # in again, and another secret at once
        clerk.hands.type(SECOND)
        clerk.press("Ctrl+Return")
        clerk.until(lambda: clerk.page is not None and clerk.page.findChild(OwnSecretSheet) is not None, "asked")
        for typed in (SECOND, THIRD, THIRD):
            clerk.hands.type(typed)
            clerk.press("Return")
        clerk.until(lambda: not clerk.page.findChildren(OwnSecretSheet), "changed")
        assert window.state.new_problems == 1
        window.show_help(PROBLEMS_PAGE)                         # what the province says is read once
        assert window.state.new_problems == 0
    application = office.open(office.folder)
    try:
        with application.database.reading() as connection:
            done = [(each.body["what"], each.header.staff) for _, each in book.operations(connection)]
    finally:
        application.close()
    assert done == [("secret_set", "nv-1"), ("in", "nv-1"), ("secret_set", "nv-2"), ("in", "nv-2"), ("in", "nv-1"),
                    ("in", "nv-2"), ("secret_set", "nv-2")]


def test_the_window_locks_itself_but_never_over_work_under_way(
    qapp: QApplication, look: Theme, language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    with at_work(qapp, look, language, office_with_sign_in(tmp_path)) as clerk:
        begin(clerk, FIRST)
        session = clerk.counter.session
        assert session is not None and session._quiet.isActive()
        assert session._quiet.interval() == 5 * 60_000
        with monkeypatch.context() as patch:
            patch.setattr(type(clerk.counter.background), "is_busy", property(lambda _: True))
            session._on_quiet()
            assert not session.is_locked and session._quiet.isActive(), "asked again soon"
        session._on_quiet()
        assert session.is_locked


def test_a_right_that_went_with_a_contact_locks_the_window(
    qapp: QApplication, look: Theme, language: Language, tmp_path: Path,
) -> None:
    office = office_with_sign_in(tmp_path)
    with at_work(qapp, look, language, office) as clerk:
        begin(clerk, FIRST)
        assert clerk.counter.session is not None and clerk.counter.desk is not None
        application = clerk.counter.desk.office
        province = Province(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
        lead = grant_text("nv-2", ["shift_lead"])
        with application.database.writing() as connection:
            take_grants(connection, province.public, [(lead, province.key.sign(lead.encode()))], OFFICE)
        clerk.counter._on_contact_ended({})
        page = lock_of(clerk)
        assert page.clerk() == "nv-1" and page.forms.currentWidget() is page.nothing
