"""Step 2: who owns the dossier, who hands it in, and what is doubtful about either."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.pages.intake.doubt_list import DoubtList
from ui.pages.intake.findings import Finding, keep
from ui.pages.intake.form import IntakeForm, OwnerKind, Slot, Step, SubmitterKind
from ui.pages.intake.organisation_fields import OrganisationFields
from ui.pages.intake.person_fields import PersonFields
from ui.pages.intake.persons import set_field, set_organisation_field, set_owner_kind, set_submitter_kind
from ui.pages.intake.segments import Segments, SideBySide
from ui.pages.intake.step_widget import Field, StepWidget
from ui.pages.intake.words import SECOND_PERSON, SUBMITTER_KINDS, person_summary, person_title
from ui.translations import tr
from ui.widgets.chip import Chip
from ui.widgets.text import ElidedText, Text


class PersonStep(StepWidget):
    """A card fills it wherever the focus is; typed fields stay the clerk's."""

    step = Step.PERSON

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(2, tr("Chủ hồ sơ, người nộp"), parent)
        self.set_hint(tr("Quét thẻ căn cước bất cứ lúc nào"))
        self._owner_kind = Segments(tr("Chủ hồ sơ"), (
            (OwnerKind.PERSON, tr("Cá nhân")), (OwnerKind.ORGANISATION, tr("Tổ chức")),
        ))
        self._owner_kind.chosen.connect(self._on_owner_kind)
        self._submitter_kind = Segments(
            tr("Người nộp"), tuple((kind, tr(word)) for kind, word in SUBMITTER_KINDS.items())
        )
        self._submitter_kind.chosen.connect(self._on_submitter_kind)
        kinds = SideBySide(self._owner_kind, self._submitter_kind)
        self._owner = PersonFields(Slot.OWNER, tr("Chủ hồ sơ"))
        self._owner.edited.connect(lambda name, text: self._on_field(Slot.OWNER, name, text))
        self._organisation = OrganisationFields()
        self._organisation.edited.connect(self._on_organisation_field)
        self._minor = Text(tr("Chủ hồ sơ dưới 18 tuổi: cha, mẹ hoặc người giám hộ nộp thay."), "secondary",
                           is_wrapped=True)
        self._minor.set_tone("warn")
        self._who = ElidedText("", "heading")
        self._submitter = PersonFields(Slot.SUBMITTER, tr("Người nộp"))
        self._submitter.edited.connect(lambda name, text: self._on_field(Slot.SUBMITTER, name, text))
        self.doubts = DoubtList()
        self.doubts.kept.connect(lambda finding: self.emit_form(keep(self.form, finding)))
        # Queued: the page is still showing the form that was answered.
        self.doubts.emptied.connect(self.answered, Qt.ConnectionType.QueuedConnection)
        for widget in (kinds, self._owner, self._organisation, self._minor, self._who, self._submitter,
                       self.doubts):
            self.body.addWidget(widget)
        self._source = Chip()
        self.set_aside(self._source)

    def show_form(self, form: IntakeForm, today: date) -> None:
        super().show_form(form, today)
        is_organisation = form.owner_kind is OwnerKind.ORGANISATION
        self._owner_kind.set_value(form.owner_kind)
        self._submitter_kind.set_offered(SubmitterKind.OWNER, is_offered=not is_organisation)
        self._submitter_kind.set_value(form.submitter_kind)
        self._owner.setVisible(not is_organisation)
        self._organisation.setVisible(is_organisation)
        self._owner.show_entry(form.owner)
        self._organisation.show_entry(form.organisation)
        self._submitter.setVisible(form.has_submitter)
        self._submitter.show_entry(form.submitter)
        self._who.setText(tr(SECOND_PERSON[form.submitter_kind]) if form.has_submitter else "")
        self._who.setVisible(form.has_submitter)
        has_owner = bool(form.owner_name.strip())
        self.set_title(person_title(form) if has_owner and not self.is_present else "")
        self.set_summary(person_summary(form) if has_owner else "")
        is_scanned = form.owner.card_text is not None and not is_organisation
        self._source.set_state(tr("Đã quét thẻ") if is_scanned else "", "ok")
        self._source.setVisible(is_scanned)

    def show_minor(self, *, is_minor: bool) -> None:
        """A child cannot hand in alone; said once the birth date tells it and nobody else is named."""
        self._minor.setVisible(is_minor and self.form.submitter_kind is SubmitterKind.OWNER)

    def show_findings(self, found: Sequence[Finding]) -> None:
        self._owner.show_findings(found)
        self._organisation.show_findings(found)
        self._submitter.show_findings(found)
        self.doubts.show_doubts([finding for finding in found if finding.is_doubt])

    def fields(self) -> Sequence[Field]:
        is_organisation = self.form.owner_kind is OwnerKind.ORGANISATION
        owner = self._organisation.fields() if is_organisation else self._owner.fields()
        places = [Field("owner_kind", self._owner_kind.stop(), False),
                  Field("submitter_kind", self._submitter_kind.stop(), False), *owner]
        if self.form.has_submitter:
            places += self._submitter.fields()
        places += [Field(f"doubt:{number}", button, True) for number, button in enumerate(self.doubts.buttons)]
        return places

    def first_field(self) -> QWidget | None:
        """The first open field; when all are answered, the owner's first, not the choices above it."""
        fields = self.fields()
        return next((field.widget for field in fields if field.is_open), fields[2].widget)

    # inside

    def _on_owner_kind(self, kind: OwnerKind) -> None:
        self.emit_form(set_owner_kind(self.form, kind))

    def _on_submitter_kind(self, kind: SubmitterKind) -> None:
        self.emit_form(set_submitter_kind(self.form, kind))

    def _on_field(self, slot: Slot, name: str, text: str) -> None:
        self.emit_form(set_field(self.form, slot, name, text))

    def _on_organisation_field(self, name: str, text: str) -> None:
        self.emit_form(set_organisation_field(self.form, name, text))
