"""The clerk of a life that is killed: what is on the desk, what was received, and how acts are begun and told."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

from app.domain.reports.periods import Period
from app.domain.vietnam_time import local
from tests.faults.canary_machine import Machine
from ui.background.file_import import FileImport
from ui.background.one_job import OneJob
from ui.counter_window import CounterWindow
from ui.operations.report import Ticker

BROKEN = "broken"
"""Begins what is told of an act that did not do what it is for: then nothing is proved."""


class Life:
    """A clerk in a hurry."""

    def __init__(self, counter: CounterWindow, machine: Machine, turn: int) -> None:
        assert counter.desk is not None
        self.counter, self.desk, self.machine = counter, counter.desk, machine
        self.dice, self.turn, self.number, self.going = random.Random(turn), turn, turn * 1000, 0
        self.codes: list[str] = []
        self.intents: dict[str, str] = {}          # of the dossiers that were received through the desk
        self.agencies: dict[str, str] = {}
        self.imports: list[FileImport] = []
        self.jobs: list[OneJob] = []
        self.ticker = Ticker()

    def done(self, what: str) -> None:
        self.going -= 1
        tell(what)

    def begun(self, what: str) -> tuple[Callable[..., None], Callable[..., None]]:
        """What to call at the end of an act: done, and refused."""
        self.going += 1
        return lambda *_: self.done(what), lambda error, *_: self.done(f"{what} refused: {error!r}")

    def code(self) -> str:
        return self.dice.choice(self.codes)

    def today(self) -> Period:
        day = local(self.desk.clock()).date()
        return Period(day, day)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
