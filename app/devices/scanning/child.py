"""`python -m app.devices.scanning.child`: one job with one source of pages, in a process that may hang or die.

The job comes as the first frame on the standard input; what is found goes out as frames (`messages`). The end of
the input means that nobody wants the rest, or that the window is gone: the source is told to stop, and after
`GRACE` seconds this process ends itself and everything it started.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, BinaryIO

from app.devices.scanning.listing import adapter
from app.devices.scanning.messages import error_message, notice_message, settings_of, source_message
from app.devices.scanning.port import Notice, ScanTrouble, SourceKind, trouble_error
from app.errors import KnownError
from app.framing import BrokenFrame, read_frame, write_frame
from app.memory_dumps import leave_no_memory_dump

GRACE = 6.0
_PROGRESS_EVERY = 1.0                      # seconds: a sign of life, not a film


class Line:
    """The line to the window, in the child's main thread; `listen` runs in another.

    A cancel interrupts whatever the main thread waits for, except half-sent messages: those are finished first.
    """

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._stored = threading.Semaphore(0)
        self._is_cancelled = False
        self._is_told = False
        self._is_speaking = False
        self._last_life = float("-inf")

    def emit(self, content: bytes, mime: str) -> None:
        """Hand a page over; returns when the other side has stored it. See `port.Emit`."""
        self.say({"event": "page", "mime": mime}, content)
        self._stored.acquire()
        self._stop_if_cancelled()

    def progress(self) -> None:
        """Show life, seldom enough to be free."""
        now = time.monotonic()
        if now - self._last_life >= _PROGRESS_EVERY:
            self._last_life = now
            self.say({"event": "progress"})

    def notice(self, notice: Notice) -> None:
        self.say(notice_message(notice))

    def say(self, head: Mapping[str, Any], content: bytes = b"") -> None:
        self._is_speaking = True
        try:
            write_frame(self._answers, head, content)
        finally:
            self._is_speaking = False
        self._stop_if_cancelled()

    def last_word(self, head: Mapping[str, Any]) -> None:
        """The one that ends the job; nothing interrupts any more."""
        self._is_told = True
        with contextlib.suppress(OSError):     # the window is gone: nobody to tell
            self.say(head)

    def listen(self, requests: BinaryIO) -> None:
        """Take what the window says until it ends, then have the source stop. In a thread of its own."""
        with contextlib.suppress(BrokenFrame, OSError, ValueError):
            while (frame := read_frame(requests)) is not None:
                if frame.head.get("event") == "stored":
                    self._stored.release()
        self._is_cancelled = True
        self._stored.release()
        if sys.platform == "win32":
            signal.raise_signal(signal.SIGTERM)
        else:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        time.sleep(GRACE)                      # then no politeness helps
        end_group()

    def interrupt(self, *_: object) -> None:
        """SIGTERM: from `listen`, or from the kernel when the window has died."""
        self._is_cancelled = True
        if not self._is_speaking:
            self._stop_if_cancelled()

    def _stop_if_cancelled(self) -> None:
        if self._is_cancelled and not self._is_told:
            self._is_told = True
            raise trouble_error(ScanTrouble.CANCELLED)


def do_job(line: Line, head: Mapping[str, Any]) -> None:
    """List or scan; always one last message."""
    try:
        if head["job"] == "list":
            for source in adapter(SourceKind(head["kind"]), head["addresses"], line.notice).list_sources():
                line.say(source_message(source))
        else:
            kind = SourceKind(str(head["source"]).partition(":")[0])
            adapter(kind, head["addresses"], line.notice).scan(
                str(head["source"]), settings_of(head), line.emit, line.progress)
        last = {"event": "ended"}
    except KnownError as error:
        last = error_message("failed", error)
    except OSError as error:                   # a full pipe, a full memory folder, a device file
        last = error_message("failed", trouble_error(ScanTrouble.IO, detail=type(error).__name__))
    except Exception as error:
        last = error_message("failed", trouble_error(ScanTrouble.DIED, detail=type(error).__name__))
    line.last_word(last)


def end_group() -> None:
    """End this process and everything it started, now."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def die_with_parent(parent: int) -> None:
    """Have the kernel send SIGTERM when the process that started this one ends (Linux)."""
    if sys.platform == "linux":
        import ctypes

        set_signal_at_parents_death = 1        # PR_SET_PDEATHSIG, prctl(2)
        ctypes.CDLL(None, use_errno=True).prctl(set_signal_at_parents_death, signal.SIGTERM)
        if os.getppid() != parent:             # it died before the kernel was asked
            end_group()


def _own_pipe(descriptor: int, mode: str) -> BinaryIO:
    """A standard stream under another number, so that what a driver prints cannot fall between two messages."""
    kept = os.dup(descriptor)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
    stream: BinaryIO = os.fdopen(kept, mode)   # type: ignore[assignment]  # "rb" or "wb"
    return stream


def main() -> int:
    parent = os.getppid()
    requests, answers = _own_pipe(0, "rb"), _own_pipe(1, "wb")
    line = Line(answers)
    signal.signal(signal.SIGTERM, line.interrupt)
    die_with_parent(parent)
    leave_no_memory_dump()
    try:
        first = read_frame(requests)
    except (BrokenFrame, KnownError):
        return 1
    if first is None:
        return 1
    threading.Thread(target=line.listen, args=(requests,), daemon=True).start()
    do_job(line, first.head)
    answers.close()
    os._exit(0)                                # the listening thread still waits for the window's end


if __name__ == "__main__":
    raise SystemExit(main())
