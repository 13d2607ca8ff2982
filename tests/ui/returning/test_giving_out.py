"""Two scans, a person, originals, money, F12: by keys and scans alone; a wrong pair is refused aloud."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.digitised import RESULT
from app.domain.dossier import State
from app.domain.life.facts import CollectorRole
from app.domain.life.states import Delivery, Holder, MoneyState
from app.domain.original_code import original_text
from app.domain.result_code import result_text
from tests.app.services.results.counter import DELEGATE, with_original
from tests.ui.digitise.desk import scan_desk
from tests.ui.digitise.scanner import Pile
from tests.ui.dossier.desk import present
from tests.ui.returning.bench import CARD, OTHER_CARD, Bench, another, owing_with_original, write
from ui.pages.digitise.page import DigitisePage
from ui.pages.returning.page import GIVE, TAKE, WAIT, ReturnPage

ALT = Qt.KeyboardModifier.AltModifier


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, held)
    QApplication.processEvents()


def said(page: ReturnPage) -> str:
    """The title of the banner, "" while it is silent."""
    banner = page.give_view.trouble
    return banner.title() if banner.isVisible() else ""


def scan(page: ReturnPage, *texts: str) -> None:
    for text in texts:
        assert page.take_scan(text)


def test_two_scans_and_a_card_give_the_result_out(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready()
    page = held.page(qtbot)
    scan(page, code)
    assert not page.give_view.facts.give.isEnabled()
    scan(page, result_text(code), CARD)
    assert page.give_view.facts.give.isEnabled()
    assert page.give_view.collector.role.value() is CollectorRole.OWNER
    press(Qt.Key.Key_F12)
    life = held.counter.life(code)
    assert (life.business, life.delivery) == (State.RETURNED, Delivery.RETURNED)
    assert said(page) == f"Đã trả kết quả {code} cho Nguyễn Thị Mẫu Ánh"
    assert [slip for slip, _, _ in held.around.tray.papers] == ["result_receipt"]
    assert page.give_view.slots.receipt.code() == "Chưa quét", "ready for the next citizen"


@pytest.mark.parametrize("is_result_first", [False, True])
def test_a_wrong_pair_is_refused_and_both_papers_say_which_they_are(
    held: Bench, qtbot: QtBot, is_result_first: bool
) -> None:
    ours, other = held.counter.ready(), held.counter.ready(another("khác"))
    page = held.page(qtbot)
    texts = [ours, result_text(other)]
    scan(page, *(reversed(texts) if is_result_first else texts))
    slots = page.give_view.slots
    assert (slots.receipt.code(), slots.result.code()) == (ours, other)
    assert "A-01" in slots.receipt.accessibleName() and "A-02" in slots.result.accessibleName()
    assert held.around.clicks.refused == 1
    assert said(page)
    if not is_result_first:
        assert "Người Khác" not in "".join(text.text() for text in page.findChildren(type(slots.receipt._title)))
    press(Qt.Key.Key_F12)
    assert {held.counter.life(code).delivery for code in (ours, other)} == {Delivery.SHELF}
    scan(page, result_text(ours) if not is_result_first else other, CARD if not is_result_first else OTHER_CARD)
    press(Qt.Key.Key_F12)
    assert held.counter.life(other if is_result_first else ours).delivery is Delivery.RETURNED


def test_the_next_citizens_receipt_begins_the_next_return(held: Bench, qtbot: QtBot) -> None:
    one, two = held.counter.ready(), held.counter.ready()
    page = held.page(qtbot)
    scan(page, one, two)
    assert page.giving.held is not None and page.giving.held.code == two
    assert page.give_view.slots.receipt.code() == two


def test_a_delegate_needs_the_authorisation_and_the_hand_goes_to_its_field(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready()
    page = held.page(qtbot)
    scan(page, code, result_text(code), OTHER_CARD)
    assert page.give_view.collector.role.value() is CollectorRole.DELEGATE
    press(Qt.Key.Key_F12)
    assert page.give_view.collector.authority.line.hasFocus()
    write(page.give_view.collector.authority.line, "GUQ 12/2026")
    press(Qt.Key.Key_F12)
    assert held.counter.life(code).delivery is Delivery.RETURNED


def test_originals_are_ticked_by_their_labels_and_money_is_taken_first(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready(owing_with_original("đủ"))
    page = held.page(qtbot)
    scan(page, code, result_text(code), CARD)
    press(Qt.Key.Key_F12)
    assert page.give_view.originals.left.line.hasFocus()
    scan(page, original_text(code, "1"))
    assert page.give_view.originals.given() == ("1#1",)
    press(Qt.Key.Key_F12)
    assert page.give_view.money.amount.line.hasFocus()
    write(page.give_view.money.amount.line, "200000")
    press(Qt.Key.Key_F12)
    life = held.counter.life(code)
    assert (life.money, life.originals[0].holder) == (MoneyState.TAKEN, Holder.CITIZEN)


def test_originals_not_here_stay_for_a_reason(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.receive(with_original("ở sở"))
    held.counter.hand_over(code, "1#1")
    held.counter.take(code)
    page = held.page(qtbot)
    scan(page, code, result_text(code), CARD)
    press(Qt.Key.Key_A, ALT)
    assert page.give_view.originals.given() == ()
    press(Qt.Key.Key_F12)
    write(page.give_view.originals.left.line, "Công an tỉnh còn giữ")
    press(Qt.Key.Key_F12)
    life = held.counter.life(code)
    assert (life.delivery, life.originals[0].holder) == (Delivery.RETURNED, Holder.AGENCY)


def test_a_lost_receipt_needs_a_reason(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready()
    page = held.page(qtbot)
    scan(page, CARD)
    assert said(page) == "Có 1 kết quả của người này ở quầy"
    press(Qt.Key.Key_M, ALT)
    scan(page, result_text(code))
    press(Qt.Key.Key_F12)
    assert page.give_view.lost.line.hasFocus()
    assert held.counter.life(code).delivery is Delivery.SHELF
    write(page.give_view.lost.line, "Rơi giấy hẹn")
    press(Qt.Key.Key_F12)
    assert held.counter.life(code).delivery is Delivery.RETURNED


def test_a_receipt_that_was_found_after_all_ends_the_loss(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready()
    page = held.page(qtbot)
    press(Qt.Key.Key_M, ALT)
    scan(page, code, result_text(code), CARD)
    assert not page.give_view.lost.isVisible()
    press(Qt.Key.Key_F12)
    assert held.counter.life(code).delivery is Delivery.RETURNED


def test_a_typed_code_is_as_good_as_a_scan(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready()
    page = held.page(qtbot)
    for text in (code.lower(), result_text(code)):
        write(page.give_view.code.line, text)
        press(Qt.Key.Key_Return)
    assert page.give_view.facts.give.isEnabled()
    write(page.give_view.code.line, "linh tinh")
    press(Qt.Key.Key_Return)
    assert held.around.clicks.refused == 1


def test_without_a_result_here_the_page_says_where_it_is(held: Bench, qtbot: QtBot) -> None:
    waiting, done = held.counter.receive(), held.counter.ready()
    held.counter.give(done, collector=DELEGATE)
    page = held.page(qtbot)
    scan(page, waiting)
    assert said(page) == f"Chưa có kết quả {waiting} ở quầy"
    scan(page, done)
    assert said(page).startswith(f"Kết quả {done} đã trả lúc")
    press(Qt.Key.Key_F12)
    assert held.around.clicks.refused == 3


def test_a_wrong_return_is_recalled_shelved_and_given_again_by_keys(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready(with_original("nhầm"))
    page = held.page(qtbot)
    scan(page, code, result_text(code), OTHER_CARD)
    write(page.give_view.collector.authority.line, "GUQ 1")
    press(Qt.Key.Key_A, ALT)
    press(Qt.Key.Key_F12)
    press(Qt.Key.Key_U, ALT)
    press(Qt.Key.Key_Return)
    assert held.counter.life(code).delivery is Delivery.RETURNED, "no reason, no recall"
    write(QApplication.focusWidget(), "Đưa nhầm người")
    press(Qt.Key.Key_Return)
    assert held.counter.life(code).delivery is Delivery.RECALLED
    scan(page, result_text(code))
    press(Qt.Key.Key_L, ALT)
    assert page._shelve is not None
    next(iter(page._shelve._ticks.values())).setChecked(True)
    press(Qt.Key.Key_Return)
    assert page._shelve.note.line.hasFocus()
    write(page._shelve.note.line, "Mang về đủ")
    press(Qt.Key.Key_Return)
    life = held.counter.life(code)
    assert (life.delivery, life.originals[0].holder) == (Delivery.SHELF, Holder.COUNTER)
    scan(page, code, result_text(code), CARD)
    press(Qt.Key.Key_A, ALT)
    press(Qt.Key.Key_F12)
    assert held.counter.life(code).delivery is Delivery.RETURNED
    assert held.counter.life(code).conflicts == ()


def test_esc_asks_before_a_begun_return_is_put_away(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready()
    page = held.page(qtbot)
    scan(page, code)
    press(Qt.Key.Key_Escape)
    assert page.giving.held is not None
    press(Qt.Key.Key_Escape)
    assert page.giving.held is None
    assert said(page) == ""


def test_a_printer_out_of_order_leaves_the_return_and_an_open_print(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready()
    held.around.tray.is_broken = True
    page = held.page(qtbot)
    scan(page, code, result_text(code), CARD)
    press(Qt.Key.Key_F12)
    assert held.counter.life(code).delivery is Delivery.RETURNED
    assert held.around.frame.warnings


def test_the_three_views_and_what_waits_by_age_and_by_shelf(held: Bench, qtbot: QtBot) -> None:
    one, two = held.counter.ready(), held.counter.ready()
    page = held.page(qtbot)
    assert page.view == GIVE
    press(Qt.Key.Key_2, ALT)
    assert page.view == TAKE
    press(Qt.Key.Key_3, ALT)
    assert page.view == WAIT
    assert [row.code for row in page.waiting.rows.rows()] == [one, two]
    press(Qt.Key.Key_L, ALT)
    assert page._shelve is not None
    page._shelve.shelf.line.setText("Z-1")
    press(Qt.Key.Key_Return)
    assert held.counter.life(one).shelf == "Z-1"
    press(Qt.Key.Key_K, ALT)
    assert [row.code for row in page.waiting.rows.rows()] == [two, one]
    press(Qt.Key.Key_Return)
    assert page.view == GIVE
    assert page.giving.held is not None and page.giving.held.code == two
    scan(page, two, result_text(two), CARD)
    press(Qt.Key.Key_F12)
    assert held.counter.life(two).delivery is Delivery.RETURNED


def test_the_result_is_among_the_papers_to_digitise(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready()
    page = held.page(qtbot)
    scan(page, code)
    with qtbot.waitSignal(page.digitise_requested) as asked:
        press(Qt.Key.Key_S, ALT)
    assert asked.args == [code]
    desk, scans = scan_desk(held.counter.office, held.desk, Pile())
    try:
        papers = present(qtbot, DigitisePage(desk, code))
        papers.go_to(RESULT)
        assert papers.paper is not None and papers.paper.requirement == RESULT
    finally:
        scans.close()


def test_the_message_for_the_citizen_is_one_key_away(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.ready()
    page = held.page(qtbot)
    press(Qt.Key.Key_3, ALT)
    press(Qt.Key.Key_N, ALT)
    press(Qt.Key.Key_1)
    assert code in QApplication.clipboard().text()
    assert not page.take_scan(code) or held.around.clicks.refused == 1
    press(Qt.Key.Key_Escape)


def test_who_holds_an_original_and_giving_it_back_later(held: Bench, qtbot: QtBot) -> None:
    code = held.counter.receive(with_original("sót"))
    held.counter.hand_over(code, "1#1")
    held.counter.take(code)
    held.counter.give(code, originals_left="Sở còn giữ")
    page = held.page(qtbot)
    press(Qt.Key.Key_O, ALT)
    sheet = page.ledger.sheet
    assert sheet is not None and sheet.is_open
    assert [(row.code, row.holder) for row in sheet.rows.rows()] == [(code, Holder.AGENCY)]
    scan(page, original_text(code, "1"))
    assert "Trần Thị Thử" in sheet.rows.rows()[0].said
    write(sheet.reason.line, "Sở gửi lại, đã trả tận tay")
    press(Qt.Key.Key_Return)
    assert [row.holder for row in sheet.rows.rows()] == [Holder.CITIZEN]
    press(Qt.Key.Key_P, ALT)
    assert held.around.tray.papers[-1][0] == "original_label"
    press(Qt.Key.Key_Escape)
    assert not sheet.is_open
