"""The line: what is sent may be lost, come twice, come late, or be answered into nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from app.errors import KnownError
from sync.errors import TryLater

T = TypeVar("T")
FAULTS = ("lost", "answer_lost", "twice", "late", "busy")


class Line:
    """`badness`: of so many requests one goes wrong, in one of `faults`."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.badness = 0.0
        self.is_down = False
        self.faults: tuple[str, ...] = FAULTS
        self.under_way: list[Callable[[], object]] = []
        self._busy = 0                             # every second time it is for longer than a contact waits

    def ask(self, request: Callable[[], T]) -> T:
        """The answer. Raises what the client makes of it. A request is whole in itself: it may come again."""
        if self.is_down:
            raise TryLater("line_down")
        if self.badness and self._rng.random() < self.badness:
            self._go_wrong(request)
        return request()

    def _go_wrong(self, request: Callable[[], object]) -> None:
        fault = self._rng.choice(self.faults)
        if fault == "lost":
            raise TryLater("line_down")
        if fault == "late":
            self.under_way.append(request)
            raise TryLater("line_timeout")
        if fault == "busy":
            self._busy += 1
            raise TryLater("busy", after=5 if self._busy % 2 else 1)
        if fault == "answer_lost":
            arrive(request)
            raise TryLater("line_broken")
        self.under_way.append(request)             # twice: the other one comes whenever it comes

    def later(self, effect: Callable[[], object]) -> None:
        self.under_way.append(effect)

    def one_arrives(self) -> None:
        if self.under_way:
            arrive(self.under_way.pop(self._rng.randrange(len(self.under_way))))


def arrive(request: Callable[[], object]) -> None:
    """Nobody hears the answer."""
    with suppress(KnownError):
        request()
