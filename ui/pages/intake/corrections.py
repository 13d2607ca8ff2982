"""A stored dossier on the page: what it says now, and the form that will say it better."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.dossier import DossierBody
from app.domain.intake import Intake
from app.errors import Refusal
from app.services.stored_dossier import read_dossier
from ui.operations.desk import Desk, new_intent
from ui.pages.intake.choosing import find_case
from ui.pages.intake.filled import form_of, intake_of
from ui.pages.intake.form import IntakeForm


@dataclass(frozen=True, slots=True)
class Correction:
    """`body` as stored, `before` as the page reads it untouched; `is_outdated`: corrected elsewhere meanwhile."""

    body: DossierBody
    before: Intake
    form: IntakeForm
    is_outdated: bool = False


def begin_correction(desk: Desk, code: str) -> Correction:
    """The dossier laid out as a form. Raises `dossier_not_ours`, `dossier_unknown` and what a code may raise."""
    return _laid_out(desk, code, new_intent(desk))


def take_up_correction(desk: Desk, form: IntakeForm) -> Correction:
    """An unfinished correction; begun anew when its dossier has another version now."""
    assert form.correcting is not None
    fresh = _laid_out(desk, form.correcting.code, form.correcting.intent)
    if fresh.body.version != form.correcting.version:
        return Correction(fresh.body, fresh.before, fresh.form, is_outdated=True)
    return Correction(fresh.body, fresh.before, form)


def _laid_out(desk: Desk, code: str, intent: str) -> Correction:
    with desk.office.database.reading() as connection:
        stored = read_dossier(connection, code)
    if not stored.is_own:
        raise Refusal("dossier_not_ours", code=stored.body.code)
    procedure = stored.body.intake.procedure
    found = find_case(desk.office.catalogue, procedure, stored.body.business_date) if procedure else None
    form = form_of(stored.body, found[1] if found else None, intent)
    return Correction(stored.body, intake_of(form), form)
