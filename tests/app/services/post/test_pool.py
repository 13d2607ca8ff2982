"""Item codes of a counter: taken in as ranges, offered in order, never used twice; figures that add up."""

from __future__ import annotations

import pytest

from app.domain.item_code import read_item_code
from app.domain.item_pool import ItemPool
from app.errors import Refusal
from app.services.post.pool import LONGEST_RANGE, next_code, take_range, usable_code
from app.services.post.rule import OfferedRange, PostRule, use_post_rule
from tests.app.services.post.counter import PARCEL, PostDesk, item


def test_a_range_taken_in_is_there_with_all_its_codes_left(desk: PostDesk) -> None:
    desk.range(100, 199)
    state = desk.pool()
    assert (state.total.handed, state.total.left, state.next_code) == (100, 100, item(100))
    assert not state.is_low


def test_the_same_range_sent_twice_is_one_and_another_under_its_intent_is_refused(desk: PostDesk) -> None:
    desk.range(100, 199, intent="một")
    desk.range(100, 199, intent="một")
    assert desk.pool().total.handed == 100
    with pytest.raises(Refusal, match="intent_reused"):
        desk.range(300, 399, intent="một")


@pytest.mark.parametrize(("first", "last"), [(150, 250), (50, 100), (199, 199), (1, 999)])
def test_a_range_that_overlaps_one_here_is_refused_and_names_it(desk: PostDesk, first: int, last: int) -> None:
    desk.range(100, 199)
    with pytest.raises(Refusal, match="item_range_overlaps") as caught:
        desk.range(first, last)
    assert caught.value.values == {"first": item(100), "last": item(199)}
    assert desk.pool().total.handed == 100


@pytest.mark.parametrize(("first", "last", "code"), [
    ("EA000001003VN", item(199), "item_code_check_digit"),
    (item(100), "EA00000199VN", "item_code_check_missing"),
    (item(199), item(100), "item_range_reversed"),
    (item(100), item(199, "RB"), "item_range_mixed"),
    (item(1), item(1 + LONGEST_RANGE), "item_range_too_long"),
    ("", item(199), "item_code_empty"),
])
def test_a_range_that_is_none_is_refused(desk: PostDesk, first: str, last: str, code: str) -> None:
    with desk.connect() as connection, pytest.raises(Refusal, match=code):
        take_range(connection, *desk.who(), first, last, **desk.how())
    assert desk.pool().ranges == ()


def test_codes_are_offered_in_order_and_the_next_range_follows_the_first(desk: PostDesk) -> None:
    desk.range(100, 101)
    desk.range(500, 501)
    assert [desk.posted().item_code for _ in range(3)] == [item(100), item(101), item(500)]
    state = desk.pool()
    assert [row.count.left for row in state.ranges] == [0, 1]
    assert (state.total.handed, state.total.used, state.total.void, state.total.left) == (4, 3, 0, 1)


def test_a_void_code_is_passed_over_and_counted(desk: PostDesk) -> None:
    desk.range(100, 109)
    desk.void(item(100))
    assert desk.pool().next_code == item(101)
    assert (desk.pool().total.void, desk.pool().total.left) == (1, 9)
    with desk.reading() as connection, pytest.raises(Refusal, match="item_code_void"):
        usable_code(connection, desk.office.application.enrolled, item(100))


@pytest.mark.parametrize(("text", "code"), [
    (item(777), "item_code_not_in_pool"), ("EA000001000VN", "item_code_check_digit"), ("abc", "item_code_shape"),
])
def test_a_code_that_is_not_this_counters_cannot_be_made_void(desk: PostDesk, text: str, code: str) -> None:
    desk.range(100, 109)
    with pytest.raises(Refusal, match=code):
        desk.void(text)


def test_a_code_on_its_way_is_not_made_void_behind_the_postings_back(desk: PostDesk) -> None:
    desk.range(100, 109)
    sent = desk.posted()
    with pytest.raises(Refusal, match="item_code_in_use") as caught:
        desk.void(sent.item_code)
    assert caught.value.values["code"] == sent.code
    desk.delivered(sent.item_code)
    with pytest.raises(Refusal, match="item_code_used"):
        desk.void(sent.item_code)


def test_making_void_needs_a_reason_and_happens_once(desk: PostDesk) -> None:
    desk.range(100, 109)
    with pytest.raises(Refusal, match="reason_empty"):
        desk.void(item(100), "  ")
    desk.void(item(100), intent="hủy")
    desk.void(item(100), intent="hủy")
    with pytest.raises(Refusal, match="item_code_void"):
        desk.void(item(100))


def test_an_empty_pool_says_so_and_posts_nothing(desk: PostDesk) -> None:
    code = desk.shelved()
    before = desk.lines()
    with pytest.raises(Refusal, match="item_pool_empty"):
        desk.post(code)
    assert desk.lines() == before
    with desk.reading() as connection:
        assert next_code(connection, desk.office.application.enrolled) is None


def test_few_codes_left_are_told_before_none_is(desk: PostDesk) -> None:
    with desk.connect() as connection:
        use_post_rule(connection, PostRule(few=2))
    assert not desk.pool().is_low                  # never handed any: the page asks for a range, nothing runs low
    desk.range(100, 103)
    assert not desk.pool().is_low
    desk.posted()
    desk.void(item(102))
    assert desk.pool().is_low


def test_ranges_of_the_settings_are_offered_until_taken_in(desk: PostDesk) -> None:
    device = desk.office.application.enrolled.device
    with desk.connect() as connection:
        use_post_rule(connection, PostRule(ranges=(
            OfferedRange(item(100), item(199)), OfferedRange(item(200), item(299), device),
            OfferedRange(item(300), item(399), "quay-khác"), OfferedRange(item(150), item(250)),
            OfferedRange("không phải mã", item(9)),
        )))
    assert desk.pool().offered == ((item(100), item(199)), (item(200), item(299)))
    desk.range(100, 199)
    assert desk.pool().offered == ((item(200), item(299)),)


def test_a_scanned_label_is_used_out_of_order_and_in_any_writing(desk: PostDesk) -> None:
    desk.range(100, 109)
    typed = read_item_code(item(105)).shown.lower()
    assert desk.post(desk.shelved(), PARCEL, item_code=typed).item_code == item(105)
    assert desk.pool().next_code == item(100)
    with pytest.raises(Refusal, match="item_code_used"):
        desk.post(desk.shelved(), PARCEL, item_code=item(105))


@pytest.mark.parametrize("gone", [
    (), (100,), (100, 101, 102), (101, 103), (100, 102, 103, 104, 105, 106), tuple(range(100, 106)),
    tuple(range(100, 107)), (106,),
])
def test_the_next_code_is_the_lowest_that_nobody_has_touched(desk: PostDesk, gone: tuple[int, ...]) -> None:
    pool = ItemPool((desk.range(100, 106),))
    for serial in gone:
        desk.void(item(serial))
        pool = pool.strike(read_item_code(item(serial)))
    with desk.reading() as connection:
        assert next_code(connection, desk.office.application.enrolled) == pool.next_free()
