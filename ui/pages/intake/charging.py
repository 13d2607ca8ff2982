"""The fees of a form as they would be charged now: counts, typed amounts, the group, the channel. No Qt."""

from __future__ import annotations

import re
from dataclasses import replace

from app.domain.fee_charge import charge, groups_of, is_all_taken_off, total_charged
from app.domain.fee_formula import read_counts
from app.domain.fee_relief import Relief
from app.domain.intake import ChargedFee, FeeTiming
from ui.pages.intake.form import FeeEntry, IntakeForm


def charged_fees(form: IntakeForm) -> tuple[ChargedFee, ...]:
    """In the order of the form. An amount that cannot be known yet is None."""
    return tuple(charged(form, entry) for entry in form.fees)


def charged(form: IntakeForm, entry: FeeEntry) -> ChargedFee:
    typed = read_amount(entry.typed)
    if entry.stored is not None:
        return _corrected(form, entry.stored, typed)
    if entry.line is None:
        amount = entry.amount if entry.amount is not None else typed
        return ChargedFee(entry.name, entry.kind, amount, entry.basis)
    formula = entry.line.formula
    counts = (read_counts(entry.counted, formula) or ()) if formula is not None else None
    version = form.procedure.catalogue_version if form.procedure is not None else ""
    return charge(entry.line, catalogue=version, counts=counts, typed=typed, channel=form.channel,
                  group=form.exemption)


def _corrected(form: IntakeForm, stored: ChargedFee, typed: int | None) -> ChargedFee:
    """A line of a received dossier: as it was, or without the group's relief, or another amount by hand."""
    if stored.exemption and stored.exemption != form.exemption:
        stored = replace(stored, amount=stored.gross, relief=None)
    if typed == stored.amount:
        return stored
    return ChargedFee(stored.name, stored.kind, typed, stored.basis, is_typed=True)


def is_unreadable(entry: FeeEntry) -> bool:
    """Something is typed as a count that is none."""
    formula = entry.line.formula if entry.line is not None else None
    return formula is not None and read_counts(entry.counted, formula) is None


def groups(form: IntakeForm) -> tuple[Relief, ...]:
    """The groups of people who pay less here: the catalogue's, or in a correction the one it was received for."""
    found = groups_of(entry.line for entry in form.fees if entry.line is not None)
    if found or not form.exemption:
        return found
    return (Relief(form.exemption, form.exemption_reason, ()),)


def timing(form: IntakeForm) -> FeeTiming:
    """When it is paid; exempt as soon as the group's relief leaves nothing to pay."""
    if form.exemption and is_all_taken_off(charged_fees(form)):
        return FeeTiming.EXEMPT
    return form.fee_timing


def is_for_less(form: IntakeForm) -> bool:
    """Whether a reason and its proof are asked for."""
    return bool(form.exemption) or form.fee_timing is FeeTiming.EXEMPT


def total_due(form: IntakeForm) -> int | None:
    """What is to be paid; None while one amount is unknown."""
    return 0 if timing(form) is FeeTiming.EXEMPT else total_charged(charged_fees(form))


def with_group(form: IntakeForm, code: str) -> IntakeForm:
    """Another group, or none (""): its name is the reason, and what was shown for another proves nothing."""
    if code == form.exemption:
        return form
    group = next((each for each in groups(form) if each.code == code), None)
    fees = tuple(_without_relief(entry) for entry in form.fees)
    is_exempt = form.fee_timing is FeeTiming.EXEMPT
    return replace(
        form, exemption=group.code if group else "", exemption_reason=group.name if group else "",
        exemption_proof="", fees=fees, fee_timing=FeeTiming.BEFORE if is_exempt else form.fee_timing,
    )


def with_timing(form: IntakeForm, chosen: FeeTiming) -> IntakeForm:
    """The clerk says when it is paid.

    Against a group that leaves nothing to pay, or exempt for another reason than the group's, that is also another
    answer about the group.
    """
    if form.exemption and chosen is not timing(form) and FeeTiming.EXEMPT in (chosen, timing(form)):
        form = with_group(form, "")
    return replace(form, fee_timing=chosen)


def _without_relief(entry: FeeEntry) -> FeeEntry:
    """In a correction the amount stands in the field, so it must follow when the group is taken away."""
    stored = entry.stored
    if stored is None or not stored.exemption:
        return entry
    return replace(entry, typed="" if stored.gross is None else str(stored.gross))


def read_amount(text: str) -> int | None:
    """Whole đồng in typed text: "150.000", "150000", "150 000 đ". None when there is no amount in it."""
    digits = re.sub(r"[\s.,đĐ₫]", "", text)
    return int(digits) if re.fullmatch(r"[0-9]{1,12}", digits) else None
