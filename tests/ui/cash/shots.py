"""`python -m tests.ui.cash.shots OUTDIR [NAME …]`: the cash page in its states as pictures, to be looked at."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.app.services.till.desk import cash, fee
from tests.app.services.till.test_later_fees import owing
from tests.ui.cash.desk import NAMES, Bench, bench, busy_day
from tests.ui.shooting import LOOKS, Shot, Studio, open_wide, put_away, take, window_of
from ui.dialogs.cash_close_sheet import CashCloseSheet
from ui.dialogs.cash_collect_sheet import CashCollectSheet
from ui.dialogs.cash_match_sheet import CashMatchSheet
from ui.pages.cash.page import CashPage
from ui.pages.cash.views import View
from ui.shortcuts import Place

Scene = Callable[[Bench, CashPage], None]


def empty(held: Bench, page: CashPage) -> None:
    page.show_view(View.SESSION)


def session(held: Bench, page: CashPage) -> None:
    page.show_view(View.SESSION)


def many(held: Bench, page: CashPage) -> None:
    page.show_view(View.MONEY)


def transfers(held: Bench, page: CashPage) -> None:
    page.show_view(View.TRANSFERS)


def statement(held: Bench, page: CashPage) -> None:
    held.statement((201_000, "CT DEN khong ro noi dung 123"), (204_000, "MBVCB.998 chuyen tien phi ho so"),
                   (204_000, _purpose(held, page)))
    page.show_view(View.STATEMENT)


def matching(held: Bench, page: CashPage) -> None:
    statement(held, page)
    table = page.views.tables[View.STATEMENT]
    table.stand_on(1)
    page.act()
    assert page.banking.sheet(CashMatchSheet).is_open


def remittances(held: Bench, page: CashPage) -> None:
    held.play.close({100_000: 20})
    page.show_view(View.REMITTANCES)


def remitting(held: Bench, page: CashPage) -> None:
    remittances(held, page)
    page.act()


def receipts(held: Bench, page: CashPage) -> None:
    page.show_view(View.RECEIPTS)


def opening(held: Bench, page: CashPage) -> None:
    page.acting.open_session()


def collecting(held: Bench, page: CashPage) -> None:
    page.acting.collect(held.owing("Vũ Thị Thử Nghiệm", 500))
    sheet = page.acting.sheet(CashCollectSheet)
    sheet.stream.setCurrentIndex(2)


def square(held: Bench, page: CashPage) -> None:
    page.show_view(View.TRANSFERS)
    page.act()


def voiding(held: Bench, page: CashPage) -> None:
    page.views.tables[View.SESSION].stand_on(5)
    page.acting.void(page.views.current())


def refunding(held: Bench, page: CashPage) -> None:
    page.views.tables[View.SESSION].stand_on(5)
    page.acting.refund(page.views.current())


def closing(held: Bench, page: CashPage) -> None:
    page.acting.close_session()
    sheet = page.acting.sheet(CashCloseSheet)
    for kind, pieces in ((500_000, "1"), (100_000, "12"), (50_000, "7"), (2_000, "14")):
        sheet.count.fields[kind].line.setText(pieces)
        sheet.count.fields[kind].line.textEdited.emit(pieces)


def closed(held: Bench, page: CashPage) -> None:
    closing(held, page)
    page.acting.sheet(CashCloseSheet).confirm()


def moving(held: Bench, page: CashPage) -> None:
    page.acting.move_cash()


def ranging(held: Bench, page: CashPage) -> None:
    page.banking.take_range()


def spoiling(held: Bench, page: CashPage) -> None:
    page.banking.spoil()


def accounts(held: Bench, page: CashPage) -> None:
    page.banking.type_accounts()


def preview(held: Bench, page: CashPage) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sao-ke-thang-11.csv"
        lines = "".join(f"23/11/2026;{200 + turn}.000;;MBVCB.{turn} {_purpose(held, page)};FT26{turn:04}\n"
                        for turn in range(12))
        file.write_text("Ngày giao dịch;Số tiền ghi có;Số tiền ghi nợ;Nội dung;Số tham chiếu\n" + lines, "utf-8")
        page.banking.read_file(file)


def finding(held: Bench, page: CashPage) -> None:
    page.look_for()
    page.finding.field.set_text("200.000")
    page.finding.field.line.returnPressed.emit()
    page.views.find("200.000")


def slips(held: Bench, page: CashPage) -> None:
    for turn in range(4):
        held.play.collect(replace(cash(fee(150_000 + turn)), payer=NAMES[turn]), code=held.owing(turn=600 + turn))
        held.office.clock.advance(timedelta(hours=20))
    page.show_view(View.SLIPS)


def unknown(held: Bench, page: CashPage) -> None:
    page.acting.collect(owing(held.play, None))


SCENES: tuple[Scene, ...] = (
    empty, session, many, transfers, statement, matching, remittances, remitting, receipts, opening, collecting,
    square, voiding, refunding, closing, closed, moving, ranging, spoiling, accounts, preview,
    finding, slips, unknown,
)


def _purpose(held: Bench, page: CashPage) -> str:
    page.show_view(View.TRANSFERS)
    row = page.views.current()
    return f"{row.token} thanh toan"


def shoot(held: Bench, shot: Shot[Scene]) -> None:
    if shot.scene not in (empty, opening, slips):
        busy_day(held, 450 if shot.scene is many else 20)
        held.office.clock.advance(timedelta(minutes=30))
    words = replace(held.desk, language=lambda: shot.words)  # type: ignore[misc]  # a field that is a function
    window = window_of(held.office)
    open_wide(window, shot.width, shot.height)
    window.register_place(Place.CASH, lambda: CashPage(words))
    page = window.go(Place.CASH)
    assert isinstance(page, CashPage)
    shot.scene(held, page)
    take(window, shot.file, glances=8)
    put_away(window)


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES, LOOKS[:2] if len(arguments) == 1 else LOOKS):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as place, bench(Path(place)) as held:
            shoot(held, shot)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
