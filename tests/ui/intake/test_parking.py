"""Forms that are no dossiers yet: parked, resumed, undone, and given back after a kill."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.drafts import save_draft
from tests.ui.intake.conftest import CARD, OTHER_CARD, Counter, Open
from ui.pages.intake.form import IntakeForm, Step, form_as_json

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_killed_window_gives_the_form_back_at_the_same_field(open_counter: Open, qtbot: QtBot) -> None:
    counter = open_counter()
    counter.choose()
    counter.scan(CARD)
    counter.press(Key.Key_Return)
    counter.type("0905000")
    before = counter.page.form()
    qtbot.waitUntil(lambda: bool(counter.drafts()) and "0905000" in str(counter.drafts()[0].form), timeout=2000)
    again = open_counter()                                  # nothing of the first window was closed or flushed
    assert again.page.form() == before
    assert again.focus() == "Chủ hồ sơ: Điện thoại"
    assert "Đã mở lại" in again.page.banner.title()


def test_what_was_typed_is_in_the_book_soon_after_the_last_key(counter: Counter, qtbot: QtBot) -> None:
    counter.choose()
    counter.scan(CARD)
    counter.page.go_to(Step.PERSON, "owner.email")
    counter.type("mau@thu.vn")
    qtbot.waitUntil(lambda: "mau@thu.vn" in str([draft.form for draft in counter.drafts()]), timeout=2000)


def test_leaving_the_page_keeps_the_form_at_once(counter: Counter) -> None:
    counter.choose()
    counter.scan(CARD)
    counter.page.hide()
    assert CARD in str(counter.drafts()[0].form)


def test_a_blank_form_is_not_kept(counter: Counter) -> None:
    counter.type("ly lich")
    counter.page.hide()
    assert counter.drafts() == ()


def test_parking_is_one_key_and_so_is_taking_back(counter: Counter) -> None:
    counter.fill()
    form = counter.page.form()
    counter.press(Key.Key_Escape)
    assert counter.page.form().is_blank
    assert counter.focus() == "Tìm thủ tục"
    counter.press(Key.Key_1, ALT)
    assert counter.page.form() == form
    assert counter.focus() == "Thành phần hồ sơ"


def test_ten_parked_forms_survive_a_restart(open_counter: Open) -> None:
    counter = open_counter()
    for number in range(10):
        counter.choose()
        counter.scan(f"0491900042{number:02d}||Trần Thị Mẫu|07031990|Nữ|Xã Mẫu, Quảng Nam|12082021")
        counter.press(Key.Key_Escape)
        counter.office.clock.advance(timedelta(minutes=1))
    again = open_counter()
    assert again.page.form().is_blank
    assert len([draft for draft in again.drafts() if draft.is_parked]) == 10
    again.press(Key.Key_3, ALT)
    assert again.page.form().owner.personal_id == "049190004202"


def test_a_parked_form_becomes_a_dossier_once(counter: Counter) -> None:
    counter.fill()
    counter.press(Key.Key_Escape)
    counter.press(Key.Key_1, ALT)
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    assert len(counter.rows()) == 1
    assert counter.drafts() == ()
    counter.press(Key.Key_1, ALT)
    assert counter.page.form().is_blank


def test_resuming_sets_aside_what_is_on_the_desk(counter: Counter) -> None:
    counter.fill(CARD)
    counter.press(Key.Key_Escape)
    counter.fill(OTHER_CARD)
    counter.press(Key.Key_1, ALT)
    assert counter.page.form().owner.full_name == "Trần Thị Mẫu Một"
    assert [draft.label for draft in counter.drafts() if draft.is_parked] == ["Lê Thị Kiểm Thử"]


def test_a_form_thrown_away_comes_back_with_one_key(counter: Counter) -> None:
    counter.fill()
    form = counter.page.form()
    counter.press(Key.Key_Delete, CONTROL)
    assert counter.page.form().is_blank
    assert counter.drafts() == ()
    counter.press(Key.Key_Z, ALT)
    assert counter.page.form().owner == form.owner
    assert counter.page.form().papers == form.papers
    assert [draft.intent for draft in counter.drafts()] == [form.intent]


def test_a_late_write_does_not_bring_a_parked_form_back_to_the_desk(counter: Counter) -> None:
    counter.choose()
    counter.at.background.is_held = True
    counter.scan(CARD)
    counter.page._turnover.parking.flush()                  # on its way, not written yet
    waiting = counter.at.background._waiting[:]
    counter.at.background._waiting.clear()
    counter.at.background.is_held = False
    counter.press(Key.Key_Escape)
    for late in waiting:
        late()
    assert [draft.is_parked for draft in counter.drafts()] == [True]


def test_escape_closes_the_answers_before_it_parks(counter: Counter) -> None:
    counter.scan(CARD)
    counter.type("ly lich")
    counter.press(Key.Key_Escape)
    assert counter.page.form().owner.full_name == "Trần Thị Mẫu Một"
    counter.press(Key.Key_Escape)
    assert counter.page.form().is_blank


def test_a_form_that_was_received_elsewhere_is_not_resumed(counter: Counter) -> None:
    counter.fill()
    form = counter.page.form()
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    counter.page.resume(form.intent)
    assert counter.page.form().is_blank
    assert "đã được tiếp nhận" in counter.page.banner.title()


def test_a_parked_form_of_yesterday_is_under_the_rules_of_today(open_counter: Open) -> None:
    counter = open_counter()
    counter.fill()
    counter.press(Key.Key_Escape)
    catalogue = counter.office.application.catalogue
    retired = tuple(each for each in catalogue.procedures if each.code != "3.000333")
    from dataclasses import replace
    counter.use(replace(catalogue, version="thử-2", procedures=retired))
    counter.press(Key.Key_1, ALT)
    assert counter.page.form().procedure is None
    assert counter.page.form().owner.full_name == "Trần Thị Mẫu Một"
    assert "không còn trong danh mục" in counter.page.banner.title()


def test_a_form_of_a_newer_program_stays_kept_and_is_said(open_counter: Open) -> None:
    counter = open_counter()
    with counter.office.application.database.writing() as connection:
        save_draft(connection, intent="x", label="Mẫu", clerk="nv-1", now=counter.office.clock.now(),
                   form=form_as_json(IntakeForm("x")) | {"schema": 99})
    again = open_counter()
    assert again.page.form().is_blank
    assert "mới hơn" in again.page.banner.title()
    assert [draft.intent for draft in again.drafts()] == ["x"]
