"""A cash session: what moves the drawer of one clerk, from the counted float to the blind count at its end."""

from __future__ import annotations

from app.domain.till.accounts import SAFE, difference, drawer
from app.domain.till.movements import Movement


def opening_movements(
    session: str, device: str, counted: int, left: int | None, outside: int
) -> tuple[Movement, ...]:
    """The float comes from the safe; what was taken while no session was open comes in too.

    `left`: what the session before said it left for this one; None: it was not told. A count that differs from it
    is a difference of this session from its first minute.
    """
    from_safe = counted if left is None else left
    return (
        Movement(drawer(session, device), counted), Movement(SAFE, -from_safe),
        Movement(difference(session), from_safe - counted),
        Movement(drawer(session, device), outside), Movement(drawer("", device), -outside),
    )


def moving_movements(session: str, device: str, amount: int) -> tuple[Movement, ...]:
    """Cash between safe and drawer; positive goes in."""
    return Movement(drawer(session, device), amount), Movement(SAFE, -amount)


def closing_movements(session: str, device: str, expected: int, counted: int) -> tuple[Movement, ...]:
    """All that was counted goes to the safe; what is missing or too much stays on the session's own account."""
    return (
        Movement(drawer(session, device), -expected), Movement(SAFE, counted),
        Movement(difference(session), expected - counted),
    )
