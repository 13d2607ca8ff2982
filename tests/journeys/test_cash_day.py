"""A day of money at the counter, by keys and scans alone, and every proof of it: what should lie in the drawer is
told after the count, what the clerk hands out shows each changed byte, the province holds the same to the đồng.

The line is down while she works. The sums are worked out here from what people paid; no service is asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections import Counter as Amounts
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app import verifier
from app.domain.day_comparison import Figures
from app.domain.money import format_money
from app.services.reconcile import compared_day, standing_differences
from tests.journeys import till
from tests.journeys.citizens import NAMES
from tests.journeys.day import Clerk, words_of
from tests.journeys.machines import Scene, contact, desk, sync_page, waiting
from ui.dialogs.cash_account_sheet import CashAccountSheet
from ui.dialogs.cash_close_sheet import CashCloseSheet, ClosedSheet
from ui.dialogs.cash_open_sheet import CashOpenSheet
from ui.dialogs.cash_refund_sheet import CashRefundSheet
from ui.dialogs.cash_statement_sheet import CashStatementSheet
from ui.dialogs.cash_void_sheet import CashVoidSheet
from ui.models.cash_bank_rows import LooseRow
from ui.pages.cash.views import View

FLOAT = {100_000: 3, 20_000: 10, 10_000: 5, 1_000: 7}       # 557.000 đ
LICENCE, STAY, POSTAGE, FINE = 135_000, 15_000, 26_000, 250_000
GIVEN_BACK, SHORT = 35_000, 2_000
POLICE, WARD = "cong-an-tinh", "cong-an-xa"
TRAFFIC = "Cảnh sát giao thông Mẫu"


@dataclass
class Books:
    """What should lie in the drawer, and what was collected for whom by which means, worked out by hand."""

    drawer: int = 0
    paid: Amounts[tuple[str, str]] = field(default_factory=Amounts)
    back: Amounts[tuple[str, str]] = field(default_factory=Amounts)
    collections: int = 0

    def take(self, owner: str, amount: int, means: str = "cash") -> None:
        self.paid[owner, means] += amount
        self.collections += 1
        if means == "cash":
            self.drawer += amount

    def give_back(self, owner: str, amount: int) -> None:
        self.back[owner, "cash"] += amount
        self.drawer -= amount


# Each act of the day once is quick enough for the default suite; all its twenty collections, each by keys with its
# reception, scans and papers, are some 40 s of work.
@pytest.mark.parametrize(("licences", "stays", "beside"), [
    pytest.param(2, 0, 1, id="seven"), pytest.param(6, 3, 4, id="twenty", marks=pytest.mark.slow),
])
def test_a_day_of_money_is_proven_to_the_dong(
    scene: Scene, tmp_path: Path, licences: int, stays: int, beside: int
) -> None:
    """`beside`: collections of postage, and of fines, that are no dossier's."""
    scene.enrol("pc", "Quầy 1")
    books = Books()
    with scene.at("pc") as clerk:
        scene.province.stop()                      # the line goes down
        clerk.new_papers()
        tell_the_account(clerk)
        open_the_session(clerk, books)
        purpose = take_all(clerk, books, licences, stays, beside)
        take_one_back(clerk, books)
        give_some_back(clerk, books)
        confirm_from_the_statement(clerk, scene, purpose, tmp_path)
        assert books.collections == licences + stays + 3 + 2 * beside
        close_short(clerk, books)
        pack = export_the_pack(clerk, tmp_path)
        the_pack_is_whole_and_shows_one_changed_byte(pack, books, tmp_path)
        the_province_holds_the_same(clerk, scene, books, licences + stays + 3)


def tell_the_account(clerk: Clerk) -> None:
    """One account for all agencies, typed at F6."""
    till.cash_page(clerk)
    clerk.press("A")
    held = till.sheet(clerk, CashAccountSheet)
    for name, text in (("Mã ngân hàng", "970400"), ("Số tài khoản", "0123456789"),
                       ("Chủ tài khoản", "CONG AN TINH MAU"), ("Tên ngân hàng", "Ngân hàng Mẫu")):
        clerk.tab_to(name)
        clerk.hands.type(text)
    clerk.press("Return")
    assert not held.is_open


def open_the_session(clerk: Clerk, books: Books) -> None:
    clerk.press("O")
    opening = till.sheet(clerk, CashOpenSheet)
    till.count_down(clerk, FLOAT)
    clerk.press("Return")
    clerk.until(lambda: not opening.is_open, "the session is open")
    books.drawer = sum(kind * pieces for kind, pieces in FLOAT.items())
    clerk.look("cash-1-open")


def take_all(clerk: Clerk, books: Books, licences: int, stays: int, beside: int) -> str:
    """With receptions, for dossiers whose fee comes later, and without any; the purpose of the later transfer."""
    for number in range(1, 1 + licences):
        till.receive(clerk, number, "doi giay phep lai xe")
        books.take(POLICE, LICENCE)
    for number in range(7, 7 + stays):
        till.receive(clerk, number, "dang ky tam tru")
        books.take(WARD, STAY)
    nothing_tells_the_drawer(clerk, books)
    later = [till.receive(clerk, number, "doi giay phep lai xe", is_after=True) for number in (11, 12)]
    till.receive(clerk, 0, "dang ky tam tru", is_transfer=True)
    clerk.press("Return")                          # the square on the screen: she says that it is done
    books.take(WARD, STAY, "transfer")
    till.collect_due(clerk, later[0])
    books.take(POLICE, LICENCE)
    nothing_tells_the_drawer(clerk, books)
    purpose = till.collect_due(clerk, later[1], is_transfer=True)
    books.take(POLICE, LICENCE, "transfer")
    for number in range(beside):
        till.collect_postage(clerk, POSTAGE + 1_000 * number, f"Người Gửi Thử {number}")
        books.take("", POSTAGE + 1_000 * number)
        nothing_tells_the_drawer(clerk, books)
    for number in range(beside):
        till.collect_fine(clerk, FINE, f"Người Nộp Mẫu {number}", TRAFFIC)
        books.take(TRAFFIC, FINE)
    nothing_tells_the_drawer(clerk, books)
    clerk.look("cash-3-twenty")
    return purpose


def nothing_tells_the_drawer(clerk: Clerk, books: Books) -> None:
    till.cash_page(clerk)
    newest = till.cash_page(clerk).views.models[View.SESSION].rows()[0]
    assert not till.shows(clerk, books.drawer), "the count is blind"
    assert till.shows(clerk, newest.entry.amount), "what is on the page can be seen"


def take_one_back(clerk: Clerk, books: Books) -> None:
    """A licence that was the wrong procedure: the whole collection, with the colleague beside."""
    till.go_to_row(clerk, NAMES[1])
    clerk.press("H")
    held = till.sheet(clerk, CashVoidSheet)
    clerk.hands.type("Nhập nhầm thủ tục")
    clerk.press("Return")
    assert held.is_open, "nobody voids alone"
    clerk.press("Down", "Return")
    clerk.until(lambda: not held.is_open, "the collection is void")
    clerk.rest()
    books.give_back(POLICE, LICENCE)


def give_some_back(clerk: Clerk, books: Books) -> None:
    till.go_to_row(clerk, NAMES[2])
    clerk.press("R")
    held = till.sheet(clerk, CashRefundSheet)
    clerk.press("Ctrl+A")
    clerk.hands.type(str(GIVEN_BACK))
    clerk.tab_to("Lý do hoàn trả")
    clerk.hands.type("Giảm theo quyết định mẫu")
    clerk.press("Return")
    assert held.is_open, "nobody refunds alone"
    clerk.press("Down", "Return")
    clerk.until(lambda: not held.is_open, "the money is given back")
    clerk.rest()
    books.give_back(POLICE, GIVEN_BACK)
    nothing_tells_the_drawer(clerk, books)
    clerk.look("cash-4-undone")


def confirm_from_the_statement(clerk: Clerk, scene: Scene, purpose: str, place: Path) -> None:
    """The bank knows one of the two transfers; the other stays what the citizen says."""
    file = place / "sao-ke-mau.xlsx"
    held = till.session(clerk)
    assert held is not None
    # Banks hand the purpose on in capitals, without signs and with words of their own.
    till.write_statement(file, held.business_date, (500_000, "NGUYEN VAN LA CHUYEN TIEN"),
                         (LICENCE, f"MBVCB.0001. {purpose.upper()} .CT tu 0999"))
    scene.patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    clerk.press("S")
    clerk.until(lambda: till.is_open(clerk, CashStatementSheet), "the file is read")
    clerk.look("cash-5-statement")
    clerk.press("Return")
    clerk.until(lambda: not till.is_open(clerk, CashStatementSheet), "its lines are in the book")
    clerk.rest()
    page = till.cash_page(clerk)
    assert page.view is View.STATEMENT
    for _ in page.views.models[View.STATEMENT].rows():
        row = page.views.current()
        if isinstance(row, LooseRow) and row.held.line.amount == LICENCE:
            break
        clerk.press("Down")
    clerk.press("Return")
    clerk.rest()
    clerk.until(lambda: len(page.views.models[View.STATEMENT].rows()) == 1, "only the unknown line is left")
    clerk.press("Alt+3")
    (left,) = page.views.models[View.TRANSFERS].rows()
    assert (left.amount, left.payer) == (STAY, NAMES[0])
    clerk.look("cash-6-waiting")


def close_short(clerk: Clerk, books: Books) -> None:
    """Counted without being told; then the difference, in figures and words, and the minutes on paper."""
    clerk.new_papers()
    clerk.press("C")
    closing = till.sheet(clerk, CashCloseSheet)
    till.count_down(clerk, till.pieces_of(books.drawer - SHORT))
    assert not till.shows(clerk, books.drawer), "counted blind to the last note"
    clerk.look("cash-7-counted")
    clerk.press("Return")
    clerk.until(lambda: not closing.is_open, "the session is closed")
    told = till.sheet(clerk, ClosedSheet)
    assert "Thiếu 2.000" in told.difference.value() and till.shows(clerk, books.drawer)
    clerk.look("cash-8-closed")
    clerk.press("Return")
    assert till.session(clerk) is None
    (minutes,) = (file for name, file in clerk.new_papers().items() if name.endswith("cash_minutes"))
    words = words_of(minutes)
    for wanted in (format_money(books.drawer), format_money(books.drawer - SHORT),
                   format_money(SHORT), "hai nghìn đồng", "BIÊN BẢN"):
        assert wanted.casefold() in words.casefold(), (wanted, words)


def export_the_pack(clerk: Clerk, place: Path) -> Path:
    """Key X of the day's sheet."""
    file = place / "ho-so-ca.zip"
    page = sync_page(clerk)
    page.days.ways.ask_file = lambda over, name: str(file)
    clerk.press("C", "X")
    clerk.until(file.exists, "the pack is written")
    clerk.rest()
    clerk.press("Escape")
    return file


def the_pack_is_whole_and_shows_one_changed_byte(pack: Path, books: Books, place: Path) -> None:
    script = place / "alone" / "verifier.py"
    script.parent.mkdir()
    script.write_bytes(Path(verifier.__file__).read_bytes())
    done = _verify(script, pack)
    said = json.loads(done.stdout)
    assert (done.returncode, said["ok"], said["breaks"]) == (0, True, [])
    sums = said["journal"]["money"]
    assert sums["receipts"] == sum(books.paid.values()) - sum(books.back.values()), sums
    raw = pack.read_bytes()
    with zipfile.ZipFile(pack) as archive:
        entry = archive.getinfo("entries.jsonl")
    begin = entry.header_offset + 30 + len(entry.filename)
    at = raw.index(b'"amount": 135000', begin) + len('"amount": 135')
    assert at < begin + entry.file_size
    changed = place / "sua-mot-so.zip"
    changed.write_bytes(raw[:at] + b"9" + raw[at + 1:])
    line = raw.count(b"\n", begin, at) + 1
    done = _verify(script, changed)
    assert done.returncode == 1
    assert json.loads(done.stdout)["breaks"] == [{"file": "entries.jsonl", "line": line, "what": "line_changed"}]


def _verify(script: Path, pack: Path) -> subprocess.CompletedProcess[bytes]:
    """The bare script: nothing of this program is on its path."""
    return subprocess.run([sys.executable, "-I", str(script), str(pack)], capture_output=True, check=False)


def the_province_holds_the_same(clerk: Clerk, scene: Scene, books: Books, dossiers: int) -> None:
    scene.province.start()                         # the line comes back
    contact(clerk)
    clerk.until(lambda: waiting(clerk) == 0, "the province has confirmed everything")
    by_type = scene.province.report()["by_type"]
    wanted = {"cash.opened": 1, "money.collected": books.collections, "money.voided": 1, "money.refunded": 1,
              "cash.closed": 1, "statement.read": 1, "transfer.confirmed": 1,
              "dossier.received": dossiers}
    assert {name: by_type.get(name, 0) for name in wanted} == wanted
    page = sync_page(clerk)
    clerk.press("C", "G")
    days = page.days.ways
    clerk.until(lambda: not days.read().is_asked and days.read().last is not None, "the day is compared")
    clerk.look("cash-9-compared")
    with desk(clerk).office.database.reading() as connection:
        today = days.read().today.isoformat()
        assert standing_differences(connection) == ()
        found = compared_day(connection, today)
    assert found is not None and found.ours == found.theirs
    assert _money(found.theirs, "collected") == books.paid
    assert _money(found.theirs, "back") == books.back


def _money(figures: Figures, act: str) -> Amounts[tuple[str, str]]:
    """What the province counts, by owner and means."""
    sums: Amounts[tuple[str, str]] = Amounts()
    for (_, owner, _), of in figures.items():
        for name, amount in of.items():
            if name.startswith(f"money.{act}."):
                sums[owner, name.rsplit(".", 1)[1]] += amount
    return sums
