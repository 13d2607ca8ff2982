"""Bring documents to the province: after the records, oldest first, each from where it stopped.

The province's word decides: it is asked what it has of each, and a document counts as sent when it says that the
whole is there under this SHA-256. Records that are written meanwhile go first, beside the documents, and what the
province says comes in beside them. A contact gives documents a share of time; the next one goes on at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.clock import Clock
from app.services import file_courier
from app.services.byte_window import allowance, note_used
from app.services.counter import Counter
from app.services.courier import has_unsent_records, note_pace, read_pace
from app.store.blobs import BlobStore
from app.store.database import Database
from app.store.queries.papers import WaitingFile, files_to_send
from sync.client import GatewayClient
from sync.contract.files import MAX_HAVE, FileState, State
from sync.contract.limits import KB
from sync.contract.problems import Code
from sync.core.pace import Pace
from sync.errors import ItemRefused, TryLater
from sync.file_lines import Broke, Kept, Lines, NotTaken, Upload, Whole
from sync.report import Done

BATCH = 100
SHARE_SECONDS = 300.0
"""Of one contact that go to documents. Each end leaves the line idle for seconds: last chunks, the next hello."""

PULL_SECONDS = 30.0
"""How often, while documents are on their way, we ask what the province and the agencies say."""

LOOK_SECONDS = 1.0
"""How often, while documents are on their way, we look whether records wait, and say how far it is."""

TELLING = 256 * KB
"""Fewer bytes of documents say more of their ends and beginnings than of the line."""

Tell = Callable[[Mapping[str, object]], None]


@dataclass
class FileRun:
    """One contact's share of documents.

    `client` asks and pushes, `connect` gives further connections, `push` sends the records that wait, `pull` takes
    what the province says, `tell` hears {"event": "files", "waiting": …, "bytes": …}. `monotonic` measures waits
    and shares.
    """

    database: Database
    blobs: BlobStore
    client: GatewayClient
    connect: Callable[[], GatewayClient]
    counter: Counter
    incarnation: str
    clock: Clock
    done: Done
    push: Callable[[], None]
    pull: Callable[[], None]
    tell: Tell
    monotonic: Callable[[], float]
    _offsets: dict[str, int] = field(default_factory=dict)
    _noted: dict[str, int] = field(default_factory=dict)
    _refused: set[str] = field(default_factory=set)
    _ends_at: float = 0.0
    _left: int | None = None                           # bytes that may go in this window of the day; None: all
    _spent: int = 0                                    # of `done.file_bytes`, counted to the window

    def upload_all(self) -> bool:
        """Everything that waits and is due; False when the contact's share of time ended before.

        Raises what the line or the province says; what is whole stays confirmed, the rest goes on next time.
        """
        self._ask_again()
        self._ends_at = self.monotonic() + SHARE_SECONDS
        while True:
            with self.database.reading() as connection:
                batch = file_courier.due_files(
                    connection, BATCH, self.clock.now(), frozenset(self._refused)
                )
            if not batch or not self._may_go():
                return True                            # outside the hours there is nothing to hurry for
            self._push_records()                       # the operations that name these files are there first
            uploads = self._what_is_missing(batch)
            if uploads:
                self._carry(uploads)
            if self.monotonic() >= self._ends_at:
                return False

    def _ask_again(self) -> None:
        """A province that came back from a backup may have lost files: ask for all that it once confirmed."""
        with self.database.reading() as connection:
            if file_courier.checked_incarnation(connection) == self.incarnation:
                return
        after: str | None = None
        while True:
            with self.database.reading() as connection:
                page = file_courier.confirmed_files(connection, after=after, limit=MAX_HAVE)
            if not page:
                break
            states = self._have(page)
            with self.database.writing() as connection:
                file_courier.send_again(
                    connection, [each.sha256 for each in states if each.state != State.COMPLETE]
                )
            after = page[-1]
        with self.database.writing() as connection:
            file_courier.note_checked(connection, self.incarnation)

    def _what_is_missing(self, batch: Sequence[WaitingFile]) -> list[Upload]:
        states = {each.sha256: each for each in self._have([one.sha256 for one in batch])}
        whole, uploads = [], []
        for each in batch:
            found = states[each.sha256]
            if found.state == State.COMPLETE:          # a colleague's, or an answer that we never heard
                whole.append(each.sha256)
            elif found.state == State.UNNAMED:
                self._set_aside(each.sha256, Code.FILE_UNNAMED)
            else:
                uploads.append(Upload(each, found.offset if found.state == State.PARTIAL else None))
        if whole:
            self._confirm(whole)
        return uploads

    def _have(self, sha256s: Sequence[str]) -> Sequence[FileState]:
        try:
            return self.client.have(self.incarnation, sha256s)
        except ItemRefused as error:
            if error.code != Code.UNKNOWN_PATH:
                raise
            # A gateway of before documents: they wait, and nobody needs to come for it.
            raise TryLater("province_takes_no_files") from error

    def _carry(self, uploads: Sequence[Upload]) -> None:
        began = looked = pulled = self.monotonic()
        before = self.done.file_bytes
        self._say()
        trouble: BaseException | None = None
        with Lines(uploads, self.blobs, self.connect, self.monotonic, self._pace(), self._left) as lines:
            while lines.is_running:
                match lines.next(LOOK_SECONDS):
                    case Kept(sha256, offset, arrived):
                        self._offsets[sha256] = offset
                        self.done.file_bytes += arrived
                    case Whole(sha256):
                        self._confirm([sha256])
                    case NotTaken(sha256, code):
                        self._set_aside(sha256, code)
                    case Broke(error):
                        trouble = trouble or error
                now = self.monotonic()
                if now >= self._ends_at:
                    lines.stop()
                if now - looked >= LOOK_SECONDS and trouble is None:
                    looked = now
                    self._push_records()
                    self._say()
                if now - pulled >= PULL_SECONDS and trouble is None:
                    pulled = now
                    self.pull()
                    if not self._may_go():             # the hours for documents are over
                        lines.stop()
        self._say()
        self._measure(self.done.file_bytes - before, self.monotonic() - began)
        if trouble is not None:
            raise trouble

    def _may_go(self) -> bool:
        """Whether the hours and the bytes of the day allow documents now."""
        self._count_bytes()
        with self.database.reading() as connection:
            self._left = allowance(connection, self.clock.now()).left
        self._spent = self.done.file_bytes
        return self._left is None or self._left > 0

    def _count_bytes(self) -> None:
        """To the window of the day; a courier that is killed forgets at most what came since it last looked."""
        fresh = self.done.file_bytes - self._spent
        if fresh:
            with self.database.writing() as connection:
                note_used(connection, fresh, self.clock.now())
            self._left = None if self._left is None else max(0, self._left - fresh)
            self._spent = self.done.file_bytes

    def _pace(self) -> Pace:
        with self.database.reading() as connection:
            return Pace.stored(read_pace(connection))

    def _measure(self, sent: int, seconds: float) -> None:
        if sent >= TELLING:
            pace = self._pace().after(sent, seconds)
            with self.database.writing() as connection:
                note_pace(connection, pace.as_stored)

    def _push_records(self) -> None:
        with self.database.reading() as connection:
            is_needed = has_unsent_records(connection, self.counter)
        if is_needed:
            self.push()

    def _confirm(self, sha256s: Sequence[str]) -> None:
        with self.database.writing() as connection:
            file_courier.confirm(connection, sha256s, self.clock.now())
        self.done.files_sent += len(sha256s)
        for sha256 in sha256s:
            self._offsets.pop(sha256, None)

    def _set_aside(self, sha256: str, code: str) -> None:
        with self.database.writing() as connection:
            file_courier.set_aside(connection, sha256, code, self.clock.now())
        self.done.files_aside += 1
        self._refused.add(sha256)

    def _say(self) -> None:
        """Into the book for the screens, and to whoever listens."""
        self._count_bytes()
        fresh = {name: offset for name, offset in self._offsets.items() if self._noted.get(name) != offset}
        if fresh:
            with self.database.writing() as connection:
                file_courier.note_progress(connection, fresh)
            self._noted |= fresh
        with self.database.reading() as connection:
            waiting = files_to_send(connection)
        sent = sum(self._offsets.values())
        self.tell({"event": "files", "waiting": waiting.count, "bytes": max(0, waiting.size - sent)})
