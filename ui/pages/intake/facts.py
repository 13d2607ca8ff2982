"""The facts of the moment beside a form: number, promised date, open dossiers; the book is asked when needed."""

from __future__ import annotations

from app.domain.dossier import DossierBody
from ui.operations.desk import Desk
from ui.pages.intake.filled import intake_of
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.promise import duplicate_codes, next_code, promise_for
from ui.pages.intake.receipt_column import Promise


class Facts:
    """`promise` and `duplicates` as last worked out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._code = ("", "")
        self._asked = ("", "")
        self._worked_out_for: tuple[object, ...] = ()
        self.promise = Promise()
        self.duplicates: tuple[str, ...] = ()

    def read_code(self, form: IntakeForm) -> None:
        """Looks which number is next: another agency, another day, a number taken meanwhile."""
        if form.procedure is not None and form.correcting is None:
            self._code = next_code(self._desk.office, form.procedure.agency, self._desk.clock())

    def work_out(self, form: IntakeForm, stored: DossierBody | None) -> Promise:
        """The promise as it would be made now; asked at every key, worked out when something of it changed."""
        now = self._desk.clock().replace(second=0, microsecond=0)
        worked_out_for = (form.procedure, form.correcting, stored, self._code, now, self._desk.office.rules)
        if worked_out_for != self._worked_out_for:
            self._worked_out_for = worked_out_for
            self.promise = promise_for(self._desk.office, form, stored, self._code, now)
        return self.promise

    def look_for_duplicates(self, form: IntakeForm, *, is_forced: bool = False) -> tuple[str, ...]:
        """Asks the book only when the person or the procedure is another one."""
        applicant = intake_of(form).applicant
        chosen = form.procedure
        asked = (applicant.identifier if applicant else "", chosen.code if chosen else "")
        if is_forced or asked != self._asked:
            self._asked = asked
            self.duplicates = duplicate_codes(self._desk.office, form, self._desk.clock())
        return self.duplicates
