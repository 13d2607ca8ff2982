from __future__ import annotations

from tests.ui.intake.conftest import CARD, Counter


def test_a_card_that_an_input_method_rewrote_fills_nothing_it_cannot_prove(counter: Counter) -> None:
    counter.choose()
    assert counter.page.take_scan(CARD, is_rewritten=True)
    assert counter.page.form().owner.is_empty
    assert counter.page.banner.isVisibleTo(counter.page)
    assert counter.page.take_scan(CARD)
    assert counter.page.form().owner.full_name
