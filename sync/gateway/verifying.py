"""Checking Ed25519 signatures as quickly as this machine can: they are most of what a push costs the gateway.

libsodium (PyNaCl) needs about 100 µs where OpenSSL needs 225; both leave the interpreter's lock while they work.
Without PyNaCl the other does: what is refused is the same, only later.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HAS_LIBSODIUM = find_spec("nacl") is not None

Check = Callable[[bytes, bytes], bool]
"""(signature, payload) → whether it holds."""

_SIGNATURE_BYTES, _KEY_BYTES = 64, 32


def checker(public_key: bytes) -> Check:
    """For one raw public key. Raises ValueError when it is none."""
    return by_libsodium(public_key) if HAS_LIBSODIUM else by_openssl(public_key)


def by_libsodium(public_key: bytes) -> Check:
    if len(public_key) != _KEY_BYTES:
        raise ValueError("not a key")
    open_signed: Callable[[bytes, bytes], bytes] = import_module("nacl.bindings").crypto_sign_open
    refused: type[Exception] = import_module("nacl.exceptions").CryptoError

    def check(signature: bytes, payload: bytes) -> bool:
        if len(signature) != _SIGNATURE_BYTES:     # joined to the payload: a longer one must not move the cut
            return False
        try:
            open_signed(signature + payload, public_key)
        except refused:
            return False
        return True

    return check


def by_openssl(public_key: bytes) -> Check:
    key = Ed25519PublicKey.from_public_bytes(public_key)

    def check(signature: bytes, payload: bytes) -> bool:
        try:
            key.verify(signature, payload)
        except InvalidSignature:
            return False
        return True

    return check
