"""What the clerk asks for on the page, each with its sheet over the window, made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.life.states import Delivery
from app.domain.paper_number import PaperKind, read_paper_number
from app.domain.receipt_code import read_receipt_code
from app.domain.result_code import read_result
from app.domain.scan_kind import ScanKind
from app.errors import KnownError
from app.services.days import today_at_counter
from app.services.papers.prints import ask_print_again, prints_of
from app.services.post.following import find_item
from app.services.post.pickups import papers_taken, read_call, the_pickup
from app.services.post.posting import prepare_posting
from app.services.results.known import find_here
from app.services.results.shelves import next_shelf
from app.store.queries.pickups import PickupRow
from ui.dialogs.act_sheet import ActSheet
from ui.operations.desk import Desk, clerk_at, new_intent, warn_of
from ui.operations.post import texts_for
from ui.operations.print_paper import print_paper
from ui.pages.post.back_sheet import BackSheet
from ui.pages.post.call_sheet import CallSheet
from ui.pages.post.code_sheets import RangeSheet, VoidSheet
from ui.pages.post.move_sheet import MoveSheet
from ui.pages.post.send_sheet import SendSheet
from ui.pages.post.word_sheet import WordSheet
from ui.pages.returning.notice_sheet import NoticeSheet
from ui.translations import tr

S = TypeVar("S", bound=ActSheet)


class Acting(QObject):
    """Raises what a reading refuses; the page says it where the clerk looks."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._sheets: dict[object, ActSheet] = {}
        self._notice: NoticeSheet | None = None

    def send_sheet(self) -> SendSheet:
        return self._sheet(SendSheet)

    def word_sheet(self) -> WordSheet:
        return self._sheet(WordSheet)

    def back_sheet(self) -> BackSheet:
        return self._sheet(BackSheet)

    def range_sheet(self) -> RangeSheet:
        return self._sheet(RangeSheet)

    def void_sheet(self) -> VoidSheet:
        return self._sheet(VoidSheet)

    def call_sheet(self) -> CallSheet:
        return self._sheet(CallSheet)

    def move_sheet(self) -> MoveSheet:
        return self._sheet(MoveSheet)

    # acts

    def send(self, code: str, item: str = "") -> None:
        """The cover of a result on the shelf; `item` is the label that was scanned."""
        try:
            with self._desk.office.database.reading() as connection:
                known = prepare_posting(connection, self._desk.office.enrolled, code)
        except KnownError as error:
            warn_of(self._desk, error)
            return
        sheet = self.send_sheet()
        sheet.show_result(known)
        if item:
            sheet.take_label(item)
        sheet.open(sheet.first_empty())

    def hear(self, item: str, code: str = "") -> None:
        """The post's word on an item. Raises what `find_item` does."""
        with self._desk.office.database.reading() as connection:
            found = find_item(connection, item, code)
        sheet = self.word_sheet()
        sheet.show_item(found)
        sheet.open(sheet.receiver.line)

    def take_back(self, code: str) -> None:
        with self._desk.office.database.reading() as connection:
            held = find_here(connection, code)
            place = next_shelf(connection, held.code, today_at_counter(connection, self._desk.clock()))
        sheet = self.back_sheet()
        sheet.show_back(held.code, place, is_said=held.life.delivery is not Delivery.POSTED)
        sheet.open(sheet.reason.line if sheet.reason.isVisibleTo(sheet) else sheet.shelf.line)

    def call_off(self, code: str) -> None:
        with self._desk.office.database.reading() as connection:
            held = find_here(connection, code)
            place = held.life.shelf or next_shelf(
                connection, held.code, today_at_counter(connection, self._desk.clock()))
        sheet = self.back_sheet()
        sheet.show_off(held.code, place)
        sheet.open(sheet.reason.line)

    def take_range(self, first: str = "", last: str = "") -> None:
        sheet = self.range_sheet()
        sheet.show_range(first, last)
        sheet.open(sheet.first.line)

    def void(self) -> None:
        sheet = self.void_sheet()
        sheet.show_code()
        sheet.open(sheet.item.line)

    def call(self) -> None:
        sheet = self.call_sheet()
        sheet.show_empty()
        sheet.open(sheet.search)

    def move(self, row: PickupRow) -> None:
        with self._desk.office.database.reading() as connection:
            papers = papers_taken(connection, row.id, read_call(connection, row.id))
        sheet = self.move_sheet()
        sheet.show_pickup(row, papers)
        sheet.open()

    def print_again(self, op_id: str, pickup: str | int) -> None:
        """The paper of that act once more, with its copy mark; of a pick-up that of the call where the last step
        printed none."""
        try:
            with self._desk.office.database.writing() as connection:
                prints = prints_of(connection, op_id) or prints_of(connection, str(pickup))
                if not prints:
                    self._desk.frame.say(tr("Giấy này in ở quầy khác, in lại ở quầy đó."), "info")
                    return
                job = ask_print_again(
                    connection, self._desk.office.enrolled, clerk_at(self._desk), prints[0].job,
                    intent=new_intent(self._desk), now=self._desk.clock(), randomness=self._desk.office.randomness,
                )
        except KnownError as error:
            warn_of(self._desk, error)
            return
        print_paper(self._desk, job)

    def show_notice(self, code: str) -> None:
        """What the citizen is told, to be copied."""
        if self._notice is None:
            self._notice = NoticeSheet(self._host(), lambda one: texts_for(self._desk, one), self._desk.frame.say)
        self._notice.show_for((code,))

    # scans

    @property
    def has_question(self) -> bool:
        """A sheet is open."""
        sheets = (*self._sheets.values(), self._notice)
        return any(sheet is not None and sheet.is_open for sheet in sheets)

    def fill_label(self, text: str) -> bool:
        """A label for the sheet that is open; False when none is, or it has no room for one."""
        for kind in (SendSheet, RangeSheet, VoidSheet):
            sheet = self._sheets.get(kind)
            if sheet is not None and sheet.is_open:
                assert isinstance(sheet, SendSheet | RangeSheet | VoidSheet)
                sheet.take_label(text)
                return True
        return False

    def take(self, kind: ScanKind, text: str) -> bool:
        """A paper that names a dossier or a pick-up; False when it means nothing here."""
        if kind is ScanKind.PAPER_NUMBER:
            return self._take_slip(text)
        code = read_result(text) if kind is ScanKind.RESULT else (
            read_receipt_code(text).code.text if kind is ScanKind.DOSSIER_CODE else None)
        return code is not None and self._open_for(code)

    def _take_slip(self, text: str) -> bool:
        number = read_paper_number(text)
        if number is None or number.kind is not PaperKind.PICKUP:
            return False
        with self._desk.office.database.reading() as connection:
            row = the_pickup(connection, number.text)
        self.move(row)
        return True

    def _open_for(self, code: str) -> bool:
        with self._desk.office.database.reading() as connection:
            held = find_here(connection, code)
        match held.life.delivery:
            case Delivery.SHELF:
                self.send(held.code)
            case Delivery.POSTED:
                self.hear(held.life.item_code, held.code)
            case Delivery.UNDELIVERED:
                self.take_back(held.code)
            case _:
                return False
        return True

    # inside

    def _host(self) -> QWidget:
        return self._page.window()

    def _sheet(self, kind: Callable[[QWidget, Desk], S]) -> S:
        if kind not in self._sheets:
            self._sheets[kind] = kind(self._host(), self._desk)
        return cast(S, self._sheets[kind])
