"""What holds for every paper of the cash desk: readable codes, nothing cut, every text said, whole sums."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

import pytest
import zxingcpp

from app.domain.papers import OfficeHead
from app.domain.till import papers as till_papers
from app.printing.decode_back import QR_ONLY, check_codes, codes_on_pages
from app.printing.flow import Page
from app.printing.papers import WRITERS, render
from tests.app.printing.life_sheets import watch_writing
from tests.app.printing.money_sheets import CASES, EVERYDAY, SHEETS, called
from tests.app.printing.reading import collisions, made, page_texts, squeezed, strays, texts_of
from tests.app.printing.samples import REPRINT

NUMBERED = [case for case in CASES if not case[0].startswith("TRANSFER")]
SLIPS = [case for case in CASES if case[0].startswith("TRANSFER")]
NOT_SAID = frozenset({"payload", "head_hash", "kind", "head"})
"""In no letters: what a square alone holds, the rest of a long hash, what a label says in its own words."""


@pytest.mark.parametrize(("name", "size"), NUMBERED)
def test_both_codes_read_back_as_the_papers_name(name: str, size: str) -> None:
    pdf = made(SHEETS[name], size, ("",))
    check_codes(pdf, called(SHEETS[name]), dpi=300)
    assert {text for page in codes_on_pages(pdf) for _, text in page} == {called(SHEETS[name])}


@pytest.mark.parametrize(("name", "size"), SLIPS)
@pytest.mark.parametrize("dpi", [203, 300])
def test_a_banking_app_reads_the_payload_and_finds_no_other_code(name: str, size: str, dpi: int) -> None:
    pdf = made(SHEETS[name], size, ("",))
    check_codes(pdf, SHEETS[name].payload, dpi=dpi, formats=QR_ONLY)
    (first, *rest) = codes_on_pages(pdf)
    assert first == {(zxingcpp.BarcodeFormat.QRCode, SHEETS[name].payload)} and not set().union(*rest)


@pytest.mark.parametrize(("name", "size"), CASES)
def test_nothing_is_cut_and_nothing_overlaps(monkeypatch: pytest.MonkeyPatch, name: str, size: str) -> None:
    written = watch_writing(monkeypatch)(SHEETS[name], size)
    for page, own in zip(written.pages, written.own_marks, strict=True):
        assert collisions(Page([*page.texts, *own.texts], [], page.codes)) == []
        assert strays(page, written.sheet) == []


@pytest.mark.parametrize(("name", "size"), CASES)
def test_every_text_of_the_value_is_printed(name: str, size: str) -> None:
    said = squeezed(" ".join(texts_of(SHEETS[name], size, ("",))))
    assert [text for text in texts_in(SHEETS[name]) if squeezed(text) not in said] == []


def texts_in(value: Any) -> list[str]:
    """Every text in `value` but what is long enough to be divided over two pages."""
    if isinstance(value, Enum | OfficeHead):
        return []
    if isinstance(value, str):
        return [value] if len(value) < 300 else []
    if isinstance(value, tuple):
        return [text for item in value for text in texts_in(item)]
    if is_dataclass(value):
        return [text for field in fields(value) if field.name not in NOT_SAID
                for text in texts_in(getattr(value, field.name))]
    return []


@pytest.mark.parametrize(("name", "size"), CASES)
def test_no_sum_of_money_is_divided_over_two_lines(monkeypatch: pytest.MonkeyPatch, name: str, size: str) -> None:
    """A sum with a line's end in it is read as two."""
    written = watch_writing(monkeypatch)(SHEETS[name], size)
    lines = ["".join(part for part, _ in text[3]) for page in written.pages for text in page.texts]
    assert [line for line in lines if re.search(r"[0-9]\.$", line)] == []


@pytest.mark.parametrize(("name", "copies"), [
    ("RECEIPT", ("Liên 1: Lưu tại cơ quan thu", "Liên 2: Giao người nộp tiền", "Liên 3: Lưu nội bộ")),
    ("SLIP", ("Liên 1: Lưu", "Liên 2: Giao người nộp tiền")),
    ("MINUTES", ("Liên 1: Người chốt ca giữ", "Liên 2: Lưu quỹ")),
    ("REMITTANCE", ("Liên 1: Lưu", "Liên 2: Cơ quan nhận tiền")),
])
def test_copies_differ_in_nothing_but_their_name(name: str, copies: tuple[str, ...]) -> None:
    texts = texts_of(EVERYDAY[name])
    assert len(texts) == len(copies)
    assert all(copy in text for copy, text in zip(copies, texts, strict=True))
    assert len({text.replace(copy, "") for copy, text in zip(copies, texts, strict=True)}) == 1


@pytest.mark.parametrize("name", SHEETS)
def test_each_page_says_its_number_and_what_it_belongs_to(name: str) -> None:
    texts = texts_of(SHEETS[name], None, ("",))
    for page, text in enumerate(texts):
        assert f"Trang {page + 1}/{len(texts)}" in text and called(SHEETS[name]) in text


@pytest.mark.parametrize(("name", "size"), [case for case in CASES if case[0] in EVERYDAY])
def test_a_reprint_says_that_it_is_a_copy_when_and_by_whom(name: str, size: str) -> None:
    for page in page_texts(render(SHEETS[name], size=size, copies=("",), mark=REPRINT)):
        assert "BẢN SAO" in page and REPRINT.clerk_name in page


def test_what_is_owed_back_is_said_as_such() -> None:
    (said,) = texts_of(SHEETS["REMITTANCE_NEGATIVE"], None, ("",))
    assert "Tổng cộng: -200.000 đ (Âm hai trăm nghìn đồng)." in said
    assert "bên nhận hoàn lại số tiền trên" in said and "đã nhận đủ" not in said


def test_the_pieces_of_a_count_are_added_up_below_it() -> None:
    (said,) = texts_of(SHEETS["MINUTES"], "A4", ("",))
    assert "Cộng 14 962.000" in said and "thừa 2.000 đ (Hai nghìn đồng)" in said


def test_a_bound_slip_names_the_electronic_receipt_and_waits_no_more() -> None:
    (said,) = texts_of(SHEETS["SLIP_BOUND"], None, ("",))
    assert "mẫu số 01BLP0-001, ký hiệu 28AA-26E, số 0000123, mã tra cứu K7TQ-2026-99-MAU" in said
    assert "sẽ gắn với phiếu này" not in said


def test_a_slip_for_a_transfer_is_one_page_of_either_size() -> None:
    for name in ("TRANSFER", "TRANSFER_SHORT"):
        assert [len(texts_of(SHEETS[name], size)) for size in ("A5", "A6")] == [1, 1]
    (said,) = texts_of(SHEETS["TRANSFER"], "A6")
    for words in ("Quét bằng ứng dụng ngân hàng", "200.000 đ", "Hai trăm nghìn đồng", "0123456789",
                  SHEETS["TRANSFER"].token):
        assert words in said


@pytest.mark.parametrize("name", EVERYDAY)
def test_the_same_value_gives_the_same_bytes(name: str) -> None:
    assert render(EVERYDAY[name]) == render(EVERYDAY[name])


@pytest.mark.parametrize(("name", "moment"), [
    ("RECEIPT", "taken_at"), ("MINUTES", "closed_at"), ("REMITTANCE", "made_at"), ("TRANSFER", "made_at")])
def test_a_time_without_a_zone_is_a_mistake_of_the_caller(name: str, moment: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        render(replace(EVERYDAY[name], **{moment: datetime(2026, 11, 20, 10)}))  # noqa: DTZ001 - the point


def test_every_paper_has_a_writer_and_a_sample() -> None:
    whole = {name for name, made_ in vars(till_papers).items() if is_dataclass(made_) and name.endswith("Paper")}
    assert whole == {type(paper).__name__ for paper in EVERYDAY.values()} and whole <= set(WRITERS)
