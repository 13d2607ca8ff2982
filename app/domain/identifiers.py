"""Identifiers made at the counter: time-ordered and unguessable, without asking anyone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

Randomness = Callable[[int], bytes]
"""`secrets.token_bytes` in life, a seeded source in tests."""


def uuid7(now: datetime, randomness: Randomness) -> str:
    """A UUID version 7 (RFC 9562) for `now` (aware): sorts by time, 74 random bits."""
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    noise = int.from_bytes(randomness(10), "big")
    value = milliseconds << 80 | 0x7 << 76 | (noise >> 68 & 0xFFF) << 64 | 0b10 << 62 | noise & ((1 << 62) - 1)
    return str(uuid.UUID(int=value))


SECRET_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0/O or 1/I: a citizen reads them out over the telephone."""


def lookup_secret(randomness: Randomness) -> str:
    """Four letters printed on the receipt, so that a guessed code alone shows nothing to a stranger."""
    return "".join(SECRET_LETTERS[byte % len(SECRET_LETTERS)] for byte in randomness(4))
