"""A sealed envelope: bytes that only the holders of a few named X25519 keys can open, bound to a clear header.

    magic "QMCS1" · count of keys (1 byte) · for each: key mark (8), wrapped content key (48)
    · ephemeral public key (32) · AES-256-GCM of the body

The content key is random for each envelope, so every nonce is zero and used once. It is wrapped for each reader
with AES-256-GCM under HKDF-SHA-256 of the X25519 agreement of the ephemeral key and the reader's key. The header
(`bound`) stays outside, in clear, and is authenticated: an envelope moved under another header does not open.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MAGIC = b"QMCS1"
_NONCE = bytes(12)
_MARK, _WRAPPED, _PUBLIC = 8, 48, 32
_SLOT = _MARK + _WRAPPED
MOST_READERS = 8


class NotForUs(ValueError):
    """Whole as far as one can see, but none of its keys is ours."""


class BrokenSeal(ValueError):
    """Cut, changed, or put under another header."""


def seal(body: bytes, readers: Sequence[bytes], bound: bytes) -> bytes:
    """`body` for the holders of these raw X25519 public keys, under the clear header `bound`."""
    if not 0 < len(readers) <= MOST_READERS:
        raise ValueError("readers")
    passing = X25519PrivateKey.generate()
    public = passing.public_key().public_bytes_raw()
    key = secrets.token_bytes(32)
    slots = b"".join(
        mark_of(reader) + AESGCM(_wrapping_key(
            passing.exchange(X25519PublicKey.from_public_bytes(reader)), public, reader,
        )).encrypt(_NONCE, key, bound)
        for reader in readers
    )
    head = _MAGIC + bytes([len(readers)]) + slots + public
    return head + AESGCM(key).encrypt(_NONCE, body, head + bound)


def unseal(envelope: bytes, key: X25519PrivateKey, bound: bytes) -> bytes:
    """The body. Raises NotForUs or BrokenSeal."""
    start = len(_MAGIC) + 1
    if envelope[: len(_MAGIC)] != _MAGIC or len(envelope) < start:
        raise BrokenSeal("head")
    count = envelope[start - 1]
    end = start + count * _SLOT + _PUBLIC
    if not 0 < count <= MOST_READERS or len(envelope) < end:
        raise BrokenSeal("head")
    own = key.public_key().public_bytes_raw()
    public = envelope[end - _PUBLIC : end]
    for place in range(start, end - _PUBLIC, _SLOT):
        if envelope[place : place + _MARK] == mark_of(own):
            wrapped = envelope[place + _MARK : place + _SLOT]
            break
    else:
        raise NotForUs("mark")
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(public))
        content = AESGCM(_wrapping_key(shared, public, own)).decrypt(_NONCE, wrapped, bound)
        return AESGCM(content).decrypt(_NONCE, envelope[end:], envelope[:end] + bound)
    except (InvalidTag, ValueError) as error:
        raise BrokenSeal("content") from error


def mark_of(public_key: bytes) -> bytes:
    """Eight bytes by which a reader finds its own slot."""
    return hashlib.sha256(b"seal-mark" + public_key).digest()[:_MARK]


def marks_in(envelope: bytes) -> frozenset[bytes]:
    """The marks of those for whom an envelope is, as far as it holds them."""
    start = len(_MAGIC) + 1
    count = envelope[start - 1] if len(envelope) >= start else 0
    return frozenset(envelope[start + _SLOT * n :][:_MARK] for n in range(count))


def derived_key(secret: bytes, purpose: bytes) -> X25519PrivateKey:
    """The X25519 key that belongs to `secret` and `purpose`; the same ones give the same key."""
    return X25519PrivateKey.from_private_bytes(HKDF(SHA256(), 32, None, purpose).derive(secret))


def _wrapping_key(shared: bytes, passing: bytes, reader: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"quay-mot-cua seal" + passing + reader).derive(shared)
