"""The fast run of `python -m tests.faults.fuzz_cards`, and the proof that it would notice."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from app.domain.applicant import Person
from app.domain.citizen_card import CardReading, read_card
from app.errors import Refusal
from tests.faults.fuzz_cards import measure_replaced_digits, run


def test_no_damage_makes_a_wrong_number_accepted() -> None:
    figures = run(3_000, seed=20261121)
    assert figures.crashes == []
    assert figures.wrong_numbers == []
    assert figures.wrong_contents == []
    assert figures.accepted["as it is"] > 50
    assert figures.refused["as it is"] == 0


def test_the_run_notices_a_reader_that_guesses() -> None:
    def first_twelve_digits(text: str, today: date, **how: Any) -> CardReading:
        digits = re.sub(r"[^0-9]", "", text)
        if len(digits) < 12:
            raise Refusal("card_id_length")
        return CardReading(Person(full_name="", personal_id=digits[:12]), None)

    assert run(500, seed=1, reader=first_twelve_digits).wrong_numbers


def test_the_run_notices_a_reader_that_believes_every_name() -> None:
    def blind(text: str, today: date, *, is_rewritten: bool) -> CardReading:
        return read_card(text.replace("|Nu|", "|Nữ|"), today)

    assert run(3_000, seed=1, reader=blind).wrong_contents


def test_the_run_notices_a_crash() -> None:
    def fragile(text: str, today: date, **how: Any) -> CardReading:
        raise IndexError

    assert len(run(10, seed=1, reader=fragile).crashes) == 10


def test_a_replaced_digit_is_what_no_reader_can_see() -> None:
    refused, doubted, silent = measure_replaced_digits(500, seed=1)
    assert refused + doubted + silent == 500
    assert doubted > 150
    assert silent > 150
