"""What the running program takes of the machine."""

from __future__ import annotations

import contextlib
from pathlib import Path


def memory(process: int) -> dict[str, int]:
    """Kilobytes of the window's process: RSS and PSS; and PSS of it and all that it started together."""
    numbers = {}
    family = [process]
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent in family:
                family.append(int(entry.name))
    for number in family:
        with contextlib.suppress(OSError):
            text = (Path("/proc") / str(number) / "smaps_rollup").read_text()
            rss, pss = (int(next(line.split()[1] for line in text.splitlines() if line.startswith(f"{name}:")))
                        for name in ("Rss", "Pss"))
            if rss > numbers.get("window_rss_kb", 0):      # the launcher may stand before it
                numbers["window_rss_kb"], numbers["window_pss_kb"] = rss, pss
            numbers["all_pss_kb"] = numbers.get("all_pss_kb", 0) + pss
    return numbers | {"processes": len(family)}
