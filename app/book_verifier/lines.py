"""The journal and what others say of it: chain, signatures, columns, heads; what the province signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.book_verifier.findings import Findings

GENESIS = "0" * 64
LAG = 2
"""Operations that the witness may be behind, see `rows.LAG`."""
Heads = dict[tuple[int, int], str]
"""Hash of each own operation by (epoch, seq)."""
_COLUMNS = ("op_id", "device", "epoch", "seq", "type", "intent", "business_date", "number")
_SLOT, _SLOTS = struct.Struct(">5s8s16sIQ32s16s"), 8


def settings_of(connection: Any, table: str = "settings") -> dict[str, Any]:
    """Values by name; one that is no JSON is left out."""
    found: dict[str, Any] = {}
    for name, value in connection.execute(f"SELECT name, value FROM {table}"):
        try:
            found[str(name)] = json.loads(value)
        except (ValueError, TypeError):
            continue
    return found


def check_journal(connection: Any, found: Findings) -> Heads:
    """Every line of this counter: its text, hash and signature, the one before it, and the columns beside it.

    No text is excused: this program puts none out of sight, so one that says it was is a text that was not signed.
    """
    own = settings_of(connection)
    device = own.get("device") or {}
    keys = keys_of(own)
    heads: Heads = {}
    before: dict[int, tuple[int, str]] = {}
    for row in connection.execute(
        "SELECT position, device, epoch, seq, op_id, intent, type, number, business_date, payload, hash, "
        "signature FROM journal ORDER BY device, epoch, seq"
    ):
        of, epoch, seq, stated = row[1], row[2], row[3], row[10]
        where = f"journal {epoch}/{seq}"
        found.count("operations")
        if of != device.get("id"):
            found.add(where, "line_of_other_device")
            continue
        last = before.get(epoch, (0, GENESIS))
        for what in _wrong(row, last, keys.get(epoch)):
            found.add(where, what)
        before[epoch] = (seq, stated)
        heads[(epoch, seq)] = stated
    return heads


def keys_of(own: Mapping[str, Any]) -> dict[int, Ed25519PublicKey]:
    keys: dict[int, Ed25519PublicKey] = {}
    for each in own.get("past_epochs") or ():
        keys[int(each["epoch"])] = Ed25519PublicKey.from_public_bytes(bytes.fromhex(each["public_key"]))
    device = own.get("device")
    if device:
        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(device["key"]))
        keys[int(device["epoch"])] = private.public_key()
    return keys


def _wrong(row: Any, last: tuple[int, str], key: Ed25519PublicKey | None) -> Iterator[str]:
    _, device, epoch, seq, op_id, intent, kind, number, day, payload, stated, signature = row
    if seq != last[0] + 1:
        yield "line_missing"
    if not isinstance(payload, str):               # bytes of the same letters are another value than was stored
        yield "line_unreadable"
        return
    try:
        inner = json.loads(payload)
        told = tuple(inner.get(name) for name in _COLUMNS)
    except (ValueError, AttributeError, TypeError, RecursionError):
        yield "line_unreadable"
        return
    if hashlib.sha256(payload.encode()).hexdigest() != stated:
        yield "line_changed"
    if inner.get("prev") != last[1]:
        yield "chain_broken"
    if told != (op_id, device, epoch, seq, kind, intent, day, number):
        yield "columns_differ"
    if key is not None and not _is_signed(key, signature, payload.encode()):
        yield "signature_wrong"


def _is_signed(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True


def check_heads(connection: Any, heads: Heads, found: Findings) -> None:
    """What the province has confirmed must be here."""
    newest: dict[int, int] = {}
    for epoch, seq in heads:
        newest[epoch] = max(newest.get(epoch, 0), seq)
    device = (settings_of(connection).get("device") or {}).get("id")
    for of, epoch, upto in connection.execute("SELECT device, epoch, upto FROM confirmations"):
        if of == device and upto > newest.get(epoch, 0):
            found.add("journal", "province_holds_more", upto=upto, ours=newest.get(epoch, 0))


def check_witness(
    name: str, content: bytes | None, key: bytes, machine: str, heads: Heads, found: Findings
) -> None:
    """The slots beside the keys: how far the journal reached. `content` of the file `name`, read before the book
    was."""
    if content is None:
        found.add(name, "file_missing")
        return
    own = hmac.new(key, b"quay-mot-cua witness", hashlib.sha256).digest()
    named = hashlib.sha256(machine.encode()).digest()[:16]
    bad, newest = 0, (0, 0, "")
    for at in range(0, max(len(content), _SLOT.size * _SLOTS), _SLOT.size):
        raw = content[at:at + _SLOT.size]
        if len(raw) != _SLOT.size or at >= _SLOT.size * _SLOTS:
            bad += 1
            continue
        magic, _, of, epoch, seq, known, check = _SLOT.unpack(raw)
        wanted = hmac.new(own, raw[:-16], hashlib.sha256).digest()[:16]
        if magic != b"QMCW1" or of != named or not hmac.compare_digest(check, wanted):
            bad += 1
            continue
        newest = max(newest, (epoch, seq, known.hex()))
    if bad:
        found.add(name, "witness_changed", slots=bad)
    epoch, seq, known_hash = newest
    if seq and heads.get((epoch, seq)) != known_hash:
        what = "journal_older" if (epoch, seq) not in heads else "journal_other"
        found.add("journal", what, epoch=epoch, seq=seq)
    last = max(heads, default=(0, 0))
    if epoch < last[0] or seq < last[1] - LAG:
        found.add(name, "witness_older", knows=f"{epoch}/{seq}", ours=f"{last[0]}/{last[1]}")


def check_province(connection: Any, found: Findings) -> None:
    """Leases and grants are the province's word; a package is what its digest says."""
    own = settings_of(connection)
    raw = own.get("province_key")
    if raw:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(raw))
        for name, payload, signature in connection.execute("SELECT lease_id, payload, signature FROM leases"):
            if not _is_signed(key, signature, payload.encode()):
                found.add("leases", "not_the_provinces", name=name)
        for grant in own.get("grants") or ():
            if not _is_signed(key, bytes.fromhex(grant["signature"]), grant["payload"].encode()):
                found.add("settings", "not_the_provinces", name="grants")
    for kind, version, sha256, content in connection.execute(
        "SELECT kind, version, sha256, content FROM catalogue_packages"
    ):
        try:
            is_whole = hashlib.sha256(zlib.decompress(content)).hexdigest() == sha256
        except (zlib.error, TypeError):
            is_whole = False
        if not is_whole:
            found.add("catalogue_packages", "package_changed", name=f"{kind} {version}")
