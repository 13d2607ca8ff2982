"""A driver's process heard to its end, or until it has said its end and hangs.

SANE ends its reading thread in the middle of whatever that thread does, and a lock it held is never let go: with
libsane 1.2.1 one scan in 200 that met a trouble stood still for ever in sane_cancel or sane_exit. The program has
said by then how the scan ended. So its words are the verdict, and a process that only fails to go away is killed.
"""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Callable, Iterator


class LastWords:
    """Hears `process` out. A driver that says nothing about its end is waited for without a limit: how long one
    may be silent is the window's to judge (`child_process`). POSIX only: elsewhere a pipe cannot be waited for."""

    def __init__(
        self, process: subprocess.Popen[bytes], *, has_said_its_end: Callable[[], bool], letting_go: float,
    ) -> None:
        """`letting_go`: seconds without a sound that it gets to end by itself once it has said its end; a device
        lets its sheet out in that time."""
        self._process, self._has_said_its_end, self._letting_go = process, has_said_its_end, letting_go
        self._hangs = False

    def pieces(self) -> Iterator[bytes]:
        """What comes through its standard output, the moment it comes."""
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        while not self._hangs:
            if not select.select([pipe], [], [], self._letting_go)[0]:
                self._hangs = self._has_said_its_end()
            elif piece := os.read(pipe, 1 << 18):
                yield piece
            else:
                return

    def code(self) -> int:
        """Its exit code; 0 for one that had to be killed here, because only its words count then.

        Nothing but the process itself is killed: what else it started has its group's end, with the scan's child.
        """
        while not self._hangs:
            try:
                return self._process.wait(self._letting_go)
            except subprocess.TimeoutExpired:
                self._hangs = self._has_said_its_end()
        self._process.kill()
        self._process.wait()
        return 0
