"""What papers say of a fee: how it is counted, what was counted, who pays less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.fee import FeeDue, fees_due
from app.domain.fee_charge import charge
from app.domain.fee_formula import Count, Formula, PriceStep
from app.domain.fee_words import announced_line, charged_line, formula_words
from app.domain.papers import FeeLine
from app.domain.procedure import FeeKind
from tests.app.domain.catalogues import starter
from tests.app.domain.test_fee_charge import ALL, ONLINE, POOR, STUDENT, due, rule
from tests.app.domain.test_fee_formula import BRACKETS, CAPPED, CERTIFYING, PER_PERSON, RECORDS


@pytest.mark.parametrize(("formula", "words"), [
    (CERTIFYING, "2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản"),
    (PER_PERSON, "10.000 đ/người"),
    (RECORDS, "200.000 đ; từ Phiếu thứ 3: 5.000 đ/Phiếu"),
    (BRACKETS, "50.000 đ; từ m² thứ 501: 80.000 đ"),
    (CAPPED, "8.000 đ/bản; tất cả không quá 20.000 đ"),
    (Formula("trang", (PriceStep(1, 500),), base=1_000), "1.000 đ; 500 đ/trang"),
])
def test_a_formula_is_told_as_the_law_tells_it(formula: Formula, words: str) -> None:
    assert formula_words(formula) == words


LINE = due(rule(None, formula=CERTIFYING), POOR, ONLINE)


@pytest.mark.parametrize(("line", "counts", "channel", "group", "amount", "note"), [
    (ALL, None, 1, "", 100_000, ""),
    (ALL, None, 1, "ngheo", 0, "miễn 100.000 đ: Hộ nghèo (mẫu)"),
    (ALL, None, 1, "sinh-vien", 60_000, "giảm 40.000 đ: Sinh viên (mẫu)"),
    (LINE, [Count(2, 3), Count(5)], 1, "", 19_000, "2 trang × 3 bản, 5 trang"),
    (LINE, [Count(2, 3)], 2, "", 6_000, "2 trang × 3 bản; giảm 6.000 đ: Nộp trực tuyến"),
    (LINE, None, 1, "", None, ""),
    (LINE, None, 1, "ngheo", 0, "miễn: Hộ nghèo (mẫu)"),
])
def test_the_paper_of_a_dossier_says_what_was_counted_and_taken_off(
    line: FeeDue, counts: list[Count] | None, channel: int, group: str, amount: int | None, note: str
) -> None:
    fee = charge(line, catalogue="thử", counts=counts, channel=channel, group=group)
    assert charged_line(fee) == FeeLine("Phí thử", amount, note)


def test_a_slip_before_any_dossier_says_how_it_is_counted_and_who_would_pay_less() -> None:
    poor_too = replace(STUDENT, code="b", name="Người có công (mẫu)")
    line = replace(LINE, note="Trang tính theo bản chính", reliefs=(STUDENT, poor_too, POOR, ONLINE))
    assert announced_line(line) == FeeLine(
        "Phí thử", None,
        "Trang tính theo bản chính; giảm 40.000 đ: Sinh viên (mẫu), Người có công (mẫu); "
        "miễn: Hộ nghèo (mẫu); giảm 50 %: Nộp trực tuyến",
        "2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản",
    )
    assert announced_line(FeeDue("Lệ phí", FeeKind.CHARGE, 5_000)) == FeeLine("Lệ phí", 5_000)


def test_no_fee_of_the_starter_catalogue_is_announced_without_an_amount_or_a_word() -> None:
    catalogue = starter()
    for procedure in catalogue.procedures:
        for case in procedure.cases:
            for line in fees_due(procedure, case, catalogue, date(2026, 11, 21)).lines:
                told = announced_line(line)
                assert told.amount is not None or told.rate or told.note or line.unknown
