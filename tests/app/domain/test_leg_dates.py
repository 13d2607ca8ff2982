"""Inter-agency procedures and second stages: whose date is when, from the catalogue to the stored promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.body import from_body, to_body
from app.domain.catalogue_codec import dump_catalogue, load_catalogue
from app.domain.deadline_policy import DeadlinePolicy
from app.domain.derivation import LegBegins, LegEnds, step_from_json
from app.domain.derivation_words import describe_step
from app.domain.dossier import Due, StageDue
from app.domain.intake import ChosenProcedure
from app.domain.leg_dates import leg_dues, legs_after_pause, stage_due
from app.domain.new_intake import choose_procedure
from app.domain.office_time import OfficeTime
from app.domain.procedure import Leg, ProcedureCase, ProcessingTime, TimeUnit
from app.domain.vietnam_time import VIETNAM
from app.domain.workdays import compute_due
from app.errors import Refusal
from tests.app.domain.calendars import at, shipped
from tests.app.domain.catalogues import AGENCY, catalogue, procedure

W, D, H, N = TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.NONE
PLAIN = DeadlinePolicy()
OWN = Leg("Sở Mẫu tỉnh Mẫu", ProcessingTime(3, W), is_own=True)
OTHER = Leg("Công an tỉnh Mẫu", ProcessingTime(5, W))
UNKNOWN = Leg("Thuế tỉnh Mẫu", ProcessingTime(None, N, "theo quy định của cơ quan thuế"))
CASE = ProcedureCase("1", "Liên thông thử", ProcessingTime(10, W), (), legs=(OWN, OTHER),
                     second_stage=ProcessingTime(4, W))
moments = st.datetimes(datetime(2023, 3, 1), datetime(2026, 10, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=VIETNAM)
)


def snapshot(case: ProcedureCase) -> ChosenProcedure:
    offered = procedure(cases=(case,))
    return choose_procedure(catalogue(offered), AGENCY, offered, case)


@given(moments, st.lists(st.integers(1, 12), min_size=2, max_size=5))
def test_legs_of_days_end_where_all_their_days_together_end(received: datetime, values: list[int]) -> None:
    starts = OfficeTime(PLAIN, shipped()).next_moment(received)
    legs = [Leg(f"Cơ quan {number}", ProcessingTime(value, W)) for number, value in enumerate(values)]
    dues = leg_dues(starts, legs, PLAIN, shipped())
    together = compute_due(received, ProcessingTime(sum(values), W), PLAIN, shipped()).due
    assert dues[-1].at == together
    assert [leg.at for leg in dues] == sorted(leg.at for leg in dues if leg.at is not None)


def test_each_leg_tells_where_it_begins_and_ends() -> None:
    own, other = leg_dues(at("2026-10-05T09:00"), CASE.legs, PLAIN, shipped())
    first, last = (step_from_json(own.steps[place]) for place in (0, -1))
    assert (first, last) == (
        LegBegins("Sở Mẫu tỉnh Mẫu", at("2026-10-05T09:00")), LegEnds("Sở Mẫu tỉnh Mẫu", at("2026-10-08T09:00")),
    )
    assert describe_step(last) == "Hạn của Sở Mẫu tỉnh Mẫu: 09 giờ 00 phút, Thứ Năm 08/10/2026."
    assert step_from_json(other.steps[0]) == LegBegins("Công an tỉnh Mẫu", at("2026-10-08T09:00"))
    assert (own.is_own, other.is_own, other.at) == (True, False, at("2026-10-15T09:00"))


def test_after_a_leg_without_a_time_no_leg_has_a_date() -> None:
    own, unknown, other = leg_dues(at("2026-10-05T09:00"), (OWN, UNKNOWN, OTHER), PLAIN, shipped())
    assert own.at == at("2026-10-08T09:00")
    assert (unknown.at, other.at, other.steps) == (None, None, ())
    assert describe_step(step_from_json(unknown.steps[-1])) == (
        "Không có ngày hẹn trả cụ thể theo quy định (theo quy định của cơ quan thuế)."
    )


def test_a_pause_moves_the_legs_that_were_not_due() -> None:
    legs = leg_dues(at("2026-10-05T09:00"), CASE.legs, PLAIN, shipped())
    moved = legs_after_pause(legs, at("2026-10-09T09:00"), at("2026-10-13T09:00"), CASE.time, PLAIN, shipped())
    assert [leg.at for leg in moved] == [at("2026-10-08T09:00"), at("2026-10-19T09:00")]
    assert moved[0] is legs[0]
    assert [step["kind"] for step in moved[1].steps][::len(moved[1].steps) - 1] == ["paused", "leg_ends"]


def test_a_second_stage_has_dates_once_its_papers_are_there() -> None:
    stage = StageDue(ProcessingTime(4, W))
    begun = stage_due(stage, at("2026-10-05T15:30"), PLAIN, shipped(), cutoff="15:00")
    assert (stage.received_at, stage.at) == (None, None)
    assert (begun.received_at, begun.at) == (at("2026-10-05T15:30"), at("2026-10-12T07:00"))


def test_legs_and_second_stage_travel_from_package_to_snapshot_to_body() -> None:
    package = catalogue(procedure(cases=(CASE,)))
    assert load_catalogue(dump_catalogue(package)) == package
    chosen = snapshot(CASE)
    assert (chosen.legs, chosen.second_stage) == (CASE.legs, CASE.second_stage)
    assert from_body(ChosenProcedure, to_body(chosen)) == chosen
    due = Due(at("2026-10-19T09:00"), (), (), "vn", "1", leg_dues(at("2026-10-05T09:00"), CASE.legs, PLAIN,
              shipped()), StageDue(ProcessingTime(4, W)))
    assert from_body(Due, to_body(due)) == due
    assert due.own_leg == due.legs[0]


def test_what_older_counters_and_packages_wrote_still_reads() -> None:
    plain = replace(CASE, legs=(), second_stage=None)
    text = dump_catalogue(catalogue(procedure(cases=(plain,))))
    assert "legs" not in text
    assert "second_stage" not in text
    chosen, due = to_body(snapshot(plain)), to_body(Due(None, (), (), "vn", "1"))
    for body in (chosen, due):
        del body["legs"], body["second_stage"]
    assert from_body(ChosenProcedure, chosen) == snapshot(plain)
    assert from_body(Due, due) == Due(None, (), (), "vn", "1")


@pytest.mark.parametrize("change", [
    {"time": ProcessingTime(9, W)}, {"legs": (OWN, replace(OTHER, time=ProcessingTime(4, W)))},
    {"second_stage": None}, {"starts_next_day_after": "15:00"},
])
def test_whatever_a_promise_follows_from_is_part_of_its_timing(change: dict[str, object]) -> None:
    chosen = snapshot(CASE)
    assert replace(chosen, **change).timing != chosen.timing  # type: ignore[arg-type]
    assert replace(chosen, catalogue_version="khác", results=("khác",)).timing == chosen.timing


@pytest.mark.parametrize(("legs", "time", "code"), [
    ((OWN,), CASE.time, "catalogue_wrong_shape"),
    ((OWN, replace(OTHER, is_own=True)), CASE.time, "catalogue_wrong_shape"),
    ((replace(OWN, is_own=False), OTHER), CASE.time, "catalogue_wrong_shape"),
    ((OWN, OTHER), ProcessingTime(None, N), "catalogue_wrong_shape"),
    ((OWN, OTHER), ProcessingTime(7, W), "catalogue_bad_value"),
    ((OWN, replace(OTHER, agency_name=" ")), CASE.time, "catalogue_wrong_shape"),
])
def test_a_package_whose_legs_cannot_be_right_is_refused(
    legs: tuple[Leg, ...], time: ProcessingTime, code: str
) -> None:
    text = dump_catalogue(catalogue(procedure(cases=(replace(CASE, legs=legs, time=time),))))
    with pytest.raises(Refusal, match=code):
        load_catalogue(text)


@pytest.mark.parametrize(("legs", "time"), [
    ((OWN, OTHER), ProcessingTime(8, W)), ((OWN, UNKNOWN), CASE.time),
    ((OWN, replace(OTHER, time=ProcessingTime(40, H))), ProcessingTime(5, W)),
])
def test_legs_may_leave_room_be_unknown_or_have_another_unit(legs: tuple[Leg, ...], time: ProcessingTime) -> None:
    package = catalogue(procedure(cases=(replace(CASE, legs=legs, time=time),)))
    assert load_catalogue(dump_catalogue(package)) == package


def test_an_unknown_word_in_a_leg_is_named_with_its_place() -> None:
    text = dump_catalogue(catalogue(procedure(cases=(CASE,)))).replace('"is_own":true', '"is_own":true,"x":1')
    with pytest.raises(Refusal) as refused:
        load_catalogue(text)
    assert (refused.value.code, refused.value.values["where"]) == (
        "catalogue_unknown_field", "procedures[0].cases[0].legs[0].x",
    )
