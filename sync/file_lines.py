"""A few connections that carry documents at once; they know the line and the scans, not the book.

Each has a thread and a client of its own, takes the oldest document that nobody else has, and says what became of
it. One that meets trouble of the line stops all: whoever listens decides what comes next.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from types import TracebackType

from app.errors import KnownError
from app.store.blobs import BlobStore
from app.store.queries.papers import WaitingFile
from sync.client import GatewayClient, Reached
from sync.contract.limits import MB
from sync.contract.problems import Code
from sync.core.pace import Pace
from sync.core.patience import short_wait
from sync.errors import CallPerson, HelloAgain, ItemRefused, TryLater

BIG = 16 * MB
"""Documents of this size are held in memory one at a time."""

STANDSTILLS = 5
"""Chunks in a row that a document may lose to the line or to another counter before the contact gives up."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A document and where it stands at the province; None: it must be begun."""

    file: WaitingFile
    offset: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    """So many bytes arrived; `offset` are on the province's disk."""

    sha256: str
    offset: int
    arrived: int


@dataclass(frozen=True, slots=True)
class Whole:
    """The province has checked all of it."""

    sha256: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """This one does not go out; the others do."""

    sha256: str
    code: str


@dataclass(frozen=True, slots=True)
class Broke:
    """The line, the province or this program: nobody goes on."""

    error: BaseException


Event = Kept | Whole | NotTaken | Broke | None
"""None: one of the lines has ended."""


@dataclass(slots=True)
class _Share:
    """What one of the lines has measured of its own."""

    pace: Pace


@dataclass
class Lines:
    """Carries `uploads` while the block runs; `next` tells what happened. Leaves no thread behind.

    `pace` is what is known of the line as a whole; each of the lines measures its own share of it from there. No
    chunk is begun once `most` bytes are under way or sent.
    """

    uploads: Sequence[Upload]
    blobs: BlobStore
    connect: Callable[[], GatewayClient]
    monotonic: Callable[[], float]
    pace: Pace = field(default_factory=Pace)
    most: int | None = None
    _events: queue.SimpleQueue[Event] = field(default_factory=queue.SimpleQueue)
    _stop: threading.Event = field(default_factory=threading.Event)
    _one_big: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)
    _ended: int = 0
    _counting: threading.Lock = field(default_factory=threading.Lock)
    _begun: int = 0

    def __enter__(self) -> Lines:
        self._tasks: queue.SimpleQueue[Upload] = queue.SimpleQueue()
        for each in self.uploads:
            self._tasks.put(each)
        for number in range(min(self.pace.lines, len(self.uploads))):
            self._threads.append(threading.Thread(target=self._carry, name=f"files-{number + 1}"))
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        for thread in self._threads:
            thread.join()

    def stop(self) -> None:
        """No further chunk is begun; those under way arrive."""
        self._stop.set()

    def next(self, patience: float) -> Event:
        """The next event; None when there was none in so many seconds."""
        try:
            event = self._events.get(timeout=patience)
        except queue.Empty:
            return None
        self._ended += event is None
        return event

    @property
    def is_running(self) -> bool:
        """Whether anything may still happen; events come before the end of their line."""
        return self._ended < len(self._threads)

    def _carry(self) -> None:
        share = _Share(self.pace.shared(len(self._threads)))
        try:
            with self.connect() as client:
                while not self._stop.is_set():
                    try:
                        upload = self._tasks.get_nowait()
                    except queue.Empty:
                        return
                    self._one(client, upload, share)
        except BaseException as error:                 # also a programmer's: it must not die here unseen
            self.stop()
            self._events.put(Broke(error))
        finally:
            self._events.put(None)

    def _one(self, client: GatewayClient, upload: Upload, share: _Share) -> None:
        sha256 = upload.file.sha256
        try:
            with self._one_big if upload.file.size >= BIG else nullcontext():
                if self._send(client, upload, share):
                    self._events.put(Whole(sha256))
        except (TryLater, HelloAgain, CallPerson):
            raise
        except KnownError as error:                    # ItemRefused, or our own disk
            self._events.put(NotTaken(sha256, _AS_FILE.get(error.code, error.code)))

    def _send(self, client: GatewayClient, upload: Upload, share: _Share) -> bool:
        """Whether the province has the whole; False when told to stop before."""
        sha256, size = upload.file.sha256, upload.file.size
        content = memoryview(self.blobs.read(sha256))
        if len(content) != size:
            raise ItemRefused("blob_damaged")
        reached = self._begin(client, upload)
        standstills, has_begun_anew = 0, False
        while not reached.is_complete:
            if self._stop.is_set():
                return False
            chunk = bytes(content[reached.offset:reached.offset + share.pace.chunk_bytes])
            if not self._may_begin(len(chunk)):
                return False
            before = self.monotonic()
            try:
                reached = client.send_chunk(sha256, size, reached.offset, chunk)
            except (TryLater, ItemRefused) as error:
                standstills += 1
                wait = short_wait(error)
                if wait is not None and standstills <= STANDSTILLS and not self._stop.wait(wait):
                    continue                           # the province was busy for a moment
                if error.code == Code.FILE_HASH_DIFFERS and not has_begun_anew:
                    has_begun_anew, reached = True, Reached(0, False)
                elif error.code not in _GO_ON:
                    raise
                elif standstills > STANDSTILLS:
                    raise TryLater(error.code) from error
                else:
                    reached = self._where(client, upload, error, reached)
                continue
            standstills = 0
            share.pace = share.pace.after(len(chunk), self.monotonic() - before)
            self._events.put(Kept(sha256, reached.offset, len(chunk)))
        return True

    def _may_begin(self, size: int) -> bool:
        with self._counting:
            if self.most is not None and self._begun >= self.most:
                self.stop()
                return False
            self._begun += size
            return True

    def _begin(self, client: GatewayClient, upload: Upload) -> Reached:
        if upload.offset is not None and upload.offset < upload.file.size:
            return Reached(upload.offset, False)
        return client.begin_file(upload.file.sha256, upload.file.size)

    def _where(
        self, client: GatewayClient, upload: Upload, error: TryLater | ItemRefused, reached: Reached
    ) -> Reached:
        """Where to go on: told by the refusal, the same place again, or begun once more."""
        offset = error.values.get("offset")
        if error.code == Code.OFFSET_DIFFERS and isinstance(offset, int) and 0 <= offset < upload.file.size:
            return Reached(offset, False)
        if error.code == Code.CHECKSUM_DIFFERS:
            return reached
        return client.begin_file(upload.file.sha256, upload.file.size)


_AS_FILE = {Code.TOO_LARGE: "file_over_province_limit", Code.MALFORMED: "file_refused_by_province"}
"""What is said of a push means something else of a document."""

_GO_ON = frozenset({Code.OFFSET_DIFFERS, Code.CHECKSUM_DIFFERS, Code.FILE_NOT_BEGUN})
