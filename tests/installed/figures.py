"""What the installed program takes of the machine, asked from outside: it lets its own account look at nothing."""

from __future__ import annotations

import contextlib
from pathlib import Path

PROGRAM = "/opt/quay-mot-cua/program/quay-mot-cua"


def memory() -> dict[str, int]:
    """Kilobytes of the window's process (the largest): RSS and PSS; and PSS of all of the program together."""
    numbers = {"window_rss_kb": 0, "window_pss_kb": 0, "all_pss_kb": 0, "processes": 0}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, StopIteration):
            if not (process / "cmdline").read_bytes().startswith(PROGRAM.encode()):
                continue
            text = (process / "smaps_rollup").read_text(encoding="ascii")
            rss, pss = (int(next(line.split()[1] for line in text.splitlines() if line.startswith(f"{name}:")))
                        for name in ("Rss", "Pss"))
            if rss > numbers["window_rss_kb"]:
                numbers |= {"window_rss_kb": rss, "window_pss_kb": pss}
            numbers["all_pss_kb"] += pss
            numbers["processes"] += 1
    return numbers
