"""Numbers of papers: given alone, read back, and never taken for something else."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dossier_code import find_codes_in
from app.domain.input_method import Method, compose
from app.domain.paper_number import MOST, PaperKind, device_tag, paper_number, read_paper_number
from app.domain.receipt_code import read_receipt_code
from app.domain.wedge_signs import SIGNS, check_sign, digest_signs
from app.errors import Refusal

DAY = date(2026, 11, 22)
numbers = st.builds(paper_number, st.sampled_from(PaperKind), st.dates(date(2026, 1, 1), date(2099, 12, 31)),
                    st.text(min_size=1, max_size=40), st.integers(1, MOST))


@given(st.sampled_from(PaperKind), st.dates(date(2026, 1, 1), date(2099, 12, 31)), st.text(min_size=1),
       st.integers(1, MOST))
def test_a_number_is_read_back_in_any_case(kind: PaperKind, day: date, device: str, n: int) -> None:
    text = paper_number(kind, day, device, n)
    for typed in (text, text.lower(), f" {text}\r\n"):
        found = read_paper_number(typed)
        assert found is not None
        assert (found.text, found.kind, found.day, found.tag, found.n) == (text, kind, day, device_tag(device), n)


@given(numbers)
def test_a_number_is_never_a_dossier_code(text: str) -> None:
    assert find_codes_in(text) == ()
    with pytest.raises(Refusal):
        read_receipt_code(text)


@given(numbers, st.data())
def test_one_wrong_digit_or_two_swapped_ones_are_seen(text: str, data: st.DataObject) -> None:
    places = [at for at, sign in enumerate(text) if at > 2 and sign in SIGNS]
    at = data.draw(st.sampled_from(places))
    sign = data.draw(st.sampled_from([sign for sign in SIGNS if sign != text[at]]))
    assert read_paper_number(text[:at] + sign + text[at + 1:]) is None
    after = data.draw(st.sampled_from(list(pairwise(places[:-1]))))
    first, second = (text[place] for place in after)
    if first != second:
        signs = list(text)
        signs[after[0]], signs[after[1]] = second, first
        assert read_paper_number("".join(signs)) is None


def test_the_form_of_a_number_stays() -> None:
    """Numbers are on paper: another spelling of an old number would lose the paper."""
    assert paper_number("BG", DAY, "quay-1", 1) == "BG-261122-P84L-001-H"
    assert paper_number(PaperKind.POST, DAY, "quay-1", 1000).split("-")[3] == "1000"


@pytest.mark.parametrize("text", [
    "", "BG", "BG-261122", "H47.15-260921-0001", "XX-261122-7K3H-001-" + check_sign("XX-261122-7K3H-001"),
    "BG-261332-7K3H-001-" + check_sign("BG-261332-7K3H-001"),
    "BG-261122-7K3H-000-" + check_sign("BG-261122-7K3H-000"),
    "BG-261122-7K3H-0001-" + check_sign("BG-261122-7K3H-0001"), "BG-261122-AEIO-001-0",
])
def test_what_is_no_number_reads_as_none(text: str) -> None:
    assert read_paper_number(text) is None


@pytest.mark.parametrize("n", [0, -1, MOST + 1])
def test_a_running_number_has_its_bounds(n: int) -> None:
    with pytest.raises(ValueError, match="1 to 9999"):
        paper_number(PaperKind.HANDOVER, DAY, "quay-1", n)


def test_an_unknown_kind_is_not_numbered() -> None:
    with pytest.raises(ValueError, match="XX"):
        paper_number("XX", DAY, "quay-1", 1)


@given(numbers, st.text(min_size=1), st.integers(1, 12))
def test_no_input_method_rewrites_what_a_scanner_types(number: str, text: str, count: int) -> None:
    signs = digest_signs(text, count)
    assert len(signs) == count and set(signs) <= set(SIGNS)
    methods: tuple[Method, ...] = ("telex", "vni")
    for method in methods:
        assert compose(signs, method) == signs
        assert compose(number, method) == number


def test_a_text_too_long_for_one_check_sign_is_refused() -> None:
    assert check_sign("1" * 22) in SIGNS
    with pytest.raises(ValueError, match="too long"):
        check_sign("1" * 23)
