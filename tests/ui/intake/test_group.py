"""Many dossiers in one go, by keys: the same person, the same procedure, the basket and its annex."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.intake import PaperStatus
from app.services.groups import group_of, read_basket
from tests.ui.intake.conftest import CARD, OTHER_CARD, Counter, Open
from ui.dialogs.basket_sheet import BasketSheet
from ui.dialogs.read_back import ReadBack
from ui.pages.intake.form import Step

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def begin(counter: Counter, *held: Qt.KeyboardModifier) -> str:
    """One whole reception that goes on; the code."""
    counter.fill()
    return go_on(counter, *held)


def go_on(counter: Counter, *held: Qt.KeyboardModifier) -> str:
    counter.press(Key.Key_F12, *held)
    counter.press(Key.Key_Return)
    return counter.rows()[0].code


def group(counter: Counter, code: str) -> str:
    with counter.office.application.database.reading() as connection:
        return group_of(connection, code)


def basket(counter: Counter) -> BasketSheet:
    return next(sheet for sheet in counter.window.findChildren(BasketSheet) if sheet.is_open)


def test_the_same_person_goes_on_with_everything_but_the_procedure(counter: Counter) -> None:
    first = begin(counter, SHIFT)
    form = counter.page.form()
    assert (form.procedure, form.papers, form.fees) == (None, (), ())
    assert form.owner.full_name == "Trần Thị Mẫu Một"
    assert form.owner.phone == "0905000123"
    assert counter.focus() == "Tìm thủ tục"
    counter.choose("xay dung moi")
    assert counter.page.form().step is Step.PAPERS, "the person is known already"
    counter.press(Key.Key_A)
    second = go_on(counter)
    assert first != second
    assert group(counter, first) == group(counter, second) != ""
    assert [name for slip, name in counter.at.printer.done if slip == "receipt"] == [
        f"{first}-1", f"{second}-1"]


def test_the_same_procedure_goes_on_with_papers_unanswered_and_nobody_named(counter: Counter) -> None:
    first = begin(counter, CONTROL)
    form = counter.page.form()
    assert form.procedure is not None and form.procedure.code == "3.000333"
    assert form.owner.is_empty
    assert {paper.status for paper in form.papers} == {PaperStatus.MISSING}
    assert not any(paper.total for paper in form.papers)
    assert form.step is Step.PERSON
    counter.scan(OTHER_CARD)
    counter.press(Key.Key_Return)
    counter.type("0905000124")
    counter.press(Key.Key_Return)
    counter.press(Key.Key_A)
    second = go_on(counter)
    stored = counter.dossier(second).body.intake
    assert stored.applicant is not None and stored.applicant.name == "Lê Thị Kiểm Thử"
    assert group(counter, first) == group(counter, second) != ""


def test_the_read_back_says_where_yes_leads(counter: Counter) -> None:
    counter.fill()
    counter.press(Key.Key_F12, SHIFT)
    sheet = counter.window.findChildren(ReadBack)[-1]
    assert "cho người này" in sheet.act.label()
    counter.press(Key.Key_Escape)
    assert counter.page.form().group == "", "no dossier, no group"
    counter.press(Key.Key_F12)
    assert "tiếp" not in counter.window.findChildren(ReadBack)[-1].act.label()
    counter.press(Key.Key_Return)
    assert group(counter, counter.rows()[0].code) == ""


def test_the_last_one_opens_the_basket_and_enter_prints_one_annex(counter: Counter) -> None:
    begin(counter, SHIFT)
    counter.choose("xay dung moi")
    counter.press(Key.Key_A)
    go_on(counter)
    sheet = basket(counter)
    assert sheet.title.text() == "Nhóm 2 hồ sơ"
    assert sheet.total.text() == "200.000 đ"
    counter.press(Key.Key_Return)
    assert [slip for slip, _ in counter.at.printer.done] == [
        "receipt", "collection_slip", "receipt", "group_annex"]
    assert counter.page.form().is_blank
    assert not counter.page.covers.group.bar.isVisible()
    assert counter.drafts() == ()


def test_a_basket_can_be_closed_and_the_group_goes_on(counter: Counter) -> None:
    first = begin(counter, SHIFT)
    counter.choose("xay dung moi")
    counter.press(Key.Key_A)
    go_on(counter)
    counter.press(Key.Key_Escape)
    assert counter.page.form().is_bare and counter.page.form().group
    assert "2 hồ sơ" in counter.page.covers.group.bar.title()
    counter.fill(OTHER_CARD)
    third = go_on(counter)
    assert group(counter, third) == group(counter, first)
    assert basket(counter).title.text() == "Nhóm 3 hồ sơ"


def test_a_group_is_left_without_paper_and_what_is_begun_stays(counter: Counter) -> None:
    first = begin(counter, SHIFT)
    counter.choose("xay dung moi")
    counter.press(Key.Key_B, ALT)
    assert basket(counter).title.text() == "Nhóm 1 hồ sơ"
    counter.press(Key.Key_R)
    form = counter.page.form()
    assert form.group == "" and form.procedure is not None
    counter.press(Key.Key_A)
    second = go_on(counter)
    assert group(counter, second) == "" != group(counter, first)
    assert "group_annex" not in [slip for slip, _ in counter.at.printer.done]


def test_a_group_is_parked_and_resumed(counter: Counter) -> None:
    first = begin(counter, SHIFT)
    counter.press(Key.Key_Escape)
    assert counter.page.form().is_blank
    assert not counter.page.covers.group.bar.isVisible()
    alone = counter.receive(OTHER_CARD)
    counter.press(Key.Key_1, ALT)
    assert "1 hồ sơ" in counter.page.covers.group.bar.title()
    counter.choose("xay dung moi")
    counter.press(Key.Key_A)
    second = go_on(counter)
    assert group(counter, second) == group(counter, first)
    assert group(counter, alone) == ""


def test_a_group_survives_a_kill_even_with_nothing_typed_yet(open_counter: Open) -> None:
    counter = open_counter()
    first = begin(counter, CONTROL)
    again = open_counter()                         # nothing of the first window was closed
    assert again.page.form().group == group(again, first)
    assert "1 hồ sơ" in again.page.covers.group.bar.title()


def test_throwing_one_form_away_leaves_the_group_as_it_was(counter: Counter) -> None:
    begin(counter, SHIFT)
    counter.press(Key.Key_Delete, CONTROL)
    form = counter.page.form()
    assert form.is_bare and form.group
    counter.press(Key.Key_Delete, CONTROL)
    assert counter.page.form().is_blank
    counter.press(Key.Key_Z, ALT)
    assert counter.page.form().group == form.group


def test_a_held_key_makes_one_dossier_and_one_group(counter: Counter) -> None:
    counter.fill()
    for _ in range(5):
        counter.press(Key.Key_F12, SHIFT)
    counter.at.background.is_held = True
    for _ in range(5):
        counter.press(Key.Key_Return)
    counter.at.background.go()
    assert len(counter.rows()) == 1
    with counter.office.application.database.reading() as connection:
        members = read_basket(connection, counter.page.form().group).members
    assert [member.code for member in members] == [counter.rows()[0].code]


def test_a_correction_of_a_member_is_no_group_in_hand(counter: Counter) -> None:
    code = begin(counter, SHIFT)
    counter.page.correct(code)
    assert not counter.page.covers.group.bar.isVisible()
    counter.press(Key.Key_Escape)
    assert group(counter, code) != ""


def test_card_of_the_next_person_fills_the_next_form_only(counter: Counter) -> None:
    first = begin(counter, CONTROL)
    assert counter.scan(OTHER_CARD)
    assert counter.page.form().owner.full_name == "Lê Thị Kiểm Thử"
    applicant = counter.dossier(first).body.intake.applicant
    assert applicant is not None and applicant.name == "Trần Thị Mẫu Một"
    assert CARD.startswith(applicant.identifier)
