"""The post's word: how old it is, what it ends, what it may not undo; the way back to the shelf."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.dossier import State
from app.domain.life.facts import PostWord
from app.domain.life.states import Delivery
from app.domain.life.work import Work
from app.domain.posting import Standing
from app.errors import Refusal
from app.services.post.following import find_item
from app.store.queries.dossiers import DossierList
from app.store.queries.post import item_rows, items_of_dossier, place_after
from tests.app.services.post.counter import PostDesk, item
from tests.office import MORNING


@pytest.fixture(autouse=True)
def codes(desk: PostDesk) -> None:
    desk.range(100, 199)


def rows(desk: PostDesk, work: Work = Work.POSTED) -> list[tuple[str, PostWord | None]]:
    with desk.reading() as connection:
        return [(row.code, row.word) for row in item_rows(connection, work)]


def test_a_delivered_item_ends_its_dossier(desk: PostDesk) -> None:
    sent = desk.posted()
    at = desk.later(hours=30)
    noted = desk.delivered(sent.item_code, "Trần Thị Người Nhà")
    assert noted.is_new and noted.code == sent.code
    life = desk.life(sent.code)
    assert (life.business, life.delivery) == (State.RETURNED, Delivery.DELIVERED)
    assert desk.listed(DossierList.POSTED) == []
    with desk.reading() as connection:
        (found,) = items_of_dossier(connection, desk.held(sent.code).id)
    assert (found.standing, found.note, found.as_of) == (Standing.DELIVERED, "Trần Thị Người Nhà", at)


def test_the_last_word_is_kept_with_the_moment_at_which_it_was_true(desk: PostDesk) -> None:
    sent = desk.posted()
    desk.later(hours=5)
    desk.say(sent.item_code, PostWord.ACCEPTED, MORNING + timedelta(hours=1))
    desk.later(hours=20)
    desk.say(sent.item_code, PostWord.IN_TRANSIT, MORNING + timedelta(hours=9))
    with desk.reading() as connection:
        (row,) = item_rows(connection, Work.POSTED)
    assert (row.word, row.heard_at) == (PostWord.IN_TRANSIT, MORNING + timedelta(hours=9))


def test_items_nobody_has_spoken_of_for_longest_come_first_page_by_page(desk: PostDesk) -> None:
    sent = []
    for _ in range(4):
        sent.append(desk.posted())
        desk.later(hours=1)
    desk.later(hours=5)
    desk.say(sent[0].item_code, PostWord.ACCEPTED)
    expected = [sent[turn].code for turn in (1, 2, 3, 0)]
    assert [code for code, _ in rows(desk)] == expected
    with desk.reading() as connection:
        first = item_rows(connection, Work.POSTED, limit=3)
        rest = item_rows(connection, Work.POSTED, after=place_after(first[-1]))
    assert [row.code for row in (*first, *rest)] == expected


@pytest.mark.parametrize(("word", "more", "hours", "code"), [
    (PostWord.DELIVERED, {}, 0, "word_needs_receiver"),
    (PostWord.UNDELIVERED, {}, 0, "reason_empty"),
    (PostWord.UNDELIVERED, {"note": "Người nhận hẹn phát lại ngày …."}, 0, "reason_unfinished"),
    (PostWord.ACCEPTED, {}, 1, "word_in_future"),
    (PostWord.ACCEPTED, {}, -48, "word_before_posting"),
])
def test_a_word_that_cannot_be_is_refused(
    desk: PostDesk, word: PostWord, more: dict[str, str], hours: int, code: str
) -> None:
    sent = desk.posted()
    now = desk.later(hours=2)
    before = desk.lines()
    with pytest.raises(Refusal, match=code):
        desk.say(sent.item_code, word, now + timedelta(hours=hours), **more)
    assert desk.lines() == before


def test_a_word_from_before_what_is_known_is_refused_but_a_delivery_is_not(desk: PostDesk) -> None:
    sent = desk.posted()
    now = desk.later(hours=10)
    desk.say(sent.item_code, PostWord.IN_TRANSIT, now)
    with pytest.raises(Refusal, match="word_older"):
        desk.say(sent.item_code, PostWord.ACCEPTED, now - timedelta(hours=3))
    desk.delivered(sent.item_code, as_of=now - timedelta(hours=1))
    assert desk.life(sent.code).delivery is Delivery.DELIVERED


def test_delivered_reported_twice_is_once_and_another_end_is_refused(desk: PostDesk) -> None:
    sent = desk.posted()
    now = desk.later(hours=10)
    desk.delivered(sent.item_code)
    before = desk.lines()
    assert not desk.delivered(sent.item_code).is_new
    assert desk.lines() == before
    for act in (
        lambda: desk.delivered(sent.item_code, "Người khác"),
        lambda: desk.undelivered(sent.item_code),
        lambda: desk.say(sent.item_code, PostWord.IN_TRANSIT),
    ):
        with pytest.raises(Refusal, match="item_delivered_already") as caught:
            act()
        assert caught.value.values["as_of"] == now
    assert desk.lines() == before


def test_undelivered_waits_in_its_list_until_it_lies_on_the_shelf_again(desk: PostDesk) -> None:
    sent = desk.posted()
    desk.undelivered(sent.item_code)
    assert desk.listed(DossierList.UNDELIVERED) == [sent.code]
    assert rows(desk, Work.UNDELIVERED) == [(sent.code, PostWord.UNDELIVERED)]
    with pytest.raises(Refusal, match="item_back_already"):
        desk.delivered(sent.item_code)
    back = desk.back(sent.code)
    life = desk.life(sent.code)
    assert (life.delivery, life.shelf) == (Delivery.SHELF, back.shelf)
    assert desk.listed(DossierList.UNDELIVERED) == [] and desk.listed(DossierList.TO_POST) == [sent.code]
    assert desk.paper(back.job).shelf == back.shelf


def test_a_cover_that_comes_back_unannounced_is_taken_in_with_its_reason(desk: PostDesk) -> None:
    sent = desk.posted()
    with pytest.raises(Refusal, match="reason_empty"):
        desk.back(sent.code)
    back = desk.back(sent.code, reason="Không có người nhận tại địa chỉ.", shelf="c-07")
    assert back.shelf == "C-07"
    assert desk.life(sent.code).delivery is Delivery.SHELF


def test_a_second_cover_gets_a_second_code_and_both_stand_in_the_story(desk: PostDesk) -> None:
    sent = desk.posted()
    desk.later(days=3)
    desk.undelivered(sent.item_code)
    desk.back(sent.code)
    desk.later(days=1)
    again = desk.post(sent.code)
    assert again.item_code == item(101)
    desk.later(days=1)
    with pytest.raises(Refusal, match="item_back_already"):
        desk.delivered(sent.item_code)
    desk.delivered(again.item_code)
    with desk.reading() as connection:
        found = items_of_dossier(connection, desk.held(sent.code).id)
    assert [(one.item_code, one.standing) for one in found] == [
        (item(101), Standing.DELIVERED), (item(100), Standing.UNDELIVERED)]


def test_taking_back_is_for_what_was_posted(desk: PostDesk) -> None:
    with pytest.raises(Refusal, match="not_posted"):
        desk.back(desk.shelved())


def test_a_posting_called_off_lies_on_the_shelf_and_its_code_is_void(desk: PostDesk) -> None:
    sent = desk.posted()
    back = desk.call_off(sent.code, intent="rút")
    assert back.voided == sent.item_code
    life = desk.life(sent.code)
    assert (life.delivery, life.item_code, life.conflicts) == (Delivery.SHELF, "", ())
    assert (desk.pool().total.used, desk.pool().total.void, desk.pool().next_code) == (0, 1, item(101))
    before = desk.lines()
    assert desk.call_off(sent.code, intent="rút") == back
    assert desk.lines() == before
    with pytest.raises(Refusal, match="not_posted"):
        desk.call_off(sent.code)


def test_what_the_post_has_is_not_called_off(desk: PostDesk) -> None:
    sent = desk.posted()
    desk.say(sent.item_code, PostWord.ACCEPTED)
    with pytest.raises(Refusal, match="item_left_already"):
        desk.call_off(sent.code)


def test_an_item_is_found_by_its_code_and_says_why_it_is_not(desk: PostDesk) -> None:
    sent = desk.posted()
    desk.void(item(150), "Nhãn rách")
    with desk.reading() as connection:
        assert find_item(connection, sent.item_code.lower()).code == sent.code
        for text, code in ((item(140), "item_code_unknown"), (item(150), "item_code_is_void"),
                           ("EA000001000VN", "item_code_check_digit")):
            with pytest.raises(Refusal, match=code):
                find_item(connection, text)
