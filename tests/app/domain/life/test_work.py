"""In which lists a dossier stands, place by place: every list has its condition and no other."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from app.domain.dossier import State
from app.domain.life.fold import begin
from app.domain.life.states import Custody, Delivery, Holder
from app.domain.life.work import Work, work_of
from tests.app.domain.life.lives import START


@pytest.mark.parametrize("sent_back", ["", "sai nơi"])
@pytest.mark.parametrize("is_posted_back", [False, True])
def test_each_list_in_each_place(sent_back: str, is_posted_back: bool) -> None:
    for business, custody, delivery in product(State, Custody, Delivery):
        life = replace(
            begin(START), business=business, custody=custody, delivery=delivery, sent_back=sent_back,
            is_posted_back=is_posted_back,
        )
        at_counter, number = custody is Custody.COUNTER, int(business)
        on_shelf = delivery is Delivery.SHELF
        wanted = {
            Work.UNACKNOWLEDGED: custody is Custody.ON_THE_WAY and delivery is Delivery.NONE,
            Work.SENT_BACK: custody is Custody.MISSING or (at_counter and bool(sent_back)),
            Work.TO_HAND_OVER: at_counter and number in (2, 4),
            Work.SUPPLEMENT: number == 5,
            Work.PAYMENT: number == 6,
            Work.AWAITED: custody is Custody.AGENCY and number == 4,
            Work.READY: on_shelf and not is_posted_back,
            Work.TO_POST: on_shelf and is_posted_back,
            Work.POSTED: delivery is Delivery.POSTED,
            Work.UNDELIVERED: delivery in (Delivery.UNDELIVERED, Delivery.RECALLED),
            Work.ORIGINALS: number in (3, 7, 8, 10),       # its one original is at the counter
        }
        found = {work for work, is_there in wanted.items() if is_there}
        assert work_of(life) == found, (business, custody, delivery)


def test_no_original_is_owed_once_all_are_with_the_citizen() -> None:
    life = replace(begin(START), business=State.WITHDRAWN, custody=Custody.CITIZEN)
    (one,) = life.originals
    for holder in Holder:
        is_owed = Work.ORIGINALS in work_of(replace(life, originals=(replace(one, holder=holder),)))
        assert is_owed is (holder is not Holder.CITIZEN)
    assert work_of(replace(life, originals=())) == set()
