"""The fee step under the hand: what is counted, who pays less, and why the sum is what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.fee_formula import Count
from app.domain.fee_relief import Relief
from app.domain.intake import ChargedFee, FeeTiming, Intake
from app.domain.procedure import FeeKind, FeeRule
from tests.app.domain.test_fee_formula import CERTIFYING, RECORDS
from tests.ui.heard import unheard, unreached
from tests.ui.intake.conftest import CARD, Counter, Open, one_procedure
from ui.pages.intake.filled import intake_of
from ui.pages.intake.form import Step

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
POOR = Relief("ngheo", "Hộ nghèo", ("phi", "le-phi"), percent=100, proof="Giấy chứng nhận hộ nghèo")
STUDENT = Relief("sinh-vien", "Sinh viên", ("phi",), percent=50, legal_basis="Nghị quyết mẫu")
ONLINE = Relief("truc-tuyen", "Nộp trực tuyến", ("le-phi",), amount=8_000, channel=2)
FEE = FeeRule("Phí thử", FeeKind.FEE, 100_000, code="phi", legal_basis="Thông tư mẫu")
CHARGE = FeeRule("Lệ phí thử", FeeKind.CHARGE, 15_000, code="le-phi")
PAGES = FeeRule("Phí chứng thực", FeeKind.FEE, None, code="phi", formula=CERTIFYING)


def at_fees(open_counter: Open, *fees: FeeRule, reliefs: tuple[Relief, ...] = (POOR, STUDENT, ONLINE)) -> Counter:
    counter = open_counter()
    catalogue = one_procedure(counter.office.application.catalogue, fees=fees)
    counter.use(replace(catalogue, reliefs=reliefs))
    counter.choose()
    counter.scan(CARD)
    counter.page.go_to(Step.PAPERS)
    counter.type("a")
    counter.press(Key.Key_Return)
    return counter


def shown(counter: Counter) -> str:
    return counter.page.column._money.value()


def received(counter: Counter) -> Intake:
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    return counter.dossier(counter.rows()[0].code).body.intake


def choose_group(counter: Counter, code: str) -> None:
    """With the arrow keys, from where the clerk stands."""
    group = counter.page.steps.fees._group
    group.setFocus()
    codes = [group.itemData(at) for at in range(group.count())]
    way = codes.index(code) - group.currentIndex()
    for _ in range(abs(way)):
        counter.press(Key.Key_Down if way > 0 else Key.Key_Up)


def test_pages_are_counted_with_the_keys_of_a_number_pad(open_counter: Open) -> None:
    counter = at_fees(open_counter, PAGES)
    assert counter.focus() == "Số trang x số bản: Phí chứng thực"
    assert shown(counter) == "Chưa rõ"
    counter.type("2*3 5")
    assert shown(counter) == "19.000 đ"
    (fee,) = received(counter).fees
    assert (fee.amount, fee.counts, fee.formula) == (19_000, (Count(2, 3), Count(5)), CERTIFYING)
    assert (fee.rule, fee.catalogue, fee.gross) == ("phi", "thử-2", 19_000)


def test_tab_goes_on_from_a_counted_fee_through_the_whole_window(open_counter: Open) -> None:
    counter = at_fees(open_counter, PAGES)
    assert [*unheard(counter.window), *unreached(counter.window)] == []


def test_a_count_that_cannot_be_read_stops_and_says_how(open_counter: Open) -> None:
    counter = at_fees(open_counter, PAGES)
    counter.type("2x")
    counter.press(Key.Key_F12)
    assert counter.rows() == ()
    assert counter.focus() == "Số trang x số bản: Phí chứng thực"
    counter.type("3")
    assert received(counter).fees[0].amount == 12_000


def test_tab_walks_the_step_in_the_order_of_the_talk(open_counter: Open) -> None:
    counter = at_fees(open_counter, PAGES, replace(CHARGE, amount=None))
    choose_group(counter, "sinh-vien")
    counter.page.go_to(Step.FEES, "fee:0")
    walked = [counter.focus()]
    for _ in range(4):
        counter.press(Key.Key_Tab)
        walked.append(counter.focus())
    assert walked == [
        "Số trang x số bản: Phí chứng thực", "Số tiền: Lệ phí thử", "Đối tượng miễn, giảm",
        "Thu khi nào: Thu trước", "Giấy tờ chứng minh đã xem: tên và số",
    ]
    counter.page.go_to(Step.FEES, "fee:0")
    counter.type("x")
    counter.press(Key.Key_Tab)
    assert counter.page.steps.fees._rows._fields[0].message() == "Gõ số đếm: 5; nhiều bản thì 2x3."


def test_what_the_formula_takes_for_granted_costs_no_key(open_counter: Open) -> None:
    counter = at_fees(open_counter, replace(PAGES, formula=RECORDS))
    assert shown(counter) == "200.000 đ"
    counter.press(Key.Key_Return)
    assert counter.page.form().step is Step.RETURN
    counter.page.go_to(Step.FEES, "fee:0")
    counter.type("4")
    assert shown(counter) == "210.000 đ"


def test_a_group_that_pays_nothing_is_an_exemption_with_its_proof(open_counter: Open) -> None:
    counter = at_fees(open_counter, FEE, CHARGE)
    choose_group(counter, "ngheo")
    assert shown(counter) == "0 đ"
    counter.press(Key.Key_F12)
    assert counter.rows() == ()
    assert counter.focus() == "Giấy tờ chứng minh đã xem: tên và số"
    counter.type("Giấy chứng nhận hộ nghèo số 12")
    intake = received(counter)
    assert (intake.fee_timing, intake.exemption) == (FeeTiming.EXEMPT, "ngheo")
    assert intake.exemption_reason == "Hộ nghèo"
    assert intake.exemption_proof == "Giấy chứng nhận hộ nghèo số 12"
    assert [(fee.gross, fee.discount, fee.amount) for fee in intake.fees] == [
        (100_000, 100_000, 0), (15_000, 15_000, 0)
    ]


def test_a_group_that_pays_less_pays_before_or_after_as_everybody(open_counter: Open) -> None:
    counter = at_fees(open_counter, FEE, CHARGE)
    choose_group(counter, "sinh-vien")
    assert shown(counter) == "65.000 đ"
    assert counter.page.column._money._note.text() == "Thu trước · đã giảm 50.000 đ"
    counter.press(Key.Key_Return)
    counter.type("Thẻ sinh viên 001")
    intake = received(counter)
    assert (intake.fee_timing, intake.exemption) == (FeeTiming.BEFORE, "sinh-vien")
    assert [fee.exemption for fee in intake.fees] == ["sinh-vien", ""]


def test_what_was_filed_online_costs_less_by_itself(open_counter: Open) -> None:
    counter = at_fees(open_counter, CHARGE)
    counter.page._on_edited(replace(counter.page.form(), channel=2, national_code="H47.15-261120-0777"))
    assert shown(counter) == "7.000 đ"
    (fee,) = received(counter).fees
    assert (fee.gross, fee.discount, fee.exemption) == (15_000, 8_000, "")


def test_an_exemption_that_no_group_covers_asks_for_both_words(open_counter: Open) -> None:
    counter = at_fees(open_counter, FEE, reliefs=())
    assert not counter.page.steps.fees._group.isVisible()
    counter.page.steps.fees._timing.stop().setFocus()
    counter.press(Key.Key_Right)
    counter.press(Key.Key_Right)
    counter.press(Key.Key_Return)
    assert counter.focus() == "Lý do miễn, được in trên giấy tiếp nhận"
    counter.type("Quyết định riêng")
    counter.press(Key.Key_Return)
    assert counter.focus() == "Giấy tờ chứng minh đã xem: tên và số"
    counter.type("Quyết định số 5")
    intake = received(counter)
    assert (intake.fee_timing, intake.exemption) == (FeeTiming.EXEMPT, "")
    assert (intake.exemption_reason, intake.exemption_proof) == ("Quyết định riêng", "Quyết định số 5")


def test_taking_the_group_back_takes_its_words_back(open_counter: Open) -> None:
    counter = at_fees(open_counter, FEE)
    choose_group(counter, "ngheo")
    counter.page.steps.fees.proof.line.setFocus()
    counter.type("Giấy số 12")
    choose_group(counter, "")
    form = counter.page.form()
    assert (form.exemption, form.exemption_reason, form.exemption_proof) == ("", "", "")
    assert shown(counter) == "100.000 đ"


def test_saying_that_it_is_paid_after_all_takes_the_group_back(open_counter: Open) -> None:
    counter = at_fees(open_counter, FEE)
    choose_group(counter, "ngheo")
    counter.page.steps.fees._timing.stop().setFocus()
    counter.press(Key.Key_Left)
    form = counter.page.form()
    assert (form.exemption, form.fee_timing, shown(counter)) == ("", FeeTiming.AFTER, "100.000 đ")


@pytest.mark.parametrize("key", ["?", "Alt+M"])
def test_why_this_amount_is_told_step_by_step(open_counter: Open, key: str) -> None:
    counter = at_fees(open_counter, replace(PAGES, legal_basis="Thông tư mẫu"))
    counter.type("2x3 5")
    choose_group(counter, "sinh-vien")
    if key == "?":
        counter.page.steps.fees._timing.stop().setFocus()
        counter.type("?")
    else:
        counter.press(Key.Key_M, ALT)
    assert counter.focus() == "Vì sao số tiền này?"
    sheet = counter.page._why
    assert sheet is not None
    told = [label.text() for label in sheet.findChildren(QLabel)]
    for line in (
        "Cách tính: 2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản. Căn cứ: Thông tư mẫu.",
        "2 trang: 2 × 2.000 đ = 4.000 đ; 3 bản: 12.000 đ.",
        "5 trang: 2 × 2.000 đ + 3 × 1.000 đ = 7.000 đ.",
        "Cộng lại: 19.000 đ.",
        "Giảm 50 %: Sinh viên, bớt 9.500 đ. Căn cứ: Nghị quyết mẫu.",
        "Phải thu: 9.500 đ.",
        "Danh mục bản thử-2.",
    ):
        assert line in told
    counter.press(Key.Key_Escape)
    assert counter.focus() in ("Đối tượng miễn, giảm", "Thu khi nào: Thu trước")


def test_a_correction_keeps_the_working_until_the_amount_is_changed(open_counter: Open) -> None:
    counter = at_fees(open_counter, PAGES)
    counter.type("2x3")
    choose_group(counter, "sinh-vien")
    counter.page.steps.fees.proof.line.setFocus()
    counter.type("Thẻ 001")
    before = received(counter)
    counter.page.correct(counter.rows()[0].code)
    form = counter.page.form()
    assert (shown(counter), form.exemption, form.exemption_proof) == ("6.000 đ", "sinh-vien", "Thẻ 001")
    counter.page.go_to(Step.FEES, "fee:0")
    field = counter.page.steps.fees._rows._fields[0].line
    field.clear()
    counter.type("7000")
    assert shown(counter) == "7.000 đ"
    assert intake_of(counter.page.form()).fees[0] == ChargedFee("Phí chứng thực", "fee", 7_000, is_typed=True)
    field.clear()
    counter.type("6000")
    assert intake_of(counter.page.form()).fees == before.fees
    choose_group(counter, "")
    assert shown(counter) == "12.000 đ"
    assert intake_of(counter.page.form()).fees == (replace(before.fees[0], amount=12_000, relief=None),)
