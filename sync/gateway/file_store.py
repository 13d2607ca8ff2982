"""What the gateway asks of the place where files lie: a folder (`disk_store`) or an S3 service (`s3_store`).

Drafts grow chunk by chunk; a whole file is named by its SHA-256. What a call says to be kept is kept when it
returns, whatever is killed afterwards. Its callers hold the upload's row, so that one at a time grows a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class StoreFull(Exception):
    """No room; nothing that was kept before is touched."""


class StoreAway(Exception):
    """No answer of the store that can be trusted; what was asked may have happened, and may be asked again."""


class FileStore(Protocol):
    """Every method may raise StoreAway."""

    def has(self, sha256: str, size: int) -> bool:
        """Whether the whole file lies here in its size."""
        ...

    def has_each(self, sizes: Mapping[str, int]) -> set[str]:
        """Those of `sizes` (by SHA-256) that lie here whole."""
        ...

    def begin(self, size: int) -> str:
        """An empty draft for so many bytes; its name. Raises StoreFull."""
        ...

    def kept(self, draft: str) -> int:
        """Bytes of a draft that are kept; -1 when it is gone."""
        ...

    def write(self, draft: str, offset: int, chunk: bytes) -> None:
        """The chunk is kept behind the first `offset` bytes. Raises StoreFull."""
        ...

    def hash_of(self, draft: str) -> str:
        """SHA-256 of what the draft holds."""
        ...

    def complete(self, draft: str, sha256: str) -> None:
        """Give the checked draft its name; over the same content, should another have been quicker."""
        ...

    def drop(self, draft: str) -> None:
        """Also when it is gone."""
        ...

    def drafts(self) -> Mapping[str, datetime]:
        """Every draft by name, and when it last grew."""
        ...

    def is_sound(self, sha256: str) -> bool:
        """Whether the whole file still has the content that its name says."""
        ...

    def set_apart(self, sha256: str) -> None:
        """Out of the way and not destroyed: a person may still want to look at a damaged file."""
        ...

    def close(self) -> None:
        ...
