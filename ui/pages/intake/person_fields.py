"""The fields of one person, in the order a clerk asks them; a card fills them all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.pages.intake.findings import Finding
from ui.pages.intake.form import PersonEntry, Slot
from ui.pages.intake.messages import finding_words
from ui.pages.intake.step_widget import Field
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.phone_field import PhoneField
from ui.widgets.text import Text

_LEAST = 260
_WIDE = 640                        # from this width on four fields stand in a row, below two
_WANTED = ("personal_id", "full_name", "birth_date", "gender", "address", "phone")
"""Where Enter stops while they are empty; the email is reached with Tab."""


class GenderField(QWidget):
    """Nam or Nữ, shaped like the fields beside it."""

    edited = Signal(str)

    def __init__(self, who: str) -> None:
        super().__init__()
        label = tr("Giới tính")
        self.choice = Choice(f"{who}: {label}")
        for value, word in (("", "–"), ("Nam", tr("Nam")), ("Nữ", tr("Nữ"))):
            self.choice.addItem(word, value)
        self.choice.activated.connect(lambda _: self.edited.emit(self.choice.currentData()))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(3)
        grid.addWidget(Text(label, "secondary"), 0, 0)
        grid.addWidget(self.choice, 1, 0)
        grid.setRowStretch(2, 1)
        self.setFocusProxy(self.choice)

    def set_text(self, text: str) -> None:
        place = self.choice.findData(text)
        self.choice.setCurrentIndex(max(0, place))


class PersonFields(QWidget):
    """Shows a `PersonEntry`; `edited(name, text)` for each typed change."""

    edited = Signal(str, str)

    def __init__(self, slot: Slot, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slot = slot
        self._entry = PersonEntry()
        self.setAccessibleName(who)
        self._lines: dict[str, LineField] = {
            "personal_id": LineField(tr("Số định danh, hộ chiếu"), is_figures=True),
            "full_name": LineField(tr("Họ và tên")),
            "birth_date": LineField(tr("Ngày sinh"), hint="07/03/1990", is_figures=True),
            "address": LineField(tr("Địa chỉ, giữ nguyên như trên thẻ")),
            "phone": PhoneField(tr("Điện thoại")),
            "email": LineField(tr("Thư điện tử")),
        }
        self._gender = GenderField(who)
        self._gender.edited.connect(lambda text: self.edited.emit("gender", text))
        for name, line in self._lines.items():
            line.line.setAccessibleName(f"{who}: {line.line.accessibleName()}")
            line.edited.connect(lambda text, name=name: self.edited.emit(name, text))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._is_wide: bool | None = None
        self._place(is_wide=True)

    def show_entry(self, entry: PersonEntry) -> None:
        self._entry = entry
        for name, line in self._lines.items():
            text = getattr(entry, name)
            if isinstance(line, PhoneField):
                if line.number() != text.replace(" ", ""):
                    line.set_number(text)
            else:
                line.set_text(text)
            if not line.line.hasFocus():
                line.line.setCursorPosition(0)     # a long address shows its beginning
        self._gender.set_text(entry.gender)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Under each field what is wrong with it, not while it is being typed in. Doubts have their own list."""
        said = {finding.field: finding for finding in reversed(found) if not finding.is_doubt}
        for name, line in self._lines.items():
            finding = said.get(f"{self._slot}.{name}")
            is_empty = not line.text()     # an empty field is told by F12, not by a red line on a fresh form
            is_quiet = finding is None or is_empty or (line.line.hasFocus() and not line.message())
            words = "" if finding is None or is_quiet else finding_words(finding)
            if words != line.message():
                line.set_message(words)

    def fields(self) -> Iterator[Field]:
        for name in (*_WANTED, "email"):
            widget: QWidget = self._gender.choice if name == "gender" else self._lines[name].line
            is_open = name in _WANTED and not getattr(self._entry, name).strip()
            yield Field(f"{self._slot}.{name}", widget, is_open)

    def _place(self, *, is_wide: bool) -> None:
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        lines = self._lines
        for line in (*lines.values(), self._gender):
            self._grid.removeWidget(line)
        if is_wide:
            self._grid.addWidget(lines["personal_id"], 0, 0)
            self._grid.addWidget(lines["full_name"], 0, 1)
            self._grid.addWidget(lines["birth_date"], 0, 2)
            self._grid.addWidget(self._gender, 0, 3)
            self._grid.addWidget(lines["address"], 1, 0, 1, 2)
            self._grid.addWidget(lines["phone"], 1, 2)
            self._grid.addWidget(lines["email"], 1, 3)
            stretches = (3, 4, 2, 2)
        else:
            for number, widget in enumerate((lines["personal_id"], lines["full_name"], lines["birth_date"],
                                             self._gender)):
                self._grid.addWidget(widget, number // 2, number % 2)
            self._grid.addWidget(lines["address"], 2, 0, 1, 2)
            self._grid.addWidget(lines["phone"], 3, 0)
            self._grid.addWidget(lines["email"], 3, 1)
            stretches = (1, 1, 0, 0)
        for column, stretch in enumerate(stretches):
            self._grid.setColumnStretch(column, stretch)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())   # narrower, the fields stand in two columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(is_wide=event.size().width() >= _WIDE)
