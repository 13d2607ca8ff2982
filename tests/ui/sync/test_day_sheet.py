"""Đối chiếu ngày on the Đồng bộ page: equal or named differences, asked for and printed by keys."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import verifier
from app.domain.day_comparison import Difference, Kind
from app.domain.day_money import Loose, LooseMoney
from app.domain.turn import Turn
from app.domain.vietnam_time import local
from app.services import reconcile as kept
from tests.app.services.till.desk import CashDesk, cash, postage
from tests.office import Office
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import receive
from ui.dialogs.day_sheet import DaySheet
from ui.models.day_money_words import repair_words, what_is_loose
from ui.models.day_words import PRESS, press_words, what_words
from ui.models.turn_words import turn_words
from ui.operations.desk import Desk
from ui.pages.sync.page import SyncPage


def compared(office: Office, *found: Difference, back: int = 2) -> None:
    """As comparisons of the last days leave the book."""
    now = office.clock.now()
    today = local(now).date()
    days = [(today - timedelta(days=n)).isoformat() for n in range(back)]
    with office.application.database.writing() as connection:
        kept.note_comparison(connection, days, {}, {}, found, now, today)


def difference(
    code: str, kind: Kind = Kind.MISSING_THERE, reason: str = "lost", **values: str | int
) -> Difference:
    return Difference("2026-11-23", kind, code, Turn.PROVINCE, reason, values)


def opened(qtbot: QtBot, desk: Desk) -> tuple[SyncPage, DaySheet]:
    page = present(qtbot, SyncPage(desk))
    page.refresh()
    qtbot.keyClick(page, Qt.Key.Key_C)
    sheet = page.days.ways.sheet
    assert sheet is not None and sheet.is_open
    return page, sheet


def test_the_count_of_the_card_is_the_length_of_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        compared(office, *(difference(f"H47.15-261123-{n:04d}") for n in range(1, 4)))
        page, sheet = opened(qtbot, desk)
        assert [fact.value for fact in page.days.facts or ()] == ["3 chỗ lệch", "khớp"]
        assert sheet.lines.rowCount() == 3 and "3 chỗ lệch" in sheet.state.text()
        compared(office)
        page.refresh()
        assert [fact.value for fact in page.days.facts or ()] == ["khớp", "khớp"]
        assert sheet.lines.rowCount() == 0 and "0 chỗ lệch" in sheet.state.text()


def test_g_asks_for_a_comparison_and_wakes_the_courier(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        page, sheet = opened(qtbot, desk)
        with qtbot.waitSignal(page.send_requested):
            qtbot.keyClick(sheet, Qt.Key.Key_G)
        with office.application.database.reading() as connection:
            assert kept.asked_back(connection) == 7
        assert not sheet.compare.isEnabled()
        with office.application.database.writing() as connection:
            kept.note_no_comparison(connection, "line_down", desk.clock(), date(2026, 11, 23))
        page.refresh()
        assert sheet.compare.isEnabled() and sheet.trouble.isVisible()


def test_enter_opens_the_dossier_that_differs(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        compared(office, difference(code))
        page, sheet = opened(qtbot, desk)
        sheet.table.stand_on(0)
        with qtbot.waitSignal(page.dossier_requested) as said:
            qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
        assert said.args[0] == code and not sheet.is_open


def test_the_days_minutes_are_printed_for_the_day_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        receive(office, "a", "Lê Văn Mẫu", 1)
        _, sheet = opened(qtbot, desk)
        assert "1 hồ sơ" in sheet.end.text() and "chưa đối chiếu" in sheet.end.text()
        qtbot.keyClick(sheet, Qt.Key.Key_I)
        qtbot.keyClick(sheet, Qt.Key.Key_Left)
        assert "22/11/2026" in sheet.day.text() and "0 hồ sơ" in sheet.end.text()
        for _ in range(2):
            qtbot.keyClick(sheet, Qt.Key.Key_Right)
        assert "23/11/2026" in sheet.day.text(), "tomorrow is no day to compare"
        (slip, copies, pdf) = around.tray.papers[0]
        assert (slip, copies, pdf[:5]) == ("day_end", 1, b"%PDF-")


def test_the_days_money_and_what_is_loose_of_it_stand_below_with_their_keys(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        till = CashDesk(office)
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        page, sheet = opened(qtbot, desk)
        assert not sheet.money.isVisible() and not sheet.loose.isVisible()
        assert sheet.size() == page.window().size()
        till.open({50_000: 2})
        till.collect(cash(postage()))
        page.refresh()
        assert "Ca quỹ còn mở" in sheet.money.text() and "đ" not in sheet.money.text().split(), "a blind count"
        rows = [(each.kind, each.name) for each in sheet.loose_lines.rows()]
        assert rows == [(Loose.FEE_UNCOLLECTED, code), (Loose.SESSION_OPEN, office.clerk.name)]
        sheet.loose.stand_on(1)
        qtbot.keyClick(sheet.loose, Qt.Key.Key_Return)
        assert sheet.is_open, "a session is no dossier: the row names the key of its page"
        till.close({50_000: 2, 5_000: 5})
        page.refresh()
        assert "Biên lai đã cấp: 25.000 đ" in sheet.money.text() and "ngoài hồ sơ 25.000 đ" in sheet.money.text()
        sheet.loose.stand_on(0)
        with qtbot.waitSignal(page.dossier_requested) as said:
            qtbot.keyClick(sheet.loose, Qt.Key.Key_Return)
        assert said.args[0] == code and not sheet.is_open


@pytest.mark.parametrize("kind", list(Loose))
def test_every_loose_thing_has_its_words_repair_and_key(kind: Loose) -> None:
    each = LooseMoney(kind, "PT-01", 5, date(2026, 11, 20))
    assert "20/11/2026" in what_is_loose(each) and repair_words(each).startswith(("F3: ", "F6: "))


def test_x_writes_the_days_pack_to_the_file_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        receive(office, "a", "Lê Văn Mẫu", 1)
        page, sheet = opened(qtbot, desk)
        asked: list[str] = []
        page.days.ways.ask_file = lambda over, name: asked.append(name) or ""
        qtbot.keyClick(sheet, Qt.Key.Key_X)
        assert asked == ["ho-so-ca-2026-11-23.zip"] and not list(tmp_path.glob("*.zip"))
        page.days.ways.ask_file = lambda over, name: str(tmp_path / name)
        qtbot.keyClick(sheet, Qt.Key.Key_X)
        found = verifier.verify_pack_file(tmp_path / asked[0])
        assert found.breaks == [] and found.manifest["made_by"] == office.clerk.name


@pytest.mark.parametrize(("kind", "reason"), [*PRESS, (Kind.SUM, "taken.cash"), (Kind.SUM, "status.9"),
                                              (Kind.SUM, "money.collected.state.fee.cash")])
def test_every_difference_has_its_words(kind: Kind, reason: str) -> None:
    values: dict[str, str | int] = {
        "here": 5, "there": 6, "missing": 2, "number": 7, "figure": reason, "agency": "cong-an"}
    found = difference("H47.15-261123-0001", kind, reason, **values)
    for words in (what_words(found), press_words(found), turn_words(found.turn)[0]):
        assert words and "{" not in words and reason not in words
