"""The second copy: its cards, its keys, and the clear part of every record, which names an operation by its hash.

A record that ends in the middle, at the end of a segment, is one whose writing was cut off: what was once read
back from the medium is counted apart.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
import zlib
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.book_verifier.findings import Findings
from app.book_verifier.lines import Heads, keys_of, settings_of

_RECORD, _LENGTH = struct.Struct(">5sBIQ32s32s"), struct.Struct(">I")
_CARDS = ("medium.json", "medium-2.json")


def check_medium(
    connection: Any, folder: Path, key: bytes, heads: Heads, found: Findings, *, is_open: bool
) -> None:
    """What lies on the medium of this counter, against the journal and what was once read back from there.

    `is_open`: work goes on, so what is newer than the journal was when it was read is no matter of it.
    """
    newest = max(heads, default=(0, 0)) if is_open else None
    own = settings_of(connection)
    device = str((own.get("device") or {}).get("id"))
    cards = [_bytes(folder / name) for name in _CARDS]
    for name, content in zip(_CARDS, cards, strict=True):
        if not _is_card(content, device, str((own.get("second_copy") or {}).get("medium"))) or content != cards[0]:
            found.add(f"{folder.name}/{name}", "file_changed" if content else "file_missing")
    for epoch, public in keys_of(own).items():
        raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        check = hmac.new(key, b"second copy key %d " % epoch + raw, hashlib.sha256).hexdigest()
        wanted = json.dumps({"public_key": raw.hex(), "check": check}).encode() + b"\n"
        content = _bytes(folder / f"{epoch}.key")
        if content != wanted and (content or any(of == epoch for of, _ in heads)):
            found.add(f"{folder.name}/{epoch}.key", "file_changed" if content else "file_missing")
    there: set[tuple[int, int]] = set()
    is_read = True
    for segment in sorted(folder.glob("*.qmc")):
        try:
            content = segment.read_bytes()
        except OSError as error:
            found.add(f"{folder.name}/{segment.name}", "unreadable", said=str(error))
            is_read = False
            continue
        _check_segment(f"{folder.name}/{segment.name}", content, device, heads, newest, there, found)
    if not is_read:                                # what lies in there nobody knows
        return
    kept = settings_of(connection, "sync_state").get("second_copy_kept") or {}
    for epoch, upto in (kept.get("reached") or {}).items():
        lacking = sum((int(epoch), seq) not in there for seq in range(1, int(upto) + 1))
        if lacking:
            found.add(folder.name, "second_copy_lacks", amount=lacking)


def _check_segment(
    where: str, content: bytes, device: str, heads: Heads, newest: tuple[int, int] | None,
    there: set[tuple[int, int]], found: Findings,
) -> None:
    at = 0
    while at < len(content):
        if at + _RECORD.size + _LENGTH.size > len(content):
            _end(where, content, at, found)
            return
        magic, size, epoch, seq, _, own = _RECORD.unpack_from(content, at)
        (envelope,) = _LENGTH.unpack_from(content, at + _RECORD.size)
        head = content[at:at + _RECORD.size + _LENGTH.size + size]
        end = at + len(head) + 4 + envelope + 4
        is_head = magic == b"QMCR1" and content[at + len(head):at + len(head) + 4] == _crc(head)
        if is_head and end > len(content):
            _end(where, content, at, found)
            return
        if not is_head or content[end - 4:end] != _crc(content[end - 4 - envelope:end - 4]):
            found.add(where, "second_copy_damaged", place=at)
            return
        if head[len(head) - size:].decode(errors="replace") == device:
            there.add((epoch, seq))
            is_later = newest is not None and (epoch, seq) > newest
            if heads.get((epoch, seq)) != own.hex() and not is_later:
                found.add("journal", "second_copy_holds_other", epoch=epoch, seq=seq)
        found.count("second copy")
        at = end


def _end(where: str, content: bytes, at: int, found: Findings) -> None:
    if content[at:].startswith(b"QMCR1"[:len(content) - at]):
        found.note(where, "second_copy_cut", place=at)
    else:
        found.add(where, "second_copy_damaged", place=at)


def _is_card(content: bytes, device: str, medium: str) -> bool:
    try:
        said = json.loads(content)
        return (said["format"], said["device"], said["medium"]) == ("quay-mot-cua-second-copy-1", device, medium)
    except (ValueError, KeyError, TypeError):
        return False


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _crc(raw: bytes) -> bytes:
    return zlib.crc32(raw).to_bytes(4, "big")
