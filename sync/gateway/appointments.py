"""When a counter with a backlog may come back that found the province full.

A thousand counters that are all told "in ten seconds" ask a thousand times every ten seconds until the last is
through. Here each gets a turn of its own: behind the turns promised before, as far as what it brings will take at
the pace of the last half minute. Who only wants to know something is never sent away for that.
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

_WINDOW = 30.0
_FIRST_PACE = 500.0                                # operations a second, until there is something to go by
_JITTER = 3


class Appointments:
    """Turns of one process, each with the share of its own pace. Lives in one event loop, so it needs no lock."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._taken: deque[tuple[float, int]] = deque()
        self._promised = -math.inf

    def took(self, operations: int) -> None:
        """So many operations came into custody just now."""
        now = self._seconds()
        self._taken.append((now, operations))
        while self._taken[0][0] < now - _WINDOW:
            self._taken.popleft()

    def next_turn(self, backlog: int) -> int:
        """Whole seconds from now for somebody who brings `backlog` operations; his turn is then taken."""
        now = self._seconds()
        self._promised = max(self._promised, now + SOONEST) + backlog / self._pace(now)
        if self._promised > now + LATEST:
            self._promised = now + LATEST
            return secrets.randbelow(int(LATEST) // 2) + int(LATEST) // 2
        return math.ceil(self._promised - now) + secrets.randbelow(_JITTER)

    def _pace(self, now: float) -> float:
        recent = [(at, amount) for at, amount in self._taken if at >= now - _WINDOW]
        if len(recent) < 2 or recent[-1][0] == recent[0][0]:
            return _FIRST_PACE
        # What the first one brought was worked on before the time that is measured.
        return max(1.0, sum(amount for _, amount in recent[1:]) / (recent[-1][0] - recent[0][0]))
