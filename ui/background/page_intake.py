"""Pages on their way into one intake, from any source: kept at once, prepared beside the window, filed in order.

    bytes arrive ──reader thread or pool──> keep_page   (on the disk, read back, its row committed)
                 ──signal────────────────> `kept`       (the window shows it)
                 ──pool──────────────────> LightTable.prepare → note_prepared
                 ──signal────────────────> filed by `app.domain.pile` in the order of arrival → `keeper.changed`
                 ──pool──────────────────> save_arrangement, the newest one, one at a time

Everything but keeping and preparing happens in the GUI thread, which owns the arrangement and its history. A page
that was kept before a crash and not filed yet is found by `resume` and goes on from where it was.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.arrangement import TRAY, Arrangement, empty_arrangement, with_requirements
from app.domain.identifiers import uuid7
from app.domain.scanned_page import ScannedPage
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError
from ui.background.arrangement_keeper import ArrangementKeeper
from ui.background.page_values import Destination, ScanState, Wanted
from ui.background.page_work import keep, keep_document, prepare, read_kept, save

if TYPE_CHECKING:
    from app.bootstrap import Application
    from app.devices.scanning.port import Notice
    from app.imaging.table_process import LightTable
    from ui.background.tasks import BackgroundTasks


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
class _Batch:
    """One press of the scan key, or one import: under what it began, and whether both sides are scanned."""

    start: str = TRAY
    is_duplex: bool = False
    last: int = 0                  # ordinal of the page kept last; counted on the thread that keeps


class PageIntake(QObject):
    """One per intake. Make and use it in the GUI thread; `close` ends a running scan.

    `take` and `scan` return at once. Nothing is shown before it is safe: `kept` comes after the commit.
    """

    kept = Signal(object)          # ScannedPage: safe, not prepared yet
    prepared = Signal(object)      # ScannedPage with its finding, or with its failure
    refused = Signal(object)       # KnownError: something that arrived could not be kept
    scan_changed = Signal(object)  # ScanState
    resumed = Signal()             # what was kept earlier is here

    noticed = Signal(object)       # Notice: the running scan goes on, but something should be seen

    _page_kept = Signal(object)
    _scan_ended = Signal(str, object)
    _notice_came = Signal(object)

    def __init__(
        self, office: Application, now: Callable[[], datetime], destination: Destination,
        work: BackgroundTasks, table: Callable[[], LightTable], new_run: Callable[[], Run],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._now, self._work, self._table, self._new_run = office, now, work, table, new_run
        self.destination = destination
        self.pages: dict[str, ScannedPage] = {}
        self.keeper = ArrangementKeeper(
            empty_arrangement(destination.codes),
            lambda after: save(office, destination.intent, after, now()), work, self,
        )
        self.keeper.failed.connect(self.refused)
        self.state = ScanState()
        self._run: Run | None = None
        self._batches: dict[str, _Batch] = {}
        self._line: deque[str] = deque()           # page ids in order of arrival, not filed yet
        self._to_take: deque[tuple[str, bytes, str, str]] = deque()
        self._is_taking = False
        self._is_preparing = False
        self._is_closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._page_kept.connect(self._on_kept, queued)
        self._scan_ended.connect(self._on_scan_ended, queued)
        self._notice_came.connect(self.noticed, queued)

    @property
    def arrangement(self) -> Arrangement:
        return self.keeper.now

    @property
    def waiting(self) -> int:
        """Pages that are safe and still on the light table."""
        return len(self._line)

    @property
    def is_idle(self) -> bool:
        """Nothing scans, nothing waits, the arrangement is stored."""
        is_still = not (self.state.is_scanning or self._line or self._to_take or self._is_taking)
        return is_still and self.keeper.is_stored

    @property
    def newest_batch(self) -> str:
        """The pile that came last, "" before the first."""
        if self.state.batch:
            return self.state.batch
        newest = max(self.pages.values(), key=lambda page: (page.arrived_at, page.batch), default=None)
        return newest.batch if newest is not None else ""

    def is_duplex(self, batch: str) -> bool:
        return self._batches.get(batch, _Batch()).is_duplex

    def readdress(self, destination: Destination) -> None:
        """The form became a dossier, or its checklist changed: pages of a paper that is gone go to the tray."""
        self.destination = destination
        changed = with_requirements(self.arrangement, destination.codes)
        if changed != self.arrangement:
            self.keeper.arrive(changed)
        self._prepare_next()       # what a full disk or a busy book held up is tried again

    # arrivals

    def take(self, content: bytes, mime: str, source: str, *, batch: str = "", to: str = TRAY) -> str:
        """Keep what a file, the clipboard, a camera or a folder handed over; PDF and TIFF page by page.

        `to` is the requirement that was open when it came. Returns the batch, to be given again for the next
        of one import. Nothing is decoded in this process.
        """
        batch = batch or self._new_batch(_Batch(to))
        self._to_take.append((batch, content, mime, source))
        self._take_next()
        return batch

    def open_batch(self, to: str = TRAY) -> Callable[[bytes, str, str], None]:
        """For whoever has pages on a thread of its own (files, a watched folder): `arrive(content, mime, source)`
        returns when the page is safe. One thread at a time per batch; PDF and TIFF are split before."""
        return self._arrivals(self._new_batch(_Batch(to)))

    def scan(self, source_id: str, settings: ScanSettings, *, to: str = TRAY) -> None:
        """Start a scan; while one is running nothing happens. `scan_changed` tells how it goes."""
        if self.state.is_scanning:
            return
        batch = self._new_batch(_Batch(to, is_duplex=settings.feed is Feed.DUPLEX))
        arrive = self._arrivals(batch)
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

    def resume(self) -> None:
        """Read what this intake has already; pages that were never filed are prepared and filed now."""
        self._work.run(lambda: read_kept(self._office, self.destination.intent), self._on_resumed)

    def close(self) -> None:
        """No more pages: a running scan is cancelled and waited for."""
        self._is_closed = True
        if self._run is not None:
            self._run.cancel()
            self._run.wait(_LAST_SHEET)

    # inside: arrivals

    def _new_batch(self, batch: _Batch) -> str:
        name = uuid7(self._now(), self._office.randomness)
        self._batches[name] = batch
        return name

    def _take_next(self) -> None:
        """One after the other, so that pages are numbered in the order in which they were handed over."""
        if self._is_taking or not self._to_take or self._is_closed:
            return
        self._is_taking = True
        batch, content, mime, source = self._to_take.popleft()
        arrive = self._arrivals(batch)
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

    def _arrivals(self, batch: str) -> Callable[[bytes, str, str], None]:
        """Keeps pages of one batch, numbered as they come; called on the one thread that has their bytes."""
        counter = self._batches.setdefault(batch, _Batch())

        def arrive(content: bytes, mime: str, source: str) -> None:
            page = keep(
                self._office, intent=self.destination.intent, batch=batch, ordinal=counter.last + 1, source=source,
                content=content, mime=mime, now=self._now(),
            )
            counter.last += 1
            self._page_kept.emit(page)

        return arrive

    @Slot(object)
    def _on_kept(self, page: ScannedPage) -> None:
        if page.id in self.pages:
            return
        self.pages[page.id] = page
        self._line.append(page.id)
        if page.batch == self.state.batch and self.state.is_scanning:
            self._say(replace(self.state, pages=self.state.pages + 1))
        self.kept.emit(page)
        self._prepare_next()

    @Slot(str, object)
    def _on_scan_ended(self, batch: str, error: KnownError | None) -> None:
        if batch == self.state.batch:
            self._run = None
            self._say(replace(self.state, is_scanning=False, is_cancelling=False, error=error))
            self._prepare_next()

    def _on_resumed(self, found: tuple[tuple[ScannedPage, ...], Arrangement | None]) -> None:
        pages, arrangement = found
        self.pages = {page.id: page for page in pages} | self.pages
        if arrangement is not None and not self.keeper.history.done:
            self.keeper.begin_from(with_requirements(arrangement, self.destination.codes))
        lying = set(self.arrangement.page_ids)
        arrived = sorted(self.pages.values(), key=lambda page: (page.arrived_at, page.batch, page.ordinal))
        self._line = deque(page.id for page in arrived if page.id not in lying)
        self.resumed.emit()
        self._prepare_next()

    # inside: the light table, one page at a time

    def _prepare_next(self) -> None:
        """The page in front of the line: prepared already (a restart) it is filed, else it is prepared."""
        while not self._is_preparing and not self._is_closed:
            page = self._next_in_line()
            if page is None:
                return
            if page.finding is None and not page.failure:
                self._prepare(page)
                return
            self._line.remove(page.id)
            self._file(page)

    def _next_in_line(self) -> ScannedPage | None:
        """Pile after pile: what comes from elsewhere while a pile is running waits until that one is through."""
        waiting = [self.pages[page] for page in self._line]
        open_now = self.state.batch if self.state.is_scanning else self.arrangement.pile.batch
        same = (page for page in waiting if page.batch == open_now)
        return next(same, None if self.state.is_scanning or not waiting else waiting[0])

    def _prepare(self, page: ScannedPage) -> None:
        self._is_preparing = True
        paper = self._treated_as(page)
        self._work.run(
            lambda: prepare(self._office, self._table, page, paper), self._on_prepared, self._on_prepare_failed
        )

    def _treated_as(self, page: ScannedPage) -> Wanted | None:
        """The requirement whose pages are coming, as far as it is known before the page is read."""
        pile = self.arrangement.pile
        batch = self._batches.get(page.batch, _Batch())
        open_now = pile.requirement if pile.batch == page.batch else batch.start
        return next((each for each in self.destination.requirements if each.code == open_now), None)

    def _on_prepared(self, page: ScannedPage) -> None:
        self._is_preparing = False
        self.pages[page.id] = page
        self.prepared.emit(page)
        self._prepare_next()

    def _on_prepare_failed(self, error: Exception) -> None:
        """Not the page's fault (the book is locked, the disk is full): said, and tried again with the next."""
        self._is_preparing = False
        if not isinstance(error, KnownError):
            raise error
        self.refused.emit(error)

    def _file(self, page: ScannedPage) -> None:
        from app.domain.pile import file_page

        if page.id in self.arrangement.page_ids:
            return
        batch = self._batches.get(page.batch, _Batch())        # unknown after a restart
        filed = file_page(
            self.arrangement, page, code=self.destination.code, requirements=self.destination.codes,
            is_duplex=batch.is_duplex, start=batch.start if batch.start in self.destination.codes else TRAY,
        )
        self.keeper.arrive(filed.arrangement)

    def _say(self, state: ScanState) -> None:
        self.state = state
        self.scan_changed.emit(state)
