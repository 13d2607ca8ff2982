"""Files on the gateway's disk: drafts that grow chunk by chunk, and whole ones named by their SHA-256.

    files/ab/abcdef…           whole, its content checked
    files/damaged/abcdef…      was whole once (`check-files`)
    files/drafts/<name>        growing; bytes beyond the offset that the database knows are of no account

What is said to be kept is on the disk: content first, then the name.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.contract.limits import MB
from sync.gateway.durable import make_folder, sync_folder
from sync.gateway.file_store import StoreFull

RESERVE = 512 * MB
"""Room that files leave to the database, whose operations come first."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PIECE = MB


def free_room(folder: Path) -> int:
    """Bytes that may still be written."""
    return shutil.disk_usage(folder).free


@dataclass(frozen=True, slots=True)
class DiskStore:
    """A folder of files: a `FileStore`."""

    folder: Path
    free: Callable[[Path], int] = free_room
    reserve: int = RESERVE

    def close(self) -> None:
        """Nothing is held open."""

    def has(self, sha256: str, size: int) -> bool:
        """Whether the whole file lies here in its size."""
        return _size(self._whole(sha256)) == size

    def has_each(self, sizes: Mapping[str, int]) -> set[str]:
        """Those of `sizes` that are whole here."""
        return {sha256 for sha256, size in sizes.items() if self.has(sha256, size)}

    def begin(self, size: int) -> str:
        """An empty draft for so many bytes; its name. Raises StoreFull."""
        drafts = self.folder / "drafts"
        make_folder(drafts)
        if self.free(drafts) < size + self.reserve:
            raise StoreFull
        name = secrets.token_hex(16)
        with _room():
            (drafts / name).touch(exist_ok=False)
            sync_folder(drafts)
        return name

    def kept(self, draft: str) -> int:
        """Bytes of a draft on the disk; -1 when it is gone."""
        return _size(self._draft(draft))

    def write(self, draft: str, offset: int, chunk: bytes) -> None:
        """The chunk is on the disk behind the first `offset` bytes. Raises StoreFull, FileNotFoundError."""
        if self.free(self.folder) < len(chunk) + self.reserve // 2:
            raise StoreFull
        with _room(), self._draft(draft).open("rb+") as file:
            file.truncate(offset)                  # what a killed process wrote and nobody answered for
            file.seek(offset)
            file.write(chunk)
            file.flush()
            os.fsync(file.fileno())

    def hash_of(self, draft: str) -> str:
        """SHA-256 of what the draft holds."""
        return _hash(self._draft(draft))

    def is_sound(self, sha256: str) -> bool:
        """Whether the whole file still has the content that its name says."""
        return _hash(self._whole(sha256)) == sha256

    def set_apart(self, sha256: str) -> None:
        """Out of the way and not destroyed: a person may still want to look at a damaged file."""
        damaged = self.folder / "damaged"
        make_folder(damaged)
        self._whole(sha256).replace(damaged / sha256)
        sync_folder(damaged)

    def drafts(self) -> dict[str, datetime]:
        """Every draft by name, and when it last grew."""
        folder = self.folder / "drafts"
        found = folder.iterdir() if folder.is_dir() else ()
        return {each.name: datetime.fromtimestamp(each.stat().st_mtime, UTC) for each in found}

    def complete(self, draft: str, sha256: str) -> None:
        """Give the checked draft its name; over the same content, should another have been quicker."""
        whole = self._whole(sha256)
        with _room():
            make_folder(whole.parent)
            self._draft(draft).replace(whole)
            sync_folder(whole.parent)

    def drop(self, draft: str) -> None:
        with suppress(FileNotFoundError):
            self._draft(draft).unlink()

    def _draft(self, name: str) -> Path:
        return self.folder / "drafts" / name

    def _whole(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


@contextmanager
def _room() -> Iterator[None]:
    """Turns a full disk, quota or file limit into StoreFull."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StoreFull from error
        raise


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1
