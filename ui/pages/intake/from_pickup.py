"""Alt T: a reception that begins from papers picked up at home. What hangs on the day is worked out today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.intake import Intake, PaperGiven, PaperStatus
from app.domain.procedure import Agency, Catalogue, Procedure, ProcedureCase
from app.errors import KnownError
from ui.dialogs.pickup_sheet import PickupSheet
from ui.messages import sentence
from ui.operations.desk import Desk, new_intent, warn_of
from ui.operations.receive_pickup import begin_from, collected
from ui.pages.intake.choosing import choose, find_case
from ui.pages.intake.filled import form_of_intake
from ui.pages.intake.form import IntakeForm, PaperEntry, Step


class FromPickup(QObject):
    """`begun` with the form; what lay on the desk is the page's to set aside."""

    begun = Signal(object)         # IntakeForm

    def __init__(self, desk: Desk, today: Callable[[], date], host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._today, self._host = desk, today, host
        self._sheet: PickupSheet | None = None

    @property
    def is_open(self) -> bool:
        return self._sheet is not None and self._sheet.is_open

    def open(self) -> None:
        if self.is_open:
            return
        sheet = self._sheet = PickupSheet(self._host.window())
        self._host.destroyed.connect(sheet.deleteLater)
        sheet.show_pickups(collected(self._desk))
        sheet.confirmed.connect(self._on_chosen)
        sheet.closed.connect(self._put_away)
        sheet.open(sheet.field.line)

    def take_scan(self, text: str) -> bool:
        """A scan while the sheet is open is a slip's number, or nothing."""
        assert self._sheet is not None
        if self._sheet.take_scan(text):
            self._desk.sound.accept()
            return True
        self._desk.sound.refuse()
        try:
            begin_from(self._desk, text.strip(), new_intent(self._desk))
        except KnownError as error:
            said = sentence(error, self._desk.language())
            self._sheet.refuse(f"{said.title}. {said.press} ({said.code})")
        return True

    def begin(self, pickup: str) -> bool:
        """By id or number, asked from elsewhere; False when it was refused, which is said."""
        try:
            intake = begin_from(self._desk, pickup, new_intent(self._desk))
        except KnownError as error:
            warn_of(self._desk, error)
            return False
        office = self._desk.office
        assert intake.procedure is not None
        found = find_case(office.catalogue, intake.procedure, self._today())
        assert found is not None       # begun under this catalogue a moment ago
        agency = office.agency(found[0].agency)
        self.begun.emit(begun_form(intake, *found, agency, office.catalogue, self._today()))
        return True

    def close_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()
            self._put_away()

    def _on_chosen(self) -> None:
        assert self._sheet is not None
        row = self._sheet.pickup()
        self.close_sheet()
        if row is not None:
            self.begin(row.id)

    def _put_away(self) -> None:
        if self._sheet is not None:
            self._sheet.deleteLater()
        self._sheet = None


def begun_form(
    intake: Intake, procedure: Procedure, case: ProcedureCase, agency: Agency, catalogue: Catalogue, day: date
) -> IntakeForm:
    """The form under today's case; papers that came are answered as they were taken, all others are open."""
    taken = {paper.requirement: paper for paper in intake.papers if paper.status is PaperStatus.PRESENT}
    form = choose(form_of_intake(intake, case), procedure, case, agency, catalogue, day)
    papers = tuple(_answered(PaperEntry(line.requirement), taken) for line in form.papers)
    return replace(form, papers=papers, step=Step.PERSON)


def _answered(line: PaperEntry, taken: Mapping[str, PaperGiven]) -> PaperEntry:
    paper = taken.get(line.requirement.code)
    if paper is None:
        return line
    return replace(
        line, status=PaperStatus.PRESENT, originals=paper.originals, certified=paper.certified,
        copies=paper.copies, is_compared=paper.is_compared, keeps_original=paper.keeps_original,
    )
