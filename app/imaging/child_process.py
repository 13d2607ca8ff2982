"""One light-table child as its parent sees it: started, spoken to, ended.

Linux ties a child's life to the THREAD that started it, so one `Keeper` thread starts all children and lives as
long as their table; it is also the clock that ends a child which does not answer in time. A job is done in the
thread that wants it: it writes, and reads with nothing but the keeper's patience behind it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, cast

from app.framing import BrokenFrame, Frame, read_frame, write_frame
from app.own_program import helper_command, helper_environment

_START_SECONDS = 60.0
"""A cold disk on an old PC: the libraries of the light table have 150 MB."""


class TimeIsUp(Exception):
    """The child did not answer in time and was ended."""


class ChildDied(Exception):
    """The child ended by itself, or spoke no longer the common language."""


class Keeper:
    """The thread that starts children and ends those that are late. Stop it after them, with `stop()`."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._to_start: list[Callable[[], None]] = []
        self._deadlines: dict[Deadline, float] = {}
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="light table's keeper", daemon=True)
        self._thread.start()

    def start_process(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start `command` as a child of the keeper's thread, in a process group of its own."""
        done = threading.Event()
        found: list[subprocess.Popen[bytes] | OSError] = []

        def start() -> None:
            try:
                found.append(_start(command))
            except OSError as error:
                found.append(error)
            done.set()

        with self._changed:
            if self._is_stopping:
                raise ChildDied
            self._to_start.append(start)
            self._changed.notify()
        done.wait()
        if isinstance(found[0], OSError):
            raise ChildDied from found[0]
        return found[0]

    @contextlib.contextmanager
    def patience(self, process: subprocess.Popen[bytes], seconds: float) -> Iterator[Deadline]:
        """While inside, `process` has `seconds` to live."""
        deadline = Deadline(process)
        with self._changed:
            self._deadlines[deadline] = time.monotonic() + seconds
            self._changed.notify()
        try:
            yield deadline
        finally:
            with self._changed:
                self._deadlines.pop(deadline, None)

    def stop(self) -> None:
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._to_start and not self._is_stopping and not self._late():
                    self._changed.wait(self._rest())
                starting, self._to_start = self._to_start, []
                for deadline in self._late():
                    del self._deadlines[deadline]
                    deadline.ring()
                is_stopping = self._is_stopping
            for start in starting:
                start()
            if is_stopping and not starting:
                return

    def _late(self) -> list[Deadline]:
        now = time.monotonic()
        return [deadline for deadline, when in self._deadlines.items() if when <= now]

    def _rest(self) -> float | None:
        return max(min(self._deadlines.values()) - time.monotonic(), 0) if self._deadlines else None


class Deadline:
    """One job's time limit."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.has_rung = False
        self._process = process

    def ring(self) -> None:
        self.has_rung = True
        kill_group(self._process)


class Child:
    """A running light-table child. Not thread-safe: one job at a time. Raises TimeIsUp and ChildDied."""

    def __init__(self, keeper: Keeper, arguments: list[str], max_content: int) -> None:
        self._keeper = keeper
        self._max_content = max_content
        self.jobs = 0
        self.process = keeper.start_process(helper_command("app.imaging.child", arguments))
        try:
            self._read(_START_SECONDS)
        except (TimeIsUp, ChildDied):
            self.end()
            raise

    def ask(self, head: Mapping[str, Any], content: bytes, seconds: float) -> Frame:
        """Send one job and wait for the first frame of its answer."""
        self.jobs += 1
        with self._keeper.patience(self.process, seconds) as deadline:
            try:
                write_frame(cast(BinaryIO, self.process.stdin), head, content)
            except (OSError, ValueError) as error:
                raise self._lost(deadline) from error
            return self._next(deadline)

    def more(self, seconds: float) -> Frame:
        """The next frame of a streamed answer."""
        return self._read(seconds)

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """End it from any thread; whoever waits for its answer gets ChildDied, and calls `end()`."""
        kill_group(self.process)

    def end(self) -> None:
        """Kill it, reap it, close its pipes."""
        kill_group(self.process)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()

    def _read(self, seconds: float) -> Frame:
        with self._keeper.patience(self.process, seconds) as deadline:
            return self._next(deadline)

    def _next(self, deadline: Deadline) -> Frame:
        try:
            frame = read_frame(cast(BinaryIO, self.process.stdout), max_content=self._max_content)
        except (BrokenFrame, OSError, ValueError) as error:
            raise self._lost(deadline) from error
        if frame is None:
            raise self._lost(deadline)
        return frame

    def _lost(self, deadline: Deadline) -> TimeIsUp | ChildDied:
        kill_group(self.process)
        code = self.process.wait()
        spent = sys.platform != "win32" and code == -signal.SIGXCPU
        return TimeIsUp() if deadline.has_rung or spent else ChildDied()


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End `process` and what it started. A process that was already reaped is left alone: its number may be
    another's by now."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=helper_environment(), start_new_session=True, creationflags=flags,
    )
