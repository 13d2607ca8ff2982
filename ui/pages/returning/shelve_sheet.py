"""A result goes to a place on the shelf: fetched back, brought back by the post, or only moved."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.life.states import Delivery, Holder
from app.domain.shelf import tidy_shelf
from app.services.life.reading import KnownLife
from ui.dialogs.sheet import Sheet
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text
from ui.widgets.tick import Tick


class ShelveSheet(Sheet):
    """`confirmed` with `shelf`, `note` and the `originals()` that a wrong person brought back with it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Xếp lên kệ"), tr("Xếp lên kệ và in nhãn"))
        self.code = ""
        self._what = Text("", is_wrapped=True)
        self.shelf = LineField(tr("Kệ"), is_figures=True)
        self.note = LineField(tr("Ghi chú"))
        self._heading = Text(tr("Bản gốc mang về cùng"), "secondary")
        self._ticks: dict[str, Tick] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        for field in (self.shelf, self.note):
            field.edited.connect(lambda _, field=field: field.set_message(""))
        for widget in (self._what, self.shelf, self.note, self._heading):
            self.content.addWidget(widget)
        self.content.addLayout(self._rows)
        self.content.addStretch(1)

    def ask(self, held: KnownLife, shelf: str) -> None:
        """`shelf` is the place that is offered."""
        self.code = held.code
        applicant = held.body.intake.applicant
        self._what.setText(tr("Hồ sơ {code}, {name}.", code=held.code, name=applicant.name if applicant else ""))
        self.shelf.set_text(shelf)
        self.note.set_text("")
        for tick in self._ticks.values():
            self._rows.removeWidget(tick)
            tick.deleteLater()
        is_back = held.life.delivery is Delivery.RECALLED
        self._ticks = {one.id: Tick(one.name) for one in held.life.originals
                       if is_back and one.holder is Holder.CITIZEN}
        for tick in self._ticks.values():
            self._rows.addWidget(tick)
        self._heading.setVisible(bool(self._ticks))
        for field in (self.shelf, self.note):
            field.set_message("")
        self.open(self.shelf.line)
        self.shelf.line.selectAll()

    def originals(self) -> tuple[str, ...]:
        return tuple(name for name, tick in self._ticks.items() if tick.isChecked())

    def may_confirm(self) -> bool:
        if not tidy_shelf(self.shelf.text()):
            self.shelf.set_message(tr("Ghi chỗ trên kệ."))
            self.shelf.line.setFocus()
            return False
        if self.originals() and not self.note.text().strip():
            self.note.set_message(tr("Ghi vì sao bản gốc về lại quầy."))
            self.note.line.setFocus()
            return False
        return True
