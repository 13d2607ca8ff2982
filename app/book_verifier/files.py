"""What lies beside the book: scans, backups, the witnesses, what waits to take the book's place."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import struct
import zlib
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.book_verifier.findings import Findings, Places, Secrets
from app.book_verifier.lines import settings_of
from app.book_verifier.opening import UNREADABLE, reading
from app.book_verifier.rows import SealBook

_CHUNK, _TAG = 64 * 1024, 16
_HEAD = struct.Struct(">8s8s32sQ")
_BACKUP = re.compile(r"qmc-[0-9a-f]{16}-(\d{8}T\d{6}Z)-[a-z]+(?:-[0-9A-Za-z]+)?\.db")
LYING = "backups_here"
"""In `sync_state`: the seal of each backup by its name."""


def check_folder(places: Places, found: Findings) -> None:
    """What would take the book's place at the next start."""
    for name in ("restoring.json", places.book.with_suffix(".restoring").name):
        if places.book.with_name(name).exists():
            found.add(name, "waits_for_start")


# scans

def check_scans(connection: Any, folder: Path, key: bytes, found: Findings) -> None:
    """Each content that the book names and that has not left this machine; and files that nobody names."""
    named: set[str] = set()
    for named_as, size, purged in connection.execute("SELECT sha256, size, purged_at FROM files").fetchall():
        sha256 = named_as.hex()
        named.add(sha256)
        if purged is not None:
            continue
        found.count("scans")
        where = f"scans/{sha256[:12]}"
        try:
            raw = (folder / sha256[:2] / sha256).read_bytes()
        except FileNotFoundError:
            found.add(where, "file_missing")
        except OSError as error:                   # a bad sector, a folder of that name: the others are looked at
            found.add(where, "unreadable", said=str(error))
        else:
            if not _is_content(raw, sha256, int(size), key):
                found.add(where, "file_changed")
    if folder.is_dir():
        for file in sorted(folder.glob("[0-9a-f][0-9a-f]/*")):
            if file.name not in named:
                found.note(f"scans/{file.name[:12]}", "file_unnamed")


def _is_content(raw: bytes, sha256: str, size: int, key: bytes) -> bool:
    start = _HEAD.size + 4
    if len(raw) < start + _TAG or raw[_HEAD.size:start] != zlib.crc32(raw[:_HEAD.size]).to_bytes(4, "big"):
        return False
    magic, _, salt, stated = _HEAD.unpack_from(raw)
    own = _derived(_derived(key, None, b"quay-mot-cua scans: contents"), salt, b"file")
    cipher, bound = AESGCM(own), raw[:_HEAD.size] + bytes.fromhex(sha256)
    chunks, at, content = max(1, -(-stated // _CHUNK)), start, bytearray()
    if magic != b"QMCBLOB1" or stated != size or len(raw) != start + stated + chunks * _TAG:
        return False
    try:
        for place in range(chunks):
            end = min(len(raw), at + _CHUNK + _TAG)
            nonce = bytes(7) + place.to_bytes(4, "big") + bytes([place == chunks - 1])
            content += cipher.decrypt(nonce, raw[at:end], bound)
            at = end
    except InvalidTag:
        return False
    return hashlib.sha256(content).hexdigest() == sha256


def _derived(key: bytes, salt: bytes | None, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(key)


# backups

def check_backups(connection: Any, folder: Path, secrets: Secrets, found: Findings) -> None:
    """Each backup is a whole book under its own seal, and the one that the book knows by that name."""
    lying: dict[str, str] = settings_of(connection, "sync_state").get(LYING) or {}
    since = _last_put_back(connection)
    there = {file.name: file for file in sorted(folder.glob("qmc-*.db"))} if folder.is_dir() else {}
    for name in sorted({*lying, *there}):
        named = _BACKUP.fullmatch(name)
        if name not in there:
            if named is not None and _moment(named[1]) > since:
                found.add(f"backups/{name}", "file_missing")
            continue
        found.count("backups")
        _check_backup(there[name], lying.get(name), secrets, found)


def _check_backup(file: Path, known: str | None, secrets: Secrets, found: Findings) -> None:
    where = f"backups/{file.name}"
    try:
        with reading(file, secrets.book) as copy:
            if copy.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                found.add(where, "file_changed")
                return
            seal = SealBook(copy, secrets.seal)
            if not secrets.seal:
                return                             # said already
            if not seal.is_there:
                if known:
                    found.add(where, "backup_other")
                return
            changed = [table for table, _, _ in seal.differing()] if seal.is_genuine() else ["book_seal"]
            if seal.shape_here() != seal.shape:
                changed.append("sqlite_master")
            for table in changed:
                found.add(where, "backup_changed", table=table)
            if known and known != f"{seal.generation}:{seal.tag.hex()}":
                found.add(where, "backup_other")
            elif known is None:
                found.note(where, "backup_unknown")
    except (OSError, *UNREADABLE):
        found.add(where, "file_changed")


def _last_put_back(connection: Any) -> str:
    """When an older book was last put here: of backups from before it knows nothing."""
    row = connection.execute("SELECT story FROM book_seal").fetchone() if connection.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'book_seal'").fetchone() else None
    lines = json.loads(row[0]) if row else []
    return max((str(line["at"])[:19] for line in lines if line["why"] in ("older", "begun_again")), default="")


def _moment(named: str) -> str:
    return f"{named[:4]}-{named[4:6]}-{named[6:8]}T{named[9:11]}:{named[11:13]}:{named[13:15]}"


# beside the keys

def check_tries(connection: Any, file: Path, key: bytes, found: Findings) -> None:
    """How often secrets were wrong, as it is counted beside the keys and in the book: the same, or there one more,
    of a try that was cut off."""
    settings = settings_of(connection)
    own = hmac.new(key, b"quay-mot-cua tries", hashlib.sha256).digest()
    try:
        check, _, text = file.read_bytes().partition(b"\n")
    except OSError:
        if settings.get("tries_beside_keys"):
            found.add(file.name, "file_missing")
        return
    wanted = hmac.new(own, text, hashlib.sha256).hexdigest().encode()
    if not hmac.compare_digest(check, wanted):
        found.add(file.name, "file_changed")
        return
    beside: dict[str, list[int]] = json.loads(text)
    kept = {clerk: list(each["wrong"]) for clerk, each in (settings.get("sign_ins") or {}).items()}
    for clerk in sorted({*beside, *kept}):
        here, there = kept.get(clerk, [0, 0]), beside.get(clerk, [0, 0])
        if here[1] != there[1] and there[1] != here[1] + 1:
            found.add(file.name, "tries_differ", clerk=clerk)
