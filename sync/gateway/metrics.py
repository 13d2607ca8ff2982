"""What a process counts, as Prometheus reads it (text format 0.0.4). Names, numbers and paths; nobody's data.

Each process counts for itself. Workers of one port leave their figures in a folder they share, and whichever is
asked answers for all: counters of those that have ended stay, or a sum would fall.
"""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds; the last bucket is all."""

Labels = tuple[tuple[str, str], ...]

_HELP = {
    "qmc_requests_total": ("counter", "Requests answered, by path and status."),
    "qmc_request_seconds": ("histogram", "Time from a request's head to the end of its answer."),
    "qmc_pushed_items_total": ("counter", "Operations pushed, by what became of them."),
    "qmc_requests_inside": ("gauge", "Requests that are being read or worked on."),
    "qmc_database_connections": ("gauge", "Connections to the database in use."),
    "qmc_operations_behind": ("gauge", "Operations that counters said they hold and the province does not."),
    "qmc_counters": ("gauge", "Counters that are enrolled."),
    "qmc_counters_silent": ("gauge", "Counters that have not called for a day."),
    "qmc_branch_operations": ("gauge", "Operations kept beside the chain."),
    "qmc_unsettled": ("gauge", "1 while the leases of a restored province wait to be settled."),
    "qmc_workers": ("gauge", "Processes that answer on this port."),
}


class Metrics:
    """Counts of this process. Safe to use from several threads."""

    def __init__(self, folder: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, Labels]] = Counter()
        self._seconds: dict[str, list[int]] = {}
        self._sums: Counter[str] = Counter()
        self._folder = folder
        self._inside = 0

    def began(self) -> None:
        with self._lock:
            self._inside += 1

    def answered(self, method: str, path: str, status: int, seconds: float) -> None:
        """`path` is the path's pattern, never what a caller wrote."""
        with self._lock:
            self._inside -= 1
            self._counts["qmc_requests_total", (("method", method), ("path", path), ("status", str(status)))] += 1
            buckets = self._seconds.setdefault(path, [0] * (len(BUCKETS) + 1))
            for n, limit in enumerate(BUCKETS):
                buckets[n] += seconds <= limit
            buckets[-1] += 1
            self._sums[path] += round(seconds * 1_000_000)

    def pushed(self, outcomes: Iterable[str]) -> None:
        with self._lock:
            for outcome in outcomes:
                self._counts["qmc_pushed_items_total", (("outcome", outcome),)] += 1

    def keep(self) -> None:
        """Leave the figures for the other workers."""
        if self._folder is None:
            return
        path = self._folder / f"{os.getpid()}.json"
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(self._as_json()))
        draft.replace(path)

    def text(self, gauges: Mapping[str, float]) -> str:
        """Everything, with gauges that were asked of the database."""
        whole = _Sum()
        whole.add(self._as_json(), is_alive=True)
        for path in self._folder.glob("*.json") if self._folder else ():
            pid = int(path.stem)
            if pid != os.getpid():
                whole.add(json.loads(path.read_text()), is_alive=_is_alive(pid))
        return whole.text(gauges)

    def _as_json(self) -> dict[str, object]:
        with self._lock:
            return {
                "counts": [[name, list(labels), count] for (name, labels), count in self._counts.items()],
                "seconds": {path: list(buckets) for path, buckets in self._seconds.items()},
                "sums": dict(self._sums), "inside": self._inside,
            }


class _Sum:
    """The figures of several processes."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, Labels]] = Counter()
        self.seconds: dict[str, list[int]] = {}
        self.sums: Counter[str] = Counter()
        self.inside = 0
        self.workers = 0

    def add(self, figures: dict[str, object], *, is_alive: bool) -> None:
        counts, seconds, sums, inside = (figures[name] for name in ("counts", "seconds", "sums", "inside"))
        assert isinstance(counts, list) and isinstance(seconds, dict) and isinstance(sums, dict)
        assert isinstance(inside, int)
        for name, labels, count in counts:
            self.counts[name, tuple((key, value) for key, value in labels)] += count
        for path, buckets in seconds.items():
            held = self.seconds.setdefault(path, [0] * len(buckets))
            self.seconds[path] = [one + other for one, other in zip(held, buckets, strict=True)]
        self.sums.update(sums)
        if is_alive:
            self.inside += inside
            self.workers += 1

    def text(self, gauges: Mapping[str, float]) -> str:
        of_process = {"qmc_requests_inside": self.inside, "qmc_workers": self.workers}
        lines: list[str] = []
        for name, (kind, said) in _HELP.items():
            rows = self._rows(name, kind, {**of_process, **gauges})
            if rows:
                lines += [f"# HELP {name} {said}", f"# TYPE {name} {kind}", *rows]
        return "\n".join(lines) + "\n"

    def _rows(self, name: str, kind: str, gauges: Mapping[str, float]) -> list[str]:
        if kind == "gauge":
            return [f"{name} {gauges[name]:g}"] if name in gauges else []
        if kind == "counter":
            return [f"{name}{_labels(labels)} {count}"
                    for (each, labels), count in sorted(self.counts.items()) if each == name]
        rows = []
        for path, buckets in sorted(self.seconds.items()):
            limits = [*(f"{limit:g}" for limit in BUCKETS), "+Inf"]
            rows += [f"{name}_bucket{_labels((('path', path), ('le', limit)))} {count}"
                     for limit, count in zip(limits, buckets, strict=True)]
            rows += [f"{name}_sum{_labels((('path', path),))} {self.sums[path] / 1_000_000:.6f}",
                     f"{name}_count{_labels((('path', path),))} {buckets[-1]}"]
        return rows


def _labels(labels: Labels) -> str:
    # Patterns of paths, methods, statuses, outcomes: ours all of them, so nothing is there to escape.
    return "{" + ",".join(f'{key}="{value}"' for key, value in labels) + "}"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
