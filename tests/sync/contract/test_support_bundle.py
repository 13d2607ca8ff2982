"""A support bundle has no place for a word of a person, and nobody but the province reads it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.sealing import derived_key
from sync.contract.support_bundle import MOST_BYTES, SupportFault, make_bundle, open_bundle, read_head
from sync.contract.support_shape import SHAPE, fitted

PROVINCE, STRANGER = (derived_key(bytes([n]) * 32, b"test") for n in (1, 2))
READER = PROVINCE.public_key().public_bytes_raw()
FACTS: dict[str, Any] = {
    "made_at": "2026-11-22T09:00:00+07:00", "program": {"version": "0.7.1", "system": "Linux"},
    "counter": {"device": "quay-1", "office": "vp-1", "epoch": 2}, "rows": {"dossiers": 20},
    "heads": [{"epoch": 2, "seq": 61, "hash": "ab" * 32, "confirmed": 60}],
    "log": ["2026-11-22T13:00:01+07:00 ERROR ui.counter_window:393 KeyError app.services.receive:88"],
}
CANARY = "Hồng Hạc Canary"


def test_the_province_reads_what_was_written() -> None:
    content = make_bundle(FACTS, READER)
    assert open_bundle(content, PROVINCE) == {**FACTS, "left_out": 0}
    assert read_head(content) == {"device": "quay-1", "made_at": FACTS["made_at"], "version": "0.7.1"}


def test_nobody_else_reads_it_and_a_changed_one_is_known() -> None:
    content = make_bundle(FACTS, READER)
    cases = [(content, STRANGER, "other_reader"), (content[:-1], PROVINCE, "damaged"),
             (content[:9] + b"x" + content[10:], PROVINCE, "damaged"), (b"PK" + content, PROVINCE, "not_one"),
             (content[:7], PROVINCE, "damaged"), (b"", PROVINCE, "not_one")]
    for changed, key, what in cases:
        with pytest.raises(SupportFault) as raised:
            open_bundle(changed, key)
        assert raised.value.what == what


def places(shape: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place where a value may stand."""
    if isinstance(shape, dict):
        return [each for name, inside in shape.items() for each in places(inside, (*path, name))]
    if isinstance(shape, list):
        return places(shape[0], (*path, 0))
    return [path]


def at(path: tuple[Any, ...], value: Any) -> Any:
    for name in reversed(path):
        value = [value] if name == 0 else {name: value}
    return value


words = st.text(min_size=1).filter(lambda text: " " in text or not text.isascii())


@given(st.sampled_from(places(SHAPE)), words | st.just(CANARY) | st.just("079123456789 Mẫu") | st.floats())
def test_no_place_takes_a_sentence_a_name_or_what_is_of_another_kind(path: tuple[Any, ...], value: Any) -> None:
    kept, left_out = fitted(at(path, value))
    assert left_out == 1 and str(value) not in str(kept)


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()), max_size=5))
def test_what_has_no_place_is_left_out(facts: dict[str, Any]) -> None:
    kept, _ = fitted({name: value for name, value in facts.items() if name not in SHAPE})
    assert kept == {}


def test_a_log_line_with_anything_more_in_it_is_left_out() -> None:
    sound = FACTS["log"][0]
    lines = [sound, f"{sound} {CANARY}", f"2026-11-22T13:00:01+07:00 INFO {CANARY}", "079123456789",
             "2026-11-22T13:00:01+07:00 ERROR ui.pages:1 ValueError Mẫu"]
    assert fitted({"log": lines}) == ({"log": [sound]}, 4)


def test_a_bundle_that_would_be_too_large_is_not_made() -> None:
    heads = [{"hash": sha256(str(n).encode()).hexdigest()} for n in range(60_000)]
    with pytest.raises(SupportFault) as raised:
        make_bundle({"heads": heads}, READER)
    assert raised.value.what == "too_large" and MOST_BYTES == 2 * 2**20
