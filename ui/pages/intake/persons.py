"""What a card or a key changes in the persons of the form. Form in, form out; no Qt."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.citizen_card import CardReading
from app.domain.vietnamese_dates import short_date
from ui.pages.intake.form import IntakeForm, OwnerKind, PersonEntry, Slot, SubmitterKind

COMPUTED_DOUBTS = frozenset({"unknown_province_code", "gender_digit_differs", "year_in_id_differs"})
"""Warnings of a card that are worked out again from the fields, because the clerk may have mended one."""

_ASKING_DOUBTS = frozenset({"number_only", "birth_year_only", "issue_date_missing"})
"""Not warnings but empty fields: the form asks for what is missing, or can do without it."""

_TOUCHES = {
    "full_name": ("accents_lost", "caps_lock_repaired", "input_method_repaired"),
    "personal_id": ("unknown_province_code", "gender_digit_differs", "year_in_id_differs"),
    "birth_date": ("year_in_id_differs", "issue_before_birth"),
    "gender": ("gender_digit_differs",),
    "address": ("address_damaged", "accents_lost"),
    "phone": (),
}
"""Which doubts are about a field: changing the field asks them anew (or settles them, for those of the card)."""


def take_card(form: IntakeForm, reading: CardReading) -> tuple[IntakeForm, Slot]:
    """The form with the card in it, and who the card was taken for.

    The owner first; the submitter when a second person is asked for and the owner (or the organisation) is
    known already. The same card again fills the same person again. Phone and email stay: no card has them.
    """
    slot = _slot_for(form, reading.person.personal_id)
    before = form.person(slot)
    person = reading.person
    is_same_person = before.personal_id in ("", person.personal_id)
    contact = before if is_same_person else PersonEntry()
    if reading.is_number_only:
        entry = replace(contact, personal_id=person.personal_id) if is_same_person else PersonEntry(
            personal_id=person.personal_id
        )
    else:
        entry = PersonEntry(
            full_name=person.full_name,
            personal_id=person.personal_id,
            birth_date=short_date(person.birth_date) if person.birth_date else "",
            gender=person.gender or "",
            address=person.address,
            phone=contact.phone,
            email=contact.email,
            old_id=person.old_id,
            id_issue_date=person.id_issue_date,
            card_text=person.card_text,
            doubts=tuple(
                code for code in reading.warnings if code not in COMPUTED_DOUBTS and code not in _ASKING_DOUBTS
            ),
        )
    kept = tuple(code for code in form.overridden if not code.startswith(f"{slot}."))
    return replace(form.with_person(slot, entry), overridden=kept), slot


def _slot_for(form: IntakeForm, number: str) -> Slot:
    if not form.has_submitter:
        return Slot.OWNER
    if form.owner_kind is OwnerKind.ORGANISATION:
        return Slot.SUBMITTER
    is_owner_open = form.owner.card_text is None and not form.owner.full_name
    return Slot.OWNER if is_owner_open or form.owner.personal_id == number else Slot.SUBMITTER


def set_field(form: IntakeForm, slot: Slot, name: str, text: str) -> IntakeForm:
    """One typed field of a person. What the card was doubted for in that field is settled by typing."""
    before = form.person(slot)
    if getattr(before, name) == text:
        return form
    touched = _TOUCHES.get(name, ())
    changed: dict[str, Any] = {name: text, "doubts": tuple(code for code in before.doubts if code not in touched)}
    entry = replace(before, **changed)
    asked_anew = {f"{slot}.{code}" for code in touched}
    kept = tuple(
        code for code in form.overridden
        if code not in asked_anew and not (name == "phone" and code.startswith(f"{slot}.phone_"))
    )
    return replace(form.with_person(slot, entry), overridden=kept)


def set_organisation_field(form: IntakeForm, name: str, text: str) -> IntakeForm:
    organisation = replace(form.organisation, **{name: text})
    kept = tuple(code for code in form.overridden if not code.startswith(f"organisation.{name}_"))
    return replace(form, organisation=organisation, overridden=kept)


def set_owner_kind(form: IntakeForm, kind: OwnerKind) -> IntakeForm:
    """An organisation never comes by itself: somebody acts for it, its legal representative unless said otherwise.

    A person already read stays in the form: as the submitter when the owner becomes an organisation, since the
    card on the desk is then the representative's.
    """
    if kind is form.owner_kind:
        return form
    if kind is OwnerKind.ORGANISATION:
        moved = replace(form, submitter=form.owner, owner=PersonEntry()) if form.submitter.is_empty else form
        submitter_kind = form.submitter_kind if form.has_submitter else SubmitterKind.REPRESENTATIVE
        return replace(moved, owner_kind=kind, submitter_kind=submitter_kind, overridden=())
    if form.owner.is_empty and form.submitter_kind is SubmitterKind.REPRESENTATIVE:
        return replace(form, owner_kind=kind, owner=form.submitter, submitter=PersonEntry(),
                       submitter_kind=SubmitterKind.OWNER, overridden=())
    return replace(form, owner_kind=kind)


def set_submitter_kind(form: IntakeForm, kind: SubmitterKind) -> IntakeForm:
    """Who hands in. The second person's fields stay when the clerk looks at another choice and comes back."""
    if form.owner_kind is OwnerKind.ORGANISATION and kind is SubmitterKind.OWNER:
        kind = SubmitterKind.REPRESENTATIVE
    return replace(form, submitter_kind=kind)


_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{2})(\d{2})(\d{4})")


def shown_birth_date(text: str) -> str:
    """As the papers print it, 07/03/1990, however it was typed; what is no date stays as it is."""
    found = read_birth_date(text)
    return short_date(found) if found is not None else text.strip()


def read_birth_date(text: str) -> date | None:
    """The date in `text`: 7/3/1990, 07-03-1990, 07031990. None when it is none."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None
