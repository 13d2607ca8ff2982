"""F11: the slip that tells a citizen what to bring, without opening a dossier."""

from __future__ import annotations

from datetime import date

from app.domain.procedure import Procedure, ProcedureCase
from app.errors import KnownError
from ui.operations.desk import Desk, warn_of
from ui.operations.guidance import print_guidance
from ui.pages.intake.choosing import find_case
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.paper_answers import absent_names


def print_slip(
    desk: Desk, form: IntakeForm, looked_at: tuple[Procedure, ProcedureCase] | None, day: date
) -> bool:
    """For what is chosen, or for what the clerk stands on in the search; False when there is neither."""
    chosen = form.procedure
    if chosen is not None:
        found = find_case(desk.office.catalogue, chosen, day)
        missing = absent_names(form.papers)
    else:
        found = looked_at
        missing = tuple(item.name for item in found[1].requirements if item.is_required) if found else ()
    if found is None:
        return False
    try:
        print_guidance(desk, *found, missing)
    except KnownError as error:
        warn_of(desk, error)
    return True
