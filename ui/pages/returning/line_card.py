"""One result that came, as the clerk describes it: what, number, day, where it lies, which originals came back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.shelf import tidy_shelf
from app.services.results.taking_in import Arrived
from ui.delegates.dates import day_text
from ui.pages.intake.persons import read_birth_date
from ui.pages.returning.arrived_table import ArrivedRow
from ui.pages.returning.words import doubt_words
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.line_field import LineField
from ui.widgets.text import Text
from ui.widgets.tick import Tick


class LineCard(Card):
    """`edited` carries the line as it reads now; `show_row(None)` empties the card."""

    edited = Signal(object)        # Arrived

    def __init__(self) -> None:
        super().__init__(tr("Kết quả đang chọn"))
        self._row: ArrivedRow | None = None
        self._is_told = True
        self.who = Text("", "secondary", is_wrapped=True)
        self.shelf = LineField(tr("Kệ"), is_figures=True)
        self.kind = LineField(tr("Loại kết quả"))
        self.number = LineField(tr("Số, ký hiệu"), is_figures=True)
        self.day = LineField(tr("Ngày ký"), hint="23/11/2026", is_figures=True)
        self.summary = LineField(tr("Trích yếu"))
        self.negative = Tick(tr("Cơ quan không giải quyết (từ chối)"))
        self.doubt = Text("", is_wrapped=True)
        self.doubt.set_tone("warn")
        self.meant = Tick(tr("Đúng kết quả này, vẫn nhận"))
        self._heading = Text(tr("Bản gốc về cùng"), "secondary")
        self._originals: dict[str, Tick] = {}
        self._ticks = QVBoxLayout()
        self._ticks.setSpacing(0)
        pair = QHBoxLayout()
        pair.setSpacing(10)
        pair.addWidget(self.number, 3)
        pair.addWidget(self.day, 2)
        for widget in (self.who, self.doubt, self.meant, self.shelf, self.kind):
            self.body.addWidget(widget)
        self.body.addLayout(pair)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.negative)
        self.body.addWidget(self._heading)
        self.body.addLayout(self._ticks)
        self.body.addStretch(1)
        for field in (self.shelf, self.kind, self.number, self.day, self.summary):
            field.edited.connect(self._on_edited)
            field.edited.connect(lambda _, field=field: field.set_message(""))
        for tick in (self.negative, self.meant):
            tick.toggled.connect(self._on_edited)
        self.day.finished.connect(self._say_day)
        self.show_row(None)

    def show_row(self, row: ArrivedRow | None) -> None:
        """Fields that the clerk is typing in keep what she typed: the same line shown again changes nothing."""
        is_same = row is not None and self._row is not None and row.line.code == self._row.line.code
        self._row = row
        self.setEnabled(row is not None)
        if is_same:
            return
        self._is_told = False
        line = row.line if row is not None else None
        result = line.result if line is not None else None
        about = row.expected if row is not None else None
        self.who.setText(f"{about.applicant_name}\n{about.procedure_name}" if about is not None else "")
        self.shelf.set_text(line.shelf if line else "")
        self.kind.set_text(result.kind if result else "")
        self.number.set_text(result.number if result else "")
        self.day.set_text(day_text(result.day) if result and result.day else "")
        self.summary.set_text(result.summary if result else "")
        self.negative.setChecked(bool(result and result.is_negative))
        self.meant.setChecked(bool(line and line.is_meant))
        doubts = row.expected.doubts if row is not None else ()
        self.doubt.setText(doubt_words(doubts))
        self.doubt.setVisible(bool(doubts))
        self.meant.setVisible(bool(doubts))
        self._show_originals(row)
        for field in (self.kind, self.day, self.shelf):
            field.set_message("")
            field.line.setCursorPosition(0)        # a long name shows its beginning
        self._is_told = True

    def toggle_originals(self) -> None:
        """All came back, or none."""
        is_on = not all(tick.isChecked() for tick in self._originals.values())
        for tick in self._originals.values():
            tick.setChecked(is_on)

    def _show_originals(self, row: ArrivedRow | None) -> None:
        for tick in self._originals.values():
            self._ticks.removeWidget(tick)
            tick.deleteLater()
        self._originals = {}
        originals = row.expected.originals if row is not None else ()
        for one in originals:
            tick = Tick(one.name)
            tick.setChecked(row is not None and one.id in row.line.originals)
            tick.toggled.connect(self._on_edited)
            self._ticks.addWidget(tick)
            self._originals[one.id] = tick
        self._heading.setVisible(bool(originals))

    def _on_edited(self, _: object = None) -> None:
        if self._row is None or not self._is_told:
            return
        line = self._row.line
        result = replace(
            line.result, kind=self.kind.text().strip(), number=self.number.text().strip(),
            day=read_birth_date(self.day.text()), summary=self.summary.text().strip(),
            is_negative=self.negative.isChecked(),
        )
        self.edited.emit(Arrived(
            line.code, result, tuple(name for name, tick in self._originals.items() if tick.isChecked()),
            tidy_shelf(self.shelf.text()), self.meant.isChecked(),
        ))

    def _say_day(self) -> None:
        is_read = not self.day.text().strip() or read_birth_date(self.day.text()) is not None
        self.day.set_message("" if is_read else tr("Gõ đủ ngày, tháng, năm."))
