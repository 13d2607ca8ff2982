"""The forms of this counter that are no dossiers yet: kept, set aside, taken back, thrown away, undone.

It owns the writing of drafts and the list of the strip; what is on the desk stays the page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.services.drafts import Draft
from ui.operations.desk import Desk
from ui.operations.park import KeptForm, drafts, resume
from ui.pages.intake.draft_keeper import DraftKeeper
from ui.pages.intake.form import IntakeForm, form_as_json, form_from_json
from ui.pages.intake.parked_words import label_of, parked_words
from ui.widgets.parked_strip import Parked


class Parking(QObject):
    """`failed` tells an error of keeping; `undo` gives back the last form that was parked or thrown away."""

    failed = Signal(object)        # Exception

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._keeper = DraftKeeper(desk, self)
        self._keeper.failed.connect(self.failed)
        self._kept: str = ""       # intent of the form that is in the book now
        self._undo: IntakeForm | None = None

    # the form on the desk

    def follow(self, form: IntakeForm) -> None:
        """The form changed: keep it soon. One that became blank again is not offered back."""
        if not form.is_blank:
            self._kept = form.draft
            self._keeper.schedule(partial(_kept, form))
        elif self._kept == form.draft:
            self._kept = ""
            self._keeper.discard(form.draft)

    def note_place(self, form: IntakeForm) -> None:
        """Only the focus moved: worth a line in a form that is kept anyway, not a draft of its own."""
        if self._kept == form.draft:
            self._keeper.schedule(partial(_kept, form))

    def flush(self) -> None:
        self._keeper.flush()

    def flush_now(self) -> None:
        """Before the page may vanish: what was typed is in the book when this returns."""
        self._keeper.flush_now()

    def park(self, form: IntakeForm) -> None:
        self._undo = form
        self._keeper.park(_kept(form, is_parked=True))

    def discard(self, form: IntakeForm) -> None:
        self._undo = form
        self._keeper.discard(form.draft)

    def forget(self, form: IntakeForm) -> None:
        """It became a dossier."""
        self._undo = None
        self._keeper.forget(form.draft)

    # back to the desk

    def undo(self) -> IntakeForm | None:
        """The form that was parked or thrown away last, once."""
        form, self._undo = self._undo, None
        if form is not None:
            self._kept = form.draft
            self._keeper.schedule(partial(_kept, form))
            self._keeper.flush()
        return form

    def resume(self, intent: str) -> IntakeForm | None:
        """The parked form; None when it became a dossier or was thrown away. Raises ValueError: unreadable."""
        draft = resume(self._desk, intent)
        if draft is None:
            return None
        self._kept = intent
        return form_from_json(draft.form)

    def left_on_desk(self) -> Draft | None:
        """The form that was being filled in when the program ended last, the newest; older ones are set aside."""
        on_desk = [draft for draft in drafts(self._desk) if not draft.is_parked]
        left = sorted(on_desk, key=lambda draft: draft.saved_at)
        for draft in left[:-1]:
            self._keeper.park(KeptForm(draft.intent, draft.label, draft.form, is_parked=True))
        return left[-1] if left else None

    def parked(self, today: date) -> Sequence[Parked]:
        """For the strip, the oldest first."""
        now = self._desk.clock()
        return [parked_words(draft, now, today) for draft in drafts(self._desk) if draft.is_parked]


def _kept(form: IntakeForm, *, is_parked: bool = False) -> KeptForm:
    return KeptForm(form.draft, label_of(form), form_as_json(form), is_parked)
