"""What `python -m app due --pause FROM TO` prints: the promise, and each pause with the promise after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.domain.calendar import Calendar
from app.domain.deadline_policy import DeadlinePolicy
from app.domain.derivation import step_as_json
from app.domain.derivation_words import describe_step
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.remaining import left_at, resumed_due
from app.domain.vietnam_time import VIETNAM
from app.domain.workdays import due_as_json

Pause = tuple[datetime, datetime]


def paused_due_as_json(
    received: datetime, value: int | None, unit: str, pauses: Sequence[Pause], calendar: Calendar
) -> dict[str, Any]:
    """`due_as_json`, and with pauses also `current_due` and `pauses`, under the default policy.

    Each pause has `paused`, `resumed`, `left` when it began (days, minutes, unit, is_over), the `due` after it,
    `steps` as sentences and `derivation` as values. Naive moments are the counter's clock. Raises Refusal as
    `due_as_json` and `resumed_due`.
    """
    answer = due_as_json(received, value, unit, calendar)
    if not pauses:
        return answer
    time, policy = ProcessingTime(value, TimeUnit(unit)), DeadlinePolicy()
    due = datetime.fromisoformat(answer["due"]) if answer["due"] else None
    told = []
    for paused, resumed in (tuple(map(_at_counter, pause)) for pause in pauses):
        left = left_at(due, paused, time, policy, calendar)
        found = resumed_due(due, paused, resumed, time, policy, calendar)
        due = found.due
        told.append({
            "paused": paused.isoformat(),
            "resumed": resumed.isoformat(),
            "left": {"days": left.days, "minutes": left.minutes, "unit": str(left.unit), "is_over": left.is_over}
            if left.is_promised else None,
            "due": due.isoformat() if due else None,
            "steps": [describe_step(step) for step in found.steps],
            "derivation": [step_as_json(step) for step in found.steps],
        })
    return {**answer, "current_due": told[-1]["due"], "pauses": told}


def _at_counter(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
