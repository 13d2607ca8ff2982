"""Thu phí, chốt ca: the cash session of this counter, what was collected, and what money waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.receipt_code import read_receipt_code
from app.domain.scan_kind import ScanKind, scan_kind
from app.services.till.binding import UnboundSlip
from app.services.till.listing import EntryLine
from app.services.till.statements import Transfer
from ui.background.alive import while_alive
from ui.changes import Change
from ui.models.cash_bank_rows import LooseRow, RemitRow
from ui.operations.desk import Desk, warn_of
from ui.pages.cash import keys
from ui.pages.cash.acting import Acting
from ui.pages.cash.banking import Banking
from ui.pages.cash.bar import CashBar
from ui.pages.cash.finding import FindLine
from ui.pages.cash.reading import CashView, read_cash
from ui.pages.cash.session_card import SessionCard
from ui.pages.cash.views import ENTRIES, NAMES, OFFERS, ORDERS, View, Views
from ui.pages.cash.waits import WaitsCard
from ui.pages.post.bar import Offers
from ui.pages.scrolled import Scrolled
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.columns import Columns
from ui.widgets.page import Page

LEAST_HEIGHT = 300


class CashPage(Page):
    """`dossier_requested` carries a code."""

    dossier_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Thu phí, chốt ca"), tr("Ca quỹ, khoản thu, chuyển khoản, biên lai"), parent)
        self._desk = desk
        self.session, self.waits, self.bar, self.offers = SessionCard(), WaitsCard(), CashBar(), Offers()
        self.views = Views(desk, self)
        self.acting, self.banking = Acting(desk, self), Banking(desk, self)
        self._card = Card(tr(NAMES[View.SESSION]), is_flush=True)
        self._card.body.setSpacing(0)
        self.finding = FindLine()
        self.finding.wanted.connect(self.views.find)
        self.finding.left.connect(self._to_table)
        self._card.body.addWidget(self.offers)
        self._card.body.addWidget(self.finding)
        self._card.body.addWidget(self.views.stack, 1)
        self._card.setMinimumHeight(LEAST_HEIGHT)
        self.body.addWidget(self.session)
        self.body.addWidget(self.bar)
        self.body.addWidget(Columns(self._card, Scrolled(self.waits), side_width=300, least_main=720,
                                   is_side_scrolled=True), 1)
        self.bar.chosen.connect(self.show_view)
        self.views.opened.connect(lambda _: self.act())
        self.offers.asked.connect(self._on_asked)
        self.session.asked.connect(self._on_asked)
        self.banking.taken.connect(partial(self.show_view, View.STATEMENT))
        self.acting.collected.connect(self._on_collected)
        self.views.shown.connect(self._show_note)
        desk.changes.happened.connect(self._on_changed)
        self._is_reading = self._is_stale = False
        self._bind()
        self.show_view(View.SESSION)

    # what is shown

    @property
    def view(self) -> View:
        return self.views.view

    def show_view(self, view: View) -> None:
        self.views.show_view(view)
        self.bar.show_chosen(view)
        self.offers.show_acts(OFFERS[view])
        self.finding.setVisible(view is View.MONEY)
        self._card.set_title(tr(NAMES[view]))
        self._show_note()
        self._read_figures()

    def refresh(self) -> None:
        """Read again, on the same row."""
        self.views.reload()
        self._show_note()
        self._read_figures()

    # what the keys do

    def act(self) -> None:
        """Enter: what the row the clerk stands on waits for."""
        row = self.views.current()
        if isinstance(row, EntryLine) and row.entry.code:
            self.dossier_requested.emit(row.entry.code)
        elif isinstance(row, UnboundSlip) and row.code:
            self.dossier_requested.emit(row.code)
        elif isinstance(row, Transfer):
            self.acting.show_square(row.op_id)
        elif isinstance(row, LooseRow):
            self.banking.confirm_line(row)
        elif isinstance(row, RemitRow):
            self.banking.remit(row)

    def remit(self) -> None:
        """N: from any list to the money that can be handed on."""
        row = self.views.current() if self.view is View.REMITTANCES else None
        if row is None:
            self.show_view(View.REMITTANCES)
        else:
            self.banking.remit(row)

    def show_square(self) -> None:
        row = self.views.current()
        self.acting.show_square(_op_id(row))

    def print_slip(self) -> None:
        """P: on paper what the square shows, for a citizen who transfers at home."""
        self.acting.print_slip(_op_id(self.views.current()))

    def look_for(self) -> None:
        """F: into the line above all money."""
        if self.view is not View.MONEY:
            self.show_view(View.MONEY)
        self.finding.begin()

    def print_again(self) -> None:
        self.acting.print_again(_op_id(self.views.current()))

    def confirm_by_word(self) -> None:
        row = self.views.current()
        if isinstance(row, Transfer):
            self.banking.confirm_by_word(row)
        else:
            self.show_view(View.TRANSFERS)
            self._desk.frame.say(tr("Chọn khoản chờ xác nhận rồi bấm W."), "info")

    # Page

    def arrive(self) -> None:
        self.refresh()
        self.views.tables[self.view].setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A dossier's paper: what it still owes is collected."""
        if scan_kind(text) is not ScanKind.DOSSIER_CODE:
            return False
        code = read_receipt_code(text).code.text
        if self.acting.has_question or self.banking.has_question:
            is_filled = self.acting.fill_code(code)
            (self._desk.sound.accept if is_filled else self._desk.sound.refuse)()
            return True
        self._desk.sound.accept()
        self.acting.collect(code)
        return True

    # inside

    def _read_figures(self) -> None:
        """Beside the window; what is asked for meanwhile is read once, after it."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        self._desk.background.run(partial(read_cash, self._desk), while_alive(self, self._on_read),
                                  while_alive(self, self._on_unread))

    def _on_read(self, found: CashView) -> None:
        self._is_reading = False
        self._show_figures(found)
        if self._is_stale:
            self._read_figures()

    def _on_unread(self, error: Exception) -> None:
        self._is_reading = False
        warn_of(self._desk, error)

    def _show_figures(self, found: CashView) -> None:
        now = self._desk.clock()
        self.session.show_view(found, now)
        self.waits.show_view(found, now)
        self.bar.show_counts(_counts(found))

    def _show_note(self) -> None:
        self._card.set_note(tr(ORDERS[self.view]) if self.views.models[self.view].rowCount() else "")

    def _on_collected(self, op_id: str) -> None:
        """To the row of what was just taken, in the list in front when that has it, else in this session's."""
        if self.view is View.MONEY:
            self.finding.clear()
        if self.view not in ENTRIES:
            self.show_view(View.SESSION)
        self.views.reload()
        self.views.stand_on(op_id)

    def _to_table(self) -> None:
        self.views.tables[self.view].setFocus(Qt.FocusReason.OtherFocusReason)

    def _bind(self) -> None:
        undoing: dict[Any, Callable[[Any], None]] = {keys.VOID: self.acting.void, keys.REFUND: self.acting.refund}
        works: dict[Any, Callable[[], object]] = {
            keys.OPEN: self.acting.open_session, keys.MOVE: self.acting.move_cash,
            keys.COLLECT: self.acting.collect,
            **{key: partial(self._undo, work) for key, work in undoing.items()},
            keys.CLOSE: self.acting.close_session, keys.SQUARE: self.show_square, keys.AGAIN: self.print_again,
            keys.SLIP: self.print_slip, keys.FIND: self.look_for,
            keys.STATEMENT: self.banking.take_statement, keys.WORD: self.confirm_by_word, keys.REMIT: self.remit,
            keys.RANGE: self.banking.take_range, keys.SPOIL: self.banking.spoil,
            keys.ACCOUNTS: self.banking.type_accounts,
        }
        self.bind_keys({key: partial(self.show_view, view) for view, key in zip(View, keys.VIEWS, strict=True)})
        self.bind_keys(works)
        self.tell_keys(keys.ENTER)
        self._works = {key.cap: work for key, work in works.items()} | {"Enter": self.act}

    def _undo(self, work: Callable[[Any], None]) -> None:
        work(self.views.current() if self.view in ENTRIES else None)

    def _on_asked(self, cap: str) -> None:
        self._works[cap]()

    def _on_changed(self, change: Change) -> None:
        is_news = change.dossiers or change.has_sync or change.has_settings or change.is_everything
        if self.isVisible() and is_news:
            self.refresh()


def _counts(found: CashView) -> dict[View, int]:
    return {View.SESSION: found.collected, View.TRANSFERS: found.transfers, View.STATEMENT: found.loose,
            View.REMITTANCES: found.owners, View.RECEIPTS: found.receipts_left or 0, View.SLIPS: found.slips}


def _op_id(row: Any) -> str:
    """The act behind a row, "" for a row of something else."""
    if isinstance(row, EntryLine):
        return row.entry.undoes or row.entry.op_id
    if isinstance(row, RemitRow):
        return row.made.op_id if row.made is not None else ""
    return row.op_id if isinstance(row, Transfer | UnboundSlip) else ""
