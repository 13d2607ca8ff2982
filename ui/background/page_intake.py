"""Pages on their way into one intake, from any source: kept at once, prepared beside the window, filed in order.

    bytes arrive ──reader thread or pool──> keep_page   (on the disk, read back, its row committed)
                 ──signal────────────────> `kept`       (the window shows it)
                 ──pool──────────────────> LightTable.prepare → note_prepared
                 ──signal────────────────> filed by `app.domain.pile` in the order of arrival → `keeper.changed`
                 ──pool──────────────────> save_arrangement, the newest one, one at a time

Everything but keeping and preparing happens in the GUI thread, which owns the arrangement and its history. A page
that was kept before a crash and not filed yet is found by `resume` and goes on from where it was, under the paper
and with the feed that its scan began with. The parts: `page_arrivals`, `page_line`, `arrangement_keeper`,
`note_keeper`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.arrangement import TRAY, Arrangement, empty_arrangement, with_requirements
from app.domain.scanned_page import ScannedPage
from app.domain.scanning import ScanSettings
from app.services.tray_notes import BatchStart
from ui.background.arrangement_keeper import ArrangementKeeper
from ui.background.note_keeper import NoteKeeper
from ui.background.page_arrivals import Arrive, PageArrivals, Run
from ui.background.page_line import PageLine
from ui.background.page_values import Destination, ScanState
from ui.background.page_work import Kept, read_kept, save, save_note

if TYPE_CHECKING:
    from app.bootstrap import Application
    from app.imaging.table_process import LightTable
    from ui.background.tasks import BackgroundTasks

__all__ = ["PageIntake", "Run"]


class PageIntake(QObject):
    """One per intake. Make and use it in the GUI thread; `close` ends a running scan.

    `take` and `scan` return at once. Nothing is shown before it is safe: `kept` comes after the commit.
    """

    kept = Signal(object)          # ScannedPage: safe, not prepared yet
    prepared = Signal(object)      # ScannedPage with its finding, or with its failure
    refused = Signal(object)       # KnownError: something that arrived could not be kept
    scan_changed = Signal(object)  # ScanState
    resumed = Signal()             # what was kept earlier is here
    begun_again = Signal()         # pages are on the light table once more
    noticed = Signal(object)       # Notice: the running scan goes on, but something should be seen

    def __init__(
        self, office: Application, now: Callable[[], datetime], destination: Destination,
        work: BackgroundTasks, table: Callable[[], LightTable], new_run: Callable[[], Run],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._work = office, work
        intent = destination.intent
        self.pages: dict[str, ScannedPage] = {}
        self.keeper = ArrangementKeeper(
            empty_arrangement(destination.codes), lambda after: save(office, intent, after, now()), work, self
        )
        self.notes = NoteKeeper(lambda paper, note: save_note(office, intent, paper, note), work, self)
        self._arrivals = PageArrivals(office, now, intent, work, table, new_run, self)
        self._line = PageLine(
            office, work, table, self.pages, self.keeper, destination, lambda: self.state, self._start_of, self
        )
        for part in (self.keeper.failed, self.notes.failed, self._arrivals.refused, self._line.refused):
            part.connect(self.refused)
        self._arrivals.kept.connect(self._on_kept)
        self._arrivals.changed.connect(self._on_scan_changed)
        self._arrivals.noticed.connect(self.noticed)
        self._line.prepared.connect(self.prepared)

    @property
    def destination(self) -> Destination:
        return self._line.destination

    @property
    def state(self) -> ScanState:
        return self._arrivals.state

    @property
    def arrangement(self) -> Arrangement:
        return self.keeper.now

    @property
    def waiting(self) -> int:
        """Pages that are safe and still on the light table."""
        return self._line.waiting

    @property
    def is_idle(self) -> bool:
        """Nothing scans, nothing waits, arrangement and notes are stored."""
        is_still = self._arrivals.is_idle and not self._line.waiting
        return is_still and self.keeper.is_stored and self.notes.is_stored

    @property
    def newest_batch(self) -> str:
        """The pile that came last, "" before the first."""
        if self.state.batch:
            return self.state.batch
        newest = max(self.pages.values(), key=lambda page: (page.arrived_at, page.batch), default=None)
        return newest.batch if newest is not None else ""

    def is_duplex(self, batch: str) -> bool:
        return self._start_of(batch).is_duplex

    def readdress(self, destination: Destination) -> None:
        """The form became a dossier, or its checklist changed: pages of a paper that is gone go to the tray."""
        self._line.destination = destination
        changed = with_requirements(self.arrangement, destination.codes)
        if changed != self.arrangement:
            self.keeper.arrive(changed)
        self._line.advance()       # what a full disk or a busy book held up is tried again

    # arrivals

    def take(self, content: bytes, mime: str, source: str, *, batch: str = "", to: str = TRAY) -> str:
        """Keep what a file, the clipboard, a camera or a folder handed over; PDF and TIFF page by page.

        `to` is the requirement that was open when it came. Returns the batch, to be given again for the next
        of one import. Nothing is decoded in this process.
        """
        batch = batch or self._arrivals.begin(BatchStart(to))
        self._arrivals.take(batch, content, mime, source)
        return batch

    def open_batch(self, to: str = TRAY) -> Arrive:
        """For whoever has pages on a thread of its own (files, a watched folder): `arrive(content, mime, source)`
        returns when the page is safe. One thread at a time per batch; PDF and TIFF are split before."""
        return self._arrivals.arrive(self._arrivals.begin(BatchStart(to)))

    def scan(self, source_id: str, settings: ScanSettings, *, to: str = TRAY) -> None:
        """Start a scan; while one is running nothing happens. `scan_changed` tells how it goes."""
        self._arrivals.scan(source_id, settings, to=to)

    def cancel(self) -> None:
        """Stop the scanner; pages so far stay."""
        self._arrivals.cancel()

    def try_again(self, pages: Sequence[str]) -> int:
        """Put pages on the light table once more, as the paper wants them that they lie under; how many."""
        begun = self._line.try_again(pages)
        if begun:
            self.begun_again.emit()
        return begun

    def resume(self) -> None:
        """Read what this intake has already; pages that were never filed are prepared and filed now."""
        intent = self.destination.intent
        self._work.run(lambda: read_kept(self._office, intent), self._on_resumed)

    def close(self) -> None:
        """No more pages: a running scan is cancelled and waited for."""
        self._line.close()
        self._arrivals.close()

    def store_now(self) -> None:
        """What is still unsaved, in this thread, when nobody else is storing any more."""
        self.keeper.store_now()
        self.notes.store_now()

    # inside

    def _start_of(self, batch: str) -> BatchStart:
        return self._arrivals.starts.get(batch, BatchStart())

    def _on_kept(self, page: ScannedPage) -> None:
        if page.id not in self.pages:
            self.pages[page.id] = page
            self.kept.emit(page)
            self._line.add(page.id)

    def _on_scan_changed(self, state: ScanState) -> None:
        self.scan_changed.emit(state)
        if not state.is_scanning:
            self._line.advance()

    def _on_resumed(self, found: Kept) -> None:
        since = dict(self.pages)
        self.pages.clear()
        self.pages.update({page.id: page for page in found.pages} | since)
        self._arrivals.starts.update({**found.starts, **self._arrivals.starts})
        self.notes.begin_from(found.notes)
        if found.arrangement is not None and not self.keeper.history.done:
            self.keeper.begin_from(with_requirements(found.arrangement, self.destination.codes))
        lying = set(self.arrangement.page_ids)
        arrived = sorted(self.pages.values(), key=lambda page: (page.arrived_at, page.batch, page.ordinal))
        self.resumed.emit()
        self._line.begin_with(page.id for page in arrived if page.id not in lying)
