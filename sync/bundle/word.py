"""The province's acknowledgement as a file: whose it is, that it is whole and the province's, and its parts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.domain.vietnam_time import local
from app.errors import Refusal
from app.services.counter import Counter
from sync.bundle.make import ANSWER
from sync.bundle.place import saying_faults
from sync.contract.bundle import BundleFault, BundleHead, BundleKind, BundleReader
from sync.contract.bundle_content import Acknowledged, PartKind
from sync.contract.codec import MalformedMessage, loads
from sync.contract.feed import FeedPage, OperationsPage
from sync.contract.sealing import derived_key
from sync.errors import CallPerson

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Span:
    """Which part holds what is behind `after` up to and with `upto`."""

    after: int
    upto: int
    part: int


@dataclass
class Word:
    """An open acknowledgement. Its methods raise BundleFault for what cannot be read."""

    head: BundleHead
    said: Acknowledged
    _reader: BundleReader
    _key: X25519PrivateKey
    _feed: list[_Span] = field(default_factory=list)
    _own: dict[int, list[_Span]] = field(default_factory=dict)
    _hashes: dict[int, int] = field(default_factory=dict)
    _packages: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def feed_upto(self) -> int | None:
        """The newest position of the feed in it; None when it holds no page."""
        return self._feed[-1].upto if self._feed else None

    def feed_behind(self, position: int) -> FeedPage | None:
        """The page that goes on behind `position`; None when none does."""
        for span in self._feed:
            if span.after <= position < span.upto:
                page = self._message(FeedPage, span.part)
                fresh = tuple(entry for entry in page.entries if entry.position > position)
                return FeedPage(page.incarnation, page.position, fresh, span is not self._feed[-1])
        return None

    def own_behind(self, epoch: int, after: int) -> OperationsPage | None:
        """Our own operations of an epoch behind a seq; None when they are not in it."""
        for span in self._own.get(epoch, ()):
            if span.after <= after < span.upto:
                page = self._message(OperationsPage, span.part)
                return OperationsPage(epoch, tuple(each for each in page.items if each["seq"] > after), page.more)
        return None

    def hash_behind(self, epoch: int, after: int) -> str | None:
        """The hash of the operation that follows `after` in the province's chain."""
        number = self._hashes.get(epoch)
        found = b"" if number is None else self._reader.part(number, self._key).body[32 * after : 32 * after + 32]
        return found.hex() if len(found) == 32 else None

    def has_package(self, kind: str, version: str) -> bool:
        return (kind, version) in self._packages

    def package(self, kind: str, version: str) -> bytes:
        """Its JSON bytes; the caller checks them."""
        return self._reader.part(self._packages[(kind, version)], self._key).body

    def find_parts(self) -> None:
        """Look through all of it once: every seal is opened before the first word is taken."""
        for number, part in enumerate(self._reader.parts(self._key)):
            about = part.about
            try:
                if part.kind == PartKind.FEED:
                    self._feed.append(_Span(int(about["from"]), int(about["to"]), number))
                elif part.kind == PartKind.OWN:
                    span = _Span(int(about["from"]), int(about["to"]), number)
                    self._own.setdefault(int(about["epoch"]), []).append(span)
                elif part.kind == PartKind.HASHES:
                    self._hashes[int(about["epoch"])] = number
                elif part.kind == PartKind.PACKAGE:
                    self._packages[(str(about["of"]), str(about["version"]))] = number
            except (KeyError, TypeError, ValueError) as error:
                raise BundleFault(BundleFault.DAMAGED) from error

    def _message(self, kind: type[T], number: int) -> T:
        return _read(kind, self._reader.part(number, self._key).body)


@contextmanager
def open_word(file: Path, counter: Counter) -> Iterator[Word]:
    """The acknowledgement in `file`, checked as this counter's own and the province's.

    Raises Refusal `bundle_not_one`, `bundle_torn`, `bundle_damaged`, `bundle_of_other`,
    `bundle_outgoing`, `bundle_old` {at}; EnvironmentFault bundle_place_…; CallPerson `stale_epoch` for one to a
    newer epoch of ours.
    """
    with saying_faults(), file.open("rb") as handle:
        reader = BundleReader(handle)
        head = reader.head
        if head.kind != BundleKind.ACKNOWLEDGEMENT:
            raise Refusal("bundle_outgoing")
        if head.device != counter.device:
            raise Refusal("bundle_of_other")
        reader.check(counter.province_key)
        if head.epoch > counter.epoch:         # our disk is from before that epoch
            raise CallPerson("stale_epoch", epoch=counter.epoch, current_epoch=head.epoch)
        if head.epoch < counter.epoch:         # sealed for a key that was given up with its epoch
            raise Refusal("bundle_old", at=shown(head.made_at))
        key = derived_key(counter.key.private_bytes_raw(), ANSWER)
        first = reader.part(0, key)
        if first.kind != PartKind.ANSWER:
            raise BundleFault(BundleFault.DAMAGED)
        word = Word(head, _read(Acknowledged, first.body), reader, key)
        word.find_parts()
        yield word


def shown(moment: str) -> str:
    """The day and time at the counter; as it is when it is none."""
    try:
        return local(datetime.fromisoformat(moment)).strftime("%H:%M %d/%m/%Y")
    except ValueError:
        return moment


def _read(kind: type[T], body: bytes) -> T:
    try:
        return loads(kind, body)
    except MalformedMessage as error:
        raise BundleFault(BundleFault.DAMAGED) from error
