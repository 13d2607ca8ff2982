"""A counter's pool of item codes: nothing is used twice, and handed is always used, void and left together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.item_code import ItemCode, ItemRange
from app.domain.item_pool import ItemPool, PoolCount
from app.errors import Refusal


def items(first: int, last: int, service: str = "EA") -> ItemRange:
    return ItemRange(ItemCode(service, first), ItemCode(service, last))


POOL = ItemPool().with_range(items(10, 12)).with_range(items(1, 2))


def test_codes_are_offered_from_the_oldest_range_in_their_order() -> None:
    pool, offered = POOL, list[int]()
    while code := pool.next_free():
        offered.append(code.serial)
        pool = pool.take(code)
    assert offered == [10, 11, 12, 1, 2]
    assert pool.count() == PoolCount(handed=5, used=5)
    assert pool.count().left == 0


def test_a_service_is_offered_its_own_codes() -> None:
    pool = POOL.with_range(items(7, 7, "RA"))
    assert pool.next_free("RA") == ItemCode("RA", 7)
    assert pool.take(ItemCode("RA", 7)).next_free("RA") is None


def test_a_label_may_be_taken_out_of_order_and_the_gap_is_offered() -> None:
    pool = POOL.take(ItemCode("EA", 11))
    assert pool.next_free() == ItemCode("EA", 10)
    assert pool.take(ItemCode("EA", 10)).next_free() == ItemCode("EA", 12)


def test_a_void_code_is_not_offered_and_a_posting_called_off_makes_its_code_void() -> None:
    pool = POOL.strike(ItemCode("EA", 10)).take(ItemCode("EA", 11)).strike(ItemCode("EA", 11))
    assert pool.next_free() == ItemCode("EA", 12)
    assert pool.count() == PoolCount(handed=5, used=0, void=2)
    assert pool.count_by_range() == (PoolCount(3, 0, 2), PoolCount(2, 0, 0))
    assert not pool.is_free(ItemCode("EA", 11))


@pytest.mark.parametrize(("act", "serial", "reason"), [
    ("take", 13, "item_code_not_in_pool"), ("strike", 13, "item_code_not_in_pool"),
    ("take", 10, "item_code_used"), ("take", 11, "item_code_void"), ("strike", 11, "item_code_void"),
])
def test_what_cannot_be_taken_is_refused(act: str, serial: int, reason: str) -> None:
    pool = POOL.take(ItemCode("EA", 10)).strike(ItemCode("EA", 11))
    with pytest.raises(Refusal) as told:
        getattr(pool, act)(ItemCode("EA", serial))
    assert (told.value.code, told.value.values) == (reason, {"item": ItemCode("EA", serial).shown})


def test_the_same_codes_are_not_handed_twice() -> None:
    with pytest.raises(Refusal) as told:
        POOL.with_range(items(12, 20))
    assert told.value.code == "item_range_overlaps"
    assert told.value.values == {"first": ItemCode("EA", 10).text, "last": ItemCode("EA", 12).text}
    assert POOL.with_range(items(12, 20, "RA")).count().handed == 14


@given(st.lists(st.tuples(st.sampled_from(("next", "take", "strike")), st.integers(0, 14))))
def test_the_sum_is_right_after_any_history(history: list[tuple[str, int]]) -> None:
    pool, fate = POOL, dict[int, str]()
    for act, serial in history:
        code = pool.next_free() if act == "next" else ItemCode("EA", serial)
        if code is None:
            continue
        is_ours = code.serial in (10, 11, 12, 1, 2)
        try:
            pool = pool.strike(code) if act == "strike" else pool.take(code)
        except Refusal:
            assert not is_ours or code.serial in fate
            continue
        assert is_ours and fate.get(code.serial) != "void"
        assert act == "strike" or code.serial not in fate
        fate[code.serial] = "void" if act == "strike" else "used"
    count = pool.count()
    said = list(fate.values())
    assert (count.handed, count.used, count.void) == (5, said.count("used"), said.count("void"))
    assert count.left == len(list(pool.free())) == 5 - len(fate)
