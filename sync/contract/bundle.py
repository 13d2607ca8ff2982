"""A bundle: a sealed, signed file that goes between a counter and its province by hand, on a stick.

    magic "QMCB1\\n" · length of head (4) · its CRC-32 (4) · head, JSON, padded with blanks to HEAD_ROOM
    · Ed25519 signature of the head (64)
    · for each part: length of envelope (4) · envelope (`sealing`)

Numbers are big-endian. The head is in clear, so that anybody sees whose bundle it is; it holds the SHA-256 of all
parts and is signed by whoever made the file: the device's key of its epoch, or the province's. Each part is sealed
for one reader alone and bound to its bundle and place. A part inside its envelope is one byte (0 plain, 1
deflated), one line of JSON that says what it is, and a body.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.contract.codec import Id, MalformedMessage, dumps, loads
from sync.contract.inflated import inflated
from sync.contract.limits import KB, MAX_UNPACKED, MB
from sync.contract.sealing import BrokenSeal, NotForUs, seal, unseal

SUFFIX = ".qmcb"
HEAD_ROOM = 4 * KB
MAX_PART = MAX_UNPACKED + 1 * MB

_MAGIC = b"QMCB1\n"
_LENGTH = struct.Struct(">I")
_HEAD = struct.Struct(">II")
_SIGNATURE = 64
_TEXT_AT = len(_MAGIC) + _HEAD.size
_PARTS_AT = _TEXT_AT + HEAD_ROOM + _SIGNATURE
_SAID = b"quay-mot-cua bundle\n"
_PLAIN, _DEFLATED = 0, 1
_READ = 1 * MB


class BundleKind:
    OUTGOING = "outgoing"                          # counter → province
    ACKNOWLEDGEMENT = "acknowledgement"            # province → counter


class BundleFault(ValueError):
    """A file that is no whole bundle of ours; `what` says how."""

    NOT_ONE = "not_one"                            # some other file
    TORN = "torn"                                  # its end is missing: pulled out while it was written
    DAMAGED = "damaged"                            # changed since it was made, or not by whom it says
    OTHER_READER = "other_reader"                  # whole, but sealed for somebody else

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class BundleHead:
    """What stands on the outside. `device` and `epoch`: the counter's, in both directions."""

    kind: Id
    device: Id
    epoch: int
    number: int                                    # the counter's own count; an acknowledgement bears the same
    made_at: Id
    parts: int = 0
    size: int = 0                                  # bytes of all parts
    sha256: Id = ""                                # hex, of all parts: the bundle's identity
    answer_key: Id = ""                            # base64 X25519: for whom the acknowledgement is to be sealed
    answers: Id = ""                               # sha256 of the bundle that is acknowledged


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the content: what it is, what it is about, and its bytes."""

    kind: str
    about: Mapping[str, Any]
    body: bytes


class BundleWriter:
    """Writes to an empty file that can seek: parts as they come, the head at last."""

    def __init__(self, file: BinaryIO, head: BundleHead, reader: bytes) -> None:
        """`reader`: the raw X25519 public key of the only one who may open it."""
        self._file, self._head, self._reader = file, head, reader
        self._parts, self._size, self._hash = 0, 0, hashlib.sha256()
        file.write(_MAGIC + _HEAD.pack(0, 0) + b" " * HEAD_ROOM + bytes(_SIGNATURE))

    @property
    def size(self) -> int:
        """Bytes of the parts so far."""
        return self._size

    def add(self, kind: str, about: Mapping[str, Any], body: bytes, *, is_packed: bool = False) -> None:
        """One more part; `is_packed`: the body would not grow smaller."""
        line = json.dumps({"kind": kind, **about}, ensure_ascii=False, separators=(",", ":")).encode()
        plain = line + b"\n" + body
        inside = bytes((_PLAIN,)) + plain if is_packed else bytes((_DEFLATED,)) + zlib.compress(plain, 6)
        envelope = seal(inside, (self._reader,), _bound(self._head, self._parts))
        raw = _LENGTH.pack(len(envelope)) + envelope
        self._file.write(raw)
        self._hash.update(raw)
        self._size += len(raw)
        self._parts += 1

    def finish(self, sign: Callable[[bytes], bytes]) -> BundleHead:
        """Write the head, signed; the caller syncs the file. Nothing is added afterwards."""
        head = replace(self._head, parts=self._parts, size=self._size, sha256=self._hash.hexdigest())
        text = dumps(head)
        if len(text) > HEAD_ROOM:
            raise ValueError("head_too_long")
        self._file.seek(len(_MAGIC))
        said = _HEAD.pack(len(text), zlib.crc32(text))
        self._file.write(said + text.ljust(HEAD_ROOM) + sign(_SAID + text))
        return head


class BundleReader:
    """Reads from a file that can seek. Every method may raise BundleFault."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        start = file.read(_PARTS_AT)
        if start[: len(_MAGIC)] != _MAGIC[: len(start)] or not start:
            raise BundleFault(BundleFault.NOT_ONE)
        if len(start) < _PARTS_AT or not any(start[len(_MAGIC) : _TEXT_AT]):
            raise BundleFault(BundleFault.TORN)    # cut before the head was written, which comes last
        length, check = _HEAD.unpack(start[len(_MAGIC) : _TEXT_AT])
        room = start[_TEXT_AT : _TEXT_AT + HEAD_ROOM]
        self._text, self._signature = room[:length], start[-_SIGNATURE:]
        if length > HEAD_ROOM or zlib.crc32(self._text) != check or room[length:].strip(b" "):
            raise BundleFault(BundleFault.DAMAGED)
        try:
            self.head = loads(BundleHead, self._text)
        except MalformedMessage as error:
            raise BundleFault(BundleFault.DAMAGED) from error
        self._places: list[tuple[int, int]] = []

    def check(self, author: bytes) -> None:
        """That all of it is here, unchanged since the holder of this raw Ed25519 public key made it."""
        try:
            Ed25519PublicKey.from_public_bytes(author).verify(self._signature, _SAID + self._text)
        except (InvalidSignature, ValueError) as error:
            raise BundleFault(BundleFault.DAMAGED) from error
        self.check_whole()

    def check_whole(self) -> None:
        """That all of it is here as the head says, whoever made it."""
        self._file.seek(_PARTS_AT)
        left, found = self.head.size, hashlib.sha256()
        while left > 0 and (block := self._file.read(min(_READ, left))):
            found.update(block)
            left -= len(block)
        if left > 0:
            raise BundleFault(BundleFault.TORN)
        if found.hexdigest() != self.head.sha256 or self._file.read(1):
            raise BundleFault(BundleFault.DAMAGED)

    def parts(self, key: X25519PrivateKey) -> Iterator[Part]:
        """Each in its order, after `check`."""
        for number in range(self.head.parts):
            yield self.part(number, key)

    def part(self, number: int, key: X25519PrivateKey) -> Part:
        """The one at this place, counted from 0."""
        start, length = self._find(number)
        self._file.seek(start)
        envelope = self._file.read(length)
        if len(envelope) < length:
            raise BundleFault(BundleFault.TORN)
        try:
            return _part(unseal(envelope, key, _bound(self.head, number)))
        except NotForUs as error:
            raise BundleFault(BundleFault.OTHER_READER) from error
        except BrokenSeal as error:
            raise BundleFault(BundleFault.DAMAGED) from error

    def _find(self, number: int) -> tuple[int, int]:
        while len(self._places) <= number:
            last = self._places[-1] if self._places else None
            at = last[0] + last[1] if last else _PARTS_AT
            self._file.seek(at)
            said = self._file.read(_LENGTH.size)
            if len(said) < _LENGTH.size:
                raise BundleFault(BundleFault.TORN)
            (length,) = _LENGTH.unpack(said)
            if length > MAX_PART:
                raise BundleFault(BundleFault.DAMAGED)
            self._places.append((at + _LENGTH.size, length))
        return self._places[number]


def _part(inside: bytes) -> Part:
    try:
        plain = inside[1:] if inside[:1] == bytes((_PLAIN,)) else inflated(inside[1:], MAX_UNPACKED)
        line, cut, body = plain.partition(b"\n")
        about = json.loads(line)
        kind = about.pop("kind")
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise BundleFault(BundleFault.DAMAGED) from error
    if not cut or not isinstance(kind, str):
        raise BundleFault(BundleFault.DAMAGED)
    return Part(kind, about, body)


def _bound(head: BundleHead, number: int) -> bytes:
    """To which bundle a part belongs, and where in it."""
    return "\n".join(
        (head.kind, head.device, str(head.epoch), str(head.number), head.made_at, str(number))
    ).encode()
