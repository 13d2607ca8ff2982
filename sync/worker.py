"""The courier's own process: `python -m app sync --serve`, a child of the window.

Speaks lines: stdin "wake" asks for a contact now, end of input ends the process; each contact prints one JSON
line on stdout. A contact that finds nothing to do is cheap, so the pace is fixed and only failures stretch it.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable
from typing import TextIO

from sync.report import CycleReport

PACE_SECONDS = 20.0


def serve(run_once: Callable[[], CycleReport], commands: TextIO, out: TextIO) -> None:
    """Contact after contact until `commands` ends. What `run_once` raises ends the process, and is seen."""
    wakes: queue.Queue[bool] = queue.Queue()
    reader = threading.Thread(target=_read, args=(commands, wakes), daemon=True, name="sync-commands")
    reader.start()
    while True:
        _say(out, {"event": "contact_started"})
        report = run_once()
        _say(out, {"event": "contact_ended", "report": report.to_json()})
        if not _wait(wakes, report.next_try_seconds or PACE_SECONDS):
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


def _say(out: TextIO, event: dict[str, object]) -> None:
    out.write(json.dumps(event, ensure_ascii=False) + "\n")
    out.flush()
