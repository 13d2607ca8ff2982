"""One job from its request to the last page: what each answer means; ScannerStatus is asked when it is no page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import NoReturn

from app.devices.scanning.escl.client import EsclClient, NotYet, Page, is_about_settings
from app.devices.scanning.escl.status import ScannerStatus
from app.devices.scanning.port import ScanTrouble, trouble_error
from app.domain.scanning import Feed

_GONE = {404, 410}
_MOST_DOUBTS = 5
"""How often "no more" is asked again while the scanner still counts the job as running: Brother's and Xerox' say
404 between two pages; others never count a job as done, and the clerk should not wait for those."""

_BUSY_SHARE = 0.3
"""A scanner in other hands is reported after this share of the patience: the clerk can look over at it."""


class ScanJob:
    """`patience` is the longest silence in seconds; `pause(seconds)` waits between two questions."""

    def __init__(
        self, scanner: EsclClient, feed: Feed, *, patience: float, progress: Callable[[], None],
        clock: Callable[[], float] = time.monotonic, pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._scanner = scanner
        self._feed = feed
        self._patience = patience
        self._progress = progress
        self._clock = clock
        self._pause = pause
        self._was_empty = False

    def check_paper(self, can_tell: bool) -> None:
        """Refuse an empty feeder before it is started: some pull at nothing and report a jam.

        Only for a scanner that `can_tell`: others call a loaded feeder empty until it runs."""
        if self._feed is Feed.FLATBED:
            return
        self._was_empty = self._scanner.status().is_empty
        if self._was_empty and can_tell:
            raise trouble_error(ScanTrouble.NO_PAPER)

    def start(self, request: bytes) -> str:
        """The URL of the accepted job. Waits a while for a busy scanner; raises what stands in the way."""
        end = self._clock() + self._patience * _BUSY_SHARE
        while True:
            answer = self._scanner.create_job(request)
            if not isinstance(answer, NotYet):
                return answer
            status = self._scanner.status()
            self._raise_trouble(status, came=0)
            if answer.code != 503:
                self._raise_refused(answer, status)
            if self._clock() + answer.wait > end:
                raise trouble_error(ScanTrouble.BUSY, detail=status.state)
            self._wait(answer.wait)

    def pages(self, job: str) -> Iterator[Page]:
        """Each page the moment it is whole, until the job is done; raises what ended it before that."""
        came = doubts = 0
        last = self._clock()
        while True:
            answer = self._scanner.next_document(job, self._progress)
            if isinstance(answer, Page):
                came, doubts = came + 1, 0
                yield answer                               # however long the page is being stored
                last = self._clock()
                if self._feed is Feed.FLATBED:
                    return                                 # one glass, one page; some wait for a second otherwise
                continue
            status = self._scanner.status()
            self._raise_trouble(status, came)
            state = status.job(job)
            is_running = state in {"Pending", "Processing"}
            if answer.code == 503 or (answer.code in _GONE and is_running and doubts < _MOST_DOUBTS):
                if self._clock() + answer.wait - last > self._patience:
                    raise trouble_error(ScanTrouble.SILENT, detail=f"HTTP {answer.code}")
                doubts += answer.code != 503
                self._wait(answer.wait)
                continue
            self._raise_unless_done(answer, status, state, came)
            return

    def _raise_unless_done(self, answer: NotYet, status: ScannerStatus, state: str, came: int) -> None:
        if state == "Canceled":
            raise trouble_error(ScanTrouble.CANCELLED, detail="at the scanner")
        if state == "Aborted" and not (status.is_empty and came == 0):
            raise trouble_error(ScanTrouble.IO, detail="job aborted")
        if answer.code not in _GONE and not (answer.code == 409 and status.is_empty):
            raise trouble_error(ScanTrouble.IO, detail=f"HTTP {answer.code}")
        if came == 0:
            # 409 with an empty feeder is how AirSane and others say "no paper"; 404 is how the rest do.
            raise trouble_error(ScanTrouble.IO if self._feed is Feed.FLATBED else ScanTrouble.NO_PAPER)

    def _raise_trouble(self, status: ScannerStatus, came: int) -> None:
        found = status.trouble(of_feeder=self._feed is not Feed.FLATBED)
        if found is None:
            return
        trouble, word = found
        if trouble is ScanTrouble.JAMMED and came == 0 and self._was_empty:
            trouble = ScanTrouble.NO_PAPER                 # it pulled at nothing and calls that a jam
        raise trouble_error(trouble, detail=word)

    def _raise_refused(self, answer: NotYet, status: ScannerStatus) -> NoReturn:
        if self._feed is not Feed.FLATBED and status.is_empty and answer.code in {404, 409}:
            raise trouble_error(ScanTrouble.NO_PAPER, detail=f"HTTP {answer.code}")
        if status.state == "Processing":
            raise trouble_error(ScanTrouble.BUSY, detail=f"HTTP {answer.code}")
        trouble = ScanTrouble.REFUSED if is_about_settings(answer.code) else ScanTrouble.IO
        raise trouble_error(trouble, detail=f"HTTP {answer.code}")

    def _wait(self, seconds: float) -> None:
        self._progress()
        self._pause(seconds)
