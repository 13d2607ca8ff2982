"""A PC at a counter: its disk and what it forgets, its witness, its second copy, its clock, and how it stops."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from app.errors import KnownError
from sync.contract.messages import HelloAnswer, Signed
from sync.core.asks import Ask, LineAsk
from sync.core.contact import contact
from sync.core.pace import Pace
from sync.errors import CallPerson
from tests.sync.core.sim.book import Book
from tests.sync.core.sim.leasing import Lease
from tests.sync.core.sim.operations import Operation

if TYPE_CHECKING:
    from tests.sync.core.sim.world import World


class Medium:
    """A second copy of one device: append-only, by epoch. `holds`: by promise."""

    def __init__(self, serial: int, device: str) -> None:
        self.serial, self.device = serial, device
        self.records: dict[int, list[Operation]] = {}
        self.keys: dict[int, str] = {}             # public ones: the epochs that this medium has seen
        self.leases: dict[str, Lease] = {}
        self.holds: set[Operation] = set()


class Machine:
    """What is forgotten when the power goes: `running`. What a restored folder does not bring back: `witness`."""

    def __init__(self, world: World, serial: int, office: str, name: str) -> None:
        self.world, self.serial, self.office, self.name = world, serial, office, name
        self.book: Book | None = None
        self.witness: dict[int, tuple[int, str]] = {}
        self.medium: Medium | None = None
        self.plugged = False
        self.clock = 0                             # minutes that this PC's clock is ahead of the true time
        self.is_alive = True
        self.blind_epoch = 0                       # under it this book may repeat what nobody can tell it of
        self.shared_request = ""                   # of a new epoch, which a copy of this disk sends as well
        self.images: list[tuple[Book, dict[int, tuple[int, str]]]] = []
        self.pace = Pace()
        self.running: Generator[Ask, Any, bool] | None = None
        self.next: tuple[Any, KnownError | None] = (None, None)
        self.problem = ""
        self.lost_requests: set[str] = set()       # that a disk which was put back does not know of any more
        self.copied_under = 0                      # the counter's epoch when its disk was last put back or copied
        self.needs_code = False
        self.enrolling: tuple[str, str] | None = None
        self.to_forward: list[Medium] = []
        self.forwarded: list[tuple[Medium, str]] = []      # and to which incarnation
        self.unfinished: str = ""                  # the intent of a form that was open when the power went
        self.done_contacts = 0
        self.window: dict[str, str] = {}           # statuses when the pages that are now applied were asked for
        self.window_changes: set[str] = set()
        self.has_more = False                      # the last page that was answered is not the last there is
        self.is_told_other = False                 # the province said that it holds what this book does not
        self.said_leases: tuple[Signed, ...] = ()  # by the last hello

    def __repr__(self) -> str:
        return f"PC{self.serial}({self.office}{self.name})"

    @property
    def now(self) -> int:
        return self.world.now + self.clock

    # --- after each commit ------------------------------------------------------------------------------------

    def copy_out(self) -> None:
        """Witness and second copy catch up with the book: before any paper, and at each start."""
        book = self.book
        assert book is not None
        head = book.head(book.epoch)
        self.witness[book.epoch] = (head.seq, head.hash)
        medium = self.medium
        if medium is None or not self.plugged or medium.device != book.device or self.world.is_hung():
            return
        for epoch in book.chains:
            kept = medium.records.setdefault(epoch, [])
            upto = book.head(epoch).seq
            if upto <= len(kept) or (kept and book.at(epoch, len(kept)) is not kept[-1]):
                continue
            fresh = [each for seq in range(len(kept) + 1, upto + 1) if (each := book.at(epoch, seq)) is not None]
            medium.holds.update(fresh)
            if book.rules.medium_says_past:
                medium.keys[epoch] = book.keys[epoch]
                medium.leases.update(book.leases)
            if book.rules.second_copy:
                kept += fresh

    # --- starting ---------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """The power goes: a contact that runs is forgotten, and so is its place in it."""
        if self.running is not None:
            self.running.close()
        self.running, self.next = None, (None, None)

    def start(self) -> None:
        """Ask the witnesses, then catch up with them."""
        if self.book is None:
            return
        self.look_at_witnesses()
        self.copy_out()

    def look_at_witnesses(self) -> None:
        book = self.book
        assert book is not None
        if not book.rules.witness_at_start:
            return
        if book.rules.local_witness and self._is_beyond(book):
            self._forget_request(book, max(self.witness))
            if book.stopped != "older_than_province":
                book.stopped = "older_than_witness"
        medium = self.medium
        if medium is None or not self.plugged or not book.rules.second_copy or medium.device != book.device:
            return
        for epoch in sorted(medium.records):
            kept = medium.records[epoch]
            if not kept:
                continue
            ours = book.at(epoch, min(len(kept), book.head(epoch).seq))
            is_same = ours is None or ours is kept[ours.seq - 1]
            if is_same and book.head(epoch).seq >= len(kept):
                continue
            if epoch >= book.epoch:
                if book.rules.later_epoch_on_medium:
                    self._forget_request(book, epoch)
                is_ahead = len(kept) > book.head(epoch).seq
                book.stopped = book.stopped or ("older_than_witness" if is_ahead else "fork")
            if epoch not in book.keys:
                self._forward_later(medium)
                continue
            try:
                book.bring_back(epoch, kept[book.head(epoch).seq:] if is_same else kept)
            except CallPerson:
                self._forward_later(medium)

    def _is_beyond(self, book: Book) -> bool:
        """The small witness knows of more than the book has, in the epoch whose numbers are given out or later."""
        return any(epoch > book.epoch or (epoch == book.epoch and seq > book.head(epoch).seq)
                   for epoch, (seq, _) in self.witness.items())

    def _forget_request(self, book: Book, seen: int) -> None:
        """A witness has seen this epoch. A later one was begun by what was lost, perhaps with this very request,
        and gave out its numbers; no later one: nobody had the answer."""
        if book.rules.request_dropped and (seen > book.epoch or not book.rules.request_outlives_old_news):
            book.request = None

    def _forward_later(self, medium: Medium) -> None:
        if medium not in self.to_forward:
            self.to_forward.append(medium)

    def is_told(self) -> bool:
        """Whether, by promise, a witness at hand shows that this book is an older one."""
        book = self.book
        assert book is not None
        if self._is_beyond(book):
            return True
        medium = self.medium
        if medium is None or not self.plugged or medium.device != book.device:
            return False
        # What a former machine of this place wrote in earlier epochs says nothing of how old this book is.
        return any(each.epoch >= book.epoch and each not in book.holds for each in medium.holds)

    # --- the contact ------------------------------------------------------------------------------------------

    def call(self) -> None:
        """Begin a contact."""
        self.stop()
        self.has_more = self.is_told_other = False
        self.running = contact()

    def note_said(self, answer: HelloAnswer) -> None:
        """For the promises: what the province said, whatever the contact makes of it."""
        book = self.book
        assert book is not None
        self.said_leases = answer.leases
        theirs = answer.have.get(book.epoch)
        ours = book.at(book.epoch, theirs.seq) if theirs is not None else None
        self.is_told_other = bool(theirs is not None and theirs.seq and (ours is None or ours.hash != theirs.hash))

    def go_on(self, asks: int) -> bool:
        """Drive the contact through so many asks; whether it is over. `problem` says what it came to."""
        running = self.running
        assert running is not None
        answer = self.world.answer
        for _ in range(asks):
            value, error = self.next
            self.next = (None, None)
            try:
                ask = running.send(value) if error is None else running.throw(error)
            except StopIteration:
                self._over("")
                return True
            except KnownError as trouble:
                self._over(trouble.code)
                return True
            if self.is_told_other and isinstance(ask, LineAsk):
                self.blind_epoch = 0               # told by the hello, and time enough to stop: no longer blind
            try:
                self.next = (answer(self, ask), None)
            except KnownError as trouble:
                self.next = (None, trouble)
        return False

    def _over(self, problem: str) -> None:
        self.running = None
        self.problem = problem
        self.done_contacts += not problem
        self.world.contact_is_over(self)
