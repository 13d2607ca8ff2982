"""The promise of a dossier under the rules that hold now: at reception, after a pause, for a second stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.derivation import step_as_json
from app.domain.dossier import Due, StageDue
from app.domain.intake import ChosenProcedure
from app.domain.leg_dates import leg_dues, legs_after_pause, stage_due
from app.domain.remaining import resumed_due
from app.domain.workdays import compute_due
from app.services.rules import Rules


def promised_date(procedure: ChosenProcedure, received: datetime, rules: Rules) -> Due:
    """The due date with its derivation, by the procedure's time and the rules that hold now."""
    computed = compute_due(
        received,
        procedure.time,
        rules.policy,
        rules.calendar,
        cutoff=procedure.starts_next_day_after,
    )
    return Due(
        at=computed.due,
        steps=tuple(step_as_json(step) for step in computed.steps),
        warnings=tuple(doubt.as_text() for doubt in computed.warnings),
        calendar_version=computed.calendar_version,
        policy_version=computed.policy_version,
        legs=leg_dues(computed.starts, procedure.legs, rules.policy, rules.calendar),
        second_stage=StageDue(procedure.second_stage) if procedure.second_stage else None,
    )


def resumed_promise(
    due: Due, procedure: ChosenProcedure, paused_at: datetime, resumed_at: datetime, rules: Rules
) -> Due:
    """`due` after the clock stood from `paused_at` to `resumed_at`; its `steps` tell this pause only.

    The steps of the promise before stay with it in the history of the dossier. Raises Refusal
    `resume_before_pause`, `calendar_without_working_days`.
    """
    found = resumed_due(due.at, paused_at, resumed_at, procedure.time, rules.policy, rules.calendar)
    return replace(
        due,
        at=found.due,
        steps=tuple(step_as_json(step) for step in found.steps),
        warnings=tuple(doubt.as_text() for doubt in found.warnings),
        calendar_version=rules.calendar.version,
        policy_version=rules.policy.version,
        legs=legs_after_pause(
            due.legs, paused_at, resumed_at, procedure.time, rules.policy, rules.calendar
        ),
    )


def second_stage_promise(due: Due, procedure: ChosenProcedure, received: datetime, rules: Rules) -> Due:
    """`due` with the dates of its second stage, begun at `received`; unchanged when the procedure has none."""
    if due.second_stage is None:
        return due
    begun = stage_due(
        due.second_stage, received, rules.policy, rules.calendar, cutoff=procedure.starts_next_day_after
    )
    return replace(due, second_stage=begun)
