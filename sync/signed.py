"""Whether the province said it."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.contract.messages import Signed


def is_signed(province_key: bytes, signed: Signed) -> bool:
    """Whether `signed` bears the province's signature over its exact text."""
    try:
        Ed25519PublicKey.from_public_bytes(province_key).verify(signed.signature_bytes, signed.payload.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
