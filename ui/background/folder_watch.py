"""A folder that scans are put into by something else, watched for one intake beside whatever else goes on.

It belongs to the dossier that is on the screen and ends when that is left: what comes later is the next citizen's.
Files that nobody takes stay where they are.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.scanning import ScanSettings
from app.errors import KnownError, Refusal
from ui.background.page_intake import PageIntake, Run
from ui.background.page_work import may_hold_pages

if TYPE_CHECKING:
    from ui.background.scan_desk import ScanDesk

LOG = logging.getLogger(__name__)
_LAST_WORD = 12.0


@dataclass(frozen=True, slots=True)
class WatchState:
    """`folder` is None while nothing is watched; `error` says why it ended by itself."""

    folder: Path | None = None
    error: KnownError | None = None


class FolderWatch(QObject):
    """One per intake in front. `watch` and `stop` return at once."""

    changed = Signal(object)       # WatchState
    noticed = Signal(object)       # Notice

    _ended = Signal(object, object)
    _notice_came = Signal(object)

    def __init__(
        self, scans: ScanDesk, intake: PageIntake, new_run: Callable[[], Run] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._scans, self._intake, self._new_run = scans, intake, new_run or _scan_run
        self.state = WatchState()
        self._run: Run | None = None
        self._runs: list[Run] = []         # those that are not over yet
        queued = Qt.ConnectionType.QueuedConnection
        self._ended.connect(self._on_ended, queued)
        self._notice_came.connect(self.noticed, queued)
        scans.closing.connect(self.close)

    def watch(self, folder: Path) -> None:
        """Take what lies in `folder` and what comes; another folder is let go."""
        from app.devices.scanning.folder import folder_source

        self.stop()
        source = folder_source(folder).id
        arrive, table = self._intake.open_batch(), self._scans.table
        run = self._run = self._new_run()
        self._runs.append(run)

        def on_page(content: bytes, mime: str) -> None:    # in the reader's thread
            try:
                if may_hold_pages(content):
                    for page in table().split(content):
                        arrive(page.content, page.mime, source)
                    return
            except Refusal:
                # What cannot be opened is kept as it came and shown as a page that failed: refused, it would be
                # offered again for ever, and nothing behind it would be taken.
                LOG.info("a file of the watched folder cannot be opened and is kept as it came")
            arrive(content, mime, source)

        def on_end(error: KnownError | None) -> None:
            self._ended.emit(run, error)

        self._say(WatchState(folder))
        run.start(source, ScanSettings(), on_page, on_end, self._notice_came.emit)

    def stop(self) -> None:
        """Let the folder go; a page that is just coming is still kept."""
        run, self._run = self._run, None
        if run is not None:
            run.cancel()
            self._say(WatchState())

    def abandon(self) -> None:
        """`stop` without a word: whoever would hear it is gone."""
        self.state = WatchState()
        run, self._run = self._run, None
        if run is not None:
            run.cancel()

    def close(self) -> None:
        """Stop, and wait until it is over: no signal comes from any thread after this."""
        self.abandon()
        for run in self._runs:
            run.wait(_LAST_WORD)

    # inside

    def _say(self, state: WatchState) -> None:
        self.state = state
        self.changed.emit(state)

    def _on_ended(self, run: Run, error: KnownError | None) -> None:
        self._runs = [each for each in self._runs if each is not run]
        if run is self._run:
            self._run = None
            self._say(WatchState(error=error))


def _scan_run() -> Run:
    from app.devices.scanning.run import ScanRun

    return ScanRun()
