"""The window as one clerk's pages see it: what they say while she is not there waits until she is back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ui.main_window import MainWindow
from ui.shortcuts import Place
from ui.theme import Tone


class SeatFrame:
    """A `ui.context.Frame` of `owner`. A word about her work is shown to nobody else, nor over a locked screen."""

    def __init__(self, window: MainWindow, owner: str) -> None:
        self._window, self._owner = window, owner
        self._waiting: list[Callable[[], object]] = []

    def go(self, place: Place) -> Any:
        return self._now(partial(self._window.go, place))

    def open_beside(self, place: Place, factory: Callable[[], Any]) -> Any:
        return self._now(partial(self._window.open_beside, place, factory))

    def go_back(self) -> None:
        self._now(self._window.go_back)

    def say(self, text: str, tone: Tone = "ok") -> None:
        self._now(partial(self._window.say, text, tone))

    def warn(self, tone: Tone, title: str, detail: str = "", action: str = "", key: str = "") -> None:
        self._now(partial(self._window.warn, tone, title, detail, action, key))

    def silence(self) -> None:
        self._now(self._window.silence)

    def catch_up(self) -> None:
        """She is back."""
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            work()

    def _now(self, work: Callable[[], Any]) -> Any:
        seats = self._window.seats
        if seats.owner == self._owner and not seats.is_covered:
            return work()
        self._waiting.append(work)
        return None
