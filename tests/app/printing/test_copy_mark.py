"""A paper printed again says so on every page and is otherwise the first print; a label stays as it is."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.domain.papers import CopyMark
from app.domain.vietnam_time import VIETNAM
from app.printing.decode_back import check_codes
from app.printing.papers import render
from tests.app.printing.life_samples import SUPPLEMENT, SUPPLEMENTS
from tests.app.printing.reading import page_texts, squeezed
from tests.app.printing.route_samples import HANDOVER, SHELF

MARK = CopyMark(2, datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM), "Trần Thị Thử")
SAID = "BẢNSAOLẦN2(inlúc09giờ05phút,ngày23/11/2026;ngườiin:TrầnThịThử)"


@pytest.mark.parametrize("paper", [*SUPPLEMENTS.values(), HANDOVER])
def test_every_page_of_a_copy_says_so_and_all_else_stays(paper: object) -> None:
    first, copy = page_texts(render(paper)), page_texts(render(paper, mark=MARK))
    assert len(first) == len(copy)
    for before, after in zip(first, copy, strict=True):
        assert SAID in squeezed(after)
        assert sorted(squeezed(after).replace(SAID, "")) == sorted(squeezed(before))


def test_the_codes_of_a_copy_still_read() -> None:
    check_codes(render(SUPPLEMENT, mark=MARK), SUPPLEMENT.subject.code, dpi=203, area=(0, 842))


def test_a_label_and_a_first_print_bear_no_mark() -> None:
    assert page_texts(render(SHELF, mark=MARK)) == page_texts(render(SHELF))
    assert render(SUPPLEMENT, mark=CopyMark(0, MARK.printed_at, MARK.clerk_name)) == render(SUPPLEMENT)
