"""What a correction may no longer change, because later events were built on it."""

from __future__ import annotations

from app.domain.body import to_body
from app.domain.dossier import DossierBody
from app.domain.life.facts import StageBegun, SupplementReceived
from app.domain.life.fold import fold
from app.domain.life.life import Start, start_of
from app.errors import Refusal
from app.services.life.reading import KnownLife


def refuse_against_life(held: KnownLife, after: DossierBody) -> None:
    """Raises `time_fixed_by_pause` when the promised time would change under a pause or an extension that was
    counted from it, `originals_fixed` when originals that have moved since would be others,
    `correction_against_life` (reason: a code of the moves) when an event could not have happened then."""
    if not held.events:
        return
    before, start = held.body, start_of(to_body(after))
    assert before.intake.procedure is not None and after.intake.procedure is not None
    is_same_time = before.intake.procedure.timing == after.intake.procedure.timing
    if not is_same_time and (held.life.pauses or held.life.due_changes):
        raise Refusal("time_fixed_by_pause", code=held.code)
    if _originals(start) != _originals(start_of(to_body(before))) and _have_moved(held):
        raise Refusal("originals_fixed", code=held.code)
    known = set(held.life.conflicts)
    for conflict in fold(start, held.events).conflicts:
        if conflict not in known:
            raise Refusal("correction_against_life", code=held.code, reason=conflict.code)


def _originals(start: Start) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, one.requirement) for one in start.originals)


def _have_moved(held: KnownLife) -> bool:
    """An event names originals by their place in the checklist, or took further ones after those."""
    for event in held.events:
        if getattr(event.facts, "originals", ()) or getattr(event.facts, "original", ""):
            return True
        if isinstance(event.facts, SupplementReceived | StageBegun) and event.facts.papers:
            return True
    return False
