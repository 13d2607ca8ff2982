"""From one dossier of a group to the next: what the next form takes over, and what it must not. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from ui.pages.intake.form import IntakeForm, PaperEntry, Slot, Step
from ui.translations import mark


class Onward(StrEnum):
    """What follows the dossier that is being read back."""

    DONE = "done"
    SAME_PERSON = "same_person"
    SAME_PROCEDURE = "same_procedure"


ACTIONS: Mapping[Onward, str] = {
    Onward.DONE: mark("Người dân đã xác nhận, lưu và in"),
    Onward.SAME_PERSON: mark("Đã xác nhận, lưu và in, nhận tiếp cho người này"),
    Onward.SAME_PROCEDURE: mark("Đã xác nhận, lưu và in, nhận tiếp người khác"),
}

_OF_PERSONS = tuple(f"{slot}." for slot in Slot)


def next_form(form: IntakeForm, onward: Onward, intent: str, group: str) -> IntakeForm:
    """The form after `form`, in the same group.

    The same person: person, submitter and the way back stay, with the doubts that were answered about them. The
    same procedure: that alone; papers and fees are each dossier's own, so their answers start anew.
    """
    bare = IntakeForm(intent, group=group)
    if onward is Onward.SAME_PERSON:
        return replace(
            bare,
            owner_kind=form.owner_kind,
            owner=form.owner,
            organisation=form.organisation,
            submitter_kind=form.submitter_kind,
            submitter=form.submitter,
            return_method=form.return_method,
            return_address=form.return_address,
            overridden=tuple(key for key in form.overridden if key.startswith((*_OF_PERSONS, "organisation."))),
        )
    if onward is Onward.SAME_PROCEDURE:
        return replace(
            bare,
            procedure=form.procedure,
            asked=form.asked,
            papers=tuple(PaperEntry(paper.requirement) for paper in form.papers),
            fees=tuple(replace(fee, typed="", counted="") for fee in form.fees),
            step=Step.PERSON,
        )
    return bare
