"""The keeper's own process: `python -m app second-copy --serve`, a child of the window.

A stick that hangs hangs whoever writes to it, sometimes beyond any kill; here it hangs nobody whom a citizen waits
for. Speaks lines: stdin "wake" asks for what is new to be kept now, end of input ends the process. Each try prints
one JSON line when it begins and one when it has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TextIO

from sync.window_line import Wakes, say

CALM_SECONDS, TROUBLED_SECONDS, BUSY_SECONDS = 20.0, 3.0, 0.2


@dataclass(frozen=True, slots=True)
class Told:
    """How a try ended: `reached` as the book counts it; `code` of what stood in the way, "" for nothing."""

    reached: Mapping[int, int]
    code: str = ""
    written: int = 0


def serve(keep: Callable[[], Told], commands: TextIO, out: TextIO) -> None:
    """Try after try until `commands` ends; what `keep` raises ends the process, and is seen."""
    wakes = Wakes(commands, "second-copy-commands")
    while True:
        say(out, {"event": "keeping"})
        told = keep()
        say(out, {
            "event": "kept", "reached": {str(epoch): seq for epoch, seq in told.reached.items()},
            "code": told.code, "written": told.written,
        })
        if not wakes.wait(_pause(told.code)):
            return


def _pause(code: str) -> float:
    if code == "second_copy_busy":
        return BUSY_SECONDS
    return TROUBLED_SECONDS if code else CALM_SECONDS
