"""The recovery key: a counter's book key, sealed so that only the province can give it back.

    PUT /v1/recovery-key     RecoveryKey → RecoveryProof

The counter seals the 32 bytes to the province's sealing key, under a header that names device and epoch. The
province opens the envelope and answers with an HMAC that nobody can make without the key: so the counter knows,
before it is ever needed, that the way back works. The province keeps the envelope, never the key.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sync.contract.codec import Id, Name

RECOVERY_KEY = "/v1/recovery-key"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """`sealed`: envelope of `sealing`, base64, under `recovery_bound`. `nonce`: of this request, never again."""

    sealed: str
    nonce: Id


@dataclass(frozen=True, slots=True)
class RecoveryProof:
    """`proof`: `recovery_proof` in hex, by the key that the province found in the envelope."""

    proof: Name


def recovery_bound(device: str, epoch: int) -> bytes:
    """The clear header of the envelope: moved to another counter it does not open."""
    return f"recovery-key\n{device}\n{epoch}".encode()


def recovery_proof(book_key: bytes, device: str, nonce: str) -> str:
    """What only a holder of the key can answer."""
    return hmac.digest(book_key, f"recovery\n{device}\n{nonce}".encode(), "sha256").hex()
