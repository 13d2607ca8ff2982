"""Pages that arrive for one intake, from a scanner or from whoever hands over bytes: kept before they are seen."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.identifiers import uuid7
from app.domain.scanned_page import ScannedPage
from app.domain.scanning import ScanSettings
from app.errors import KnownError
from app.services.tray_notes import BatchStart
from ui.background.page_values import ScanState
from ui.background.page_work import keep, keep_document

if TYPE_CHECKING:
    from app.bootstrap import Application
    from app.devices.scanning.port import Notice
    from app.imaging.table_process import LightTable
    from ui.background.tasks import BackgroundTasks

Arrive = Callable[[bytes, str, str], None]
"""Content, MIME type, source: the page is safe when it returns."""

_LAST_SHEET = 12.0
"""Seconds that a scanner gets to let its sheet out when the window closes; the run kills it before that."""


class Run(Protocol):
    """`app.devices.scanning.run.ScanRun`; a test brings one without a machine."""

    def start(
        self, source_id: str, settings: ScanSettings, on_page: Callable[[bytes, str], None],
        on_end: Callable[[KnownError | None], None], on_notice: Callable[[Notice], None],
    ) -> None: ...
    def cancel(self) -> None: ...
    def wait(self, seconds: float | None = None) -> bool: ...


@dataclass(slots=True)
class _Counter:
    """Ordinal of the page kept last in a batch; counted on the one thread that keeps."""

    last: int = 0


class PageArrivals(QObject):
    """`kept` once a page is safe. `starts` says how each batch began, of this window's and of what was resumed."""

    kept = Signal(object)          # ScannedPage
    refused = Signal(object)       # KnownError: something that arrived could not be kept
    changed = Signal(object)       # ScanState
    noticed = Signal(object)       # Notice of the running scan

    _page_kept = Signal(object)
    _scan_ended = Signal(str, object)
    _notice_came = Signal(object)

    def __init__(
        self, office: Application, now: Callable[[], datetime], intent: str, work: BackgroundTasks,
        table: Callable[[], LightTable], new_run: Callable[[], Run], parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._now, self._intent = office, now, intent
        self._work, self._table, self._new_run = work, table, new_run
        self.state = ScanState()
        self.starts: dict[str, BatchStart] = {}
        self._run: Run | None = None
        self._to_take: deque[tuple[Arrive, bytes, str, str]] = deque()
        self._arrivals: dict[str, Arrive] = {}
        self._is_taking = False
        self._is_closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._page_kept.connect(self._on_kept, queued)
        self._scan_ended.connect(self._on_scan_ended, queued)
        self._notice_came.connect(self.noticed, queued)

    @property
    def is_idle(self) -> bool:
        return not (self.state.is_scanning or self._to_take or self._is_taking)

    def begin(self, start: BatchStart) -> str:
        """A new batch; its name."""
        batch = uuid7(self._now(), self._office.randomness)
        self.starts[batch] = start
        return batch

    def arrive(self, batch: str) -> Arrive:
        """Keeps pages of `batch`, numbered as they come. Called on the one thread that has their bytes."""
        found = self._arrivals.get(batch)
        if found is not None:
            return found
        counter, start = _Counter(), self.starts[batch]

        def arrive(content: bytes, mime: str, source: str) -> None:
            page = keep(
                self._office, intent=self._intent, batch=batch, ordinal=counter.last + 1, source=source,
                content=content, mime=mime, now=self._now(), start=start,
            )
            counter.last += 1
            self._page_kept.emit(page)

        self._arrivals[batch] = arrive
        return arrive

    def take(self, batch: str, content: bytes, mime: str, source: str) -> None:
        """Keep what somebody handed over, in the order in which it was; PDF and TIFF page by page."""
        self._to_take.append((self.arrive(batch), content, mime, source))
        self._take_next()

    def scan(self, source_id: str, settings: ScanSettings, *, to: str) -> None:
        """Start a scan; while one is running nothing happens."""
        if self.state.is_scanning:
            return
        batch = self.begin(BatchStart(to, settings.feed))
        arrive = self.arrive(batch)
        run = self._new_run()

        def on_page(content: bytes, mime: str) -> None:      # in the reader's thread; what it raises ends the scan
            keep_document(self._office, self._table, arrive, content, mime, source_id)

        def on_end(error: KnownError | None) -> None:
            self._scan_ended.emit(batch, error)

        self._run = run
        self._say(ScanState(is_scanning=True, source=source_id, batch=batch))
        run.start(source_id, settings, on_page, on_end, self._notice_came.emit)

    def cancel(self) -> None:
        """Stop the scanner; pages so far stay."""
        if self._run is not None and self.state.is_scanning and not self.state.is_cancelling:
            self._say(replace(self.state, is_cancelling=True))
            self._run.cancel()

    def close(self) -> None:
        """A running scan is cancelled and waited for."""
        self._is_closed = True
        if self._run is not None:
            self._run.cancel()
            self._run.wait(_LAST_SHEET)

    # inside

    def _take_next(self) -> None:
        if self._is_taking or not self._to_take or self._is_closed:
            return
        self._is_taking = True
        arrive, content, mime, source = self._to_take.popleft()
        self._work.run(
            lambda: keep_document(self._office, self._table, arrive, content, mime, source),
            self._on_taken, self._on_take_failed,
        )

    def _on_taken(self, _: object) -> None:
        self._is_taking = False
        self._take_next()

    def _on_take_failed(self, error: Exception) -> None:
        self._is_taking = False
        if not isinstance(error, KnownError):
            raise error
        self.refused.emit(error)
        self._take_next()

    @Slot(object)
    def _on_kept(self, page: ScannedPage) -> None:
        if page.batch == self.state.batch and self.state.is_scanning:
            self._say(replace(self.state, pages=self.state.pages + 1))
        self.kept.emit(page)

    @Slot(str, object)
    def _on_scan_ended(self, batch: str, error: KnownError | None) -> None:
        if batch == self.state.batch:
            self._run = None
            self._say(replace(self.state, is_scanning=False, is_cancelling=False, error=error))

    def _say(self, state: ScanState) -> None:
        self.state = state
        self.changed.emit(state)
