"""What holds for every paper of a dossier's way: readable codes, nothing cut, no name that was not given."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

import pytest

from app.domain import route_papers
from app.domain.paper_number import read_paper_number
from app.domain.papers import OfficeHead
from app.errors import Refusal
from app.printing.decode_back import check_codes, codes_on_pages
from app.printing.flow import Page
from app.printing.papers import WRITERS, render
from tests.app.printing.life_sheets import watch_writing
from tests.app.printing.reading import collisions, made, page_texts, squeezed, strays, texts_of
from tests.app.printing.route_sheets import CASES, EVERYDAY, NUMBERED, SHEETS, SIZES


def words_of(paper: object, size: str | None = None) -> str:
    """All words without blanks and without what stands between two pages."""
    return squeezed(" ".join(texts_of(paper, size, ("",))))


@pytest.mark.parametrize(("name", "size"), [case for case in CASES if case[0] in NUMBERED])
def test_both_codes_read_back_as_the_papers_number(name: str, size: str) -> None:
    paper = NUMBERED[name]
    pdf = made(paper, size, ("",))
    check_codes(pdf, paper.number, dpi=300)
    assert read_paper_number(paper.number) is not None
    assert {text for page in codes_on_pages(pdf, dpi=203) for _, text in page} == {paper.number}


@pytest.mark.parametrize("name", sorted(set(SHEETS) - set(NUMBERED)))
def test_a_paper_with_which_nothing_is_done_bears_no_code(name: str) -> None:
    assert set().union(*codes_on_pages(made(SHEETS[name]))) == set()


@pytest.mark.parametrize(("name", "size"), CASES)
def test_nothing_is_cut_and_nothing_overlaps(monkeypatch: pytest.MonkeyPatch, name: str, size: str) -> None:
    written = watch_writing(monkeypatch)(SHEETS[name], size)
    for page, own in zip(written.pages, written.own_marks, strict=True):
        assert collisions(Page([*page.texts, *own.texts], [], page.codes)) == []
        assert strays(page, written.sheet) == []
        assert all(text[0] >= written.sheet.left - 0.01 for text in own.texts)


@pytest.mark.parametrize("form", ["H47.15", "000.00.15.H47"])
@pytest.mark.parametrize(("name", "size"), [case for case in CASES if hasattr(EVERYDAY.get(case[0]), "lines")])
def test_no_code_of_a_list_is_divided_over_two_lines(name: str, size: str, form: str) -> None:
    """A code with a line's end in it is typed wrong and no search in the PDF finds it."""
    paper = EVERYDAY[name]
    codes = [f"{form}-260921-{n:04d}" for n in range(1, 4)]
    lines = tuple(replace(line, code=code) for line, code in zip(paper.lines, codes, strict=False))
    said = " ".join(page_texts(render(replace(paper, lines=lines), size=size, copies=("",))))
    assert [code for code in codes[:len(lines)] if code not in said] == []


@pytest.mark.parametrize(("name", "size"), CASES)
def test_every_text_of_the_value_is_printed(name: str, size: str) -> None:
    paper = SHEETS[name]
    said = words_of(paper, size)
    assert [text for text in texts_in(paper) if squeezed(text) not in said] == []


def texts_in(value: Any) -> list[str]:
    """Every text in `value` but the head's and what is long enough to be divided over two pages."""
    if isinstance(value, Enum | OfficeHead):
        return []
    if isinstance(value, str):
        return [value] if len(value) < 500 else []
    if isinstance(value, tuple):
        return [text for item in value for text in texts_in(item)]
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts_in(getattr(value, field.name))]
    return []


UNIT_WORDS = ("Trung tâm", "Ủy ban", "Sở", "Chi cục", "Chi nhánh", "Văn phòng", "Bưu điện tỉnh", "Công an", "Tòa",
              "tỉnh Mẫu", "thành phố", "huyện", "quận", "phường", "đặc khu", "thị xã", "Hà Nội", "VNPost",
              "Vietnam Post", "TTPVHCC", "BPTNTRKQ")


@pytest.mark.parametrize("name", EVERYDAY)
def test_only_the_given_units_agencies_and_provinces_occur(name: str) -> None:
    """Templates of real provinces carried another province's centre in their body; here each name is an input."""
    head = OfficeHead(superior="@1", unit="@2", place="@3", number_suffix="@4", phone="@5", lookup="@6",
                      contact="@7")
    for paper in (named_by_nobody(SHEETS[name]), named_by_nobody(SHEETS[f"{name}_LONG"])):
        said = words_of(replace(paper, head=head)).upper()
        assert [word for word in UNIT_WORDS if re.search(rf"{squeezed(word).upper()}(?!N)", said)] == []
        assert {"@1", "@2", "@3"} <= set(re.findall("@[1-7]", said))


def named_by_nobody(value: Any) -> Any:
    """`value` with every text but its codes replaced by one that names nobody."""
    if isinstance(value, tuple):
        return tuple(named_by_nobody(item) for item in value)
    if isinstance(value, str) and not isinstance(value, Enum):
        return "@@" if value else ""
    if not is_dataclass(value) or isinstance(value, OfficeHead):
        return value
    return replace(value, **{field.name: named_by_nobody(getattr(value, field.name)) for field in fields(value)
                             if field.name not in {"code", "number", "item_code"}})


@pytest.mark.parametrize("name", EVERYDAY)
def test_the_same_value_gives_the_same_bytes(name: str) -> None:
    assert render(EVERYDAY[name]) == render(EVERYDAY[name])


@pytest.mark.parametrize("name", SHEETS)
def test_each_page_says_its_number_and_page_of_pages(name: str) -> None:
    texts = page_texts(render(SHEETS[name], copies=("Liên thử", "")))
    pages = len(texts) // 2
    for page, text in enumerate(texts):
        assert f"Trang {page % pages + 1}/{pages}" in text
        assert getattr(SHEETS[name], "number", "") in text
    assert "Liên thử" in texts[0] and "Liên thử" not in texts[pages]


@pytest.mark.parametrize(("name", "first", "second"), [
    ("HANDOVER", "Liên 1: Bên giao giữ", "Liên 2: Bên nhận giữ"),
    ("DISCREPANCY", "Liên 1: Bên giao giữ", "Liên 2: Bên nhận giữ"),
    ("RESULTS", "Liên 1: Bên giao giữ", "Liên 2: Bên nhận giữ"),
    ("RETURNED", "Liên 1: Lưu", "Liên 2: Giao người nhận"),
    ("POST", "Liên 1: Quầy giữ", "Liên 2: Bưu cục phát giữ"),
    ("PICKUP", "Liên 1: Lưu", "Liên 2: Giao người nộp"),
    ("GROUP", "Liên 1: Lưu", "Liên 2: Giao người nộp"),
    ("SHIFT", "Liên 1: Người giao giữ", "Liên 2: Người nhận giữ"),
])
def test_two_numbered_copies_differ_in_nothing_but_their_name(name: str, first: str, second: str) -> None:
    texts = texts_of(EVERYDAY[name])
    half = len(texts) // 2
    for one, other in zip(texts[:half], texts[half:], strict=True):
        assert first in one and second in other
        assert one.replace(first, "") == other.replace(second, "")


@pytest.mark.parametrize("name", ["DIGEST", "OBSTACLES"])
def test_what_nobody_signs_for_is_printed_once(name: str) -> None:
    texts = texts_of(EVERYDAY[name])
    assert f"Trang {len(texts)}/{len(texts)}" in texts[-1]


@pytest.mark.parametrize("name", sorted(set(EVERYDAY) & set(NUMBERED)))
def test_a_number_no_barcode_can_carry_is_refused(name: str) -> None:
    for number, refused in (("BG-" + "0123456789ABCDEFGHIJ" * 4, "code_too_long"),
                            ("số-0001", "code_not_printable")):
        with pytest.raises(Refusal) as refusal:
            render(replace(EVERYDAY[name], number=number))
        assert refusal.value.code == refused


@pytest.mark.parametrize(("name", "moment"), [
    ("HANDOVER", "made_at"), ("DISCREPANCY", "acknowledged_at"), ("RESULTS", "made_at"),
    ("RETURNED", "returned_at"),
    ("POST", "made_at"), ("PICKUP", "made_at"), ("GROUP", "received_at"), ("SHIFT", "handed_at"),
    ("DIGEST", "made_at"), ("OBSTACLES", "made_at"),
])
def test_a_time_without_a_zone_is_a_mistake_of_the_caller(name: str, moment: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        render(replace(EVERYDAY[name], **{moment: datetime(2026, 11, 20, 10)}))  # noqa: DTZ001 - the point


def test_every_paper_has_a_writer() -> None:
    whole = {name for name, made in inspect.getmembers(route_papers, is_dataclass)
             if made.__module__ == route_papers.__name__ and not name.endswith("Label")
             and any(field.name == "head" for field in fields(made))}
    assert whole == {type(paper).__name__ for paper in EVERYDAY.values()}
    assert whole <= set(WRITERS)
    assert set(SIZES) == set(EVERYDAY)


@pytest.mark.parametrize(("name", "signature"), [
    ("HANDOVER", "BÊN NHẬN"), ("DISCREPANCY", "BÊN NHẬN"), ("RESULTS", "NGƯỜI NHẬN"), ("POST", "BÊN NHẬN"),
    ("GROUP", "NGƯỜI TIẾP NHẬN HỒ SƠ"), ("OBSTACLES", "NGƯỜI LẬP"), ("DIGEST", "NGƯỜI LẬP"),
])
@pytest.mark.parametrize("count", [1, 3, 6, 7, 12, 21])
def test_no_page_of_a_list_holds_signatures_alone(name: str, signature: str, count: int) -> None:
    """A list of any length: its totals and signatures stand below at least one of its own rows."""
    plain = tuple(line for line in SHEETS[f"{name}_LONG"].lines if len(str(line)) < 1_000)
    paper = replace(SHEETS[name], lines=(plain * 2)[:count])
    last = page_texts(render(paper, copies=("",)))[-1]
    assert signature in last
    rows = {line.code for line in paper.lines} | {getattr(line, "text", "@") for line in paper.lines}
    assert any(squeezed(row) in squeezed(last) for row in rows if row)
