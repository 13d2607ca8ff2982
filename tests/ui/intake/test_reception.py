"""A reception by keyboard and card: how few keys it takes, and that one form is one dossier."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.errors import EnvironmentFault
from app.services.receipts import open_prints
from app.store.settings import write_setting
from tests.ui.intake.conftest import CARD, DOUBTFUL_CARD, OTHER_CARD, Counter
from ui.dialogs.read_back import ReadBack
from ui.pages.intake.form import Step, SubmitterKind

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def test_a_three_paper_reception_takes_at_most_twelve_keys(counter: Counter) -> None:
    counter.presses = 0
    code = counter.receive()
    assert counter.presses == 6       # the acceptance limit is 12
    assert code == "H47.15-261123-0001"
    assert [slip for slip, _ in counter.at.printer.done] == ["receipt", "collection_slip"]
    assert counter.at.printer.done[0] == ("receipt", "H47.15-261123-0001-1")
    assert counter.at.printer.pdfs[0].startswith(b"%PDF")


def test_walking_through_every_step_with_enter_stays_within_twelve_keys(counter: Counter) -> None:
    counter.presses = 0
    counter.fill()
    for _ in range(4):                # papers → fees → return → read-back → stored
        counter.press(Key.Key_Return)
    assert len(counter.rows()) == 1
    assert counter.presses <= 12


def test_after_saving_the_form_is_fresh_and_the_search_has_the_focus(counter: Counter) -> None:
    before = counter.page.form().intent
    counter.receive()
    assert counter.page.form().is_blank
    assert counter.page.form().intent != before
    assert counter.focus() == "Tìm thủ tục"
    assert counter.drafts() == ()


def test_the_next_citizen_may_have_the_same_procedure_with_one_key(counter: Counter) -> None:
    counter.receive()
    counter.press(Key.Key_L, ALT)
    chosen = counter.page.form().procedure
    assert chosen is not None and chosen.code == "3.000333"
    assert counter.page.form().step is Step.PERSON


def test_ten_f12_and_ten_enters_make_one_dossier(counter: Counter) -> None:
    counter.fill()
    for _ in range(10):
        counter.press(Key.Key_F12)
    counter.at.background.is_held = True           # the store takes its time
    for _ in range(10):
        counter.press(Key.Key_Return)
    assert counter.rows() == ()
    counter.at.background.go()
    for _ in range(10):
        counter.press(Key.Key_Return)
    assert len(counter.rows()) == 1
    assert [slip for slip, _ in counter.at.printer.done] == ["receipt", "collection_slip"]


def test_a_key_held_down_is_no_second_answer(counter: Counter) -> None:
    counter.fill()
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return, is_repeat=True)
    assert counter.rows() == ()


def test_two_windows_on_one_form_make_one_dossier(counter: Counter) -> None:
    counter.fill()
    form = counter.page.form()
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    opened: list[str] = []
    counter.page.dossier_requested.connect(lambda code, _: opened.append(code))
    counter.page._on_laid(form, None)              # the other window still shows the form that became a dossier
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    assert len(counter.rows()) == 1
    assert opened == [counter.rows()[0].code]
    assert "đã được tiếp nhận" in counter.page.banner.title()
    assert counter.page.form().is_blank
    assert [slip for slip, _ in counter.at.printer.done] == ["receipt", "collection_slip"]


def test_escape_in_the_read_back_returns_to_where_the_clerk_was(counter: Counter) -> None:
    counter.fill()
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Escape)
    assert counter.focus() == "Thành phần hồ sơ"
    assert counter.rows() == ()
    assert not counter.page.form().is_blank


def test_what_is_read_back_is_what_is_stored_even_a_minute_later(counter: Counter) -> None:
    counter.fill()
    counter.press(Key.Key_F12)
    shown = counter.page.column._due.value()
    counter.office.clock.advance(timedelta(minutes=1))
    counter.press(Key.Key_Return)
    due = counter.dossier(counter.rows()[0].code).body.due.at
    assert due is not None and shown.endswith("03/12/2026, 09:00")
    assert due.astimezone(counter.office.clock.at.tzinfo).strftime("%H:%M") == "02:00"


def test_a_read_back_left_open_too_long_is_read_again(counter: Counter) -> None:
    counter.fill()
    counter.press(Key.Key_F12)
    counter.office.clock.advance(timedelta(minutes=6))
    counter.press(Key.Key_Return)
    assert counter.rows() == ()
    assert counter.window.findChildren(ReadBack)
    counter.press(Key.Key_Return)
    assert len(counter.rows()) == 1


@pytest.mark.parametrize(("chosen", "labels"), [({}, 1), ({"original_label": {"copies": 0}}, 0)])
def test_an_original_that_stays_gets_its_label_behind_the_receipt(
    counter: Counter, chosen: dict[str, dict[str, int]], labels: int
) -> None:
    with counter.office.application.database.writing() as connection:
        write_setting(connection, "printing", chosen)
    counter.fill()
    counter.press(Key.Key_G)
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    code = counter.rows()[0].code
    assert [paper.keeps_original for paper in counter.dossier(code).body.intake.papers] == [True, False, False]
    receipt, money, *rest = counter.at.printer.done
    assert (receipt, money[0]) == (("receipt", f"{code}-1"), "collection_slip")
    assert rest == [("original_label", f"{code} 1#1-original_label")] * labels


def test_a_printer_that_fails_leaves_the_dossier_and_a_line_to_print_again(counter: Counter) -> None:
    counter.at.printer.fault = EnvironmentFault("printer_off")
    code = counter.receive()
    with counter.office.application.database.reading() as connection:
        left = open_prints(connection)
    assert [(line.code, line.state, line.reason) for line in left] == [(code, "failed", "printer_off")]
    assert "Hồ sơ đã lưu" in counter.at.frame.warned[0]


def test_a_guidance_slip_opens_no_dossier_and_takes_no_number(counter: Counter) -> None:
    counter.type("ly lich")
    counter.press(Key.Key_F11)
    assert counter.at.printer.done == [("guidance", "huong-dan-3.000333")]
    assert counter.rows() == ()
    assert counter.receive().endswith("-0001")


@pytest.mark.parametrize("field", ["search", "phone", "papers"])
def test_a_card_fills_the_person_wherever_the_focus_is_and_moves_nothing(counter: Counter, field: str) -> None:
    if field != "search":
        counter.choose()
    if field == "phone":
        counter.page.go_to(Step.PERSON, "owner.phone")
    if field == "papers":
        counter.page.go_to(Step.PAPERS)
    before = counter.focus()
    assert counter.scan(CARD)
    assert counter.focus() == before
    assert counter.page.form().owner.full_name == "Trần Thị Mẫu Một"
    assert counter.at.sound.heard == ["accept"]


def test_a_damaged_card_fills_nothing_and_says_why(counter: Counter) -> None:
    assert counter.scan("049190004217||Trần Thị Mẫu|31021990|Nữ|Quảng Nam|12082021")
    assert counter.page.form().is_blank
    assert counter.at.sound.heard == ["refuse"]
    assert counter.page.banner.isVisible()


def test_our_own_barcode_is_left_to_the_window(counter: Counter) -> None:
    assert not counter.scan("H47.15-261123-0001")
    assert counter.at.sound.heard == []


def test_a_card_scanned_during_the_read_back_changes_nothing(counter: Counter) -> None:
    counter.fill()
    counter.press(Key.Key_F12)
    assert counter.scan(OTHER_CARD)
    assert counter.page.form().owner.full_name == "Trần Thị Mẫu Một"
    assert counter.at.sound.heard[-1] == "refuse"


def test_doubts_of_a_card_are_kept_with_one_key_each_and_remembered(counter: Counter) -> None:
    counter.choose()
    counter.scan(DOUBTFUL_CARD)
    counter.press(Key.Key_Return)
    counter.type("0905000123")
    counter.press(Key.Key_Return)                           # stops at the first doubt
    counter.press(Key.Key_F12)
    assert counter.page.form().step is Step.PERSON
    assert counter.rows() == ()
    counter.press(Key.Key_G, ALT)                           # the key works from anywhere,
    counter.press(Key.Key_Return)                           # Enter where the focus stands
    counter.press(Key.Key_Return)
    assert counter.focus() == "Thành phần hồ sơ"
    counter.press(Key.Key_A)
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    stored = counter.dossier(counter.rows()[0].code).body.intake
    assert stored.overridden == ("owner.gender_digit_differs", "owner.year_in_id_differs")


def test_an_error_cannot_be_kept(counter: Counter) -> None:
    counter.fill()
    counter.page.go_to(Step.PERSON, "owner.personal_id")
    counter.type("9")                                       # selected text is replaced: one digit is left
    counter.press(Key.Key_G, ALT)
    counter.press(Key.Key_F12)
    assert counter.rows() == ()
    assert counter.focus() == "Chủ hồ sơ: Số định danh, hộ chiếu"
    assert "12 chữ số" in counter.page.banner.title()


def test_an_open_dossier_of_the_same_person_is_said_before_anything_is_stored(counter: Counter) -> None:
    code = counter.receive()
    counter.fill()
    assert counter.page.column.duplicate.isVisible()
    counter.press(Key.Key_F12)
    sheet = counter.window.findChildren(ReadBack)[-1]
    assert code in sheet.warning.accessibleName()
    counter.press(Key.Key_Return)
    assert counter.dossier(counter.rows()[0].code).body.intake.overridden == ("duplicate_open",)


def test_another_person_or_another_procedure_is_no_duplicate(counter: Counter) -> None:
    counter.receive()
    counter.fill(OTHER_CARD)
    assert not counter.page.column.duplicate.isVisible()
    counter.press(Key.Key_Escape)
    counter.fill(CARD, "xay dung moi")
    assert not counter.page.column.duplicate.isVisible()


def test_a_delegate_needs_a_card_and_the_authorisation_paper(counter: Counter) -> None:
    counter.fill()
    counter.page._on_edited(counter.page.form())
    counter.page.steps.person._submitter_kind.chosen.emit(SubmitterKind.DELEGATE)
    counter.press(Key.Key_F12)
    assert counter.focus() == "Người nộp: Số định danh, hộ chiếu"
    counter.scan(OTHER_CARD)
    counter.press(Key.Key_F12)
    assert "ủy quyền" in counter.page.banner.title()
    assert counter.focus() == "Thành phần hồ sơ"
    counter.press(Key.Key_Space)
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    stored = counter.dossier(counter.rows()[0].code).body.intake
    assert stored.submitter is not None and stored.submitter.is_delegate
    assert stored.submitter.person.full_name == "Lê Thị Kiểm Thử"
    assert stored.papers[-1].requirement == "uy-quyen"


def test_without_a_number_nothing_is_read_back(counter: Counter) -> None:
    counter.office.clock.at += timedelta(days=400)          # no lease reaches that far
    counter.fill()
    counter.press(Key.Key_F12)
    assert counter.rows() == ()
    assert counter.page.banner.title() == "Chưa cấp được mã hồ sơ"


def test_typed_names_that_no_paper_can_show_are_refused(counter: Counter) -> None:
    counter.fill()
    counter.page.go_to(Step.PERSON, "owner.full_name")
    counter.type("Trần\u202eThị")
    counter.press(Key.Key_F12)
    assert counter.rows() == ()
    assert "không in được" in counter.page.banner.title()
