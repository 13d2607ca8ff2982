"""Where pages are worked on: one light table and its threads for the whole window, one `PageIntake` per intake.

Apart from the window's own pool, so that three hundred pages on the light table never hold up a receipt. A scan
goes on when the clerk looks at something else: the intake of pages belongs to the window, not to a page of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.practice import is_practice
from ui.background.page_intake import PageIntake, Run
from ui.background.page_values import Destination
from ui.background.tasks import BackgroundTasks, Task
from ui.background.text_reading import TextReading

if TYPE_CHECKING:
    from app.bootstrap import Application
    from app.devices.scanning.port import Source, SourceKind
    from app.devices.scanning.run import Found
    from app.errors import KnownError
    from app.imaging.table_process import LightTable

_THREADS = 4
"""They mostly wait: for a disk, or for the light table, which has processes of its own."""


class ScanDesk(QObject):
    """One per window; make it and `close` it in the GUI thread. The light table starts with the first page."""

    sources_changed = Signal()
    closing = Signal()             # no new work from now on

    def __init__(
        self, office: Application, parent: QObject | None = None, *, new_run: Callable[[], Run] | None = None,
        look: Callable[[], Found | Sequence[Source]] | None = None, table: LightTable | None = None,
        texts: Callable[[Application, QObject], TextReading] = TextReading,
    ) -> None:
        """`new_run` and `look` are the scanners of this PC, where a test brings no others; `table` is one that
        somebody else closes; `texts` makes what reads the words of pages."""
        super().__init__(parent)
        self.office = office
        self.sources: tuple[Source, ...] = ()
        self.troubles: tuple[tuple[SourceKind, KnownError], ...] = ()      # why a kind could not be asked
        self.is_looking = False
        self._new_run, self._look = new_run or _scan_run, look or (lambda: _look_for_sources(office))
        self.work = BackgroundTasks(self, threads=_THREADS)
        self.texts = texts(office, self)
        self._intakes: dict[str, PageIntake] = {}
        self._table, self._is_table_mine = table, table is None
        self.is_closed = False
        self._opening = threading.Lock()

    def intake_of(self, destination: Destination) -> PageIntake:
        """The one of this intent; made and resumed when it is first asked for."""
        found = self._intakes.get(destination.intent)
        if found is None:
            found = PageIntake(
                self.office, self.office.clock.now, destination, self.work, self.table, self._new_run, self
            )
            self._intakes[destination.intent] = found
            self.texts.follow(found)
            found.resume()
        else:
            found.readdress(destination)
        return found

    def table(self) -> LightTable:
        """The light table; from any thread, it serves several at once."""
        with self._opening:
            if self._table is None:
                from app.imaging.table_process import LightTable  # numpy and Pillow stay in its own processes

                self._table = LightTable()
            return self._table

    def new_run(self) -> Run:
        """A scanner's run of this window, used once."""
        return self._new_run()

    def look_for_sources(self) -> None:
        """Ask for the scanners of this PC, beside the window; `sources_changed` when it is known."""
        if not self.is_looking:
            self.is_looking = True
            self.work.run(self._look, self._on_sources, lambda error: self._on_sources(()))

    def _on_sources(self, found: Found | Sequence[Source]) -> None:
        self.is_looking = False
        if isinstance(found, Sequence):
            self.sources, self.troubles = tuple(found), ()
        else:
            self.sources, self.troubles = found.sources, found.troubles
        self.sources_changed.emit()

    def picture(
        self, sha256: str, longest: int, turn: int, on_done: Callable[[QImage], object],
        on_failure: Callable[[Exception], object],
    ) -> Task:
        """A stored page as a picture, made small by the light table; our own JPEG is decoded beside the window."""

        def work() -> QImage:
            made = self.table().preview(self.office.blobs.read(sha256), longest, turn)
            return QImage.fromData(made, "JPG")  # type: ignore[arg-type]  # the stub knows bytes, not the format

        return self.work.run(work, on_done, on_failure)

    @property
    def is_scanning(self) -> bool:
        return any(intake.state.is_scanning for intake in self._intakes.values())

    def close(self) -> None:
        """Ends scans, waits for what is being kept, stores arrangements, ends the light table."""
        if self.is_closed:
            return
        self.is_closed = True
        self.closing.emit()
        self.texts.close()             # its page is read another time
        for intake in self._intakes.values():
            intake.close()
        self.work.close()
        for intake in self._intakes.values():
            intake.store_now()
        with self._opening:
            if self._table is not None and self._is_table_mine:
                self._table.close()
            self._table = None


def _scan_run() -> Run:
    if is_practice():
        from ui.practice.scanner import SampleRun

        return SampleRun()
    from app.devices.scanning.run import ScanRun

    return ScanRun()


def _look_for_sources(office: Application) -> Found | Sequence[Source]:
    if is_practice():                              # no citizen's paper comes into the practice room
        from ui.practice.scanner import SOURCE

        return (SOURCE,)
    from app.devices.scanning.run import look_for_sources
    from ui.operations.scan_sources import read_by_hand

    return look_for_sources(addresses=read_by_hand(office).addresses)
