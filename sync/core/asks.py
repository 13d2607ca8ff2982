"""Everything a contact may ask for. Each says in brackets what it is answered with.

Asks of the book are one transaction each: done whole or not at all, and done again without harm. Asks of the line
raise what `sync.errors` names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.contract.feed import FeedPage
from sync.contract.limits import FEED_ENTRIES
from sync.contract.messages import EpochAnswer, Head, HelloAnswer, NewEpoch, PackageNote, Signed
from sync.contract.push import PushHead


@dataclass(frozen=True, slots=True)
class Waiting:
    """One operation, in the exact bytes that were signed."""

    epoch: int
    seq: int
    op_id: str
    payload: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Offered:
    """What we hold of another counter; `author_key` where the province has forgotten that epoch. `is_branch`: the
    province's chain holds something else in the place of some of these, so all of them go beside it."""

    device: str
    batch: Sequence[Waiting]                       # of one epoch, not empty
    author_key: Signed | None = None
    is_branch: bool = False


@dataclass(frozen=True, slots=True)
class EpochStanding:
    """One epoch of this counter as its own book has it. `fork`: the seq where the province holds other bytes."""

    epoch: int
    head: Head                                     # seq 0 and GENESIS when nothing was written in it
    confirmed: int                                 # 1..confirmed are in the province's custody
    fork: int = 0                                  # 0: none
    kept: int = 0                                  # of a fork: our branch lies at the province up to here


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the book stands at the beginning of a contact."""

    device: str
    epoch: int                                     # the current one
    epochs: tuple[EpochStanding, ...]              # oldest first, the current one last
    stopped: str = ""                              # why no numbers are given out: `StopNumbers.reason`
    stopped_values: Mapping[str, Any] = field(default_factory=dict)
    asked_epoch: str = ""                          # a person asked for a new epoch, and why
    requested_epoch: str = ""                      # `PrepareEpoch` of this epoch without its `TakeEpoch`, and why

    @property
    def current(self) -> EpochStanding:
        return self.epochs[-1]


@dataclass(frozen=True, slots=True)
class HeldFeed:
    """How far the feed is applied; position 0 of "" before the first page."""

    incarnation: str
    position: int


@dataclass(frozen=True, slots=True)
class Weight:
    """How many open dossiers a window of the feed would change, of how many; not what a person accepted.

    The same of a day: with what earlier windows changed in 24 hours, since a person last accepted.
    """

    changed: int
    open: int
    day_changed: int = 0
    day_open: int = 0                              # open when that day began


class Ask:
    """Anything a contact asks for."""


class LineAsk(Ask):
    """One request to the province."""


class BookAsk(Ask):
    """One transaction of the counter's book."""


@dataclass(frozen=True, slots=True)
class Pause(Ask):
    """[bool] So many seconds go by; False when the program is to end instead."""

    seconds: float


# --- the line ---------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class SayHello(LineAsk):
    """[Met] Who we are and how far; with the leases we hold once we know that the province is another one."""

    with_leases: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """An answered hello; the driver notes the time of asking and answering itself."""

    answer: HelloAnswer


@dataclass(frozen=True, slots=True)
class SendBatch(LineAsk):
    """[PushAnswer] Operations of one author in order; those whose (epoch, seq) is in `sealed` go sealed.

    The driver measures it: how long it took, or that the line broke, is what `ReadPace` answers next.
    """

    head: PushHead
    batch: Sequence[Waiting]
    sealed: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class SendFlight(LineAsk):
    """[Sequence[PushAnswer | KnownError]] Batches that follow each other, on their way at the same time; what came
    of each, in their order. Raises nothing. A later one may come before an earlier one: it then answers `gap`."""

    batches: Sequence[SendBatch]


@dataclass(frozen=True, slots=True)
class FetchFeed(LineAsk):
    """[FeedPage]"""

    incarnation: str
    position: int


@dataclass(frozen=True, slots=True)
class FetchOwn(LineAsk):
    """[OperationsPage] Our own operations of an epoch behind a seq."""

    epoch: int
    after: int
    limit: int = FEED_ENTRIES


@dataclass(frozen=True, slots=True)
class AskEpoch(LineAsk):
    """[EpochAnswer] The same request again gets the same epoch."""

    request: NewEpoch


@dataclass(frozen=True, slots=True)
class SendFiles(LineAsk):
    """[bool] Documents, after the records; True when nothing was left behind for want of time."""

    incarnation: str


@dataclass(frozen=True, slots=True)
class FetchPackages(LineAsk):
    """[Sequence[KnownError]] Catalogue and calendar that are new; what was refused, which stops nothing else."""

    notes: Sequence[PackageNote]


# --- the book ---------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class ReadStanding(BookAsk):
    """[Standing]"""


@dataclass(frozen=True, slots=True)
class NoteContact(BookAsk):
    """[None] A good answer: when, how far our clock is off, no problem stands; closes the days that are over."""

    answer: HelloAnswer


@dataclass(frozen=True, slots=True)
class StoreLeases(BookAsk):
    """[Sequence[KnownError]] Those that are new and signed; what was refused."""

    leases: Sequence[Signed]


@dataclass(frozen=True, slots=True)
class HashAt(BookAsk):
    """[str] The hash of our own operation at that place; "" when we have none."""

    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class ReadWaiting(BookAsk):
    """[Sequence[Waiting]] Up to `limit` of our operations of `epoch` behind `after`, in order."""

    epoch: int
    after: int
    limit: int


@dataclass(frozen=True, slots=True)
class Confirm(BookAsk):
    """[None] The province holds 1..upto of that epoch. Never more than was written."""

    epoch: int
    upto: int


@dataclass(frozen=True, slots=True)
class ResendFrom(BookAsk):
    """[None] The province holds less than it once confirmed: what is behind `upto` counts as unsent again."""

    epoch: int
    upto: int


@dataclass(frozen=True, slots=True)
class SetAside(BookAsk):
    """[None] The province breaks on this one operation; shown until it has custody."""

    each: Waiting
    code: str


@dataclass(frozen=True, slots=True)
class ReadPace(BookAsk):
    """[Pace] How much at once the line has shown to bear."""


@dataclass(frozen=True, slots=True)
class StopNumbers(BookAsk):
    """[None] No number is given out any more until a new epoch begins. Capture goes on.

    reason       older_than_province · fork · stale_epoch (· older_than_witness, said by the second copy)
    """

    reason: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NoteFork(BookAsk):
    """[None] From this seq on the province holds other bytes of that epoch."""

    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class NoteKept(BookAsk):
    """[None] Our branch of a forked epoch lies at the province up to that seq, until a person there adopts it."""

    epoch: int
    upto: int


@dataclass(frozen=True, slots=True)
class ImportOwn(BookAsk):
    """[int] Own operations that our disk has lost, into the journal and the tables: how many were new.

    Raises CallPerson `own_does_not_follow` when the first is no continuation of what is here, or
    `own_not_signed` when one is not ours or not signed by us.
    """

    epoch: int
    items: Sequence[Mapping[str, Any]]             # as in OperationsPage


@dataclass(frozen=True, slots=True)
class PrepareEpoch(BookAsk):
    """[NewEpoch] Key and request of the next epoch, made once and kept until they are answered."""

    reason: str


@dataclass(frozen=True, slots=True)
class TakeEpoch(BookAsk):
    """[None] The new epoch, its token and leases; numbers are given out again."""

    answer: EpochAnswer


@dataclass(frozen=True, slots=True)
class ReadFeed(BookAsk):
    """[HeldFeed]"""


@dataclass(frozen=True, slots=True)
class WeighPages(BookAsk):
    """[Weight] What these pages would change if they were applied."""

    pages: Sequence[FeedPage]


@dataclass(frozen=True, slots=True)
class HoldPull(BookAsk):
    """[None] These pages wait for a person."""

    pages: Sequence[FeedPage]


@dataclass(frozen=True, slots=True)
class TakePage(BookAsk):
    """[int] Apply a page together with its cursor: how many entries were new. With the first page goes down what
    the last WeighPages found, as part of the day."""

    page: FeedPage


@dataclass(frozen=True, slots=True)
class ReadOffer(BookAsk):
    """[Offered | None] The next counter of the office of which we hold more than the province says it does, and up
    to `limit` of its operations of one epoch, in order. Left out are (counter, epoch) in `but`, and epochs that
    the province does not name, unless we have its own word for their key.

    When there is none: of a chain beside which something lies (a branch that was adopted, or what a province that
    came back has other bytes for), what only the provinces before have told us and this one was not given
    (`NoteGiven`)."""

    held: Mapping[str, Mapping[int, Head]]
    limit: int
    but: frozenset[tuple[str, int]] = frozenset()
    incarnation: str = ""


@dataclass(frozen=True, slots=True)
class NoteGiven(BookAsk):
    """[None] The province of that incarnation keeps what was offered beside this chain, up to that operation."""

    device: str
    epoch: int
    incarnation: str
    op_id: str
