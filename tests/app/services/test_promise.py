"""The promise of a dossier as the services make it: at reception, in a correction, after a pause, for stage 2."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.domain.derivation import step_from_json
from app.domain.intake import Intake
from app.domain.papers import LegLine, StageLine
from app.domain.procedure import Leg, ProcessingTime, TimeUnit
from app.domain.vietnam_time import VIETNAM
from app.services import receipts
from app.services.promise import promised_date, resumed_promise, second_stage_promise
from app.services.rebuild import rebuild
from app.services.stored_dossier import read_dossier
from tests.app.domain.calendars import at
from tests.app.services.test_correct import correct
from tests.office import office_in, sample_intake

W = TimeUnit.WORKING_DAY
LEGS = (Leg("Sở Mẫu tỉnh Mẫu", ProcessingTime(3, W), is_own=True), Leg("Công an tỉnh Mẫu", ProcessingTime(2, W)))


def joint(intent: str = "a") -> Intake:
    plain = sample_intake(intent, procedure="1.013225")
    assert plain.procedure is not None
    return replace(plain, procedure=replace(
        plain.procedure, time=ProcessingTime(7, W), legs=LEGS, second_stage=ProcessingTime(4, W),
    ))


def test_own_and_total_date_are_stored_printed_and_rebuilt(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        received = office.receive(joint())
        due = received.dossier.due
        with office.application.database.writing() as connection:
            rebuild(connection)
        with office.application.database.reading() as connection:
            stored = read_dossier(connection, received.dossier.code).body
            paper = receipts.print_job(connection, office.application.enrolled, received.print_job).paper
    assert stored == received.dossier
    assert due.own_leg is not None
    assert due.at is not None
    assert (due.own_leg.at, due.legs[1].at, due.at) == (
        at("2026-11-27T09:00"), at("2026-12-01T09:00"), at("2026-12-03T09:00"),
    )
    assert paper.legs == (
        LegLine("Sở Mẫu tỉnh Mẫu", "3 ngày làm việc", at("2026-11-27T09:00"), is_own=True),
        LegLine("Công an tỉnh Mẫu", "2 ngày làm việc", at("2026-12-01T09:00")),
    )
    assert paper.second_stage == StageLine("4 ngày làm việc")
    assert paper.due_at == due.at.astimezone(VIETNAM)


def test_a_correction_of_the_legs_makes_a_new_promise_from_the_first_reception(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        before = office.receive(joint()).dossier
        office.clock.advance(timedelta(days=2))

        def longer(intake: Intake) -> Intake:
            assert intake.procedure is not None
            legs = (replace(LEGS[0], time=ProcessingTime(5, W)), LEGS[1])
            return replace(intake, procedure=replace(intake.procedure, legs=legs))

        after = correct(office, before.code, longer).dossier
    assert after.due.at == before.due.at
    assert [leg.at for leg in after.due.legs] == [at("2026-12-01T09:00"), at("2026-12-03T09:00")]


def test_a_pause_moves_total_and_legs_and_keeps_the_second_stage(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        rules, procedure = office.application.rules, joint().procedure
        assert procedure is not None
        due = promised_date(procedure, at("2026-11-23T09:00"), rules)
        later = resumed_promise(due, procedure, at("2026-11-30T09:00"), at("2026-12-02T09:00"), rules)
        begun = second_stage_promise(later, procedure, at("2026-12-08T08:00"), rules)
    assert later.at == at("2026-12-07T09:00")
    assert [leg.at for leg in later.legs] == [at("2026-11-27T09:00"), at("2026-12-03T09:00")]
    assert [step_from_json(step).kind for step in later.steps][:3] == ["paused", "time_left", "counted_on"]
    assert later.second_stage == due.second_stage
    assert begun.second_stage is not None
    assert begun.second_stage.at == at("2026-12-14T08:00")
    assert (begun.at, begun.legs) == (later.at, later.legs)


def test_a_procedure_with_one_stage_has_no_second_promise(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        rules, procedure = office.application.rules, sample_intake("a").procedure
        assert procedure is not None
        due = promised_date(procedure, at("2026-11-23T09:00"), rules)
        assert second_stage_promise(due, procedure, at("2026-12-08T08:00"), rules) is due
        assert (due.legs, due.second_stage) == ((), None)
