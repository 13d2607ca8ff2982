"""The promise of a dossier as it stands after its life: date, derivation, the single agencies' dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.domain.dossier import OPEN_STATES, DossierBody, Due, State
from app.domain.life.event import Event
from app.domain.life.facts import AgencySaid, Extended, Facts, NewDue, PaymentDone, StageBegun, SupplementReceived
from app.domain.life.life import Life, Pause
from app.domain.procedure import ProcessingTime
from app.domain.remaining import Remaining, left_at
from app.services.promise import resumed_promise
from app.services.rules import Rules

DUE_MOVED = "due_moved_meanwhile"
"""Code of the conflict that `app.domain.life.fold` finds between two changes of one promise."""


def new_due_of(facts: Facts) -> NewDue | None:
    """The promise that an event brings, if it brings one."""
    if isinstance(facts, SupplementReceived | PaymentDone | Extended | AgencySaid | StageBegun):
        return facts.due
    return None


def due_now(body: DossierBody, life: Life, events: Iterable[Event]) -> Due:
    """The promise in force: reception's, or the last change of it; `steps` are those of that change alone."""
    due = body.due
    brought = {event.id: new_due_of(event.facts) for event in events}
    for change in life.due_changes:
        new = brought.get(change.event)
        if new is not None:
            due = replace(
                due, at=new.at, steps=new.steps, warnings=new.warnings, legs=new.legs or due.legs,
                calendar_version=new.calendar_version or due.calendar_version,
                policy_version=new.policy_version or due.policy_version,
            )
    return due


def resumed(
    body: DossierBody, life: Life, events: Iterable[Event], rules: Rules, *, paused_at: datetime, now: datetime,
    promise: datetime | None = None,
) -> NewDue | None:
    """The promise when the clock that stood since `paused_at` runs on from `now`; None where none was made.

    A clock behind the other counter's counts as no time passed: the citizen is not sent away for it. `promise`
    is what held before the pause where that is not the promise in force; the single agencies' dates have been
    moved by the pause already then, and stay.
    """
    due = due_now(body, life, events)
    if promise is not None:
        due = replace(due, at=promise, legs=())
    assert body.intake.procedure is not None
    if due.at is None:
        return None
    procedure = replace(body.intake.procedure, time=_running_time(body, life))
    found = resumed_promise(due, procedure, paused_at, max(now, paused_at), rules)
    return NewDue(
        found.at, found.steps, found.warnings, found.calendar_version, found.policy_version, found.legs
    )


def _running_time(body: DossierBody, life: Life) -> ProcessingTime:
    """Of the stage that is under way: its unit says how what is left of it is counted."""
    assert body.intake.procedure is not None
    second = body.due.second_stage
    return second.time if life.stage == 2 and second is not None else body.intake.procedure.time


def time_left(body: DossierBody, life: Life, rules: Rules, now: datetime) -> Remaining:
    """What is left of the time at `now`; while the clock stands, what was left when it stopped."""
    at = life.paused_since or now
    return left_at(life.due_at, at, _running_time(body, life), rules.policy, rules.calendar)


def uncounted_pause(life: Life, events: tuple[Event, ...]) -> Pause | None:
    """The last pause, when the agency ended it without naming a date: the promise still counts that time.

    So it is when the citizen brought the papers to the agency and the province only told us "đang xử lý".
    """
    if not life.pauses or life.pauses[-1].until is None or life.due_at is None or life.business not in OPEN_STATES:
        return None
    pause = life.pauses[-1]
    ended = [
        place for place, event in enumerate(events)
        if isinstance(event.facts, AgencySaid) and event.facts.state is State.IN_PROCESS
        and event.facts.due is None and max(event.at, pause.since) == pause.until
    ]
    changed = {change.event for change in life.due_changes}
    if not ended or any(event.id in changed for event in events[ended[-1]:]):
        return None
    return pause


def disputed_pause(life: Life, events: Iterable[Event]) -> tuple[datetime, Pause] | None:
    """An agency's date and the pause it does not know of: one counter wrote the extension down while another, not
    knowing, ended the pause from the date before. None when no open conflict is of that kind."""
    known = {event.id: event for event in events}
    for conflict in life.conflicts:
        if conflict.code != DUE_MOVED:
            continue
        pair = [known[name] for name in (conflict.event, conflict.against) if name in known]
        named = [
            event.facts.due.at for event in pair
            if isinstance(event.facts, Extended) and event.facts.paper.number
        ]
        ended = [event for event in pair if isinstance(event.facts, SupplementReceived | PaymentDone)]
        if not named or named[0] is None or not ended:
            continue
        for pause in life.pauses:
            if pause.until == max(ended[0].at, pause.since):
                return named[0], pause
    return None
