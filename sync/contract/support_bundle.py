"""A support bundle: how a machine stands, sealed so that only the province can read it.

    magic "QMCH1\\n" · length of head (2) · head, JSON · envelope (`sealing`) of the deflated facts, JSON

The head says in clear who asks for help and when; it is bound into the envelope. What may stand inside is
`support_shape`'s business, and is asked again when the bundle is opened.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.contract.inflated import inflated
from sync.contract.limits import KB, MB
from sync.contract.sealing import BrokenSeal, NotForUs, seal, unseal
from sync.contract.support_shape import fitted, moment, some_id, version

SUFFIX = ".qmch"
MOST_BYTES = 2 * MB
"""A bundle fits on anything and goes through any mail."""

_MAGIC = b"QMCH1\n"
_LENGTH = struct.Struct(">H")
_MOST_PLAIN = 16 * MB
_HEAD = {"device": some_id, "made_at": moment, "version": version}


class SupportFault(ValueError):
    """`what`: "not_one", "damaged", "other_reader" or "too_large"."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def make_bundle(facts: Mapping[str, Any], reader: bytes) -> bytes:
    """The bundle of `facts` for the holder of this raw X25519 public key. Raises SupportFault `too_large`."""
    kept, left_out = fitted(facts)
    outside = {"device": kept.get("counter", {}).get("device"), "made_at": kept.get("made_at"),
               "version": kept.get("program", {}).get("version")}
    head = json.dumps({name: value for name, value in outside.items() if value}, separators=(",", ":")).encode()
    plain = json.dumps({**kept, "left_out": left_out}, ensure_ascii=False, separators=(",", ":")).encode()
    content = b"".join((_MAGIC, _LENGTH.pack(len(head)), head, seal(zlib.compress(plain, 9), (reader,), head)))
    if len(content) > MOST_BYTES:
        raise SupportFault("too_large")
    return content


def read_head(content: bytes) -> Mapping[str, Any]:
    """What stands on the outside, for anybody. Raises SupportFault."""
    try:
        said = json.loads(_parted(content)[0])
    except ValueError as error:
        raise SupportFault("damaged") from error
    return {name: said[name] for name, kind in _HEAD.items() if isinstance(said, dict) and kind(said.get(name))}


def open_bundle(content: bytes, key: X25519PrivateKey) -> Mapping[str, Any]:
    """The facts, and in "left_out" how many values had no place. Raises SupportFault."""
    head, envelope = _parted(content)
    try:
        said = json.loads(inflated(unseal(envelope, key, head), _MOST_PLAIN))
    except NotForUs as error:
        raise SupportFault("other_reader") from error
    except (BrokenSeal, ValueError, RecursionError) as error:
        raise SupportFault("damaged") from error
    if not isinstance(said, dict):
        raise SupportFault("damaged")
    lost = said.pop("left_out", 0)
    kept, more = fitted(said)
    return {**kept, "left_out": (lost if isinstance(lost, int) else 0) + more}


def _parted(content: bytes) -> tuple[bytes, bytes]:
    start = len(_MAGIC) + _LENGTH.size
    if content[: len(_MAGIC)] != _MAGIC:
        raise SupportFault("not_one")
    if len(content) < start or len(content) > MOST_BYTES:
        raise SupportFault("damaged")
    (length,) = _LENGTH.unpack(content[len(_MAGIC) : start])
    if length > KB:
        raise SupportFault("damaged")
    return content[start : start + length], content[start + length :]
