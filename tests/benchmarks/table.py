"""One measured line, interleaved timing, and the printed table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`ratio` is what the goal speaks of; without `at_most` and `at_least` it is only shown."""

    goal_id: str
    what: str
    ours: str
    peer: str
    ratio: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def asked(self) -> str:
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return "shown" if self.at_least is None else f"≥ {self.at_least:g}"

    @property
    def met(self) -> str:
        if self.at_most is not None:
            return "yes" if self.ratio <= self.at_most else "NO"
        return "" if self.at_least is None else "yes" if self.ratio >= self.at_least else "NO"


def interleaved(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each work, taken in turn round after round, so that the machine's moods hit all alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - started)
    return taken


def seconds(work: Callable[[], object]) -> float:
    """How long one run of `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median(taken: list[float]) -> float:
    return statistics.median(taken)


def p99(taken: list[float]) -> float:
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def shown(duration: float) -> str:
    if duration < 1e-3:
        return f"{duration * 1e6:.0f} µs"
    return f"{duration * 1e3:.2f} ms" if duration < 1 else f"{duration:.2f} s"


def print_table(rows: Iterable[Row]) -> None:
    header = ("goal", "what", "ours", "limit or peer", "ratio", "asked", "met")
    lines = [header] + [
        (row.goal_id, row.what, row.ours, row.peer, f"{row.ratio:.2f}", row.asked, row.met) for row in rows
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for place, line in enumerate(lines):
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        if place == 0:
            print("  ".join("-" * width for width in widths))
