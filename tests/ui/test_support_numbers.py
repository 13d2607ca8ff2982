"""A number that was read out once means the same for ever, and every error has one."""

from __future__ import annotations

import hashlib

from sync.contract.support_code import MOST_ERROR
from sync.contract.support_numbers import NUMBERS, code_of, number_of, read_numbers
from tests.ui.support_numbers import without_number

GIVEN = 599
"""Numbers that went out with the first release that had them."""
AS_GIVEN = "e3e06e74dd1db896aed4e24fcf87dada70f16e32986224bd48a89f1e387d556a"


def test_every_error_has_its_number() -> None:
    assert without_number() == [], "python -m tests.ui.support_numbers"


def test_numbers_are_given_in_order_and_never_twice() -> None:
    lines = NUMBERS.read_text(encoding="utf-8").splitlines()[1:]
    numbers = [int(line.partition(",")[0]) for line in lines]
    assert numbers == list(range(1, len(lines) + 1)) and numbers[-1] <= MOST_ERROR
    assert len(read_numbers()) == len(lines)


def test_no_number_that_went_out_has_changed() -> None:
    given = NUMBERS.read_bytes().splitlines(keepends=True)[: GIVEN + 1]
    assert hashlib.sha256(b"".join(given)).hexdigest() == AS_GIVEN


def test_a_number_leads_back_to_its_error() -> None:
    assert code_of(number_of("disk_full")) == "disk_full"
    assert number_of("never_heard_of") == 0 and code_of(0) == "" and code_of(MOST_ERROR) == ""
