"""Pages of stored PDFs as pictures: the light table draws one page at a time, none is opened here."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtGui import QImage

from ui.background.scan_desk import ScanDesk
from ui.background.tasks import Task

THUMBNAIL_PX = 240


def page_key(sha256: str, page: int) -> str:
    """Names page 1, 2, 3 … of a stored document."""
    return f"{sha256}/{page}"


class StoredDocuments:
    """Contents and pages of stored documents, from any thread. Keeps the one that was read last, opened.

    Every read raises what `BlobStore.read` and `LightTable.preview` raise.
    """

    def __init__(self, scans: ScanDesk) -> None:
        self._scans = scans
        self._lock = threading.Lock()
        self._last: tuple[str, bytes] = ("", b"")

    def content(self, sha256: str) -> bytes:
        with self._lock:
            if self._last[0] != sha256:
                self._last = (sha256, self._scans.office.blobs.read(sha256))
            return self._last[1]

    def thumbnail(self, key: str) -> bytes:
        """The page of a `page_key`, small, as a JPEG."""
        return self._jpeg(key, THUMBNAIL_PX)

    def picture(
        self, key: str, longest: int, on_done: Callable[[QImage], object],
        on_failure: Callable[[Exception], object],
    ) -> Task:
        """The page of a `page_key`, `longest` pixels high or wide; made beside the window."""

        def work() -> QImage:
            made = self._jpeg(key, longest)
            return QImage.fromData(made, "JPG")  # type: ignore[arg-type]  # the stub knows bytes, not the format

        return self._scans.work.run(work, on_done, on_failure)

    def forget(self) -> None:
        """Nothing of a citizen's paper stays in memory longer than it is looked at."""
        with self._lock:
            self._last = ("", b"")

    def _jpeg(self, key: str, longest: int) -> bytes:
        sha256, _, page = key.partition("/")
        return self._scans.table().preview(self.content(sha256), longest, page=int(page))
