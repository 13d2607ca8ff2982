"""A clerk's hands at the cash desk (F6), and eyes for everything that a window shows in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTableView, QWidget

from app.domain.money import format_money
from app.domain.till.denominations import KINDS
from app.services.till.listing import EntryLine
from app.services.till.reading import CashSession, open_session_of
from tests.journeys.citizens import card
from tests.journeys.day import Clerk
from tests.journeys.machines import desk
from ui.demo_play import newest_code
from ui.dialogs.cash_count import CashCount
from ui.dialogs.cash_transfer_sheet import CashTransferSheet
from ui.dialogs.sheet import Sheet
from ui.pages.cash.page import CashPage
from ui.pages.intake.page import IntakePage

S = TypeVar("S", bound=Sheet)
BEFORE, AFTER, CASH = "Thu khi nào: Thu trước", "Thu khi nào: Thu sau", "Thu bằng: Tiền mặt"


# what is on the screen

def words_shown(clerk: Clerk) -> str:
    """All that stands on the screen in words: labels, buttons, fields, their hints, every cell of every table."""
    return "\n".join(_words(clerk.counter.window))


def _words(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))
        elif isinstance(widget, QTableView) and widget.model() is not None:
            model = widget.model()
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
                                 Qt.ItemDataRole.AccessibleTextRole):
                        yield str(model.data(model.index(row, column), role) or "")


def shows(clerk: Clerk, amount: int) -> bool:
    """Whether this sum stands anywhere on the screen, grouped or bare."""
    shown = words_shown(clerk)
    return format_money(abs(amount)).split()[0] in shown or str(abs(amount)) in shown


# the page

def cash_page(clerk: Clerk) -> CashPage:
    if not isinstance(clerk.page, CashPage):
        clerk.press("F6")
    found = clerk.page
    assert isinstance(found, CashPage)
    return found


def sheet(clerk: Clerk, kind: type[S]) -> S:
    """The sheet in front."""
    (found,) = (each for each in clerk.counter.window.findChildren(kind) if each.is_open)
    return found


def is_open(clerk: Clerk, kind: type[Sheet]) -> bool:
    return any(each.is_open for each in clerk.counter.window.findChildren(kind))


def session(clerk: Clerk) -> CashSession | None:
    office = desk(clerk).office
    with office.database.reading() as connection:
        return open_session_of(connection, office.enrolled.device)


def pieces_of(amount: int) -> dict[int, int]:
    """`amount` in the fewest notes."""
    found: dict[int, int] = {}
    for kind in KINDS:
        found[kind], amount = divmod(amount, kind)
    assert not amount, "no notes for so little"
    return {kind: pieces for kind, pieces in found.items() if pieces}


def count_down(clerk: Clerk, pieces: Mapping[int, int]) -> None:
    """Kind by kind, Enter after each, from the largest note to the smallest."""
    for kind in KINDS:
        assert isinstance(_count_in_front(clerk), CashCount)
        if kind in pieces:
            clerk.hands.type(str(pieces[kind]))
        clerk.press("Return")


def _count_in_front(clerk: Clerk) -> CashCount:
    (found,) = (each for each in clerk.counter.window.findChildren(CashCount) if each.isVisible())
    return found


def go_to_row(clerk: Clerk, who: str) -> EntryLine:
    """Down the list to the collection that this citizen paid."""
    page = cash_page(clerk)
    clerk.press("Alt+1")
    table, rows = page.views.tables[page.view], page.views.models[page.view].rows()
    wanted = next(at for at, row in enumerate(rows) if isinstance(row, EntryLine)
                  and row.entry.payer == who and row.entry.may_be_undone)
    for _ in range(len(rows)):
        here = table.currentIndex().row()
        if here == wanted:
            break
        clerk.press("Down" if here < wanted else "Up")
    row = page.views.current()
    assert isinstance(row, EntryLine) and row.entry.payer == who
    return row


# what citizens pay

def receive(
    clerk: Clerk, number: int, syllables: str, *, is_after: bool = False, is_transfer: bool = False
) -> str:
    """One reception by keys, its fee taken as said; the code. Its papers are out when this returns; of a transfer
    the square is in front."""
    before = newest_code(desk(clerk))
    clerk.press("F2")
    intake = clerk.page
    assert isinstance(intake, IntakePage)
    clerk.hands.type(syllables)
    clerk.press("Return")
    if intake.form().procedure is None:            # several cases: the first is the commonest
        clerk.press("Return")
    clerk.hands.scan(card(number))
    clerk.until(lambda: bool(intake.form().owner.full_name), "the card is on the form")
    clerk.press("Return")
    clerk.hands.type(f"09050004{number:02d}")
    clerk.press("Return", "A")
    if is_after or is_transfer:
        clerk.press("Return")                      # on to the fees, which fold open
    if is_after:
        clerk.tab_to(BEFORE)
        clerk.press("Right")
        assert clerk.focused == AFTER
    if is_transfer:
        clerk.tab_to(CASH)
        clerk.press("Right")
    clerk.press("F12")
    clerk.until(lambda: intake.is_reading_back, "the citizen may read back")
    clerk.press("Return")
    clerk.until(lambda: newest_code(desk(clerk)) != before, "the dossier is stored")
    clerk.rest()
    return newest_code(desk(clerk))


def collect_due(clerk: Clerk, code: str, *, is_transfer: bool = False) -> str:
    """The dossier's paper scanned at F6, what it owes taken; the purpose that the transfer bears, "" for cash."""
    cash_page(clerk)
    clerk.hands.scan(code)
    if is_transfer:
        clerk.press("Down")                        # the hand is on the means already
    return _taken(clerk, is_transfer=is_transfer)


def collect_postage(clerk: Clerk, amount: int, payer: str) -> None:
    cash_page(clerk)
    clerk.press("T", "Tab", "Down")
    clerk.tab_to("Số tiền")
    clerk.hands.type(str(amount))
    clerk.tab_to("Người nộp")
    clerk.hands.type(payer)
    _taken(clerk)


def collect_fine(clerk: Clerk, amount: int, payer: str, owner: str) -> None:
    cash_page(clerk)
    clerk.press("T", "Tab", "Down", "Down", "Tab")
    clerk.hands.type("Tiền phạt vi phạm hành chính")
    clerk.tab_to("Thu hộ cho")
    clerk.hands.type(owner)
    clerk.tab_to("Số tiền")
    clerk.hands.type(str(amount))
    clerk.tab_to("Người nộp")
    clerk.hands.type(payer)
    _taken(clerk)


def _taken(clerk: Clerk, *, is_transfer: bool = False) -> str:
    from ui.dialogs.cash_collect_sheet import CashCollectSheet

    clerk.press("Return")
    clerk.until(lambda: not is_open(clerk, CashCollectSheet), "the money is in the book")
    clerk.rest()
    if not is_transfer:
        return ""
    purpose = sheet(clerk, CashTransferSheet).purpose.value()
    clerk.press("Return")
    return purpose


# what the bank says

def write_statement(file: Path, day: date, *paid: tuple[int, str]) -> None:
    """As banks write them: a title, the customer, headings, then debits and credits with grouped amounts."""
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet("Sao kê")
        page.write_row(0, 0, ["SỔ PHỤ TÀI KHOẢN (MẪU)"])
        page.write_row(1, 0, ["Khách hàng", "CONG AN TINH MAU"])
        page.write_row(3, 0, ["STT", "Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Nội dung giao dịch"])
        rows = [("FT001", "11.000", "", "PHI DICH VU"),
                *((f"FT1{n:02d}", "", f"{amount:,}".replace(",", "."), text)
                  for n, (amount, text) in enumerate(paid))]
        for number, (reference, debit, credit, text) in enumerate(rows, start=1):
            page.write_row(3 + number, 0, [number, f"{day:%d/%m/%Y}", reference, debit, credit, text])
