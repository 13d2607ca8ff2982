"""Manners of the page: names for screen readers, focus in the order of the talk, other language, small screens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from tests.ui.intake.conftest import CARD, Counter, Open
from ui.pages.intake.form import Step
from ui.translations import Language

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize("step", list(Step))
def test_everything_that_takes_the_focus_has_a_name(counter: Counter, step: Step) -> None:
    counter.choose()
    counter.scan(CARD)
    counter.page.go_to(step)
    nameless = [
        widget for widget in counter.page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and isinstance(widget, QLineEdit | QAbstractButton | QComboBox) and not widget.accessibleName()
    ]
    assert nameless == []


def test_tab_walks_the_person_in_the_order_of_the_talk(counter: Counter) -> None:
    counter.choose()
    walked = [counter.focus()]
    for _ in range(5):
        counter.press(Key.Key_Tab)
        walked.append(counter.focus())
    assert [name.removeprefix("Chủ hồ sơ: ") for name in walked] == [
        "Số định danh, hộ chiếu", "Họ và tên", "Ngày sinh", "Giới tính",
        "Địa chỉ, giữ nguyên như trên thẻ", "Điện thoại",
    ]


def test_the_question_mark_tells_why_and_closing_it_gives_the_focus_back(counter: Counter) -> None:
    counter.choose()
    counter.scan(CARD)
    counter.page.go_to(Step.PAPERS)
    counter.type("?")
    assert counter.focus() == "Vì sao hẹn ngày này?"
    counter.press(Key.Key_Escape)
    assert counter.focus() == "Thành phần hồ sơ"
    assert not counter.page.form().is_blank


def test_leaving_the_page_after_the_why_was_closed_and_is_gone_is_no_fault(counter: Counter) -> None:
    """It ended the program: the page closed a sheet that Qt had deleted."""
    counter.choose()
    counter.press(Key.Key_V, ALT)
    counter.press(Key.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    counter.page.hide()
    assert not counter.page.isVisible()


def test_a_question_mark_in_a_field_is_typed(counter: Counter) -> None:
    counter.choose()
    counter.page.go_to(Step.PERSON, "owner.full_name")
    counter.type("?")
    assert counter.page.form().owner.full_name == "?"
    counter.press(Key.Key_V, ALT)
    assert counter.focus() == "Vì sao hẹn ngày này?"


def test_another_language_keeps_the_form(counter: Counter, language: Language) -> None:
    counter.fill()
    before = counter.page.form()
    language.use("en")
    QApplication.processEvents()
    page = counter.window.page()
    assert page is not counter.page
    assert page.form().owner == before.owner  # type: ignore[union-attr]  # the intake page, built anew
    assert page.form().papers == before.papers  # type: ignore[union-attr]
    assert page.accessibleName() == "Receive a dossier"  # type: ignore[union-attr]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1093, 614), (911, 512)])
@pytest.mark.parametrize("step", [Step.PROCEDURE, Step.PERSON, Step.PAPERS, Step.FEES, Step.RETURN])
def test_no_step_is_wider_than_the_screen(open_counter: Open, width: int, height: int, step: Step) -> None:
    counter = open_counter(width=width, height=height)
    counter.choose()
    counter.scan(CARD)
    counter.page.go_to(step)
    for _ in range(4):
        QApplication.processEvents()
    inside = counter.page.steps.widget()
    assert inside.width() <= counter.page.steps.viewport().width()


def test_every_key_of_the_page_is_told(counter: Counter) -> None:
    keys = counter.page.keys()
    told = {key.sequence for key in keys}
    assert {"F12", "Escape", "F11", "Alt+G", "Alt+V", "Alt+Z", "Alt+L", "Ctrl+Delete", "Alt+9"} <= told
