"""A record of the second copy: one operation that only the province, or the device itself, can open.

On a medium, and in the body of `POST /v1/sealed?incarnation=…`, records stand one behind the other in these bytes:

    magic "QMCR1" · length of device (1) · epoch (4) · seq (8) · prev (32) · hash (32) · length of envelope (4)
    · device, UTF-8 · CRC-32 of all before (4) · envelope (`sealing`) · CRC-32 of the envelope (4)

Numbers are big-endian. The clear part says which operation it is and nothing of what it holds; it is bound into
the envelope, so a record with another clear part does not open. The first CRC makes the lengths believable; the
second finds a damaged envelope without a key: a record that was cut short is told from one that was changed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.contract.inflated import inflated
from sync.contract.limits import MAX_ID, MAX_OPERATION, MB
from sync.contract.messages import Head
from sync.contract.operation_text import digest
from sync.contract.sealing import BrokenSeal, seal, unseal

CONTENT_TYPE = "application/octet-stream"
MAX_RECORDS = 500
"""In one POST; a body ends earlier at `BODY_BYTES`, but one record always fits."""
BODY_BYTES = 1 * MB
MAX_SEALED_BODY = MAX_OPERATION + 1 * MB

_MAGIC = b"QMCR1"
_PLACE = struct.Struct(">5sBIQ32s32s")
_LENGTH = struct.Struct(">I")
_FIXED = _PLACE.size + _LENGTH.size
_CRC = 4
_MAX_ENVELOPE = MAX_OPERATION + 64 * 1024
_PLAIN, _DEFLATED = 0, 1


class Opened(NamedTuple):
    """What lay inside: the exact signed bytes and their signature."""

    payload: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """One operation under seal; the clear part is what its author said it is, not yet proven."""

    device: str
    epoch: int
    seq: int
    prev: str                                      # hex
    hash: str                                      # hex SHA-256 of the payload
    envelope: bytes

    def __post_init__(self) -> None:
        if not (0 < self.seq < 2**53 and 0 <= self.epoch < 2**31 and 0 < len(self.device) <= MAX_ID
                and len(self.device.encode()) < 256 and len(self.prev) == len(self.hash) == 64):
            raise ValueError("no place of an operation")

    @property
    def bound(self) -> bytes:
        """The clear part as the envelope holds to it."""
        return _bound(self.device, self.epoch, self.seq, self.prev, self.hash)

    def to_bytes(self) -> bytes:
        """Exactly as on the medium."""
        device = self.device.encode()
        place = self.bound[:_PLACE.size]
        head = place + _LENGTH.pack(len(self.envelope)) + device
        return b"".join((head, _crc(head), self.envelope, _crc(self.envelope)))

    def open(self, key: X25519PrivateKey) -> Opened:
        """Payload and signature, which is not checked here. Raises sealing.NotForUs, sealing.BrokenSeal."""
        body = unseal(self.envelope, key, self.bound)
        if len(body) < 2 or len(body) < 2 + body[1]:
            raise BrokenSeal("body")
        signature, packed = body[2:2 + body[1]], body[2 + body[1]:]
        try:
            payload = packed if body[0] == _PLAIN else inflated(packed, MAX_OPERATION)
        except ValueError as error:
            raise BrokenSeal("body") from error
        if digest(payload) != self.hash:
            raise BrokenSeal("hash")
        return Opened(payload, signature)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes `start`..`end` (exclusive) that are no whole record.

    `is_torn`: the last ones, and they run out before the record does: a write that was cut off. Everything else is
    damage, in the middle or at the end, and may have been one record or many.
    """

    start: int
    end: int
    is_torn: bool


class SealedReason:
    """`reason` of a refused record, beside those of `problems.Refused`."""

    NOT_FOR_US = "not_for_us"                      # sealed for another province, or before a new seal key
    BROKEN_SEAL = "broken_seal"
    UNKNOWN_DEVICE = "unknown_device"
    WRONG_OFFICE = "wrong_office"                  # of a counter of another office than the sender's


@dataclass(frozen=True, slots=True)
class SealedItemAnswer:
    """What became of one record: `push.Outcome`, as if its author had pushed it. `line` counts from 0."""

    line: int
    outcome: str
    device: str
    epoch: int
    seq: int
    need: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SealedAnswer:
    """One answer a record, in their order. `have`: what the province holds afterwards, by device and epoch."""

    incarnation: str
    server_time: str
    items: tuple[SealedItemAnswer, ...]
    have: Mapping[str, Mapping[int, Head]]


def seal_operation(
    device: str, epoch: int, seq: int, prev: str, payload: bytes, signature: bytes, readers: Sequence[bytes],
) -> SealedRecord:
    """The record of an operation for the holders of these raw X25519 public keys."""
    deflated = zlib.compress(payload, 6)
    kind, packed = (_DEFLATED, deflated) if len(deflated) < len(payload) else (_PLAIN, payload)
    own = digest(payload)
    body = bytes((kind, len(signature))) + signature + packed
    return SealedRecord(device, epoch, seq, prev, own, seal(body, readers, _bound(device, epoch, seq, prev, own)))


def scan(content: bytes, start: int = 0) -> Iterator[tuple[int, SealedRecord | Unreadable]]:
    """(offset, record) of everything in `content` from `start` on; what is unreadable has its own line.

    Reading goes on behind damage, at the next place where the clear part of a record is whole: nothing behind a
    damaged or half-written record is lost with it.
    """
    at = start
    while at < len(content):
        found = _record_at(content, at)
        if found is not None:
            record, end = found
            yield at, record
            at = end
            continue
        behind = _next_head(content, at + 1)
        yield at, Unreadable(at, behind, behind == len(content) and _runs_out(content, at))
        at = behind


def read_records(body: bytes) -> list[SealedRecord]:
    """The records of a POST. Raises ValueError `torn`, `damaged` or `too_many`."""
    records: list[SealedRecord] = []
    for _, found in scan(body):
        if isinstance(found, Unreadable):
            raise ValueError("torn" if found.is_torn else "damaged")
        records.append(found)
        if len(records) > MAX_RECORDS:
            raise ValueError("too_many")
    return records


def bodies(records: Iterable[SealedRecord]) -> Iterator[bytes]:
    """Bodies to post one after the other: at most MAX_RECORDS and about BODY_BYTES each."""
    waiting: list[bytes] = []
    size = 0
    for record in records:
        raw = record.to_bytes()
        if waiting and (len(waiting) == MAX_RECORDS or size + len(raw) > BODY_BYTES):
            yield b"".join(waiting)
            waiting, size = [], 0
        waiting.append(raw)
        size += len(raw)
    if waiting:
        yield b"".join(waiting)


def _bound(device: str, epoch: int, seq: int, prev: str, own: str) -> bytes:
    name = device.encode()
    return _PLACE.pack(_MAGIC, len(name), epoch, seq, bytes.fromhex(prev), bytes.fromhex(own)) + name


def _crc(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(_CRC, "big")


def _head_at(content: bytes, at: int) -> tuple[int, int] | None:
    """(start, end) of the envelope whose clear part stands whole at `at`."""
    if len(content) < at + _FIXED or content[at:at + len(_MAGIC)] != _MAGIC:
        return None
    end = at + _FIXED + content[at + len(_MAGIC)]
    if len(content) < end + _CRC or content[end:end + _CRC] != _crc(content[at:end]):
        return None
    (length,) = _LENGTH.unpack_from(content, at + _PLACE.size)
    return (end + _CRC, end + _CRC + length) if length <= _MAX_ENVELOPE else None


def _record_at(content: bytes, at: int) -> tuple[SealedRecord, int] | None:
    envelope = _head_at(content, at)
    if envelope is None:
        return None
    start, end = envelope
    body = content[start:end]
    if len(content) < end + _CRC or content[end:end + _CRC] != _crc(body):
        return None
    _, length, epoch, seq, prev, own = _PLACE.unpack_from(content, at)
    try:
        device = content[at + _FIXED:at + _FIXED + length].decode()
        return SealedRecord(device, epoch, seq, prev.hex(), own.hex(), body), end + _CRC
    except ValueError:
        return None


def _next_head(content: bytes, at: int) -> int:
    while (at := content.find(_MAGIC, at)) >= 0:
        if _head_at(content, at) is not None:
            return at
        at += 1
    return len(content)


def _runs_out(content: bytes, at: int) -> bool:
    """Whether the bytes from `at` are the beginning of a record whose end is missing."""
    envelope = _head_at(content, at)
    if envelope is not None:
        return len(content) < envelope[1] + _CRC
    rest = content[at:]
    if rest[:len(_MAGIC)] != _MAGIC[:len(rest)]:
        return False
    if len(rest) < _FIXED:
        return True
    return len(rest) < _FIXED + rest[len(_MAGIC)] + _CRC
