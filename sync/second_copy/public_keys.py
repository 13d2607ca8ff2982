"""Under which public key each epoch was signed, beside the segments: `<epoch>.key`.

A book that was put back from before an epoch does not know its key. What stands here it believes because it wrote
it itself: the check is under the book's own key, which outlives the data folder.
"""

from __future__ import annotations

import hmac
import json


def key_file(epoch: int) -> str:
    return f"{epoch}.key"


def key_text(epoch: int, public: bytes, book_key: bytes) -> bytes:
    """The public key of an epoch, under this book's own key: nobody else can say under which keys we signed."""
    return json.dumps({"public_key": public.hex(), "check": _check(epoch, public, book_key)}).encode() + b"\n"


def read_key(content: bytes, epoch: int, book_key: bytes) -> bytes | None:
    """The public key in `content`; None when it was not this book that wrote it."""
    try:
        said = json.loads(content)
        public = bytes.fromhex(said["public_key"])
        is_ours = hmac.compare_digest(str(said["check"]), _check(epoch, public, book_key))
    except (ValueError, KeyError, TypeError):
        return None
    return public if is_ours else None


def _check(epoch: int, public: bytes, book_key: bytes) -> str:
    return hmac.digest(book_key, b"second copy key %d " % epoch + public, "sha256").hex()
