"""Who owns the dossier and who handed it in; masked until the clerk asks, and asking leaves a line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.domain.applicant import Applicant, Submitter
from app.domain.intake import Intake
from app.domain.masking import mask_identifier, mask_phone
from app.domain.phone import format_phone
from ui.delegates.dates import day_text
from ui.translations import tr
from ui.widgets.action_button import LinkButton
from ui.widgets.card import Card
from ui.widgets.text import Text


class PersonCard(Card):
    """`reveal_requested` asks for the full values; `show_full` shows them until the dossier is shown again."""

    reveal_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.body.setSpacing(3)
        self._role = Text("", "heading")
        self.name = Text("", is_wrapped=True)
        self.identifier = Text("", "figures")
        self._reveal = LinkButton(tr("xem đủ"))
        self._reveal.clicked.connect(self.reveal_requested)
        self.phone = Text("", "figures")
        self._born = Text("", is_wrapped=True)
        self._address = Text("", is_wrapped=True)
        self._submitter = Text("", "secondary", is_wrapped=True)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.identifier)
        line.addWidget(self._reveal)
        line.addStretch(1)
        self.body.addWidget(self._role)
        self.body.addWidget(self.name)
        self.body.addLayout(line)
        for widget in (self.phone, self._born, self._address, self._submitter):
            self.body.addWidget(widget)
        self.identifier.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_intake(self, intake: Intake) -> None:
        """The person as every list shows one."""
        applicant = intake.applicant
        if applicant is None:
            return
        self._say(applicant, intake.submitter, mask_identifier(applicant.identifier),
                  mask_phone(applicant.phone) if applicant.phone else "", "")
        self._reveal.show()

    def show_full(self, applicant: Applicant, submitter: Submitter | None) -> None:
        person = applicant.person
        born = [
            day_text(person.birth_date) if person and person.birth_date else "",
            person.gender or "" if person else "", applicant.email,
        ]
        phone = format_phone(applicant.phone) if applicant.phone else ""
        self._say(applicant, submitter, applicant.identifier, phone, " · ".join(part for part in born if part))
        self._reveal.hide()

    def _say(
        self, applicant: Applicant, submitter: Submitter | None, identifier: str, phone: str, born: str
    ) -> None:
        is_own = submitter is None or submitter.person.full_name == applicant.name
        self._role.setText(tr("Người nộp") if is_own else tr("Chủ hồ sơ"))
        self.setAccessibleName(self._role.text())
        self.name.setText(applicant.name)
        kind = tr("MST") if applicant.person is None else tr("Số giấy tờ")
        self.identifier.setText(f"{kind} {identifier}" if identifier else tr("không có số giấy tờ"))
        for text, words in ((self.phone, phone), (self._born, born), (self._address, applicant.address)):
            text.setText(words)
            text.setVisible(bool(words))
        self._submitter.setVisible(not is_own)
        if submitter is not None and not is_own:
            role = tr("được ủy quyền") if submitter.is_delegate else tr("nộp thay")
            self._submitter.setText(tr("Người nộp: {name}, {role}", name=submitter.person.full_name, role=role))
