"""A scan as the window sees it: started, its pages handed over one by one, ended exactly once.

The source runs in a child process with a session of its own. Whatever happens to it (it hangs, is killed, ends in
the middle of a page), the pages handed over so far stay and one clear code says why there are no more.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from app.devices.scanning import listing
from app.devices.scanning.child_process import ChildProcess, begin, conversation
from app.devices.scanning.memory_folder import sweep
from app.devices.scanning.messages import list_request, notice_of, scan_request, source_of
from app.devices.scanning.port import Notice, ScanTrouble, Source, SourceKind, trouble_error
from app.domain.scanning import ScanSettings
from app.errors import KnownError

PATIENCE = 60.0
"""Seconds without a page or a sign of life, after which a source is taken for hung."""


def _nothing(_: Notice) -> None:
    pass


class ScanRun:
    """One scan, used once. `start` and `cancel` return at once and may be called from any thread."""

    def __init__(
        self, *, patience: float = PATIENCE, addresses: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`patience`: see PATIENCE. `addresses`: network scanners entered by hand. `clock` in seconds."""
        self._patience, self._addresses, self._clock = patience, tuple(addresses), clock
        self._lock = threading.Lock()
        self._child: ChildProcess | None = None
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
                for frame in conversation(child):
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
    def _begun(self, request: Mapping[str, Any]) -> Iterator[ChildProcess]:
        with self._lock:
            if self._is_cancelled:
                raise trouble_error(ScanTrouble.CANCELLED)
            child = self._child = begin(request, self._patience, self._clock)
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
    kinds = listing.kinds()
    with ThreadPoolExecutor(max_workers=len(kinds), thread_name_prefix="scan-list") as pool:
        answers = tuple(pool.map(lambda kind: (kind, _ask(kind, patience, addresses)), kinds))
    return Found(
        listing.without_doubles(tuple(source for _, (sources, _) in answers for source in sources)),
        tuple((kind, trouble) for kind, (_, trouble) in answers if trouble is not None),
    )


def _ask(kind: SourceKind, patience: float, addresses: Sequence[str]) -> tuple[list[Source], KnownError | None]:
    found: list[Source] = []
    try:
        child = begin(list_request(kind, addresses), patience, time.monotonic)
        try:
            for frame in conversation(child):
                if frame.head.get("event") == "source":
                    found.append(source_of(frame.head))
        finally:
            child.end()
    except KnownError as error:
        return found, error
    return found, None
