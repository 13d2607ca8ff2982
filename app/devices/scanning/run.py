"""A scan as the window sees it: started, its pages handed over one by one, ended exactly once.

The source runs in a child process with a session of its own. Whatever happens to it (it hangs, is killed, ends in
the middle of a page), the pages handed over so far stay and one clear code says why there are no more.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, BinaryIO

from app.devices.scanning.memory_folder import sweep
from app.devices.scanning.messages import (
    error_of,
    list_request,
    notice_of,
    scan_request,
    source_of,
)
from app.devices.scanning.port import Notice, ScanTrouble, Source, SourceKind, trouble_error
from app.domain.scanning import ScanSettings
from app.errors import KnownError
from app.framing import BrokenFrame, Frame, read_frame, write_frame
from app.own_program import helper_command, helper_environment

PATIENCE = 60.0
"""Seconds without a page or a sign of life, after which a source is taken for hung."""
_GLANCE = 0.25                             # seconds between two looks at the clock
LAST_WORD = 8.0
"""Seconds a cancelled source gets to let its sheet out; the child itself gives its driver five."""


def _nothing(_: Notice) -> None:
    pass


class _Child:
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


class ScanRun:
    """One scan, used once. `start` and `cancel` return at once and may be called from any thread."""

    def __init__(
        self, *, patience: float = PATIENCE, addresses: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`patience`: see PATIENCE. `addresses`: network scanners entered by hand. `clock` in seconds."""
        self._patience, self._addresses, self._clock = patience, tuple(addresses), clock
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._is_cancelled = False
        self._thread: threading.Thread | None = None

    def start(
        self, source_id: str, settings: ScanSettings, on_page: Callable[[bytes, str], None],
        on_end: Callable[[KnownError | None], None], on_notice: Callable[[Notice], None] = _nothing,
    ) -> None:
        """Scan `source_id` in a thread of this run's own, in which all three are called, never two at once.

        `on_page(content, mime)` gets each page in the order of the feed and returns when the page is safe; the
        source keeps the page until then. `on_end` is called exactly once, last, with None when all went well, when
        the child and everything it started is gone; the error carries `source` and `pages`, how many `on_page`
        kept. What `on_page` raises ends the scan: a KnownError is handed to `on_end` as it is, anything else as
        `scan_not_kept` and raised again in the thread. `on_notice`: see Notice.
        """
        with self._lock:
            if self._thread is not None:
                raise RuntimeError("a scan run is used once")
            self._thread = threading.Thread(
                target=self._run, args=(source_id, settings, on_page, on_end, on_notice),
                name="scan-run", daemon=True)
            self._thread.start()

    def cancel(self) -> None:
        """Stop as politely as the source can; `on_end` says `scan_cancelled`. Nothing when it has ended."""
        with self._lock:
            self._is_cancelled = True
            if self._child is not None:
                self._child.cancel()

    @property
    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def child_pid(self) -> int | None:
        """The child's process number while it lives: for a support log and for tests that harm it."""
        with self._lock:
            return None if self._child is None else self._child.pid

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until `on_end` has returned; whether it has. Not from inside one of the callbacks."""
        if self._thread is not None:
            self._thread.join(seconds)
        return not self.is_running

    def _run(
        self, source_id: str, settings: ScanSettings, on_page: Callable[[bytes, str], None],
        on_end: Callable[[KnownError | None], None], on_notice: Callable[[Notice], None],
    ) -> None:
        kept, unforeseen, error = 0, None, None
        try:
            with self._begun(scan_request(source_id, settings, self._addresses)) as child:
                for frame in _conversation(child):
                    match frame.head.get("event"):
                        case "page":
                            on_page(frame.content, str(frame.head["mime"]))
                            kept += 1
                            child.say({"event": "stored"})
                        case "notice":
                            on_notice(notice_of(frame.head))
        except KnownError as known:
            error = known
        except Exception as other:
            error, unforeseen = trouble_error(ScanTrouble.NOT_KEPT, detail=type(other).__name__), other
        if error is not None:
            error.values |= {"source": source_id, "pages": kept}
        on_end(error)
        if unforeseen is not None:
            raise unforeseen

    @contextlib.contextmanager
    def _begun(self, request: Mapping[str, Any]) -> Iterator[_Child]:
        with self._lock:
            if self._is_cancelled:
                raise trouble_error(ScanTrouble.CANCELLED)
            child = self._child = _begin(request, self._patience, self._clock)
        try:
            yield child
        finally:
            child.dismiss()
            with self._lock:
                self._child = None
            child.end()
            sweep()


@dataclass(frozen=True, slots=True)
class Found:
    """Every source that can be reached now, and why a kind of source could not be asked."""

    sources: tuple[Source, ...]
    troubles: tuple[tuple[SourceKind, KnownError], ...]


def list_sources(patience: float = 20.0, *, addresses: Sequence[str] = ()) -> tuple[Source, ...]:
    """The sources of this PC. Waits up to `patience` seconds: not for the window's own thread."""
    return look_for_sources(patience, addresses=addresses).sources


def look_for_sources(patience: float = 20.0, *, addresses: Sequence[str] = ()) -> Found:
    """Ask each kind of source in a child of its own, all at once: one that hangs or dies hides no other.

    Waits up to `patience` seconds after the last sign of life, then goes on without the silent ones.
    """
    from app.devices.scanning.listing import kinds, without_doubles

    with ThreadPoolExecutor(max_workers=len(kinds()), thread_name_prefix="scan-list") as pool:
        answers = tuple(pool.map(lambda kind: (kind, _ask(kind, patience, addresses)), kinds()))
    return Found(
        without_doubles(tuple(source for _, (sources, _) in answers for source in sources)),
        tuple((kind, trouble) for kind, (_, trouble) in answers if trouble is not None),
    )


def _ask(kind: SourceKind, patience: float, addresses: Sequence[str]) -> tuple[list[Source], KnownError | None]:
    found: list[Source] = []
    try:
        child = _begin(list_request(kind, addresses), patience, time.monotonic)
        try:
            for frame in _conversation(child):
                if frame.head.get("event") == "source":
                    found.append(source_of(frame.head))
        finally:
            child.end()
    except KnownError as error:
        return found, error
    return found, None


def _begin(request: Mapping[str, Any], patience: float, clock: Callable[[], float]) -> _Child:
    try:
        return _Child(request, patience, clock)
    except OSError as error:
        raise trouble_error(ScanTrouble.DIED, detail=type(error).__name__) from error


def _conversation(child: _Child) -> Iterator[Frame]:
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
