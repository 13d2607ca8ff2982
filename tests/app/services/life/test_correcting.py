"""A correction changes what was typed, never what later events were built on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.applicant import Applicant
from app.domain.intake import FeeTiming, Intake
from app.domain.life.facts import FeeTaken, HandedOver, MoneyTaken
from app.domain.procedure import ProcessingTime, TimeUnit
from app.errors import Refusal
from app.services.correct import Corrected, correct_dossier
from tests.app.services.life.counter import Desk, at
from tests.office import sample_intake, with_kept_original


def longer(intake: Intake) -> Intake:
    assert intake.procedure is not None
    return replace(intake, procedure=replace(intake.procedure, time=ProcessingTime(20, TimeUnit.DAY)))


def renamed(intake: Intake) -> Intake:
    assert intake.applicant is not None and intake.applicant.person is not None
    return replace(intake, applicant=Applicant(replace(intake.applicant.person, full_name="Nguyễn Thị Sửa")))


def not_kept(intake: Intake) -> Intake:
    first, *rest = intake.papers
    return replace(intake, papers=(replace(first, keeps_original=False), *rest))


def exempt(intake: Intake) -> Intake:
    return replace(intake, fee_timing=FeeTiming.EXEMPT, exemption_reason="Hộ nghèo",
                   exemption_proof="giấy số 1 (mẫu)")


def correct(desk: Desk, code: str, change: Callable[[Intake], Intake]) -> Corrected:
    body = desk.known(code).body
    return desk.do(
        correct_dossier, code, change(body.intake), "gõ nhầm", rules=True, base_version=body.version,
    )


def test_the_time_is_fixed_once_a_pause_was_counted_from_it(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.ask(code)
    with pytest.raises(Refusal, match="time_fixed_by_pause"):
        correct(desk, code, longer)
    desk.office.clock.at = at("2026-11-27 09:00")
    desk.bring(code)
    with pytest.raises(Refusal, match="time_fixed_by_pause"):
        correct(desk, code, longer)


def test_the_time_is_fixed_once_the_agency_moved_the_date(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.extend(code, at("2026-12-15 17:00"))
    with pytest.raises(Refusal, match="time_fixed_by_pause"):
        correct(desk, code, longer)


def test_a_name_can_be_corrected_after_a_pause_and_the_new_date_stands(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.ask(code)
    desk.office.clock.at = at("2026-11-27 09:00")
    brought = desk.bring(code)
    assert brought.due is not None
    correct(desk, code, renamed)
    held = desk.known(code)
    assert (held.body.version, held.life.due_at, held.life.conflicts) == (2, brought.due.at, ())


def test_a_time_without_a_pause_can_be_corrected_and_moves_both_dates(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.act(code, HandedOver("m1"))
    before = desk.life(code).due_at
    correct(desk, code, longer)
    life = desk.life(code)
    assert life.due_at == life.original_due_at != before


def test_an_original_that_has_moved_cannot_be_corrected_away(desk: Desk) -> None:
    code = desk.receive(with_kept_original(sample_intake("a")))
    correct(desk, code, renamed)
    desk.act(code, HandedOver("m1", ("1#1",)))
    with pytest.raises(Refusal, match="originals_fixed"):
        correct(desk, code, not_kept)
    assert desk.life(code).conflicts == ()


def test_a_fee_that_was_taken_cannot_be_corrected_into_an_exemption(desk: Desk) -> None:
    code = desk.receive(replace(sample_intake("a"), fee_timing=FeeTiming.AFTER))
    desk.act(code, FeeTaken(MoneyTaken(200_000, "cash")))
    with pytest.raises(Refusal, match="correction_against_life") as refused:
        correct(desk, code, exempt)
    assert refused.value.values["reason"] == "money_not_due"
