"""The fields of an organisation that owns a dossier: name, tax code, address, telephone, email."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.pages.intake.findings import Finding
from ui.pages.intake.form import OrganisationEntry
from ui.pages.intake.messages import finding_words
from ui.pages.intake.step_widget import Field
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.phone_field import PhoneField

_WANTED = ("tax_code", "name", "address", "phone")


class OrganisationFields(QWidget):
    """Shows an `OrganisationEntry`; `edited(name, text)` for each typed change."""

    edited = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        who = tr("Tổ chức")
        self.setAccessibleName(who)
        self._entry = OrganisationEntry()
        self._lines: dict[str, LineField] = {
            "tax_code": LineField(tr("Mã số thuế"), is_figures=True),
            "name": LineField(tr("Tên tổ chức")),
            "address": LineField(tr("Địa chỉ")),
            "phone": PhoneField(tr("Điện thoại")),
            "email": LineField(tr("Thư điện tử")),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._lines["tax_code"], 0, 0)
        grid.addWidget(self._lines["name"], 0, 1, 1, 3)
        grid.addWidget(self._lines["address"], 1, 0, 1, 2)
        grid.addWidget(self._lines["phone"], 1, 2)
        grid.addWidget(self._lines["email"], 1, 3)
        for column, stretch in enumerate((2, 1, 1, 1)):
            grid.setColumnStretch(column, stretch)
        for line in self._lines.values():
            line.line.setMinimumWidth(60)
        for name, line in self._lines.items():
            line.line.setAccessibleName(f"{who}: {line.line.accessibleName()}")
            line.edited.connect(lambda text, name=name: self.edited.emit(name, text))

    def show_entry(self, entry: OrganisationEntry) -> None:
        self._entry = entry
        for name, line in self._lines.items():
            text = getattr(entry, name)
            if isinstance(line, PhoneField):
                if line.number() != text.replace(" ", ""):
                    line.set_number(text)
            else:
                line.set_text(text)

    def show_findings(self, found: Sequence[Finding]) -> None:
        said = {finding.field: finding for finding in reversed(found) if not finding.is_doubt}
        for name, line in self._lines.items():
            finding = said.get(f"organisation.{name}")
            is_empty = not line.text()     # an empty field is told by F12, not by a red line on a fresh form
            is_quiet = finding is None or is_empty or (line.line.hasFocus() and not line.message())
            words = "" if finding is None or is_quiet else finding_words(finding)
            if words != line.message():
                line.set_message(words)

    def fields(self) -> Iterator[Field]:
        for name in (*_WANTED, "email"):
            is_open = name in _WANTED and not getattr(self._entry, name).strip()
            yield Field(f"organisation.{name}", self._lines[name].line, is_open)
