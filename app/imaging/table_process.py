"""The light table as the window sees it: foreign bytes go in, safe pictures and PDFs come out, or a known error.

Nothing foreign is decoded in the window's process. Up to `children` processes work at once; a child that dies,
hangs or wants too much is ended, its job fails with a code, and the next job gets a new one. Splitting a foreign
file has a process of its own that opens nothing else before or after.

Codes, besides those of the jobs (`app.imaging.opening`, `pdf_pages`, `document`):
    light_table_timeout {seconds}   not done in time
    light_table_memory              needs more memory than one page may
    light_table_died                the process ended in the middle: the file wants too much, or somebody ended it
    light_table_not_started         no process could be started for it
    light_table_failed {cause}      a fault of this program; cause is its kind and line
    light_table_closed              the program is being closed
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from types import TracebackType
from typing import Any

from app.domain.scanning import Treatment
from app.errors import EnvironmentFault, KnownError, Refusal
from app.framing import Frame
from app.imaging.child_process import Child, ChildDied, Keeper, TimeIsUp
from app.imaging.limits import Limits
from app.imaging.prepared import (
    DocumentAbout,
    PageForPdf,
    Prepared,
    SplitPage,
    about_to_head,
    finding_from_head,
    treatment_to_head,
)

__all__ = ["DocumentAbout", "LightTable", "PageForPdf", "Prepared", "SplitPage"]

_CODE = re.compile(r"[a-z][a-z_]{2,60}")


class LightTable:
    """Thread-safe; children start with the first job. A context manager, or call `close()`."""

    def __init__(self, *, children: int = 2, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.peak = 0                      # most bytes any child has had resident, as the children said
        self._lock = threading.Lock()
        self._free = threading.Semaphore(children)
        self._may_split = threading.Lock()
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._keeper: Keeper | None = None
        self._is_closed = False

    def prepare(self, original: bytes, treatment: Treatment) -> Prepared:
        """`original` (JPEG, PNG, TIFF) made straight, clean and small, with what was found on it."""
        return _prepared(self._do("prepare", [original], {"treatment": treatment_to_head(treatment)}))

    def prepare_pair(self, front: bytes, back: bytes, treatment: Treatment) -> Prepared:
        """Two sides of a card on one A4 page at their true size."""
        return _prepared(self._do("prepare_pair", [front, back], {"treatment": treatment_to_head(treatment)}))

    def preview(self, content: bytes, longest_px: int, turn: int = 0, page: int = 1) -> bytes:
        """`content` (a picture, or page 1, 2, 3 … of a PDF) as a JPEG of at most `longest_px`, turned by `turn`.

        Any page of a stored document is opened by itself: 300 pages cost what the one in sight does.
        """
        head = {"longest": longest_px, "turn": turn, "page": page}
        return self._do("preview", [content], head).content

    def text(self, content: bytes, turn: int = 0) -> bytes | None:
        """The words on a prepared page as a text layer for `document`; None where no OCR is installed or it
        found none. Slow (seconds): never on the way to a receipt."""
        return self._do("text", [content], {"turn": turn}, self.limits.document_seconds).content or None

    def document(self, pages: Sequence[PageForPdf], about: DocumentAbout) -> bytes:
        """One PDF/A-2b of `pages` at their true size, opened again and checked before it is handed out."""
        sheets = [{"mime": page.mime, "turn": page.turn} for page in pages]
        parts = [part for page in pages for part in (page.content, page.text_layer)]
        size = sum(map(len, parts))
        if size > self.limits.most_bytes:
            raise Refusal("file_too_large", bytes=size, limit=self.limits.most_bytes)
        head = {"pages": sheets, "about": about_to_head(about)}
        return self._do("document", parts, head, self.limits.document_seconds).content

    def split(self, content: bytes) -> Iterator[SplitPage]:
        """The pages of a foreign PDF, TIFF, JPEG or PNG, one by one as they are ready; nothing happens before the
        first is asked for. One file at a time: a second waits. Raises like the others, at any page."""
        self._refuse_large([content])
        with self._may_split:
            child = self._start()
            try:
                frame = self._ask(child, "split", [content], {}, self.limits.page_seconds)
                while frame.head.get("event") == "page":
                    yield SplitPage(frame.content, str(frame.head["mime"]))
                    frame = self._guarded(child, self.limits.page_seconds, child.more)
            finally:
                self._end(child)

    def warm_up(self) -> None:
        """Start a child now, so that the first page need not wait for it."""
        self._free.acquire()
        try:
            self._give_back(self._take())
        finally:
            self._free.release()

    def close(self) -> None:
        """End every child, also in mid job; jobs in other threads fail with light_table_closed."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            for child in self._all:
                child.kill()
            keeper, self._keeper = self._keeper, None
        for child in idle:
            self._end(child)
        if keeper is not None:
            keeper.stop()

    def __enter__(self) -> LightTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.close()

    def _do(
        self, job: str, parts: Sequence[bytes], head: Mapping[str, Any], seconds: float | None = None,
    ) -> Frame:
        """One job with one answer, in a child of the pool. A child that ran out of memory after other jobs may
        only have been worn: the job gets a second one."""
        if job != "document":
            self._refuse_large(parts)
        seconds = seconds or self.limits.page_seconds
        with self._free:
            while True:
                child = self._take()
                was_fresh = child.jobs == 0
                try:
                    answer = self._ask(child, job, parts, head, seconds)
                except KnownError as error:
                    if error.code.startswith("light_table_"):
                        self._end(child)
                    else:
                        self._give_back(child)
                    if error.code == "light_table_memory" and not was_fresh:
                        continue
                    raise
                except BaseException:
                    self._end(child)
                    raise
                self._give_back(child)
                return answer

    def _ask(
        self, child: Child, job: str, parts: Sequence[bytes], head: Mapping[str, Any], seconds: float,
    ) -> Frame:
        order = {"job": job, "seconds": seconds, "sizes": [len(part) for part in parts], **head}
        content = b"".join(parts)
        return self._guarded(child, seconds, lambda patience: child.ask(order, content, patience))

    def _guarded(self, child: Child, seconds: float, step: Callable[[float], Frame]) -> Frame:
        """One answer of `child`; every way in which it can fail as a KnownError."""
        try:
            frame = step(seconds)
        except (TimeIsUp, ChildDied) as error:
            if self._is_closed:
                raise EnvironmentFault("light_table_closed") from None
            if isinstance(error, TimeIsUp):
                raise EnvironmentFault("light_table_timeout", seconds=int(seconds)) from None
            raise EnvironmentFault("light_table_died") from None
        self._note_peak(frame.head.get("peak"))
        if frame.head.get("event") == "failed":
            raise _failure(frame.head)
        return frame

    def _note_peak(self, peak: object) -> None:
        if isinstance(peak, int):
            self.peak = max(self.peak, peak)

    def _refuse_large(self, parts: Sequence[bytes]) -> None:
        for part in parts:
            if len(part) > self.limits.most_bytes:
                raise Refusal("file_too_large", bytes=len(part), limit=self.limits.most_bytes)

    def _take(self) -> Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_alive:
                    return child
                self._all.discard(child)
                child.end()
        return self._start()

    def _start(self) -> Child:
        with self._lock:
            if self._is_closed:
                raise EnvironmentFault("light_table_closed")
            if self._keeper is None:
                self._keeper = Keeper()
            keeper = self._keeper
        arguments = [json.dumps(asdict(self.limits)), str(os.getpid())]
        try:
            child = Child(keeper, arguments, 2 * self.limits.most_bytes)
        except (TimeIsUp, ChildDied):
            code = "light_table_closed" if self._is_closed else "light_table_not_started"
            raise EnvironmentFault(code) from None
        with self._lock:
            self._all.add(child)
            if not self._is_closed:
                return child
        self._end(child)
        raise EnvironmentFault("light_table_closed")

    def _give_back(self, child: Child) -> None:
        with self._lock:
            if not self._is_closed:
                self._idle.append(child)
                return
        self._end(child)

    def _end(self, child: Child) -> None:
        child.end()
        with self._lock:
            self._all.discard(child)


def _prepared(frame: Frame) -> Prepared:
    head, content = frame
    try:
        cut = int(head["sizes"][0])
        return Prepared(content[:cut], str(head["mime"]), finding_from_head(head["finding"]), content[cut:])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise EnvironmentFault("light_table_failed", cause="answer") from error


def _failure(head: Mapping[str, Any]) -> KnownError:
    """The child's own error. Its code and values are checked: the child has read foreign bytes."""
    code, values = str(head.get("code")), head.get("values")
    if not _CODE.fullmatch(code) or not isinstance(values, dict):
        return EnvironmentFault("light_table_failed", cause="answer")
    plain = {str(name): value for name, value in values.items() if isinstance(value, str | int | float)}
    kind = Refusal if head.get("kind") == "refusal" else EnvironmentFault
    return kind(code, **plain)
