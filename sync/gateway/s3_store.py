"""Files in an S3 service, with the promises of the disk (`file_store`).

    files/ab/abcdef…              whole, its content checked
    damaged/abcdef…               was whole once
    drafts/<name>/begun           a draft is there as long as this is
    drafts/<name>/000000131072    the chunk that begins there

A counter's chunks are smaller than the 5 MiB that S3 asks of a part, so each is an object of its own: on the
service's disks when its PUT is answered. With the last one the whole is hashed, written under its name (in parts
when it is large) and only then the chunks go. Whatever is killed in between, the chunks are still there, or the
whole is; what is left over `check-files` sweeps.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

from sync.contract.limits import MB
from sync.gateway.file_store import StoreAway, StoreFull
from sync.gateway.s3_client import S3Away, S3Client, S3Refused, Stored

PART = 8 * MB
"""Of a multipart upload; also what one process holds of a file at a time."""

_AT_ONCE = 16
_FULL = frozenset({"QuotaExceeded", "StorageFull", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded",
                   "InsufficientStorage"})


@dataclass(frozen=True, slots=True)
class S3Store:
    """A bucket of files. Its callers hold the upload's row, so that one at a time grows a draft."""

    client: S3Client
    part: int = PART
    _pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="s3"))

    def close(self) -> None:
        self._pool.shutdown()
        self.client.close()

    def has(self, sha256: str, size: int) -> bool:
        with _named():
            return self.client.size(_whole(sha256)) == size

    def has_each(self, sizes: Mapping[str, int]) -> set[str]:
        """Those of `sizes` that are whole here."""
        with _named():
            found = self._pool.map(lambda each: self.client.size(_whole(each)), sizes)
            return {sha256 for sha256, size in zip(sizes, found, strict=True) if size == sizes[sha256]}

    def begin(self, size: int) -> str:
        name = secrets.token_hex(16)
        with _named():
            self.client.put(_begun(name), str(size).encode())
        return name

    def kept(self, draft: str) -> int:
        with _named():
            chunks, is_begun = self._chunks(draft)
            return sum(chunk.size for chunk in chunks) if is_begun else -1

    def write(self, draft: str, offset: int, chunk: bytes) -> None:
        if not chunk:
            return
        with _named():
            self.client.put(f"drafts/{draft}/{offset:012}", chunk)

    def hash_of(self, draft: str) -> str:
        found = hashlib.sha256()
        with _named():
            for piece in self._pieces(draft):
                found.update(piece)
        return found.hexdigest()

    def is_sound(self, sha256: str) -> bool:
        with _named():
            return hashlib.sha256(self.client.get(_whole(sha256))).hexdigest() == sha256

    def set_apart(self, sha256: str) -> None:
        with _named():
            self.client.copy(_whole(sha256), f"damaged/{sha256}")
            self.client.delete(_whole(sha256))

    def drafts(self) -> dict[str, datetime]:
        """Every draft by name, and when it last grew; whole files that were never finished are dropped by it."""
        grew: dict[str, datetime] = {}
        with _named():
            for each in self.client.listed("drafts/"):
                name = each.key.split("/")[1]
                grew[name] = max(each.modified, grew.get(name, each.modified))
            for key, upload, began in self.client.uploads("files/"):
                grew[f"{key}?{upload}"] = began
        return grew

    def complete(self, draft: str, sha256: str) -> None:
        with _named():
            chunks, _ = self._chunks(draft)
            size = sum(chunk.size for chunk in chunks)
            if self.client.size(_whole(sha256)) != size:
                if size <= self.part:
                    self.client.put(_whole(sha256), b"".join(self._pieces(draft)), only_new=True)
                else:
                    self._in_parts(draft, _whole(sha256))
                if self.client.size(_whole(sha256)) != size:
                    raise StoreAway("not_kept")
        self.drop(draft)

    def drop(self, draft: str) -> None:
        with _named():
            if "?" in draft:
                with suppress(S3Refused):              # ended or forgotten meanwhile
                    self.client.forget_parts(*draft.split("?", 1))
                return
            self.client.delete(_begun(draft))          # first: half of a draft shall not pass for a short one
            for _ in self._pool.map(self.client.delete, [each.key for each in self.client.listed(_folder(draft))]):
                pass

    def _chunks(self, draft: str) -> tuple[list[Stored], bool]:
        """The chunks that follow on one another from the first byte; whether the draft is there at all.

        A chunk beside the row of the others is one that a killed process wrote and nobody answered for.
        """
        listed = list(self.client.listed(_folder(draft)))
        at = {each.key: each for each in listed}
        found: list[Stored] = []
        reached = 0
        while (chunk := at.get(f"{_folder(draft)}{reached:012}")) is not None:
            found.append(chunk)
            reached += chunk.size
        return found, _begun(draft) in at

    def _pieces(self, draft: str) -> Iterator[bytes]:
        chunks, _ = self._chunks(draft)
        for first in range(0, len(chunks), _AT_ONCE):
            yield from self._pool.map(self.client.get, [each.key for each in chunks[first:first + _AT_ONCE]])

    def _in_parts(self, draft: str, key: str) -> None:
        upload = self.client.begin_parts(key)
        try:
            tags = {number: self.client.put_part(key, upload, number, part)
                    for number, part in enumerate(_filled(self._pieces(draft), self.part), start=1)}
            self.client.end_parts(key, upload, tags)
        except (S3Refused, S3Away):
            with suppress(S3Refused, S3Away):
                self.client.forget_parts(key, upload)
            raise


def _filled(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The same bytes in parts of `size`, the last one shorter."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    if held:
        yield bytes(held)


def _folder(draft: str) -> str:
    return f"drafts/{draft}/"


def _begun(draft: str) -> str:
    return f"drafts/{draft}/begun"


def _whole(sha256: str) -> str:
    return f"files/{sha256[:2]}/{sha256}"


@contextmanager
def _named() -> Iterator[None]:
    """Turns what the service says into what a store says."""
    try:
        yield
    except S3Away as error:
        raise StoreAway(str(error)) from error
    except S3Refused as error:
        if error.status == 507 or error.code in _FULL:
            raise StoreFull from error
        raise StoreAway(f"{error.status} {error.code}") from error
