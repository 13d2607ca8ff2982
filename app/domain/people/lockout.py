"""What wrong tries of a secret cost: five are free, each further one makes the next wait twice as long, ten lock.

A wait is counted by a clock that nobody can set, from the later of the last wrong try and the start of this
program: neither a restart nor another time of day shortens it. A lock ends by a person only (a shift lead of the
counter, or the province with a new personal code): an end by itself, such as the next contact, would be none on a
machine whose line is up.
"""

from __future__ import annotations

FREE = 5
MOST = 10


def wait_seconds(wrong: int) -> int:
    """How long the next try waits after `wrong` wrong ones: 0 before the fifth, then 32, 64, 128 … seconds."""
    return 2**wrong if wrong >= FREE else 0


def left_to_wait(wrong: int, seconds_since: float) -> int:
    """Whole seconds until the next try, `seconds_since` after the last wrong one or the start; 0: now."""
    return max(0, -int(-(wait_seconds(wrong) - seconds_since) // 1))


def is_locked(wrong: int) -> bool:
    return wrong >= MOST


def tries_left(wrong: int) -> int:
    """How many wrong tries may still follow before the lock."""
    return max(0, MOST - wrong)
