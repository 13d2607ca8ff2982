"""However it is read, a text is what Python's own reader says it is."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.json_text import read_json

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20,
)


@given(values, st.booleans())
def test_every_value_is_read_as_it_was_written(value: object, is_ascii: bool) -> None:
    try:
        text = json.dumps(value, ensure_ascii=is_ascii).encode()
    except UnicodeEncodeError:                     # half a surrogate pair, which only an escape can carry
        text = json.dumps(value).encode()
    assert read_json(text) == json.loads(text)


@pytest.mark.parametrize("text", [
    b'"\\ud800"', b"1e400", b"-0", b"18446744073709551616", b'{"a":1,"a":2}', b' {"a" : [ ] }\n', b'"\\u0000"',
])
def test_what_is_strange_is_read_alike(text: bytes) -> None:
    assert read_json(text) == json.loads(text)


def test_what_is_no_number_is_read_as_none() -> None:
    assert math.isnan(read_json(b"NaN"))


@pytest.mark.parametrize("text", [b"", b"[1,]", b"1 2", b'"\x01"', b"\xff", b'{"a"}', b"[" * 100_000])
def test_what_is_no_json_is_refused(text: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        read_json(text)
