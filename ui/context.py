"""What a page gets when it is built: everything it may use, and nothing it has to look for.

    def intake_page(context: Context[Office]) -> IntakePage: ...

`Office` is whatever the composition root hands over to reach the services (the application of `app.bootstrap`);
pages state the type they need, this module does not know it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ui.background.tasks import Task
from ui.changes import Changes
from ui.shortcuts import Place
from ui.theme import Tone

if TYPE_CHECKING:
    from ui.background.scan_desk import ScanDesk

Office = TypeVar("Office")
T = TypeVar("T")


class Background(Protocol):
    """`BackgroundTasks.run`; a test passes one that runs at once."""

    def run(
        self, work: Callable[..., T], on_done: Callable[[T], object] | None = None,
        on_failure: Callable[[Exception], object] | None = None, *, takes_task: bool = False,
    ) -> Task: ...


class Printer(Protocol):
    """Puts a finished PDF on paper, called `name` in the spooler's list. Called on a background thread; raises
    EnvironmentFault when it cannot."""

    def print_pdf(self, pdf: bytes, name: str, *, slip: str, copies: int) -> None: ...


class Frame(Protocol):
    """What a page may ask of the window around it."""

    def go(self, place: Place) -> Any: ...
    def open_beside(self, place: Place, factory: Callable[[], Any]) -> Any: ...
    def go_back(self) -> None: ...
    def say(self, text: str, tone: Tone = "ok") -> None: ...
    def warn(self, tone: Tone, title: str, detail: str = "", action: str = "", key: str = "") -> None: ...
    def silence(self) -> None: ...


class Sound(Protocol):
    """The two clicks of a scan."""

    def accept(self) -> None: ...
    def refuse(self) -> None: ...


class SecondCopy(Protocol):
    """`ui.background.second_copy.SecondCopyKeeper`; the two waits are for worker threads."""

    @property
    def is_on(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def wake(self) -> None: ...
    def wait_kept(self, epoch: int, seq: int) -> bool: ...
    def wait_first_look(self) -> None: ...


@dataclass(frozen=True)             # with slots a generic dataclass fails on Python 3.11
class Context(Generic[Office]):
    """One per window; the same object for all pages."""

    office: Office
    clock: Callable[[], datetime]  # aware; the only "now" a page knows
    clerk: Callable[[], str]       # id of who works at this counter now
    language: Callable[[], str]    # "vi" or "en", for `ui.messages.sentence`
    changes: Changes
    background: Background
    printer: Printer
    frame: Frame
    sound: Sound
    scans: ScanDesk | None = None      # the light table and the pages on their way; a window has one
    second_copy: SecondCopy | None = None
    second: str = ""               # id of who stands by for one act, with her secret proved; "" for nobody
