"""Before a list is made: where it goes, how many dossiers, by which way, with which run."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.item_code import read_item_code
from app.domain.manifest import Route
from app.domain.manifest_run import Run
from app.errors import Refusal
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.pages.handover.choice_row import ChoiceRow
from ui.pages.search.list_bar import ListButton
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class MakeSheet(Sheet):
    """`show_list`, `open`; `confirmed` with `route`, `item_code` and `has_control_sheets`."""

    def __init__(self, host: QWidget, language: str) -> None:
        super().__init__(host, tr("Lập danh sách bàn giao"), tr("Lập và in hai liên"), width=720)
        self._language = language
        self.where = Text("", "readback", is_wrapped=True)
        self.amount = Text("", "fact", is_wrapped=True)
        self.run = Text("", is_wrapped=True)
        self.left = Text("", is_wrapped=True)
        self.routes: ChoiceRow[Route] = ChoiceRow(
            tr("Hình thức bàn giao"), ((Route.HAND, tr("Trực tiếp")), (Route.POST, tr("Bưu chính")))
        )
        self.item = LineField(tr("Mã bưu gửi của túi hồ sơ (quét hoặc gõ)"), is_figures=True)
        self.sheets = ListButton(tr("In phiếu kiểm soát cho từng hồ sơ"), "3")
        for widget in (self.where, self.amount, self.run, self.left, self.routes, self.item, self.sheets):
            self.content.addWidget(widget)
        for button in self.routes.buttons:
            button.clicked.connect(self._show_item)
        self.item.edited.connect(lambda _: self.item.set_message(""))

    @property
    def route(self) -> Route:
        return self.routes.answer

    @property
    def item_code(self) -> str:
        return self.item.text().strip() if self.route is Route.POST else ""

    @property
    def has_control_sheets(self) -> bool:
        return self.sheets.isChecked()

    def show_list(self, agency: str, dossiers: int, originals: int, run: Run, run_words: str, left: int) -> None:
        """`left`: dossiers for the same agency that are not on it."""
        self.where.setText(agency)
        self.amount.setText(
            tr("{n} hồ sơ, {originals} bản gốc đi cùng", n=dossiers, originals=originals) if originals
            else tr("{n} hồ sơ, không có bản gốc đi cùng", n=dossiers)
        )
        self.run.setText(run_words)
        self.run.set_tone("warn" if run.is_next else "")
        self.left.setText(tr("Còn {n} hồ sơ của cơ quan này ở quầy, không nằm trong danh sách.", n=left))
        self.left.setVisible(left > 0)
        self.item.set_text("")
        self.item.set_message("")
        self.routes.choose(0)
        self._show_item()

    def take_item(self, text: str) -> None:
        """A scanned item code: the bag goes by post."""
        self.routes.set_answer(Route.POST)
        self._show_item()
        self.item.set_text(text)

    def may_confirm(self) -> bool:
        if self.route is Route.HAND:
            return True
        try:
            read_item_code(self.item.text())
        except Refusal as refusal:
            said = sentence(refusal, self._language)
            self.item.set_message(f"{said.title}. {said.press} ({said.code})")
            self.item.line.setFocus()
            return False
        return True

    def refuse(self, words: str) -> None:
        """The store said no: the sheet stays, with why."""
        self._is_answered = False
        self.run.setText(words)
        self.run.set_tone("bad")

    def _show_item(self) -> None:
        self.item.setEnabled(self.route is Route.POST)
        if self.route is Route.POST and self.is_open:
            self.item.line.setFocus()

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F12 and not event.isAutoRepeat():
            self.confirm()
        elif not self.item.line.hasFocus() and event.key() == Qt.Key.Key_3:
            self.sheets.click()
        elif self.item.line.hasFocus() or not self.routes.take_digit(event.key()):
            super().keyPressEvent(event)
            return
        event.accept()
