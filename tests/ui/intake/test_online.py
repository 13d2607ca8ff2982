"""A dossier of the national portal, by keys: received once under both codes, or only helped with."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.services.online import look_up_online
from tests.ui.intake.conftest import OTHER_CARD, Counter
from ui.dialogs.online_sheet import OnlineSheet
from ui.dialogs.read_back import ReadBack

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
NATIONAL = "H47.15-261120-0777"


def opened(counter: Counter) -> OnlineSheet:
    counter.press(Key.Key_O, ALT)
    return sheet(counter)


def sheet(counter: Counter) -> OnlineSheet:
    return next(each for each in counter.window.findChildren(OnlineSheet) if each.is_open)


def receive_online(counter: Counter) -> str:
    counter.fill()
    opened(counter)
    counter.scan(NATIONAL)
    counter.press(Key.Key_Return)
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    return counter.rows()[0].code


def test_an_online_dossier_is_received_as_any_other_and_both_codes_open_it(counter: Counter) -> None:
    ours = receive_online(counter)
    stored = counter.dossier(NATIONAL)
    assert stored.body.code == ours
    assert (stored.body.intake.channel, stored.body.intake.national_code) == (2, NATIONAL)
    assert counter.page.form().is_blank


def test_the_code_is_typed_or_scanned_and_read_back(counter: Counter) -> None:
    counter.fill()
    shown = opened(counter)
    assert "mật khẩu" in shown.secret.text() and "OTP" in shown.secret.text()
    counter.type("h47.15-261120-0777")
    assert shown.field.message() == "Chưa nhận ở điểm này."
    counter.press(Key.Key_Return)
    assert counter.page.form().national_code == NATIONAL
    assert NATIONAL in counter.page.column._code.accessibleName() + counter.page.column._code._note.text()
    counter.press(Key.Key_F12)
    said = [cell.accessibleName() for cell in counter.window.findChildren(ReadBack)[-1].findChildren(object)
            if hasattr(cell, "accessibleName")]
    assert f"Mã hồ sơ trên Cổng DVCQG: {NATIONAL}" in said


def test_one_that_is_here_is_refused_at_the_scan_and_opened_with_one_key(counter: Counter) -> None:
    ours = receive_online(counter)
    counter.at.sound.heard.clear()
    asked: list[str] = []
    counter.page.dossier_requested.connect(lambda code, _: asked.append(code))
    counter.fill(OTHER_CARD)
    shown = opened(counter)
    counter.scan(NATIONAL)
    assert ours in shown.field.message()
    counter.press(Key.Key_Return)
    assert shown.is_open, "it cannot be received again"
    counter.press(Key.Key_M, ALT)
    assert asked == [ours]
    assert counter.page.form().national_code == ""


def test_what_is_no_code_is_refused_with_a_sound_and_changes_nothing(counter: Counter) -> None:
    counter.fill()
    opened(counter)
    counter.scan("049190004217||Trần Thị Mẫu|07031990|Nữ|Quảng Nam|12082021")
    assert counter.at.sound.heard[-1] == "refuse"
    counter.press(Key.Key_Return)
    assert sheet(counter).is_open
    counter.press(Key.Key_Escape)
    assert counter.page.form().national_code == ""
    assert counter.page.form().owner.full_name == "Trần Thị Mẫu Một"


def test_the_code_is_taken_off_again_with_an_empty_field(counter: Counter) -> None:
    counter.fill()
    opened(counter)
    counter.scan(NATIONAL)
    counter.press(Key.Key_Return)
    shown = opened(counter)
    assert shown.field.text() == NATIONAL
    shown.field.line.selectAll()
    counter.press(Key.Key_Delete)
    counter.press(Key.Key_Return)
    assert (counter.page.form().national_code, counter.page.form().channel) == ("", 1)


def test_help_with_filing_is_noted_and_opens_no_dossier(counter: Counter) -> None:
    counter.fill()
    opened(counter)
    counter.scan(NATIONAL)
    counter.press(Key.Key_H, ALT)
    assert counter.rows() == ()
    assert counter.at.printer.done == []
    assert counter.page.form().is_blank
    assert NATIONAL in counter.page.banner.title()
    assert counter.drafts() == ()
    with counter.office.application.database.reading() as connection:
        assert look_up_online(connection, NATIONAL).helped is not None


def test_help_noted_before_is_refused(counter: Counter) -> None:
    for _ in range(2):
        counter.fill()
        opened(counter)
        counter.scan(NATIONAL)
        counter.press(Key.Key_H, ALT)
    shown = sheet(counter)
    assert "assisted_before" in shown.field.message()
    assert not counter.page.form().is_blank


def test_help_needs_a_procedure_and_a_person(counter: Counter) -> None:
    shown = opened(counter)
    counter.scan(NATIONAL)
    counter.press(Key.Key_H, ALT)
    assert "assisted_procedure_missing" in shown.field.message()
    counter.press(Key.Key_Escape)
    counter.choose()
    shown = opened(counter)
    counter.scan(NATIONAL)
    counter.press(Key.Key_H, ALT)
    assert "assisted_person_missing" in shown.field.message()


def test_a_correction_puts_the_code_right(counter: Counter) -> None:
    ours = receive_online(counter)
    counter.page.correct(ours)
    shown = opened(counter)
    assert not shown.help.isVisible()
    assert shown.field.text() == NATIONAL
    counter.scan("H47.15-261120-0778")
    counter.press(Key.Key_Return)
    counter.press(Key.Key_F12)
    counter.type("gõ nhầm mã")
    counter.press(Key.Key_Return)
    assert counter.dossier("H47.15-261120-0778").body.code == ours
