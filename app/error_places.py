"""Where an error came through: modules and lines, and nothing of what was in them."""

from __future__ import annotations

from types import TracebackType


def places_in(trace: TracebackType | None) -> list[tuple[str, int]]:
    """(module, line), the innermost first."""
    found: list[tuple[str, int]] = []
    while trace is not None:
        found.append((str(trace.tb_frame.f_globals.get("__name__", "?")), trace.tb_lineno))
        trace = trace.tb_next
    return found[::-1]


__all__ = ["places_in"]
