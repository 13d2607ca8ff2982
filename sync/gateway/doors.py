"""What is refused before a word is read: bodies too big or too slow, too many at once."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request

from sync.contract.limits import MB
from sync.contract.problems import Code
from sync.gateway.appointments import Appointments
from sync.gateway.problem import ProblemRaised

_JITTER = 4
_CONTACT = 60
"""What a contact costs beside its batches (hello, feed, signatures), in operations: seen with 1,000 counters."""


@dataclass(frozen=True, slots=True)
class Quota:
    """How much one process does at once."""

    per_device: int = 4                            # three batches under way, one left behind by a lost line
    crowded: int = 256                             # with this many inside, who brings a backlog is given a turn
    few: int = 10                                  # operations that are no backlog: of a counter at work meanwhile
    waiting: int = 384                             # beyond this many requests: come back later
    workers: int = 5                               # that use the database
    files_per_device: int = 16                     # eight lines under way, eight that a killed counter left behind
    push_workers: int = 2                          # of the workers, for batches
    file_workers: int = 2                          # … for scans; one at least is free for who asks a short thing
    body_seconds: float = 60.0
    requests_per_minute: int = 3_000               # of one counter (`turnstile.py`); a day's backlog takes a few
    bytes_per_minute: int = 512 * MB               # hundred requests, its scans come at what a line can carry


class Doors:
    """Counts who is inside. Lives in one event loop, so it needs no lock."""

    def __init__(self, quota: Quota) -> None:
        self._quota = quota
        self._inside: Counter[str] = Counter()
        self._total = 0
        self.appointments = Appointments(quota.push_workers)
        self._workers = asyncio.Semaphore(quota.workers)
        self._push_workers = asyncio.Semaphore(quota.push_workers)
        self._file_workers = asyncio.Semaphore(quota.file_workers)

    def enter(self, caller: str) -> AbstractAsyncContextManager[None]:
        """Raises ProblemRaised `busy` or `device_busy`; the waits differ, so that not all return at once."""
        return self._enter(caller, self._quota.per_device)

    def enter_with_file(self, caller: str) -> AbstractAsyncContextManager[None]:
        """Like `enter`, counted apart: a counter that sends scans can still say hello."""
        return self._enter(f"file {caller}", self._quota.files_per_device)

    def enter_to_be_known(self, caller: str) -> AbstractAsyncContextManager[None]:
        """Like `enter`, for the moment before: everything that a counter may have under way passes here."""
        return self._enter(f"known {caller}", self._quota.per_device + self._quota.files_per_device)

    @asynccontextmanager
    async def _enter(self, caller: str, at_once: int) -> AsyncIterator[None]:
        if self._total >= self._quota.waiting:
            raise ProblemRaised(Code.BUSY, 503, retry_after=2 + secrets.randbelow(_JITTER * 4))
        if self._inside[caller] >= at_once:
            raise ProblemRaised(Code.DEVICE_BUSY, 429, retry_after=1 + secrets.randbelow(_JITTER))
        self._inside[caller] += 1
        self._total += 1
        try:
            yield
        finally:
            self._total -= 1
            self._inside[caller] -= 1
            if not self._inside[caller]:
                del self._inside[caller]

    def send_away(self, device: str, backlog: int) -> None:
        """Raises ProblemRaised `busy` with its turn for a counter that brings a backlog into a crowd."""
        if backlog <= self._quota.few or self._total < self._quota.crowded:
            return
        wait = self.appointments.wait_of(device, backlog + _CONTACT)
        if wait:
            raise ProblemRaised(Code.BUSY, 503, retry_after=wait)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[None]:
        """One of the few places that may use the database; the others queue."""
        async with self._workers:
            yield

    @asynccontextmanager
    async def work_on_push(self) -> AsyncIterator[None]:
        """Like `work`, but never in all of the places: a province that all come back to at once still answers a
        clerk who waits for a status."""
        async with self._push_workers, self._workers:
            yield

    @asynccontextmanager
    async def work_on_files(self) -> AsyncIterator[None]:
        """Like `work`, but never in all of the places: a disk that is slow with scans delays no record."""
        async with self._file_workers, self._workers:
            yield

    async def body_of(self, request: Request, limit: int) -> bytes:
        """The whole body, at most `limit` bytes. Raises ProblemRaised `too_large`, `malformed`."""
        declared = request.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            raise ProblemRaised(Code.TOO_LARGE, 413, limit=limit)
        body = bytearray()
        try:
            async with asyncio.timeout(self._quota.body_seconds):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > limit:
                        raise ProblemRaised(Code.TOO_LARGE, 413, limit=limit)
        except (TimeoutError, ClientDisconnect) as error:
            raise ProblemRaised(Code.MALFORMED, 408, where="body", what="cut_short") from error
        return bytes(body)
