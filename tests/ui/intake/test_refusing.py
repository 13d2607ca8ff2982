"""Refused at the counter, by keys: form 03 instead of a dossier, of a plain form and of one filed online."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.services.online import look_up_online
from tests.ui.intake.conftest import Counter
from ui.dialogs.refuse_sheet import RefuseSheet

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
NATIONAL = "H47.15-261120-0777"


def write(text: str) -> None:
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    focus = QApplication.focusWidget()
    assert focus is not None
    QApplication.sendEvent(focus, commit)


def sheet(counter: Counter) -> RefuseSheet:
    return next(each for each in counter.window.findChildren(RefuseSheet) if each.is_open)


def test_a_form_is_refused_with_a_reason_and_takes_no_number(counter: Counter) -> None:
    counter.fill()
    counter.press(Key.Key_X, ALT)
    counter.press(Key.Key_Return)
    assert sheet(counter).is_open, "a refusal without a reason is none"
    write("Không thuộc thẩm quyền của cơ quan tiếp nhận")
    counter.press(Key.Key_Return)
    assert [slip for slip, _ in counter.at.printer.done] == ["refusal"]
    assert counter.page.form().is_blank
    assert counter.rows() == () and counter.drafts() == ()
    assert "số 1" in counter.page.banner.title()
    assert counter.receive().endswith("-0001")


def test_an_online_dossier_is_refused_under_its_own_code(counter: Counter) -> None:
    counter.fill()
    counter.press(Key.Key_O, ALT)
    counter.scan(NATIONAL)
    counter.press(Key.Key_T, ALT)
    assert NATIONAL in sheet(counter).what.text()
    write("Hồ sơ gửi nhầm cơ quan")
    counter.press(Key.Key_Return)
    assert [slip for slip, _ in counter.at.printer.done] == ["refusal"]
    with counter.office.application.database.reading() as connection:
        assert look_up_online(connection, NATIONAL).refused_at is not None


def test_what_is_refused_and_of_whom_is_needed(counter: Counter) -> None:
    counter.press(Key.Key_X, ALT)
    assert "Chọn thủ tục" in counter.page.banner.title()
    assert not counter.page.covers.refusal.is_open


def test_escape_leaves_the_form_as_it_was(counter: Counter) -> None:
    counter.fill()
    before = counter.page.form()
    counter.press(Key.Key_X, ALT)
    counter.press(Key.Key_Escape)
    assert counter.page.form() == before
    assert counter.at.printer.done == []
