"""Contents too large for the book: scanned pages and their PDFs, one encrypted file each, whole or not there.

    scans/ab/ab3f…        SHA-256 of what is inside, in lower-case hex; the same content is one file
    scans/incoming/…      being written; what a power cut left here belongs to nobody and is swept

A content is on the disk, and was read back from there, when `put` returns; only then may a row name it. Nothing
is ever written in clear. The name tells who already holds the same file that it is here: that is the price of
keeping it once, and a scan has no second copy outside.

File: magic, key mark, salt, size, CRC-32 of these; then chunks of 64 KB, each AES-256-GCM with its own tag.
The key of a file is HKDF-SHA-256 of the book's key with the file's random salt, so nonces may simply count;
place, "this is the last chunk", the head and the content's SHA-256 are bound into each chunk (the STREAM
construction of Hoang, Reyhanitabar, Rogaway, Vizár 2015): cut, swapped, reordered or renamed files do not open.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.blob import Blob, blob_of
from app.errors import EnvironmentFault
from app.store.disk import Disk, disk_fault

CHUNK = 64 * 1024
TAG = 16
_MAGIC = b"QMCBLOB1"
_HEAD = struct.Struct(">8s8s32sQ")          # magic, key mark, salt, size of the content
_CRC = struct.Struct(">I")
HEAD_SIZE = _HEAD.size + _CRC.size
_NONCE = struct.Struct(">xxxxxxxIB")        # the chunk's place, 1 for the last


class StoredFile(NamedTuple):
    """One file as the folder shows it; `size` in bytes on the disk."""

    sha256: str
    size: int
    modified_at: datetime


class BlobStore:
    """The contents in one folder, under one key. Safe to use from several threads and processes at once."""

    def __init__(self, folder: Path, key: bytes, disk: Disk | None = None) -> None:
        """`key` is the book's; the store's own is derived from it. The folder is made with the first content."""
        self.folder = folder
        self._key = _derive(key, b"", b"quay-mot-cua scans: contents")
        self._mark = _derive(key, b"", b"quay-mot-cua scans: key mark")[:8]
        self._disk = disk or Disk()
        self._safe_folders: set[Path] = set()

    @property
    def incoming(self) -> Path:
        return self.folder / "incoming"

    def put(self, content: bytes, mime: str) -> Blob:
        """Keep `content`; it is on the disk, with its name, and was read back from there when this returns.

        The same content again is the same file; a damaged one is made whole by it. Raises EnvironmentFault:
        disk_full, disk_error, data_folder_unwritable; nothing half then bears the content's name.
        """
        blob = blob_of(content, mime)
        target = self.path_of(blob.sha256)
        disk = self._disk
        try:
            self._make_safe(self.incoming)
            self._make_safe(target.parent)
            if self._is_whole(blob.sha256):
                # Its writer may have been killed before the name was safe.
                disk.sync(target)
                disk.sync_folder(target.parent)
                return blob
            with disk.new_file(self.incoming / secrets.token_hex(16)) as arriving:
                for part in self._sealed(content, blob.sha256):
                    arriving.write(part)
                arriving.sync()                            # the content …
                arriving.rename(target)
                disk.sync_folder(target.parent)            # … and its name are safe …
            if not self._is_whole(blob.sha256):            # … and what the disk gives back is what was meant
                disk.remove(target)
                raise EnvironmentFault("disk_error")
        except OSError as error:
            raise disk_fault(error) from error
        return blob

    def read(self, sha256: str) -> bytes:
        """The content. Raises EnvironmentFault: blob_missing, blob_damaged, blob_key_wrong, disk_error."""
        try:
            raw = self._disk.read(self.path_of(sha256))
        except FileNotFoundError as error:
            raise EnvironmentFault("blob_missing", sha256=sha256) from error
        except OSError as error:
            raise EnvironmentFault("disk_error") from error
        return self._opened(raw, sha256)

    def has(self, sha256: str) -> bool:
        """Whether a file of that name is there; only `read` tells whether it is whole."""
        return self.path_of(sha256).is_file()

    def walk(self) -> Iterator[StoredFile]:
        """Every file, in the order of its name. Other things in the folder are passed by."""
        for sub in sorted(each for each in self.folder.glob("[0-9a-f][0-9a-f]") if each.is_dir()):
            for file in sorted(sub.iterdir()):
                if is_sha256(file.name) and file.name.startswith(sub.name):
                    found = file.stat()
                    yield StoredFile(file.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def size_on_disk(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.walk())

    def remove(self, sha256: str) -> None:
        """Take a file away that no row names; nothing happens when it is not there."""
        self._disk.remove(self.path_of(sha256))

    def leftovers(self) -> tuple[Path, ...]:
        """Files whose writing never ended; those being written at this moment are not among them."""
        if not self.incoming.is_dir():
            return ()
        return tuple(file for file in sorted(self.incoming.iterdir()) if not self._disk.is_being_written(file))

    def sweep(self) -> int:
        """Remove the leftovers and say how many there were; what another process is writing stays."""
        return sum(self._disk.remove_abandoned(file) for file in self.leftovers())

    def path_of(self, sha256: str) -> Path:
        """Where the content lies. Raises ValueError for what is no SHA-256: a name is never a way out."""
        if not is_sha256(sha256):
            raise ValueError("not a SHA-256")
        return self.folder / sha256[:2] / sha256

    def _make_safe(self, folder: Path) -> None:
        """The folder is there and so is its name after a power cut; asked of the disk once in a program's life."""
        if folder not in self._safe_folders or not folder.is_dir():
            self._disk.make_folder(folder)
            self._safe_folders.add(folder)

    def _is_whole(self, sha256: str) -> bool:
        target = self.path_of(sha256)
        if not target.is_file():
            return False
        try:
            self._opened(self._disk.read(target, is_from_disk=True), sha256)
        except EnvironmentFault:
            return False
        return True

    def _sealed(self, content: bytes, sha256: str) -> Iterator[bytes]:
        salt = secrets.token_bytes(32)
        head = _HEAD.pack(_MAGIC, self._mark, salt, len(content))
        yield head + _CRC.pack(zlib.crc32(head))
        cipher, bound = AESGCM(_derive(self._key, salt, b"file")), head + bytes.fromhex(sha256)
        view = memoryview(content)
        for nonce, start, end in _chunks(len(content)):
            yield cipher.encrypt(nonce, view[start:end], bound)

    def _opened(self, raw: bytes, sha256: str) -> bytes:
        head = raw[: _HEAD.size]
        if len(raw) < HEAD_SIZE + TAG or raw[_HEAD.size : HEAD_SIZE] != _CRC.pack(zlib.crc32(head)):
            raise EnvironmentFault("blob_damaged", sha256=sha256)
        magic, mark, salt, size = _HEAD.unpack(head)
        if magic != _MAGIC or len(raw) != size_of_file(size):
            raise EnvironmentFault("blob_damaged", sha256=sha256)
        if mark != self._mark:
            raise EnvironmentFault("blob_key_wrong", sha256=sha256)
        cipher, bound = AESGCM(_derive(self._key, salt, b"file")), head + bytes.fromhex(sha256)
        view, at = memoryview(raw), HEAD_SIZE
        content = bytearray()
        try:
            for nonce, start, end in _chunks(size):
                content += cipher.decrypt(nonce, view[at : at + end - start + TAG], bound)
                at += end - start + TAG
        except InvalidTag as error:
            raise EnvironmentFault("blob_damaged", sha256=sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise EnvironmentFault("blob_damaged", sha256=sha256)
        return bytes(content)


def is_sha256(text: str) -> bool:
    """Whether `text` is 64 lower-case hexadecimal digits."""
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)


def size_of_file(size: int) -> int:
    """Bytes on the disk for a content of `size` bytes."""
    return HEAD_SIZE + size + max(1, -(-size // CHUNK)) * TAG


def _chunks(size: int) -> Iterator[tuple[bytes, int, int]]:
    """(nonce, start, end) of each chunk; an empty content has one, so that it is sealed too."""
    count = max(1, -(-size // CHUNK))
    for place in range(count):
        yield (
            _NONCE.pack(place, int(place == count - 1)), place * CHUNK, min((place + 1) * CHUNK, size),
        )


def _derive(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt or None, purpose).derive(key)
