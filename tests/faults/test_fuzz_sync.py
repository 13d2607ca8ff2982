"""A short run of `python -m tests.faults.fuzz_sync`: no bytes bring a reader of the other end down."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults.fuzz_sync import PIECES, Figures, run
from tests.faults.sync_readers import Target, targets

TARGETS = targets()


def test_damaged_samples_are_read_or_refused() -> None:
    figures = run(count=150, seed=2)
    assert figures.crashes == []
    assert set(figures.refused) | set(figures.read) == set(TARGETS)


@pytest.mark.parametrize("name", [name for name, target in TARGETS.items() if target.samples != (b"{}",)])
def test_the_samples_themselves_are_read(name: str) -> None:
    for sample in TARGETS[name].samples:
        TARGETS[name].read(sample)


@given(raw=st.binary(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=20,
).map(lambda value: json.dumps(value).encode()))
def test_any_bytes_and_any_json_are_read_or_refused(raw: bytes) -> None:
    figures = Figures()
    for name, target in TARGETS.items():
        figures.feed(name, target, raw)
    assert figures.crashes == []


def test_a_reader_that_falls_over_is_reported_with_its_bytes() -> None:
    figures = Figures()
    for raw in (*PIECES, b"1"):
        figures.feed("bare", Target(json.loads, (b"1",), ()), raw)
    assert figures.read["bare"] >= 3
    assert any("RecursionError" in each for each in figures.crashes)
    assert any("JSONDecodeError" in each for each in figures.crashes)
