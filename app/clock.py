"""The two clocks of a counter. Rules take `now` as an argument; only the edges ask a clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The wall clock, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back while this process lives, and go on while the machine sleeps."""
        ...


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        # Linux stops its ordinary monotonic clock while a laptop sleeps: waking up would look like a jump.
        sleepless: int | None = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if sleepless is None else time.clock_gettime(sleepless)
