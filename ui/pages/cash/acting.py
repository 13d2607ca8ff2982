"""The sheets of session and collection, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.till.accounts import Means
from app.domain.till.entries import EntryKind
from app.errors import KnownError, Refusal
from app.services.till.collecting import Collected
from app.services.till.listing import EntryLine, refundable
from app.services.till.reading import open_session_of
from app.services.till.session import Closed
from app.services.till.transfer_slips import ask_transfer_slip
from ui.dialogs.cash_close_sheet import CashCloseSheet, ClosedSheet
from ui.dialogs.cash_collect_sheet import CashCollectSheet
from ui.dialogs.cash_move_sheet import CashMoveSheet
from ui.dialogs.cash_open_sheet import CashOpenSheet
from ui.dialogs.cash_refund_sheet import CashRefundSheet
from ui.dialogs.cash_transfer_sheet import CashTransferSheet
from ui.dialogs.cash_void_sheet import CashVoidSheet
from ui.dialogs.sheet import Sheet
from ui.operations.desk import Desk, clerk_at, warn_of
from ui.operations.print_paper import print_paper
from ui.operations.till import print_money_again
from ui.translations import tr

S = TypeVar("S", bound=Sheet)


class Sheets(QObject):
    """Keeps the sheets of one page; they go with it."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._held: dict[object, Sheet] = {}

    def sheet(self, kind: Callable[[QWidget, Desk], S]) -> S:
        if kind not in self._held:
            self._held[kind] = made = kind(self._page.window(), self._desk)
            self._page.destroyed.connect(made.deleteLater)
            self.dress(made)
        return cast(S, self._held[kind])

    def dress(self, made: Sheet) -> None:
        """A sheet has just been made."""

    @property
    def has_question(self) -> bool:
        """A sheet is open."""
        return any(sheet.is_open for sheet in self._held.values())


class Acting(Sheets):
    """What the keys of session and collection do. `collected` carries the act by which money was just taken."""

    collected = Signal(str)

    def open_session(self) -> None:
        held = self._session_name()
        if held:
            self._desk.frame.say(tr("Ca quỹ của {name} đang mở.", name=held), "info")
            return
        sheet = self.sheet(CashOpenSheet)
        sheet.show_empty()
        sheet.open(sheet.count.first)

    def move_cash(self) -> None:
        if self._is_session_open():
            sheet = self.sheet(CashMoveSheet)
            sheet.show_empty()
            sheet.open(sheet.way)

    def close_session(self) -> None:
        if self._is_session_open():
            sheet = self.sheet(CashCloseSheet)
            sheet.show_empty()
            sheet.open(sheet.count.first)

    def collect(self, code: str = "") -> None:
        """Of the dossier whose paper was scanned; else the code is typed."""
        sheet = self.sheet(CashCollectSheet)
        sheet.show_empty()
        if code:
            sheet.show_dossier(code)
        sheet.open(sheet.first_empty())

    def fill_code(self, code: str) -> bool:
        """A scan while a sheet is open; False when that sheet has no use for it."""
        sheet = self._held.get(CashCollectSheet)
        if sheet is None or not sheet.is_open:
            return False
        assert isinstance(sheet, CashCollectSheet)
        is_found = sheet.show_dossier(code)
        sheet.first_empty().setFocus()
        return is_found

    def void(self, row: Any) -> None:
        if self._may_be_undone(row):
            sheet = self.sheet(CashVoidSheet)
            sheet.show_entry(row)
            sheet.open(sheet.reason.line)

    def refund(self, row: Any) -> None:
        if not self._may_be_undone(row):
            return
        try:
            with self._desk.office.database.reading() as connection:
                lines = refundable(connection, row.entry.op_id)
        except KnownError as error:
            warn_of(self._desk, error)
            return
        sheet = self.sheet(CashRefundSheet)
        sheet.show_entry(row, lines)
        sheet.open(sheet.first_amount())

    def show_square(self, op_id: str) -> None:
        sheet = self.sheet(CashTransferSheet)
        if sheet.show_collection(op_id):
            sheet.open()
        else:
            self._desk.frame.say(tr("Chọn một khoản chuyển khoản."), "info")

    def print_slip(self, op_id: str) -> None:
        """The paper with the square, for a transfer that still waits."""
        desk = self._desk
        try:
            with desk.office.database.writing() as connection:
                job = ask_transfer_slip(connection, clerk_at(desk), op_id, now=desk.clock())
        except Refusal as refusal:
            if refusal.code == "transfer_unknown":
                desk.frame.say(tr("Chọn một khoản chuyển khoản."), "info")
            else:
                warn_of(desk, refusal)
            return
        print_paper(desk, job)

    def print_again(self, op_id: str) -> None:
        """Every paper of that act once more, with its copy mark."""
        if not print_money_again(self._desk, (op_id,)):
            self._desk.frame.say(tr("Dòng này không có giấy in ở quầy này."), "info")

    # Sheets

    def dress(self, made: Sheet) -> None:
        if isinstance(made, CashCollectSheet):
            made.stored.connect(self._on_collected)
        elif isinstance(made, CashCloseSheet):
            made.stored.connect(self._on_closed)
        elif isinstance(made, CashTransferSheet):
            made.print_asked.connect(self.print_slip)

    # inside

    def _on_collected(self, found: Collected) -> None:
        self.collected.emit(found.op_id)
        if found.collection.taking.means is Means.TRANSFER:
            self.show_square(found.op_id)

    def _on_closed(self, closed: Closed) -> None:
        sheet = self.sheet(ClosedSheet)
        sheet.show_closed(closed)
        sheet.open()

    def _session_name(self) -> str:
        office = self._desk.office
        with office.database.reading() as connection:
            found = open_session_of(connection, office.enrolled.device)
        return found.clerk_name if found is not None else ""

    def _is_session_open(self) -> bool:
        if self._session_name():
            return True
        self._desk.frame.say(tr("Chưa mở ca quỹ; bấm O để mở."), "info")
        return False

    def _may_be_undone(self, row: Any) -> bool:
        if isinstance(row, EntryLine) and row.entry.may_be_undone:
            return True
        is_collection = isinstance(row, EntryLine) and row.entry.kind is EntryKind.COLLECTED
        self._desk.frame.say(tr("Khoản này đã hủy hoặc đã hoàn trả hết.") if is_collection else
                             tr("Chọn một khoản thu ở Ca này (Alt 1) hoặc Mọi khoản thu (Alt 2)."), "info")
        return False
