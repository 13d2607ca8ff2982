"""The courier's own process: `python -m app sync --serve`, a child of the window.

Speaks lines: stdin "wake" asks for a contact now, end of input ends the process; each contact prints one JSON
line when it begins and one when it has ended, and may say {"event": "files", "waiting": how many documents,
"bytes": how much of them} in between. A contact that finds nothing to do is cheap, so the pace is fixed;
failures stretch it, and one that had to leave documents behind is followed by the next at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from sync.report import CycleReport
from sync.window_line import Wakes, say

PACE_SECONDS = 20.0


Contact = Callable[[Callable[[float], bool]], CycleReport]
"""Given a pause of so many seconds, False when the process is to end."""


def serve(run_once: Contact, commands: TextIO, out: TextIO) -> None:
    """Contact after contact until `commands` ends. What `run_once` raises ends the process, and is seen."""
    wakes = Wakes(commands, "sync-commands")
    while True:
        say(out, {"event": "contact_started"})
        report = run_once(wakes.pause)
        say(out, {"event": "contact_ended", "report": report.to_json()})
        wait = PACE_SECONDS if report.next_try_seconds is None else report.next_try_seconds
        if not wakes.wait(wait):
            return
