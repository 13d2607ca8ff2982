"""The ready reasons that ship with the program, offered for a dossier or a form."""

from __future__ import annotations

from functools import cache

from app.domain.intake import Intake
from app.domain.reason_library import Act, Reason, ReasonLibrary, parse_reasons
from app.paths import resource


@cache
def read_reasons() -> ReasonLibrary:
    """The library as it ships; read once, it never changes."""
    return parse_reasons(resource("reasons.json").read_text(encoding="utf-8"))


def reasons_for(intake: Intake, act: Act, typed: str = "", limit: int = 12) -> tuple[Reason, ...]:
    """What to offer for this procedure, by what was typed so far."""
    procedure = intake.procedure
    if procedure is None:
        return read_reasons().find(act, typed, limit=limit)
    return read_reasons().find(act, typed, procedure=procedure.code, field=procedure.field, limit=limit)
