"""What waits: by age or by place, page by page, and always as many as the count says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.intake import ReturnMethod
from app.domain.life.work import Work
from app.services.results.putting_right import recall_return
from app.services.results.taking_in import Arrived
from app.store.queries.dossiers import DossierList
from app.store.queries.results import (
    WaitingOrder,
    WaitingResult,
    place_after,
    results_of_person,
    taken_places,
    waiting_results,
)
from tests.app.services.results.counter import CARD, OWNER_ID, Desk
from tests.office import sample_intake


def pages(desk: Desk, work: Work, order: WaitingOrder, size: int = 2) -> list[WaitingResult]:
    """The whole list, read a page at a time."""
    found: list[WaitingResult] = []
    after = None
    with desk.reading() as connection:
        while True:
            rows = waiting_results(connection, work, order=order, after=after, limit=size)
            found += rows
            if len(rows) < size:
                return found
            after = place_after(rows[-1], order)


def shelve_some(desk: Desk) -> list[str]:
    """Five results on the shelf, the first the longest, on places that are not in that order."""
    codes = []
    for place in ("C-1", "A-2", "B-9", "A-1", "B-1"):
        code = desk.receive()
        desk.hand_over(code)
        desk.take(Arrived(code, CARD, shelf=place))
        desk.office.clock.advance(timedelta(hours=1))
        codes.append(code)
    return codes


def test_what_waits_is_listed_by_age_or_by_place_page_by_page(desk: Desk) -> None:
    codes = shelve_some(desk)
    assert [row.code for row in pages(desk, Work.READY, WaitingOrder.AGE)] == codes
    by_place = pages(desk, Work.READY, WaitingOrder.SHELF)
    assert [row.shelf for row in by_place] == ["A-1", "A-2", "B-1", "B-9", "C-1"]
    assert by_place[0].masked_phone == "0905 *** 123"
    with desk.reading() as connection:
        assert taken_places(connection) == {"A-1", "A-2", "B-1", "B-9", "C-1"}
        assert results_of_person(connection, OWNER_ID) == tuple(codes)
        assert results_of_person(connection, "") == ()


@pytest.mark.parametrize(("work", "listed"), [
    (Work.READY, DossierList.READY), (Work.TO_POST, DossierList.TO_POST),
    (Work.UNDELIVERED, DossierList.UNDELIVERED),
])
def test_a_list_is_as_long_as_its_count(desk: Desk, work: Work, listed: DossierList) -> None:
    codes = shelve_some(desk)
    by_post = replace(sample_intake("bưu"), return_method=ReturnMethod.POST, return_address="Xã Mẫu")
    desk.ready(by_post)
    desk.give(codes[0])
    desk.give(codes[1])
    with desk.connect() as connection:
        recall_return(connection, *desk.who(), codes[1], reason="nhầm", **desk.how())
    assert {row.code for row in pages(desk, work, WaitingOrder.AGE)} == set(desk.listed(listed))
    assert {row.code for row in pages(desk, work, WaitingOrder.SHELF)} == set(desk.listed(listed))


def test_a_place_is_free_again_once_its_result_went_out(desk: Desk) -> None:
    code = desk.ready()
    with desk.reading() as connection:
        assert taken_places(connection) == {"A-01"}
    desk.give(code)
    with desk.reading() as connection:
        assert taken_places(connection) == set()
