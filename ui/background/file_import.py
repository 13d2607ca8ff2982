"""Files on their way into an intake: read beside the window, judged by their first bytes, kept page by page.

A file is taken whole or told by its name; one that is refused holds up no other. Nothing is decoded in this
process: the light table opens each picture once, so that a broken one is refused before it is a page.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from app.errors import EnvironmentFault, KnownError, Refusal
from ui.background.alive import while_alive
from ui.background.tasks import Task

if TYPE_CHECKING:
    from app.imaging.prepared import SplitPage
    from ui.background.page_intake import PageIntake
    from ui.background.scan_desk import ScanDesk

SOURCE = "file"
_LOOK_PX = 64

Arrive = Callable[[bytes, str, str], None]


@dataclass(frozen=True, slots=True)
class Given:
    """One thing to take. `name` is what the clerk knows it by. `read(most bytes)` is called beside the window and
    gives all its bytes or raises a KnownError."""

    name: str
    read: Callable[[int], bytes]
    source: str = SOURCE


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that is not, or not wholly, among the pages. `pages` of it were kept before it broke."""

    name: str
    error: KnownError
    pages: int = 0


@dataclass(frozen=True, slots=True)
class ImportState:
    """How far an import is. `page` of file number `file` is the one that is coming."""

    is_running: bool = False
    name: str = ""
    file: int = 0
    files: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one import."""

    pages: int = 0
    refused: tuple[RefusedFile, ...] = ()
    is_cancelled: bool = False


@dataclass(slots=True)
class _Order:
    given: tuple[Given, ...]
    arrive: Arrive
    refused: list[RefusedFile] = field(default_factory=list)
    pages: int = 0


class FileImport(QObject):
    """One per page. `take` returns at once; a second import waits for the first."""

    progressed = Signal(object)    # ImportState
    ended = Signal(object)         # Imported, once for each `take`

    _came_on = Signal(object)

    def __init__(self, scans: ScanDesk, intake: PageIntake, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scans, self._intake = scans, intake
        self._waiting: deque[_Order] = deque()
        self._task: Task | None = None
        self._order: _Order | None = None
        self._is_cancelled = False
        self._came_on.connect(self.progressed)     # emitted on the worker's thread: queued

    @property
    def is_running(self) -> bool:
        return self._order is not None

    def take(self, given: Sequence[Given], to: str) -> None:
        """Keep the pages of `given`, in their order, under the requirement `to`."""
        if given:
            self._waiting.append(_Order(tuple(given), self._intake.open_batch(to)))
            self._begin_next()

    def cancel(self) -> None:
        """Stop after the page that is coming; what is kept stays, what waits is dropped."""
        self._is_cancelled = self._order is not None
        self._waiting.clear()

    # inside

    def _begin_next(self) -> None:
        if self._order is not None or not self._waiting:
            return
        order = self._order = self._waiting.popleft()
        self._is_cancelled = False
        scans, say = self._scans, self._came_on.emit

        def work(task: Task) -> None:
            for number, given in enumerate(order.given, 1):
                state = ImportState(True, given.name, number, len(order.given))
                before = order.pages
                try:
                    self._take_one(scans, order, given, state, say, task)
                except KnownError as error:
                    order.refused.append(RefusedFile(given.name, error, order.pages - before))
                    if isinstance(error, EnvironmentFault) and error.code.startswith("disk"):
                        return             # the next would fail the same way
                if self._is_cancelled or task.is_cancelled:
                    return

        self._task = scans.work.run(
            work, while_alive(self, self._on_done), while_alive(self, self._on_failed), takes_task=True)

    def _take_one(
        self, scans: ScanDesk, order: _Order, given: Given, state: ImportState,
        say: Callable[[ImportState], object], task: Task,
    ) -> None:
        """On the worker's thread. Raises KnownError for a file that is refused."""
        from app.devices.scanning.complete import mime_of

        table = scans.table()
        say(state)
        content = given.read(table.limits.most_bytes)
        if not content:
            raise Refusal("import_empty")
        mime = mime_of(content[:1024])
        if mime in ("image/jpeg", "image/png"):
            table.preview(content, _LOOK_PX)       # quicker than taking apart what is one page
            order.arrive(content, mime, given.source)
            order.pages += 1
            return
        with closing(cast("Generator[SplitPage, None, None]", table.split(content))) as parts:
            for page, part in enumerate(parts, 1):
                say(replace(state, page=page))
                order.arrive(part.content, part.mime, given.source)
                order.pages += 1
                if self._is_cancelled or task.is_cancelled:
                    return

    def _on_done(self, _: object) -> None:
        order, self._order, self._task = self._order, None, None
        assert order is not None
        self.progressed.emit(ImportState())
        self.ended.emit(Imported(order.pages, tuple(order.refused), self._is_cancelled))
        self._begin_next()

    def _on_failed(self, error: Exception) -> None:
        self._order, self._task = None, None
        self.progressed.emit(ImportState())
        raise error


def file_given(path: Path) -> Given:
    return Given(path.name or str(path), lambda most: read_file(path, most))


def read_file(path: Path, most_bytes: int) -> bytes:
    """The bytes of a file that is no larger. Raises `file_too_large`, `import_no_file`, `import_unreadable`."""
    try:
        if not path.is_file():
            raise Refusal("import_no_file")
        size = path.stat().st_size
        if size > most_bytes:
            raise Refusal("file_too_large", bytes=size, limit=most_bytes)
        with path.open("rb") as stream:
            content = stream.read(most_bytes + 1)      # it may be growing
    except OSError as error:
        raise EnvironmentFault("import_unreadable", reason=type(error).__name__) from error
    if len(content) > most_bytes:
        raise Refusal("file_too_large", bytes=len(content), limit=most_bytes)
    return content
