"""When to try again: full jitter, so that a thousand counters do not come back in the same second."""

from __future__ import annotations

from collections.abc import Callable

BASE_SECONDS = 2.0
CAP_SECONDS = 300.0


def delay(attempt: int, uniform: Callable[[float, float], float], asked: float | None = None) -> float:
    """Seconds to wait after the `attempt`-th failure in a row (1, 2 …).

    Uniform in [0, min(cap, base·2^(attempt−1))], and never less than the server `asked` for (Retry-After).
    Source: "full jitter", AWS Architecture Blog, Exponential Backoff and Jitter.
    """
    ceiling = min(CAP_SECONDS, BASE_SECONDS * 2 ** min(attempt - 1, 16))
    return max(uniform(0.0, ceiling), asked or 0.0)
