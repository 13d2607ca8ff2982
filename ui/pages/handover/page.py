"""Bàn giao: make lists, follow them to their last answer, look at those that were. All by scanning and keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.domain.paper_number import PaperKind, read_paper_number
from app.domain.receipt_code import read_receipt_code
from app.domain.scan_kind import ScanKind, scan_kind
from app.errors import Refusal
from app.services.handover.making import Made
from app.store.queries.manifests import count_open, find_manifest
from ui.changes import Change
from ui.models.counts import shown_count
from ui.models.manifest_rows import AnswerRow
from ui.operations.desk import Desk
from ui.pages.handover.answering import Answering
from ui.pages.handover.keys import TOLD, page_keys
from ui.pages.handover.list_acts import ListActs
from ui.pages.handover.lists import Lists
from ui.pages.handover.lists_view import ListsView
from ui.pages.handover.making import Making
from ui.pages.handover.making_view import MakingView
from ui.pages.handover.telling import Telling
from ui.pages.handover.words import made_words
from ui.pages.search.list_bar import ListButton
from ui.shortcuts import Key
from ui.translations import mark, tr
from ui.widgets.banner import Banner
from ui.widgets.even_rows import EvenRows
from ui.widgets.line_field import LineField
from ui.widgets.page import Page

MAKE, WAITING, HISTORY = range(3)
VIEWS = (mark("Lập danh sách"), mark("Chờ xác nhận"), mark("Tất cả danh sách"))


class HandoverPage(Page):
    """`dossier_requested` carries a code."""

    dossier_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Bàn giao"), parent=parent)
        self._desk = desk
        self.bar = Banner()
        self.telling = Telling(desk, self.bar)
        self.answering = Answering()
        self.making = Making(MakingView(desk.clock), desk, self.telling)
        self.waiting = Lists(ListsView(desk.clock, is_history=False), desk, self.telling, self.answering)
        self.history = Lists(ListsView(desk.clock, is_history=True), desk, self.telling, self.answering)
        self.acts = ListActs(self, desk, self.telling)
        self._last = ""                # the list that was just made, for Ctrl Z
        self.tabs = [ListButton(tr(words), f"Alt {number}") for number, words in enumerate(VIEWS, start=1)]
        row = EvenRows(gap=8, is_stretched=False)
        row.setAccessibleName(tr("Bàn giao"))
        row.place(tuple(self.tabs))
        self._stack = QStackedWidget()
        for view in (self.making.view, self.waiting.view, self.history.view):
            self._stack.addWidget(view)
        self.code = LineField("", hint=tr("Gõ mã hồ sơ rồi Enter"), is_figures=True)
        self.code.line.setAccessibleName(tr("Mã hồ sơ"))
        self.code.setFixedWidth(300)
        self.code.line.returnPressed.connect(self._on_typed)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(row, 1)
        top.addWidget(self.code)
        self.body.addLayout(top)
        self.body.addWidget(self.bar)
        self.body.addWidget(self._stack, 1)
        for number, tab in enumerate(self.tabs):
            tab.clicked.connect(partial(self.show_view, number))
        self.making.made.connect(self._on_made)
        for lists in (self.waiting, self.history):
            lists.dossier_requested.connect(self.dossier_requested)
            lists.view.remind.clicked.connect(self.remind)
        self.bind_keys({
            Key(f"Alt+{number}", words): partial(self.show_view, number - 1)
            for number, words in enumerate(VIEWS, start=1)
        })
        self.bind_keys(page_keys(self))
        self.tell_keys(*TOLD)
        desk.changes.happened.connect(self._on_changed)
        self._show_tabs()

    @property
    def view(self) -> int:
        return self._stack.currentIndex()

    @property
    def lists(self) -> Lists | None:
        """The lists in front; None while a list is being made."""
        return {WAITING: self.waiting, HISTORY: self.history}.get(self.view)

    # what is shown

    def show_view(self, number: int, *_: object) -> None:
        self._stack.setCurrentIndex(number)
        self.refresh()
        self._focus()

    def show_waiting(self) -> None:
        """What nobody has acknowledged, the one expected first on top."""
        self.waiting.manifest = None
        self.show_view(WAITING)

    def refresh(self) -> None:
        if self.lists is not None:
            self.lists.refresh()
        else:
            self.making.refresh()
        self._show_tabs()

    def show_manifest(self, number: str) -> bool:
        """Opens a list by its number or id, from wherever it was scanned; False when it is not here."""
        with self._desk.office.database.reading() as connection:
            found = find_manifest(connection, number)
        if found is None:
            return False
        self._stack.setCurrentIndex(WAITING if found.is_open else HISTORY)
        lists = self.lists
        assert lists is not None
        lists.show_manifest(found)
        self._show_tabs()
        self._focus()
        return True

    def _show_tabs(self) -> None:
        with self._desk.office.database.reading() as connection:
            waiting, late = count_open(connection, self._desk.clock())
        for number, tab in enumerate(self.tabs):
            tab.setChecked(number == self.view)
        words = tr(VIEWS[WAITING])
        self.tabs[WAITING].set_label(f"{words}  {shown_count(waiting)}" if waiting else words)
        self.set_lead(
            tr("{n} danh sách quá giờ xác nhận", n=late) if late
            else tr("{n} danh sách chờ xác nhận", n=waiting) if waiting else ""
        )
        self._lead.set_tone("bad" if late else "")

    def _focus(self) -> None:
        table = self.making.view.table if self.lists is None else (
            self.lists.view.lines if self.lists.manifest is not None else self.lists.view.lists
        )
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    # what the keys do, by the view in front

    def main_act(self) -> None:
        """F12."""
        self.making.ask() if self.lists is None else self.lists.ask()

    def type_code(self) -> None:
        """G."""
        self.code.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def way_out(self) -> None:
        """C: where the thing just refused belongs."""
        self.making.change_over() if self.lists is None else self.lists.go_to_other()

    def take_off(self) -> None:
        """Delete."""
        self.making.drop() if self.lists is None else self.lists.unmark()

    def remind(self) -> None:
        if self.lists is not None:
            self.acts.remind(self.lists.manifest)

    def show_digest(self) -> None:
        if self.lists is None:
            agency = self.making.agency
            if agency is not None:
                self.acts.show_digest(agency.agency, agency.name)
        elif self.lists.manifest is not None:
            self.acts.show_digest(self.lists.manifest.agency, self.lists.manifest.agency_name)

    def ask_undo(self) -> None:
        if self.lists is not None:
            self.acts.ask_undo(self.lists.manifest)

    def undo_last(self) -> None:
        """Ctrl Z."""
        last, self._last = self._last, ""
        if last:
            self.acts.undo_at_once(last)

    def print_again(self) -> None:
        if self.lists is not None:
            self.acts.print_again(self.lists.manifest)

    def ask_found(self) -> None:
        if self.lists is not None:
            row = self.lists.view.lines.current_row()
            self.acts.ask_found(row if isinstance(row, AnswerRow) else None)

    def escape(self) -> None:
        """Esc: from the code field to the table; the bar goes."""
        self.telling.silence()
        self._focus()

    # what comes from outside

    def arrive(self) -> None:
        self.refresh()
        self._focus()

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A cover goes onto the list, or ticks its line; a list's number opens it; the sheet takes an item code.

        In the history a cover is left to the window, which opens the dossier.
        """
        kind = scan_kind(text)
        sheet = self.making.sheet
        if sheet is not None and sheet.is_open:
            if kind is ScanKind.ITEM_CODE:
                self._desk.sound.accept()
                sheet.take_item(text.strip())
            else:
                self._desk.sound.refuse()
            return True
        if kind is ScanKind.PAPER_NUMBER:
            return self._take_number(text)
        if self.view == HISTORY:
            return False
        try:
            code = read_receipt_code(text).code.text
        except Refusal:
            return False
        if self._has_question():
            self._desk.sound.refuse()
        else:
            self.making.take_code(code) if self.lists is None else self.lists.take_code(code)
        return True

    def _on_typed(self) -> None:
        """A code or a list's number does what a scan of it would; the field stays for the next one."""
        text = self.code.text().strip()
        self.code.set_text("")
        if not text or self._take_number(text):
            return
        try:
            code = read_receipt_code(text).code.text
        except Refusal as refusal:
            self.telling.refused(refusal)
            return
        if self.view == HISTORY:
            self.dossier_requested.emit(code)
        else:
            self.take_scan(code)

    def _take_number(self, text: str) -> bool:
        number = read_paper_number(text)
        if number is None or number.kind is not PaperKind.HANDOVER:
            return False
        if self.show_manifest(number.text):
            self._desk.sound.accept()
        else:
            self.telling.refused(Refusal("manifest_unknown", manifest=number.text))
        return True

    def _has_question(self) -> bool:
        """A sheet is open: what is scanned now would happen behind it."""
        sheets = (
            self.waiting.sheet, self.waiting.reasons, self.history.sheet, self.history.reasons, self.acts.notice,
            self.acts.digest, self.acts.why, self.acts.found, self.making.originals,
        )
        return any(sheet is not None and sheet.is_open for sheet in sheets)

    def _on_made(self, made: Made) -> None:
        self._last = made.op_id
        self.telling.notice(
            "ok", tr("Đã lập danh sách {number}", number=made.number), made_words(made), tr("Hoàn tác"), "Ctrl Z",
            self.undo_last,
        )
        self._focus()

    def _on_changed(self, change: Change) -> None:
        if self.isVisible() and (change.dossiers or change.has_sync or change.is_everything):
            self.refresh()
