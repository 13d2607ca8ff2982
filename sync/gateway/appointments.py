"""When a counter with a backlog may come back that found the province full.

A thousand counters that are all told "in ten seconds" ask a thousand times every ten seconds until the last is
through. Here each gets a turn of its own: behind the turns promised before, as far as what it brings will take, as
long as work took in the last half minute. Who only wants to know something is never sent away for that.

A turn is kept for the counter it was promised to: who comes on time, or late, is let in whatever the crowd, and
who comes early is told the rest of his wait. Otherwise each would book anew whenever he looked, and the promises
would run ahead of the work. A process knows only its own promises: behind several of them a counter that meets
another one is given a turn there.
"""

from __future__ import annotations

import math
import secrets
import time
from collections import deque
from collections.abc import Callable

SOONEST = 2.0
LATEST = 300.0
"""Seconds; a counter looks again by itself within five minutes (`sync.backoff`): no promise lies further away."""

KEPT = LATEST
"""Seconds a turn lasts after it has come: a counter that failed several times waits longer than it was asked to,
and one whose line breaks comes back within its turn."""

EARLY = 1.0                                        # seconds by which clocks of two machines may run apart
_WINDOW = 30.0
_FIRST_PACE = 500.0                                # operations a second, until there is something to go by
_JITTER = 3


class Appointments:
    """Turns of one process with `places` for work at once. Lives in one event loop, so it needs no lock."""

    def __init__(self, places: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self._places, self._seconds = places, seconds
        self._taken: deque[tuple[float, int, float]] = deque()
        self._promised = -math.inf
        self._turns: dict[str, float] = {}         # by device, when; as many as there are counters, no more

    def took(self, operations: int, worked: float) -> None:
        """So many operations came into custody just now, after so many seconds of work in one place."""
        now = self._seconds()
        self._taken.append((now, operations, worked))
        while self._taken[0][0] < now - _WINDOW:
            self._taken.popleft()

    def wait_of(self, device: str, backlog: int) -> int:
        """Whole seconds until this counter's turn, a new one where it has none; 0: it has come."""
        now = self._seconds()
        due = self._turns.get(device)
        if due is None or now > due + KEPT:
            wait = self.next_turn(backlog)
            self._turns[device] = now + wait
            return wait
        return math.ceil(due - now) if due - now > EARLY else 0

    def next_turn(self, backlog: int) -> int:
        """Whole seconds from now for somebody who brings `backlog` operations; his turn is then taken."""
        now = self._seconds()
        self._promised = max(self._promised, now + SOONEST) + backlog / self._pace(now)
        if self._promised > now + LATEST:
            self._promised = now + LATEST
            return secrets.randbelow(int(LATEST) // 2) + int(LATEST) // 2
        return math.ceil(self._promised - now) + secrets.randbelow(_JITTER)

    def _pace(self, now: float) -> float:
        """By the work alone: while those with a turn are still away, little comes in, and that says nothing."""
        recent = [(amount, worked) for at, amount, worked in self._taken if at >= now - _WINDOW]
        amounts, spent = sum(amount for amount, _ in recent), sum(worked for _, worked in recent)
        return max(1.0, amounts / spent * self._places) if spent and amounts else _FIRST_PACE
