"""Words of pages, read while nothing else is to be done, so that a digitised paper can be searched.

Off every path that somebody waits for: one page at a time, in a process of its own behind all others, and only
while no intake scans, keeps or prepares a page. A page that arrives ends the reading at once; what was interrupted
is begun anew. Filing takes what is there and never waits.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.arrangement import TRAY
from app.domain.scanned_page import ScannedPage
from app.domain.treatment import CARD, PHOTO, treatment_for
from app.errors import KnownError
from app.imaging.text_languages import VIETNAMESE
from ui.background.tasks import BackgroundTasks
from ui.background.text_work import (
    INTERRUPTED,
    NOT_STARTED,
    Outcome,
    TextTable,
    ask_languages,
    new_table,
    read_page,
)

if TYPE_CHECKING:
    from app.bootstrap import Application
    from ui.background.page_intake import PageIntake

PAUSE_MS = 1_500
"""So long nothing has to happen before reading begins: between two sheets on the glass none is begun."""

_TRIES = 2
"""A process that was ended from outside may not have been ended for its page."""

_UNREAD = frozenset({CARD.name, PHOTO.name})


@dataclass(frozen=True, slots=True)
class _Task:
    """One page as it lies now; turned or prepared anew it is another."""

    page: ScannedPage
    turn: int

    @property
    def key(self) -> tuple[str, str, int]:
        return self.page.id, self.page.prepared.sha256 if self.page.prepared else "", self.turn


class TextReading(QObject):
    """One per scan desk. Make, use and `close` it in the GUI thread."""

    languages_known = Signal()     # `languages` says them
    settled = Signal(str)          # page id: its words are kept, or that there are none to be had

    def __init__(
        self, office: Application, parent: QObject | None = None, *,
        languages: Callable[[], Sequence[str]] = ask_languages, table: Callable[[], TextTable] = new_table,
        pause_ms: int = PAUSE_MS,
    ) -> None:
        """`languages` says which this PC reads, `table` opens a light table for reading; a test brings others."""
        super().__init__(parent)
        self._office, self._ask, self._new_table = office, languages, table
        self.languages: tuple[str, ...] | None = None      # None: not asked yet
        self._work = BackgroundTasks(self, threads=1)
        self._intakes: list[PageIntake] = []
        self._settled: set[tuple[str, str, int]] = set()
        self._tries: Counter[tuple[str, str, int]] = Counter()
        self._table: TextTable | None = None
        self._ending: list[threading.Thread] = []
        self._is_busy = self._is_off = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(pause_ms)
        self._rest.timeout.connect(self._look)

    @property
    def is_reading(self) -> bool:
        return self._is_busy

    def follow(self, intake: PageIntake) -> None:
        """Read the pages of `intake` as well, from now on."""
        self._intakes.append(intake)
        intake.kept.connect(self._give_way)
        intake.scan_changed.connect(self._give_way)
        for signal in (intake.resumed, intake.prepared, intake.keeper.changed):
            signal.connect(self._soon)

    def close(self) -> None:
        """End the reading under way; its page is read anew another time."""
        self._is_off = True
        self._rest.stop()
        self._end_table()
        for ending in self._ending:
            ending.join()
        self._work.close()

    # inside

    def _soon(self, *_: object) -> None:
        if not self._is_off:
            self._rest.start()

    def _give_way(self, *_: object) -> None:
        """Somebody's page comes: processor and memory are for it."""
        self._end_table()
        self._soon()

    def _end_table(self) -> None:
        if self._table is not None:
            # A process takes its time to die, and the one thread of `_work` waits for this one's answer.
            self._ending = [each for each in self._ending if each.is_alive()]
            self._ending.append(threading.Thread(target=self._table.close, name="ends reading"))
            self._ending[-1].start()
            self._table = None

    def _look(self) -> None:
        """Begin with the next page, if now is the time."""
        if self._is_off or self._is_busy:
            return
        task = next(self._waiting(), None)
        if task is None:
            self._end_table()                              # its memory is needed elsewhere
        elif not all(intake.is_idle for intake in self._intakes):
            self._soon()
        elif self.languages is None:
            self._is_busy = True
            self._work.run(self._ask, self._on_languages)
        else:
            self._read(task)

    def _on_languages(self, found: Sequence[str]) -> None:
        self._is_busy = False
        self.languages = tuple(found)
        self._is_off = self._is_off or VIETNAMESE not in self.languages
        self.languages_known.emit()
        self._look()

    def _read(self, task: _Task) -> None:
        self._is_busy = True
        self._tries[task.key] += 1
        if self._table is None:
            self._table = self._new_table()
        table, is_last = self._table, self._tries[task.key] >= _TRIES
        self._work.run(
            lambda: read_page(self._office, table, task.page, task.turn, is_last_try=is_last),
            lambda outcome: self._on_read(task, outcome), lambda error: self._on_failed(task, error),
        )

    def _on_read(self, task: _Task, outcome: Outcome) -> None:
        self._is_busy = False
        if outcome is Outcome.SWITCHED_OFF:
            self._tries[task.key] -= 1
            self._end_table()
            return
        self._settled.add(task.key)
        self.settled.emit(task.page.id)
        self._look()

    def _on_failed(self, task: _Task, error: Exception) -> None:
        """Nothing that the clerk need know: filing does without the words."""
        self._is_busy = False
        if not isinstance(error, KnownError):
            raise error
        if error.code == INTERRUPTED:
            self._tries[task.key] -= 1
        elif error.code == NOT_STARTED:
            self._is_off = True
        elif self._tries[task.key] >= _TRIES:
            self._settled.add(task.key)                    # a full disk, a busy book: not before the next start
        self._soon()

    def _waiting(self) -> Iterator[_Task]:
        """Pages without words, those that lie under a paper first."""
        last: list[_Task] = []
        for intake in self._intakes:
            names = {each.code: each for each in intake.destination.requirements}
            for place in intake.arrangement.places:
                wanted = names.get(place.requirement)
                if wanted is not None and treatment_for(wanted.name, wanted.form).name in _UNREAD:
                    continue
                for placed in (each for stack in place.stacks for each in stack.pages if not each.is_left_out):
                    page = intake.pages.get(placed.page_id)
                    if page is None or page.prepared is None or page.finding is None or page.finding.is_blank:
                        continue
                    task = _Task(page, placed.turn % 360)
                    if task.key in self._settled:
                        continue
                    if place.requirement == TRAY:
                        last.append(task)
                    else:
                        yield task
        yield from last
