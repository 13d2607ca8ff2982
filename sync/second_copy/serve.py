"""The keeper's own process: `python -m app second-copy --serve`, a child of the window.

A stick that hangs hangs whoever writes to it, sometimes beyond any kill; here it hangs nobody whom a citizen waits
for. Speaks lines: stdin "wake" asks for what is new to be kept now, end of input ends the process. Each try prints
one JSON line when it begins and one when it has ended.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TextIO

from sync.worker import say

CALM_SECONDS, TROUBLED_SECONDS, BUSY_SECONDS = 20.0, 3.0, 0.2


@dataclass(frozen=True, slots=True)
class Told:
    """How a try ended: `reached` as the book counts it; `code` of what stood in the way, "" for nothing."""

    reached: Mapping[int, int]
    code: str = ""
    written: int = 0


def serve(keep: Callable[[], Told], commands: TextIO, out: TextIO) -> None:
    """Try after try until `commands` ends; what `keep` raises ends the process, and is seen."""
    wakes: queue.Queue[bool] = queue.Queue()
    reader = threading.Thread(target=_read, args=(commands, wakes), daemon=True, name="second-copy-commands")
    reader.start()
    while True:
        say(out, {"event": "keeping"})
        told = keep()
        say(out, {
            "event": "kept", "reached": {str(epoch): seq for epoch, seq in told.reached.items()},
            "code": told.code, "written": told.written,
        })
        if not _wait(wakes, _pause(told.code)):
            return


def _pause(code: str) -> float:
    if code == "second_copy_busy":
        return BUSY_SECONDS
    return TROUBLED_SECONDS if code else CALM_SECONDS


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
