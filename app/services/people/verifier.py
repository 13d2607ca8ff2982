"""What is kept of a secret: argon2id over the secret bound to this machine's key.

A copied book alone says nothing of a secret: whoever would guess needs the book's key too, and then pays 64 MiB
and a tenth of a second for each guess (RFC 9106; the second recommended setting with one pass more).
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

import argon2
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret, verify_secret

from app.domain.identifiers import Randomness
from app.domain.people.secret import read_code, read_secret

_SALT_BYTES = 16
_HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one guess: `memory_kib` over `passes`, in `lanes` at once."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


TODAY = Cost()


def pepper_of(book_key: bytes) -> bytes:
    """The machine's part of each verifier; it stands in the key store, not in the book."""
    return hmac.digest(book_key, b"quay-mot-cua sign-in", hashlib.sha256)


def make_verifier(secret: str, pepper: bytes, cost: Cost, randomness: Randomness) -> str:
    """With its parameters and salt in it, so that costs may be raised later."""
    return hash_secret(
        _bound(secret, pepper), randomness(_SALT_BYTES), cost.passes, cost.memory_kib, cost.lanes, _HASH_BYTES,
        Type.ID,
    ).decode()


def is_secret(secret: str, verifier: str, pepper: bytes) -> bool:
    """Slow on purpose; never in the GUI thread."""
    return _fits(verifier, _bound(secret, pepper))


def is_code(typed: str, activation: str) -> bool:
    """Whether `typed` is the personal code whose verifier the grant bears."""
    return _fits(activation, read_code(typed).encode())


def is_cheap(verifier: str, cost: Cost) -> bool:
    """Whether it was made at another cost than today's, and should be made anew while the secret is at hand."""
    known = argon2.extract_parameters(verifier)
    return (known.memory_cost, known.time_cost, known.parallelism) != (cost.memory_kib, cost.passes, cost.lanes)


def _bound(secret: str, pepper: bytes) -> bytes:
    return hmac.digest(pepper, read_secret(secret).encode(), hashlib.sha256)


def _fits(verifier: str, secret: bytes) -> bool:
    try:
        return verify_secret(verifier.encode(), secret, Type.ID)
    except (VerificationError, InvalidHashError):
        return False
