"""The dates of the single agencies of an inter-agency procedure (liên thông), and of a second stage.

1. The first leg begins where the promise begins: the reception's rules (next opening, cutoff, start rule)
   hold once, for the whole procedure.
2. Each further leg begins at the moment at which the leg before it ends (the next opening where that is no
   office time), and is counted by the same rules.
3. The date of all legs together is the promise of the case's own time, not the end of the last leg: the
   catalogue may give less to the legs than to the whole (carrying papers between agencies takes time).
4. A leg without a time has no date, and none of those after it has one.
5. A pause moves the legs that were not due yet as it moves the promise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.calendar import Calendar
from app.domain.deadline_policy import DeadlinePolicy
from app.domain.derivation import LegBegins, LegEnds, NoTime, Step, step_as_json
from app.domain.dossier import LegDue, StageDue
from app.domain.office_time import OfficeTime
from app.domain.procedure import Leg, ProcessingTime
from app.domain.remaining import resumed_due
from app.domain.time_count import count_time
from app.domain.workdays import compute_due


def leg_dues(
    starts: datetime, legs: Sequence[Leg], policy: DeadlinePolicy, calendar: Calendar
) -> tuple[LegDue, ...]:
    """The date of each leg when counting begins at `starts`, the office moment that `DueDate.starts` names.

    Raises Refusal `processing_time_out_of_range`, `calendar_without_working_days`.
    """
    office = OfficeTime(policy, calendar)
    dues: list[LegDue] = []
    begins: datetime | None = starts
    for leg in legs:
        ends: datetime | None = None
        steps: list[Step] = []
        if begins is not None:
            steps.append(LegBegins(leg.agency_name, begins))
            if leg.time.is_computable:
                ends = count_time(begins, leg.time, office, steps)
                steps[-1] = LegEnds(leg.agency_name, ends)     # counting ends with a promise; a leg makes none
            else:
                steps.append(NoTime(leg.time.note))
        dues.append(LegDue(leg.agency_name, leg.is_own, leg.time, ends, tuple(map(step_as_json, steps))))
        begins = office.next_moment(ends) if ends else None    # a day that is off where nothing rolls over
    return tuple(dues)


def legs_after_pause(
    legs: Sequence[LegDue],
    paused_at: datetime,
    resumed_at: datetime,
    time: ProcessingTime,
    policy: DeadlinePolicy,
    calendar: Calendar,
) -> tuple[LegDue, ...]:
    """The legs after the clock stood; `time` is that of the whole procedure, whose unit the pause is counted in.

    A leg that was due before the pause keeps its date. Raises Refusal as `resumed_due`.
    """
    moved: list[LegDue] = []
    for leg in legs:
        if leg.at is None or leg.at <= paused_at:
            moved.append(leg)
            continue
        found = resumed_due(leg.at, paused_at, resumed_at, time, policy, calendar)
        assert found.due is not None   # there was one before
        steps = (*found.steps[:-1], LegEnds(leg.name, found.due))
        moved.append(replace(leg, at=found.due, steps=tuple(map(step_as_json, steps))))
    return tuple(moved)


def stage_due(
    stage: StageDue, received: datetime, policy: DeadlinePolicy, calendar: Calendar, *, cutoff: str = ""
) -> StageDue:
    """The second stage with its dates: what it needs was received at `received`. Refuses as `compute_due`."""
    found = compute_due(received, stage.time, policy, calendar, cutoff=cutoff)
    return replace(stage, received_at=received, at=found.due, steps=tuple(map(step_as_json, found.steps)))
