from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.sealing import BrokenSeal, NotForUs, derived_key, seal, unseal

PROVINCE, DEVICE, STRANGER = (derived_key(bytes([n]) * 32, b"test") for n in (1, 2, 3))
BODY, BOUND = "Hồ sơ của Nguyễn Thị Mẫu".encode(), b"quay-1 1 17"


def public(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def sealed() -> bytes:
    return seal(BODY, [public(PROVINCE), public(DEVICE)], BOUND)


@pytest.mark.parametrize("reader", [PROVINCE, DEVICE])
def test_each_named_reader_opens_it(reader: X25519PrivateKey) -> None:
    assert unseal(sealed(), reader, BOUND) == BODY


def test_nobody_else_opens_it() -> None:
    with pytest.raises(NotForUs):
        unseal(sealed(), STRANGER, BOUND)


def test_it_belongs_to_its_header() -> None:
    with pytest.raises(BrokenSeal):
        unseal(sealed(), PROVINCE, b"quay-1 1 18")


def test_nothing_of_the_body_stands_in_clear() -> None:
    assert BODY not in sealed()
    assert sealed() != sealed()


@given(st.data())
def test_any_changed_or_missing_byte_is_found(data: st.DataObject) -> None:
    whole = sealed()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[place] ^= data.draw(st.integers(1, 255))
    for harmed in (bytes(flipped), whole[:place]):
        with pytest.raises((BrokenSeal, NotForUs)):
            unseal(harmed, PROVINCE, BOUND)


@given(st.binary(max_size=400))
def test_foreign_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises((BrokenSeal, NotForUs)):
        unseal(raw, PROVINCE, BOUND)
