"""A scanner without a machine: hands its pages over in a thread of its own, as `ScanRun` does."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache

from app.devices.scanning.port import Notice, ScanTrouble, Source, SourceKind, trouble_error
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError
from tests.imaging_pages import page

OFFICE_SCANNER = Source("sane:test:0", "Máy quét phòng một cửa", SourceKind.SANE, (Feed.FEEDER, Feed.DUPLEX))


@lru_cache(maxsize=64)
def sheet(kind: str = "text", seed: int = 0, dpi: int = 75, skew: float = 0.0, code: str = "") -> bytes:
    """A page as a scanner's JPEG."""
    held = io.BytesIO()
    page(kind, seed=seed, dpi=dpi, skew=skew, code=code).save(held, "JPEG", dpi=(dpi, dpi), quality=80)
    return held.getvalue()


class Pile:
    """What lies in the feeder. `trouble` ends the scan after the pages; `stop_before` holds it until `go_on`."""

    def __init__(
        self, pages: Sequence[bytes] = (), trouble: ScanTrouble | None = None, stop_before: int | None = None
    ) -> None:
        self.pages, self.trouble, self.stop_before = list(pages), trouble, stop_before
        self._may_go_on = threading.Event()
        self._is_cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self.settings: ScanSettings | None = None

    def new_run(self) -> Pile:
        return self

    def go_on(self) -> None:
        self._may_go_on.set()

    # as ScanRun

    def start(
        self, source_id: str, settings: ScanSettings, on_page: Callable[[bytes, str], None],
        on_end: Callable[[KnownError | None], None], on_notice: Callable[[Notice], None],
    ) -> None:
        self.settings = settings
        self._is_cancelled.clear()
        self._thread = threading.Thread(target=self._run, args=(on_page, on_end), name="pile", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        self._is_cancelled.set()
        self._may_go_on.set()

    def wait(self, seconds: float | None = None) -> bool:
        if self._thread is not None:
            self._thread.join(seconds)
        return True

    def _run(
        self, on_page: Callable[[bytes, str], None], on_end: Callable[[KnownError | None], None]
    ) -> None:
        error: KnownError | None = None
        try:
            for number, content in enumerate(self.pages):
                if number == self.stop_before:
                    self._may_go_on.wait(20)
                if self._is_cancelled.is_set():
                    raise trouble_error(ScanTrouble.CANCELLED)
                on_page(content, "image/jpeg")
            if self.trouble is not None:
                raise trouble_error(self.trouble)
        except KnownError as known:
            error = known
        on_end(error)
