"""Fees on papers: counts, reliefs and rates fit on the line, and nothing runs into anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.papers import FeeLine, GuidanceSlip, ReceiptPaper
from app.printing.guidance import render_guidance
from app.printing.receipt import render_receipt
from tests.app.printing.reading import page_texts, squeezed
from tests.app.printing.samples import GUIDANCE, TYPICAL

COUNTED = FeeLine("Phí chứng thực bản sao từ bản chính", 19_000, "2 trang × 3 bản, 5 trang")
LOWERED = FeeLine("Lệ phí đăng ký cư trú", 0, "miễn 20.000 đ: Người thuộc hộ nghèo")
RATE = FeeLine("Phí chứng thực bản sao từ bản chính", None,
               "Trang tính theo bản chính; giảm 100.000 đ: Sinh viên, Người có công; miễn: Trẻ em, Người nghèo",
               "2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản")


def said(paper: ReceiptPaper | GuidanceSlip, fees: tuple[FeeLine, ...], size: str) -> str:
    if isinstance(paper, GuidanceSlip):
        pdf = render_guidance(replace(paper, fees=fees), size=size)
    else:
        pdf = render_receipt(replace(paper, fees=fees), size=size)
    return squeezed(" ".join(page_texts(pdf)))


@pytest.mark.parametrize("size", ["A4", "A5"])
@pytest.mark.parametrize(("paper", "fees", "words"), [
    (TYPICAL, (COUNTED,), "19.000 đ (2 trang × 3 bản, 5 trang)"),
    (TYPICAL, (COUNTED, LOWERED), "(miễn 20.000 đ: Người thuộc hộ nghèo) 0 đ"),
    (TYPICAL, (COUNTED, LOWERED), "Tổng cộng 19.000 đ"),
    (GUIDANCE, (RATE,), "bản chính: 2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản (Trang"),
    (GUIDANCE, (RATE, LOWERED), "bản chính: 2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản"),
])
def test_a_fee_says_its_count_its_relief_or_its_rate(
    paper: ReceiptPaper | GuidanceSlip, fees: tuple[FeeLine, ...], words: str, size: str
) -> None:
    assert squeezed(words) in said(paper, fees, size)


def test_a_sum_with_a_rate_in_it_is_no_sum() -> None:
    usual = replace(RATE, amount=2_000)
    assert squeezed("Tổng cộng") not in said(GUIDANCE, (usual, LOWERED), "A4")
