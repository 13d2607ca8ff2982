"""What came back from a test page says where on the way it was changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.input_method import METHODS, compose
from app.domain.loop_code import CameBack, came_back, is_loop_code, loop_code

SENT = loop_code(4821)


@given(st.integers(0, 9999))
def test_every_input_method_changes_every_test_page_and_is_named(number: int) -> None:
    sent = loop_code(number)
    assert is_loop_code(sent) and came_back(sent, sent) is CameBack.WHOLE
    for method in METHODS:
        assert came_back(sent, compose(sent, method)) is CameBack(method)


@pytest.mark.parametrize("text, found", [
    (SENT.swapcase(), CameBack.CAPS), (SENT.upper(), CameBack.CAPS), (loop_code(4822), CameBack.OLDER),
    ("]C1" + SENT, CameBack.AROUND), (SENT[:20], CameBack.CUT), ("QMC-THU-4821-ÂDEÊOOW-a6", CameBack.REWRITTEN),
    ("8935049500011", CameBack.OTHER), ("", CameBack.OTHER),
])
def test_what_else_may_happen_on_the_way(text: str, found: CameBack) -> None:
    assert came_back(SENT, text) is found


def test_keys_that_were_changed_are_believed_where_the_reader_saw_it() -> None:
    assert came_back(SENT, "QMC THU", is_rewritten=True) is CameBack.REWRITTEN
