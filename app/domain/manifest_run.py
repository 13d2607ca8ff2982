"""With which run a manifest leaves, and by when somebody has to have acknowledged it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from app.domain.deadline_policy import parse_clock
from app.domain.office_minutes import minutes_between
from app.domain.office_time import OfficeTime, at
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.time_count import count_time
from app.domain.vietnam_time import local

MOST_HOURS = 400


@dataclass(frozen=True, slots=True)
class HandoverRules:
    """What an office has agreed with its agencies. `cutoff` None: there are no fixed runs."""

    acknowledge_hours: int = 8     # working hours
    cutoff: time | None = time(15)


@dataclass(frozen=True, slots=True)
class Run:
    """`cutoff_at`: until when lists go with this run. Moments on the counter's clock."""

    cutoff_at: datetime | None
    is_next: bool                  # not the one of the day it was made on: that has left, or none goes
    expected_at: datetime          # by when it is to be acknowledged


def parse_handover_rules(stated: Mapping[str, Any]) -> HandoverRules:
    """The rules in the setting {"acknowledge_hours": 8, "cutoff": "15:00"}; a value that is none is the usual one.

    An empty "cutoff" says that there are no fixed runs.
    """
    usual = HandoverRules()
    hours, cutoff = stated.get("acknowledge_hours"), stated.get("cutoff")
    is_fit = isinstance(hours, int) and 0 < hours <= MOST_HOURS
    try:
        clock = None if cutoff == "" else usual.cutoff if cutoff is None else parse_clock(str(cutoff))
    except ValueError:
        clock = usual.cutoff
    return HandoverRules(hours if isinstance(hours, int) and is_fit else usual.acknowledge_hours, clock)


def run_of(made_at: datetime, rules: HandoverRules, office: OfficeTime) -> Run:
    """The run of a manifest made at `made_at` (aware). After the cut-off it is the next working day's.

    The hours to acknowledge it begin when it was made, or with the opening of the day of that next run: whoever
    is to answer cannot have had it before. On a short day the run leaves at closing time at the latest.
    """
    moment = local(made_at).replace(second=0, microsecond=0)
    starts = office.next_moment(moment)
    cutoff_at, is_next = None, False
    if rules.cutoff is not None:
        day = moment.date()
        is_next = not office.is_working(day) or moment.time() > office.fit(day, rules.cutoff)
        if is_next:
            day = office.working_day_after(day)
            starts = office.opening(day)
        cutoff_at = at(day, office.fit(day, rules.cutoff))
    allowed = ProcessingTime(rules.acknowledge_hours, TimeUnit.HOUR)
    return Run(cutoff_at, is_next, count_time(starts, allowed, office, []))


def hours_since(moment: datetime, now: datetime, office: OfficeTime) -> int:
    """Whole working hours from `moment` to `now` (both aware)."""
    return minutes_between(local(moment), local(now), office) // 60
