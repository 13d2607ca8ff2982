"""Both ways to check a signature take and refuse the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.gateway.verifying import HAS_LIBSODIUM, Check, by_libsodium, by_openssl, checker

WAYS = [by_openssl, *([by_libsodium] if HAS_LIBSODIUM else [])]
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
ORDER = 2**252 + 27742317777372353535851937790883648493


@settings(max_examples=200, deadline=None)
@given(payload=st.binary(max_size=300), at=st.integers(0, 63), bit=st.integers(0, 7))
def test_a_signature_holds_as_it_is_and_with_no_other_bit(payload: bytes, at: int, bit: int) -> None:
    signature = KEY.sign(payload)
    altered = bytearray(signature)
    altered[at] ^= 1 << bit
    for way in WAYS:
        check = way(PUBLIC)
        assert check(signature, payload)
        assert not check(bytes(altered), payload)
        assert not check(signature, payload + b" ")


@pytest.mark.parametrize("way", WAYS)
def test_what_is_no_signature_or_another_writing_of_one_is_refused(way: Callable[[bytes], Check]) -> None:
    payload = "hồ sơ thử".encode()
    signature = KEY.sign(payload)
    check = way(PUBLIC)
    larger = (int.from_bytes(signature[32:], "little") + ORDER).to_bytes(32, "little")
    for wrong in (b"", bytes(64), signature[:-1], signature + b"\0", signature + payload[:1],
                  signature[:32] + larger):
        assert not check(wrong, payload)
    assert not check(signature + payload[:3], payload[3:])
    with pytest.raises(ValueError, match=r".+"):
        way(PUBLIC[:-1])


def test_the_one_that_is_there_is_used() -> None:
    assert checker(PUBLIC).__qualname__ == WAYS[-1](PUBLIC).__qualname__
