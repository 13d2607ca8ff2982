"""Each scan a line with its place, F12 the whole list; what does not fit is said and leaves the list as it was."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.life.states import Delivery, Holder
from tests.app.services.results.counter import with_original
from tests.office import sample_intake
from tests.ui.returning.bench import Bench, write
from tests.ui.returning.test_giving_out import ALT, press
from ui.pages.returning.page import TAKE, ReturnPage


def at_list(held: Bench, qtbot: QtBot) -> ReturnPage:
    page = held.page(qtbot)
    page.show_view(TAKE)
    return page


def on_way(held: Bench, intake: object = None) -> str:
    code = held.counter.receive(intake)  # type: ignore[arg-type]
    held.counter.hand_over(code)
    return code


def said(page: ReturnPage) -> str:
    banner = page.take_view.trouble
    return banner.title() if banner.isVisible() else ""


def test_scan_scan_f12_shelves_prints_and_offers_the_messages(held: Bench, qtbot: QtBot) -> None:
    one, two = on_way(held), on_way(held)
    page = at_list(held, qtbot)
    for code in (one, two):
        assert page.take_scan(code)
    write(page.take_view.line.number.line, "12/PLLTP")
    write(page.take_view.line.day.line, "20/11/2026")
    press(Qt.Key.Key_F12)
    first, second = held.counter.life(one), held.counter.life(two)
    assert (first.shelf, second.shelf) == ("A-01", "A-02")
    assert second.result is not None
    assert (second.result.number, second.result.day) == ("12/PLLTP", date(2026, 11, 20))
    assert second.result.kind == "Kết quả thủ tục Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam"
    assert [slip for slip, _, _ in held.around.tray.papers] == ["shelf_label", "shelf_label", "result_handover"]
    assert page.taking.tray.lines == ()
    press(Qt.Key.Key_N, ALT)
    assert page._notice is not None and page._notice.is_open
    press(Qt.Key.Key_Right)
    assert two in page._notice.title.text()
    press(Qt.Key.Key_Escape)


def test_the_same_cover_twice_another_agencys_and_an_unknown_one_leave_the_list_alone(
    held: Bench, qtbot: QtBot
) -> None:
    code, other = on_way(held), on_way(held, sample_intake("xd", procedure="1.013225"))
    page = at_list(held, qtbot)
    for text in (code, code, other, "H47.15-261123-0999"):
        assert page.take_scan(text)
    assert (held.around.clicks.accepted, held.around.clicks.refused) == (1, 3)
    assert [line.code for line in page.taking.tray.lines] == [code]
    assert said(page)


def test_an_odd_result_is_stored_only_once_the_clerk_says_so(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.receive()
    page = at_list(held, qtbot)
    assert page.take_scan(code)
    assert said(page) == f"Kết quả {code} về khi chưa chờ"
    press(Qt.Key.Key_F12)
    assert held.counter.life(code).delivery is Delivery.NONE
    assert page.take_view.line.meant.hasFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    assert held.counter.life(code).delivery is Delivery.SHELF


def test_originals_that_came_back_are_ticked(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.receive(with_original("gốc"))
    held.counter.hand_over(code, "1#1")
    page = at_list(held, qtbot)
    assert page.take_scan(code)
    press(Qt.Key.Key_A, ALT)
    press(Qt.Key.Key_F12)
    assert held.counter.life(code).originals[0].holder is Holder.COUNTER


def test_a_line_is_removed_and_an_empty_list_stores_nothing(held: Bench, qtbot: QtBot) -> None:
    code = on_way(held)
    page = at_list(held, qtbot)
    assert page.take_scan(code)
    press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert page.taking.tray.lines == ()
    before = held.counter.lines()
    page.act()
    assert held.counter.lines() == before
    assert held.around.clicks.refused == 1


def test_scanned_lines_are_there_again_after_a_restart(held: Bench, qtbot: QtBot) -> None:
    one, two = on_way(held), on_way(held)
    page = at_list(held, qtbot)
    for code in (one, two):
        page.take_scan(code)
    write(page.take_view.delivery.line, "7/BGKQ")
    held.counter.take(two)                         # meanwhile it came in at another window
    again = at_list(held, qtbot)
    assert [line.code for line in again.taking.tray.lines] == [one]
    assert again.take_view.delivery.text() == "7/BGKQ"
    again.act()
    assert held.counter.life(one).delivery is Delivery.SHELF


def test_a_typed_code_and_what_is_no_code(held: Bench, qtbot: QtBot) -> None:
    code = on_way(held)
    page = at_list(held, qtbot)
    page.take_view.code.line.setFocus()
    write(page.take_view.code.line, code)
    press(Qt.Key.Key_Return)
    assert [line.code for line in page.taking.tray.lines] == [code]
    write(page.take_view.code.line, "không phải mã")
    press(Qt.Key.Key_Return)
    assert held.around.clicks.refused == 1
