"""A dossier of an inter-agency procedure with a second stage: every date in sight, and why it is that one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.dossier import Due, LegDue
from app.domain.intake import Intake
from app.domain.procedure import Leg, ProcessingTime, TimeUnit
from app.services.promise import second_stage_promise
from tests.office import Office, sample_intake
from tests.ui.dossier.desk import at_desk, present
from ui.dialogs.why_date import WhyDate
from ui.pages.dossier.page import DossierPage
from ui.pages.intake.further_dates import date_parts, legs_words, second_stage_words
from ui.widgets.text import Text

W = TimeUnit.WORKING_DAY
LEGS = (Leg("Sở Mẫu tỉnh Mẫu", ProcessingTime(3, W), is_own=True), Leg("Công an tỉnh Mẫu", ProcessingTime(2, W)))


def joint(name: str = "a") -> Intake:
    plain = sample_intake(name, procedure="1.013225")
    assert plain.procedure is not None
    return replace(plain, procedure=replace(
        plain.procedure, time=ProcessingTime(7, W), legs=LEGS, second_stage=ProcessingTime(4, W),
    ))


def promise_of(office: Office, intake: Intake) -> Due:
    return office.receive(intake).dossier.due


def shown_texts(widget: object) -> list[str]:
    return [text.text() for text in widget.findChildren(Text) if text.text()]  # type: ignore[attr-defined]


def test_the_card_names_own_date_total_date_and_second_stage(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        code = office.receive(joint()).dossier.code
        page = present(qtbot, DossierPage(desk, code))
        said = shown_texts(page.deadline)
    assert "Sở Mẫu tỉnh Mẫu: 27/11/2026, 09:00\nCả 2 cơ quan: 03/12/2026, 09:00" in said
    assert "Giai đoạn 2: 4 ngày làm việc, tính từ khi nhận hồ sơ giai đoạn 2" in said


def test_an_ordinary_dossier_shows_neither(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        code = office.receive(sample_intake("a")).dossier.code
        page = present(qtbot, DossierPage(desk, code))
        assert not any("giai đoạn 2" in text or "Cả 2" in text for text in shown_texts(page.deadline))


def test_why_tells_the_steps_of_every_agency(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        code = office.receive(joint()).dossier.code
        page = present(qtbot, DossierPage(desk, code))
        page.show_why()
        sheet = page.window().findChild(WhyDate)
        said = shown_texts(sheet)
        page.show_why()                # asked again, nothing is told twice
        qtbot.waitUntil(lambda: sorted(shown_texts(sheet)) == sorted(said))
    assert "Sở Mẫu tỉnh Mẫu: tính từ 09 giờ 00 phút, Thứ Hai 23/11/2026." in said
    assert any(text.startswith("Công an tỉnh Mẫu: tính từ 09 giờ 00 phút") for text in said)
    assert "Sở Mẫu tỉnh Mẫu (cơ quan chủ trì): Thứ Sáu 27/11/2026, 09:00" in said


@pytest.mark.parametrize(("language", "said"), [
    ("vi", "tính từ 09 giờ 00 phút, Thứ Hai 23/11/2026."), ("en", "counted from 09:00, Mon 23/11/2026."),
])
def test_the_steps_are_told_in_both_languages(tmp_path: Path, language: str, said: str) -> None:
    with at_desk(tmp_path) as (office, _desk, _around):
        parts = date_parts(promise_of(office, joint()), language)
    assert parts[0].steps[0] == f"Sở Mẫu tỉnh Mẫu: {said}"
    assert [len(part.steps) > 1 for part in parts] == [True, True, False]


def test_a_second_stage_that_has_begun_names_its_promise(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, _desk, _around):
        intake = joint()
        assert intake.procedure is not None
        due = second_stage_promise(
            promise_of(office, intake), intake.procedure, office.clock.now(), office.application.rules
        )
    assert due.second_stage is not None
    said = second_stage_words(due.second_stage)
    assert said == "Giai đoạn 2: 4 ngày làm việc, hẹn trả Thứ Hai 30/11/2026, 09:00"
    assert date_parts(due, "vi")[-1].steps[0].startswith("Nhận hồ sơ lúc 09 giờ 00 phút")


def test_an_agency_without_a_time_has_no_date_of_its_own() -> None:
    none = LegDue("Sở Mẫu", is_own=True, time=ProcessingTime(None, TimeUnit.NONE), at=None, steps=())
    assert legs_words(Due(None, (), (), "", "", (none,))) == ()
