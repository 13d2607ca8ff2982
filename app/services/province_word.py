"""Whether a text is the province's own word: signed by its key, letter for letter."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_signed(province_key: bytes, payload: str, signature: bytes) -> bool:
    """False too for what is no key and no signature at all: a book may hold anything."""
    try:
        Ed25519PublicKey.from_public_bytes(province_key).verify(signature, payload.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def signature_in(written: str) -> bytes:
    """A signature as the book holds it, in hexadecimal; empty, and so nobody's, where it is none."""
    try:
        return bytes.fromhex(written)
    except ValueError:
        return b""


__all__ = ["is_signed", "signature_in"]
