"""The courier's own process: `python -m app sync --serve`, a child of the window.

Speaks lines: stdin "wake" asks for a contact now, end of input ends the process; each contact prints one JSON
line on stdout. A contact that finds nothing to do is cheap, so the pace is fixed; failures stretch it, and one
that had to leave documents behind is followed by the next at once.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Mapping
from typing import TextIO

from sync.report import CycleReport

PACE_SECONDS = 20.0


def serve(run_once: Callable[[], CycleReport], commands: TextIO, out: TextIO) -> None:
    """Contact after contact until `commands` ends. What `run_once` raises ends the process, and is seen."""
    wakes: queue.Queue[bool] = queue.Queue()
    reader = threading.Thread(target=_read, args=(commands, wakes), daemon=True, name="sync-commands")
    reader.start()
    while True:
        say(out, {"event": "contact_started"})
        report = run_once()
        say(out, {"event": "contact_ended", "report": report.to_json()})
        wait = PACE_SECONDS if report.next_try_seconds is None else report.next_try_seconds
        if not _wait(wakes, wait):
            return


def _read(commands: TextIO, wakes: queue.Queue[bool]) -> None:
    for line in commands:
        if line.strip() == "wake":
            wakes.put(True)
    wakes.put(False)


def _wait(wakes: queue.Queue[bool], seconds: float) -> bool:
    """False when the window is gone. Several wakes at once are one."""
    try:
        is_alive = wakes.get(timeout=seconds)
        while not wakes.empty():
            is_alive = wakes.get_nowait() and is_alive
    except queue.Empty:
        return True
    return is_alive


def say(out: TextIO, event: Mapping[str, object]) -> None:
    """One event as one line, at once. A contact that is told to may say more between its start and its end:
    {"event": "files", "waiting": how many documents, "bytes": how much of them} while they are on their way."""
    out.write(json.dumps(dict(event), ensure_ascii=False) + "\n")
    out.flush()
