"""The province's word is its own letter for letter, and nothing that a book may hold instead is taken for it."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.services.province_word import is_signed, signature_in

PROVINCE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = PROVINCE.public_key().public_bytes_raw()
SAID = '{"kind":"lời của tỉnh"}'
SIGNATURE = PROVINCE.sign(SAID.encode())


@pytest.mark.parametrize(("key", "said", "signature", "is_good"), [
    (KEY, SAID, SIGNATURE, True), (KEY, f"{SAID} ", SIGNATURE, False), (KEY, SAID, SIGNATURE[:-1] + b"\0", False),
    (KEY, SAID, b"", False), (b"", SAID, SIGNATURE, False), (KEY[::-1], SAID, SIGNATURE, False),
    (KEY, "\ud800", SIGNATURE, False),
])
def test_only_the_very_text_under_the_very_key_is_signed(
    key: bytes, said: str, signature: bytes, is_good: bool,
) -> None:
    assert is_signed(key, said, signature) is is_good


def test_a_signature_that_is_no_hexadecimal_is_nobodys() -> None:
    assert signature_in(SIGNATURE.hex()) == SIGNATURE and signature_in("không phải") == b""
