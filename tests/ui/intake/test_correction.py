"""Correcting after the receipt was printed: reason, version 2, and nothing that was not changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.intake.conftest import CARD, Counter, Open
from ui.pages.intake.form import Step

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def change_name(counter: Counter, name: str) -> None:
    counter.page.go_to(Step.PERSON, "owner.full_name")
    counter.type(name)


def test_a_correction_prints_version_two_with_its_reason(counter: Counter) -> None:
    code = counter.receive()
    counter.page.correct(code)
    change_name(counter, "Trần Thị Mẫu Hai")
    counter.press(Key.Key_F12)
    counter.type("Gõ sai tên")
    counter.press(Key.Key_Return)
    stored = counter.dossier(code)
    assert (stored.body.version, stored.body.code) == (2, code)
    assert stored.body.intake.applicant is not None
    assert stored.body.intake.applicant.name == "Trần Thị Mẫu Hai"
    assert stored.versions[-1].reason == "Gõ sai tên"
    assert [path for path, _, _ in stored.versions[-1].changes] == ["applicant.person.full_name"]
    assert counter.at.printer.done[-1] == ("receipt", f"{code}-2")
    assert len(counter.rows()) == 1
    assert counter.page.form().is_blank


def test_without_a_reason_nothing_is_stored(counter: Counter) -> None:
    code = counter.receive()
    counter.page.correct(code)
    change_name(counter, "Trần Thị Mẫu Hai")
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    assert counter.dossier(code).body.version == 1
    counter.type("Gõ sai tên")
    for _ in range(10):
        counter.press(Key.Key_Return)
    assert counter.dossier(code).body.version == 2


def test_nothing_changed_is_said_and_nothing_asked(counter: Counter) -> None:
    code = counter.receive()
    counter.page.correct(code)
    counter.press(Key.Key_F12)
    assert counter.page.banner.title() == "Chưa sửa gì"
    assert counter.dossier(code).body.version == 1


def test_leaving_a_correction_changes_nothing_and_goes_back_to_the_dossier(counter: Counter) -> None:
    code = counter.receive()
    asked: list[str] = []
    counter.page.dossier_requested.connect(lambda shown, _: asked.append(shown))
    counter.page.correct(code)
    change_name(counter, "Trần Thị Mẫu Hai")
    counter.press(Key.Key_Escape)
    assert asked == [code]
    assert counter.dossier(code).body.version == 1
    assert counter.drafts() == ()


def test_a_form_on_the_desk_is_set_aside_for_a_correction(counter: Counter) -> None:
    code = counter.receive()
    counter.fill()
    counter.page.correct(code)
    assert [draft.is_parked for draft in counter.drafts()] == [True]
    correcting = counter.page.form().correcting
    assert correcting is not None and correcting.code == code


def test_an_unfinished_correction_survives_a_kill(open_counter: Open, qtbot: QtBot) -> None:
    counter = open_counter()
    code = counter.receive()
    counter.page.correct(code)
    change_name(counter, "Trần Thị Mẫu Ba")
    qtbot.waitUntil(lambda: "Mẫu Ba" in str([draft.form for draft in counter.drafts()]), timeout=2000)
    again = open_counter()
    assert again.page.form().owner.full_name == "Trần Thị Mẫu Ba"
    again.press(Key.Key_F12)
    again.type("Gõ sai tên")
    again.press(Key.Key_Return)
    assert again.dossier(code).body.version == 2
    assert again.drafts() == ()


def test_the_promised_date_stays_when_the_time_does(counter: Counter) -> None:
    code = counter.receive(CARD)
    before = counter.dossier(code).body.due
    counter.page.correct(code)
    change_name(counter, "Trần Thị Mẫu Hai")
    counter.press(Key.Key_F12)
    counter.type("Gõ sai tên")
    counter.press(Key.Key_Return)
    assert counter.dossier(code).body.due == before
