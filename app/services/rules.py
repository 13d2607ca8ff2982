"""The rules a dossier is received under, as values: calendar, deadline policy, form sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.calendar import Calendar
from app.domain.deadline_policy import DeadlinePolicy
from app.domain.form_set import FormSet, form_set_on


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds now. A received dossier keeps the versions in its body; changing these changes no old one."""

    calendar: Calendar
    policy: DeadlinePolicy
    form_sets: tuple[FormSet, ...]

    def form_set_on(self, day: date) -> str:
        """Name of the form set (01/2018, 03/2025 …) whose papers are printed for a reception on `day`."""
        return form_set_on(day, self.form_sets).id
