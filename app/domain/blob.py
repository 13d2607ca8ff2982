"""A stored content: addressed by the SHA-256 of its plaintext, so that the same file is kept once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blob:
    """`sha256` in lower-case hex and `size` in bytes, both of the plaintext; `mime` as its first bytes say."""

    sha256: str
    size: int
    mime: str


def blob_of(content: bytes, mime: str) -> Blob:
    """How `content` is addressed."""
    return Blob(hashlib.sha256(content).hexdigest(), len(content), mime)
