"""A province that is busy for a moment: wait as long as it asks, here, and ask the same once more.

A contact that ended for a second's wait would begin again with its hello, and a province that turns a fifth of
all away would be asked for half as much again as is needed. What lasts longer is the next contact's.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

from app.errors import KnownError
from sync.core.asks import Ask, LineAsk, Pause
from sync.errors import TryLater

T = TypeVar("T")

LONGEST_PAUSE = 2.0
"""Seconds. A longer wait is no wait within a contact."""

TRIES = 4
"""Of one request, the first among them."""

PATIENCE = 10.0
"""Seconds of pauses in one contact: somebody may be waiting for a status, or for the program to end."""


def patiently(steps: Generator[Ask, Any, T]) -> Generator[Ask, Any, T]:
    """The same contact; short waits that the province asks for are obeyed within it."""
    left = PATIENCE
    said: Any = None
    refused: KnownError | None = None
    while True:
        try:
            ask = steps.throw(refused) if refused is not None else steps.send(said)
        except StopIteration as end:
            found: T = end.value
            return found
        said = refused = None
        for tried in range(1, TRIES + 1):
            try:
                said = yield ask
                refused = None
            except KnownError as error:
                refused = error
            seconds = short_wait(refused)
            if seconds is None or not isinstance(ask, LineAsk) or seconds > left or tried == TRIES:
                break
            left -= seconds
            if not (yield Pause(seconds)):
                break


def short_wait(error: KnownError | None) -> float | None:
    """The seconds that the province asked for, where they are few; None where it asked for none or for more."""
    if not isinstance(error, TryLater) or error.after is None or error.after > LONGEST_PAUSE:
        return None
    return max(0.0, error.after)
