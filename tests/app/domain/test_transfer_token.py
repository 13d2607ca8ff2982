"""The token survives what banks do to a purpose, and neither it nor the code names a dossier not meant."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.transfer_token import (
    LENGTH,
    SIGNS,
    Awaited,
    TransferFinder,
    is_token,
    transfer_purpose,
    transfer_token,
)
from app.domain.vietqr import payload

SHORT, LONG = "H47.15-220812-0001", "000.00.15.H47-220812-0001"
NEIGHBOUR = "H47.15-220812-0002"
DAMAGE: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: text.replace(".", "").replace("-", ""),
    lambda text: re.sub(r"[^0-9A-Za-z]", "", text),
    lambda text: text.replace(".", " ").replace("-", " "),
    str.lower,
    lambda text: f"MBVCB.1234567890.012345.{text}.CT tu 0011001234567 NGUYEN THI THU toi 0123456789",
    lambda text: f"NGUYỄN VĂN MẪU chuyển tiền {text} FT26123456789012",
    lambda text: f"{text[:7]} {text[7:14]}\n{text[14:]}",
    lambda text: f"QR - {text};20260102",
]


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("typed", [transfer_purpose(SHORT), transfer_token(SHORT), SHORT, LONG])
def test_a_transfer_is_found_after_what_banks_do(damage: Callable[[str], str], typed: str) -> None:
    finder = TransferFinder([Awaited(NEIGHBOUR), Awaited(SHORT)])
    assert finder.named_in(damage(typed)) == (Awaited(SHORT),)


@pytest.mark.parametrize("kept", [SHORT, LONG])
def test_both_forms_of_a_code_are_one_transfer(kept: str) -> None:
    assert transfer_token(kept) == transfer_token(SHORT)
    finder = TransferFinder([Awaited(kept)])
    assert finder.named_in(SHORT) == finder.named_in(LONG) == (Awaited(kept),)


@pytest.mark.parametrize("purpose", ["", "chuyen tien", NEIGHBOUR, "H47.15-220812-00012", "H47.15-220812-000",
                                     "QBBBBBBB", "0011001234567 FT26123456789012"])
def test_another_purpose_names_nobody(purpose: str) -> None:
    assert TransferFinder([Awaited(SHORT)]).named_in(purpose) == ()


def test_the_longer_of_two_codes_is_not_taken_for_the_shorter() -> None:
    longer = Awaited("H47.15-220812-00012")
    finder = TransferFinder([Awaited(SHORT), longer])
    assert finder.named_in("H471522081200012") == (longer,)
    assert finder.named_in("H47152208120001 cam on") == (Awaited(SHORT),)


def test_the_code_alone_leaves_two_collections_open_and_the_token_does_not() -> None:
    before, after = Awaited(SHORT, "a"), Awaited(SHORT, "b")
    finder = TransferFinder([before, after])
    assert set(finder.named_in(SHORT)) == {before, after}
    assert finder.named_in(transfer_purpose(SHORT, "b")) == (after,)


def test_the_token_of_a_collection_that_is_settled_does_not_pass_for_the_other() -> None:
    finder = TransferFinder([Awaited(SHORT, "b")])
    assert finder.named_in(transfer_purpose(SHORT, "a")) == ()


def test_a_slip_without_a_dossier_has_a_token_too() -> None:
    slip = "PT-260102-AB12-0007"
    assert TransferFinder([Awaited(slip)]).named_in("pt260102ab120007") == (Awaited(slip),)
    assert TransferFinder([Awaited(slip)]).named_in(transfer_token(slip)) == (Awaited(slip),)
    with pytest.raises(ValueError, match="of something"):
        transfer_token(" ")


@pytest.mark.parametrize("code", [SHORT, LONG, "H47.15.3.22-220812-123456", "PT-260102-AB12-0007", "ĐĐ-1"])
def test_the_purpose_fits_into_the_square(code: str) -> None:
    purpose = transfer_purpose(code)
    assert purpose.endswith(transfer_token(code))
    assert purpose in payload("970436", "0123456789", purpose=purpose)


def test_code_and_token_both_stand_in_the_purpose_of_an_ordinary_dossier() -> None:
    assert transfer_purpose(LONG) == f"H47152208120001 {transfer_token(SHORT)}"


TOKENS = st.text(min_size=1).filter(str.strip).map(transfer_token)


@settings(deadline=None)
@given(TOKENS)
def test_a_token_is_eight_signs_that_no_keyboard_turns_into_others(token: str) -> None:
    assert len(token) == LENGTH and is_token(token)
    assert not set(token) & set("AEIOUYDJLW01")


@settings(deadline=None)
@given(TOKENS, st.integers(1, LENGTH - 1), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_seen(token: str, at: int, sign: str) -> None:
    wrong = token[:at] + sign + token[at + 1:]
    assert is_token(wrong) == (wrong == token)


@settings(deadline=None)
@given(TOKENS, st.integers(1, LENGTH - 2))
def test_two_swapped_neighbours_are_seen(token: str, at: int) -> None:
    wrong = token[:at] + token[at + 1] + token[at] + token[at + 2:]
    assert is_token(wrong) == (wrong == token)


def test_a_thousand_dossiers_have_a_thousand_tokens() -> None:
    assert len({transfer_token(f"H47.15-220812-{number:04d}") for number in range(1, 1001)}) == 1000
