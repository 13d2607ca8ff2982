"""The line before the light table: one page at a time is prepared, noted in the book, and filed in its order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.arrangement import TRAY
from app.domain.scanned_page import ScannedPage
from app.errors import KnownError
from app.services.tray_notes import BatchStart
from ui.background.arrangement_keeper import ArrangementKeeper
from ui.background.page_values import Destination, ScanState, Wanted
from ui.background.page_work import prepare

if TYPE_CHECKING:
    from app.bootstrap import Application
    from app.imaging.table_process import LightTable
    from ui.background.tasks import BackgroundTasks


class PageLine(QObject):
    """Moves pages of `pages` (by id, changed in place) from kept to prepared to filed. GUI thread only."""

    prepared = Signal(object)      # ScannedPage with its finding, or with its failure
    refused = Signal(object)       # KnownError: not the page's fault; it is tried again with the next

    def __init__(
        self, office: Application, work: BackgroundTasks, table: Callable[[], LightTable],
        pages: dict[str, ScannedPage], keeper: ArrangementKeeper, destination: Destination,
        state: Callable[[], ScanState], start_of: Callable[[str], BatchStart], parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._work, self._table = office, work, table
        self._pages, self._keeper, self.destination = pages, keeper, destination
        self._state, self._start_of = state, start_of
        self._line: deque[str] = deque()           # page ids in order of arrival, not filed yet
        self._again: deque[str] = deque()          # asked for once more; they lie somewhere already
        self._before: dict[str, ScannedPage] = {}  # as those were
        self._is_preparing = False
        self._is_closed = False

    @property
    def waiting(self) -> int:
        """Pages that are safe and still on the light table."""
        return len(self._line) + len(self._before)

    def add(self, page_id: str) -> None:
        self._line.append(page_id)
        self.advance()

    def begin_with(self, page_ids: Iterable[str]) -> None:
        """What was never filed, in order of arrival."""
        self._line = deque(page_ids)
        self.advance()

    def try_again(self, page_ids: Sequence[str]) -> int:
        """Prepare these pages once more, as the papers want them under which they lie now; how many. Where it
        fails, a page stays what it was. Its original never changes."""
        wanted = [
            page for page in dict.fromkeys(page_ids)
            if page in self._pages and page not in self._line and page not in self._before
        ]
        for page_id in wanted:
            page = self._before[page_id] = self._pages[page_id]
            self._pages[page_id] = replace(page, finding=None, prepared=None, failure="")
            self._again.append(page_id)
        self.advance()
        return len(wanted)

    def advance(self) -> None:
        """The page in front of the line: prepared already (a restart) it is filed, else it is prepared."""
        while not self._is_preparing and not self._is_closed:
            if self._again:
                again = self._before[self._again[0]]
                self._prepare(again, self._paper_over(again.id))
                return
            page = self._next_in_line()
            if page is None:
                return
            if page.finding is None and not page.failure:
                self._prepare(page, self._expected(page))
                return
            self._line.remove(page.id)
            self._file(page)

    def close(self) -> None:
        self._is_closed = True

    # inside

    def _next_in_line(self) -> ScannedPage | None:
        """Pile after pile: what comes from elsewhere while a pile is running waits until that one is through."""
        waiting = [self._pages[page] for page in self._line]
        state = self._state()
        open_now = state.batch if state.is_scanning else self._keeper.now.pile.batch
        same = (page for page in waiting if page.batch == open_now)
        return next(same, None if state.is_scanning or not waiting else waiting[0])

    def _prepare(self, page: ScannedPage, paper: Wanted | None) -> None:
        self._is_preparing = True
        self._work.run(
            lambda: prepare(self._office, self._table, page, paper), self._on_prepared, self._on_failed
        )

    def _expected(self, page: ScannedPage) -> Wanted | None:
        """The requirement whose pages are coming, as far as it is known before the page is read."""
        pile = self._keeper.now.pile
        return self._wanted(pile.requirement if pile.batch == page.batch else self._start_of(page.batch).to)

    def _paper_over(self, page_id: str) -> Wanted | None:
        found = self._keeper.now.stack_of(page_id) if page_id in self._keeper.now.page_ids else None
        return self._wanted(found[0] if found is not None else TRAY)

    def _wanted(self, code: str) -> Wanted | None:
        return next((each for each in self.destination.requirements if each.code == code), None)

    def _on_prepared(self, page: ScannedPage) -> None:
        self._is_preparing = False
        self._pages[page.id] = page
        if self._before.pop(page.id, None) is not None:
            self._again.remove(page.id)
            self._file_again(page)
        self.prepared.emit(page)
        self.advance()

    def _on_failed(self, error: Exception) -> None:
        """Not the page's fault (the book is locked, the disk is full): said, and tried again with the next."""
        self._is_preparing = False
        if not isinstance(error, KnownError):
            raise error
        for page_id in self._again:
            self._pages[page_id] = self._before.pop(page_id)
        self._again.clear()
        self.refused.emit(error)

    def _file(self, page: ScannedPage) -> None:
        from app.domain.pile import file_page

        if page.id in self._keeper.now.page_ids:
            return
        start, codes = self._start_of(page.batch), self.destination.codes
        filed = file_page(
            self._keeper.now, page, code=self.destination.code, requirements=codes,
            is_duplex=start.is_duplex, start=start.to if start.to in codes else TRAY,
        )
        self._keeper.arrive(filed.arrangement)

    def _file_again(self, page: ScannedPage) -> None:
        from app.domain.pile import look_again

        after = look_again(
            self._keeper.now, page, code=self.destination.code, requirements=self.destination.codes
        )
        if after != self._keeper.now:
            self._keeper.arrive(after)
