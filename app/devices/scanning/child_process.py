"""One child process of a scan and the two pipes to it: spoken with, watched for silence, ended for certain."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from app.devices.scanning.messages import error_of
from app.devices.scanning.port import ScanTrouble, trouble_error
from app.framing import BrokenFrame, Frame, read_frame, write_frame
from app.own_program import helper_command, helper_environment

_GLANCE = 0.25                             # seconds between two looks at the clock
LAST_WORD = 8.0
"""Seconds a cancelled source gets to let its sheet out; the child itself gives its driver five."""


class ChildProcess:
    """One child process and the two pipes to it; a second thread ends it when it falls silent."""

    def __init__(self, request: Mapping[str, Any], patience: float, clock: Callable[[], float]) -> None:
        self._patience, self._clock = patience, clock
        self._state = threading.Condition()
        self._deadline: float | None = clock() + patience
        self._is_over = False
        self.is_silent = False
        self.is_cancelled = False
        self.has_ended = False
        self._process = subprocess.Popen(
            helper_command("app.devices.scanning.child"), env=helper_environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._watch = threading.Thread(target=self._end_when_silent, name="scan-watch", daemon=True)
        self._watch.start()
        self.say(request)

    @property
    def pid(self) -> int:
        return self._process.pid

    def say(self, head: Mapping[str, Any]) -> None:
        """Send a message; a child that is gone hears nothing, and its end is found by listening."""
        with self._state, contextlib.suppress(OSError, ValueError):
            write_frame(_pipe(self._process.stdin), head)

    def next_frame(self) -> Frame | None:
        """The next whole message; None when it has ended. Only the time spent in here counts as silence."""
        self._set_deadline(self._patience)
        frame = None
        with contextlib.suppress(BrokenFrame, OSError, ValueError):
            frame = read_frame(_pipe(self._process.stdout))
        self._set_deadline(None)
        self.has_ended = frame is None
        return frame

    def cancel(self) -> None:
        """Ask it to stop: its input ends. It is killed when it does not follow."""
        with self._state:
            self.is_cancelled = True
            self._patience = LAST_WORD
            self._deadline = self._clock() + LAST_WORD
            with contextlib.suppress(OSError, ValueError):
                _pipe(self._process.stdin).close()

    def dismiss(self) -> None:
        """Cancel it and hear it out, where nobody wants the rest of its pages."""
        if not self.has_ended:
            self.cancel()
            while self.next_frame() is not None:
                pass

    def end(self) -> int:
        """Make sure that it and everything it started is gone; its exit code."""
        self._kill()                          # before it is waited for: its number cannot be another's yet
        code = self._process.wait()
        with self._state:
            self._is_over = True
            self._state.notify()
        self._watch.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                _pipe(pipe).close()
        return code

    def _set_deadline(self, seconds: float | None) -> None:
        with self._state:
            if not self.is_cancelled:
                self._deadline = None if seconds is None else self._clock() + seconds

    def _end_when_silent(self) -> None:
        with self._state:
            while not self._is_over:
                left = None if self._deadline is None else self._deadline - self._clock()
                if left is not None and left <= 0:
                    self.is_silent = not self.is_cancelled
                    self._deadline = None
                    self._kill()
                    continue
                self._state.wait(_GLANCE)

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)


def begin(request: Mapping[str, Any], patience: float, clock: Callable[[], float]) -> ChildProcess:
    """Start a child with its job; one that cannot be started has died."""
    try:
        return ChildProcess(request, patience, clock)
    except OSError as error:
        raise trouble_error(ScanTrouble.DIED, detail=type(error).__name__) from error


def conversation(child: ChildProcess) -> Iterator[Frame]:
    """Every frame until the child says it has ended. Raises what it failed for, or how it was lost."""
    while True:
        frame = child.next_frame()
        if frame is None:
            raise trouble_error(
                ScanTrouble.CANCELLED if child.is_cancelled
                else ScanTrouble.SILENT if child.is_silent else ScanTrouble.DIED)
        if frame.head.get("event") == "ended":
            child.has_ended = True
            return
        if frame.head.get("event") == "failed":
            child.has_ended = True
            raise trouble_error(ScanTrouble.CANCELLED) if child.is_cancelled else error_of(frame.head)
        yield frame


def _pipe(stream: Any) -> BinaryIO:
    assert stream is not None
    pipe: BinaryIO = stream
    return pipe
