"""A desk for the intake page on a real book; printer, frame and sound are notebooks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.errors import EnvironmentFault
from tests.office import Office
from ui.background.tasks import Task
from ui.changes import Changes
from ui.context import Context
from ui.operations.desk import Desk
from ui.shortcuts import Place


class AtOnce:
    """Background work done before `run` returns, in the order it is asked for; `hold` makes it wait for `go`."""

    def __init__(self) -> None:
        self.is_held = False
        self._waiting: list[Callable[[], None]] = []

    def run(
        self, work: Callable[..., Any], on_done: Callable[[Any], object] | None = None,
        on_failure: Callable[[Exception], object] | None = None, *, takes_task: bool = False,
    ) -> Task:
        task = Task(1)

        def do() -> None:
            try:
                result = work(task) if takes_task else work()
            except Exception as error:
                if on_failure is None:
                    raise
                on_failure(error)
                return
            if on_done is not None:
                on_done(result)

        if self.is_held:
            self._waiting.append(do)
        else:
            do()
        return task

    def go(self) -> None:
        self.is_held = False
        waiting, self._waiting = self._waiting, []
        for do in waiting:
            do()


@dataclass
class Prints:
    """What came out of the printer: slip and name; `fault` is raised instead of printing."""

    done: list[tuple[str, str]] = field(default_factory=list)
    pdfs: list[bytes] = field(default_factory=list)
    fault: EnvironmentFault | None = None

    def print_pdf(self, pdf: bytes, name: str, *, slip: str, copies: int) -> None:
        if self.fault is not None:
            raise self.fault
        self.done.append((slip, name))
        self.pdfs.append(pdf)


@dataclass
class FrameNotes:
    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)

    def go(self, place: Place) -> None:
        self.said.append(place.value)

    def open_beside(self, place: Place, factory: Callable[[], Any]) -> None:
        self.said.append(place.value)

    def go_back(self) -> None:
        self.said.append("back")

    def say(self, text: str, tone: str = "ok") -> None:
        self.said.append(text)

    def warn(self, tone: str, title: str, detail: str = "", action: str = "", key: str = "") -> None:
        self.warned.append(f"{title} {detail}")

    def silence(self) -> None:
        self.warned.clear()


@dataclass
class Clicks:
    heard: list[str] = field(default_factory=list)

    def accept(self) -> None:
        self.heard.append("accept")

    def refuse(self) -> None:
        self.heard.append("refuse")


@dataclass
class CounterDesk:
    """The desk and the notebooks on it."""

    office: Office
    desk: Desk
    background: AtOnce
    printer: Prints
    frame: FrameNotes
    sound: Clicks


def counter_desk(office: Office, *, clerk: str = "nv-1") -> CounterDesk:
    background, printer, frame, sound = AtOnce(), Prints(), FrameNotes(), Clicks()
    desk: Desk = Context(
        office=office.application, clock=office.clock.now, clerk=lambda: clerk, language=lambda: "vi",
        changes=Changes(), background=background, printer=printer, frame=frame, sound=sound,
    )
    return CounterDesk(office, desk, background, printer, frame, sound)
