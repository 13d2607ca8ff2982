"""Lines between the window and a process beside it: "wake" comes in, events go out, end of input ends it."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Mapping
from typing import TextIO


class Wakes:
    """What the window says on `commands`, heard beside the work. `name`: the reading thread's."""

    def __init__(self, commands: TextIO, name: str) -> None:
        self._heard: queue.Queue[bool] = queue.Queue()
        self._is_gone = threading.Event()
        threading.Thread(target=self._read, args=(commands,), daemon=True, name=name).start()

    def wait(self, seconds: float) -> bool:
        """Until a wake comes or the time is over; False when the window is gone. Several wakes at once are one."""
        try:
            is_alive = self._heard.get(timeout=seconds)
            while not self._heard.empty():
                is_alive = self._heard.get_nowait() and is_alive
        except queue.Empty:
            return True
        return is_alive

    def pause(self, seconds: float) -> bool:
        """So many seconds amid the work, which no wake shortens; False as soon as the window is gone."""
        return not self._is_gone.wait(seconds)

    def _read(self, commands: TextIO) -> None:
        for line in commands:
            if line.strip() == "wake":
                self._heard.put(True)
        self._is_gone.set()
        self._heard.put(False)


def say(out: TextIO, event: Mapping[str, object]) -> None:
    """One event as one line, at once."""
    out.write(json.dumps(dict(event), ensure_ascii=False) + "\n")
    out.flush()
