"""What lies on a medium: how far each epoch reaches, what is lacking, what cannot be read.

Everything is read, unless the book remembers this very medium as it lies there: then the last segment of each
epoch is enough. Nothing is decided here and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.operation import GENESIS
from sync.contract.sealed import SealedRecord, Unreadable, scan
from sync.contract.sealing import mark_of, marks_in
from sync.second_copy.disk import MediumDisk
from sync.second_copy.medium import Medium, Segment, segments_of, size_of


@dataclass(slots=True)
class Chain:
    """One epoch as it lies there. `lacking`: ranges within 1..head that no whole record for all readers covers."""

    head: int = 0
    hash: str = GENESIS
    lacking: list[tuple[int, int]] = field(default_factory=list)
    twofold: int = 0                               # a seq that is there with two contents; 0: none

    @property
    def reached(self) -> int:
        """1..reached are there."""
        return self.lacking[0][0] - 1 if self.lacking else self.head

    def add(self, first: int, last: int, own: str) -> None:
        """`first`..`last` were written: the first of what was lacking, or behind all; `own`: hash of the last."""
        still: list[tuple[int, int]] = []
        for start, end in self.lacking:
            if start <= first <= end:
                if last < end:
                    still.append((last + 1, end))
            else:
                still.append((start, end))
        self.lacking = still
        if last > self.head:
            self.head, self.hash = last, own


@dataclass(slots=True)
class Survey:
    """`ends`: behind which byte of which segment the next record of an epoch goes; what follows was cut off."""

    chains: dict[int, Chain] = field(default_factory=dict)
    ends: dict[int, tuple[Segment, int]] = field(default_factory=dict)
    size: int = 0
    damaged: int = 0                               # unreadable places that were no cut-off writes
    torn: int = 0


def records_of(
    medium: Medium, segment: Segment, disk: MediumDisk
) -> Iterator[tuple[int, SealedRecord | Unreadable]]:
    """Everything in a segment that belongs there; a record of another device counts as unreadable."""
    content = disk.read(medium.folder / segment.name)
    for at, found in scan(content):
        if isinstance(found, SealedRecord) and (found.device, found.epoch) != (medium.device, segment.epoch):
            yield at, Unreadable(at, at + len(found.to_bytes()), is_torn=False)
        else:
            yield at, found


def is_sealed_for(record: SealedRecord, readers: Sequence[bytes]) -> bool:
    """Whether each of these raw public keys has a slot in its envelope."""
    marks = marks_in(record.envelope)
    return all(mark_of(reader) in marks for reader in readers)


def survey(medium: Medium, readers: Sequence[bytes], disk: MediumDisk) -> Survey:
    """Read all of it. Raises OSError."""
    found = Survey(size=size_of(medium, disk))
    seen: dict[int, dict[int, str]] = {}
    whole: dict[int, set[int]] = {}
    for segment in segments_of(medium, disk):
        hashes, good = seen.setdefault(segment.epoch, {}), whole.setdefault(segment.epoch, set())
        chain = found.chains.setdefault(segment.epoch, Chain())
        end = 0
        for at, each in records_of(medium, segment, disk):
            if isinstance(each, Unreadable):
                found.torn += each.is_torn
                found.damaged += not each.is_torn
                end = at if each.is_torn else each.end
                continue
            end = at + len(each.to_bytes())
            if hashes.setdefault(each.seq, each.hash) != each.hash:
                chain.twofold = each.seq if not chain.twofold else min(each.seq, chain.twofold)
            if is_sealed_for(each, readers):
                good.add(each.seq)
        found.ends[segment.epoch] = (segment, end)
    for epoch, chain in found.chains.items():
        if seen[epoch]:
            chain.head = max(seen[epoch])
            chain.hash = seen[epoch][chain.head]
        chain.lacking = list(ranges(set(range(1, chain.head + 1)) - whole[epoch]))
    return found


def glance(medium: Medium, reached: Mapping[int, int], size: int, disk: MediumDisk) -> Survey | None:
    """The same from the last segment of each epoch, when the medium lies there as the book remembers it.

    None when it does not: too long, too short, another end. Then all of it must be read.
    """
    if size_of(medium, disk) != size:
        return None
    segments = segments_of(medium, disk)
    last = {segment.epoch: segment for segment in segments}
    if last.keys() != reached.keys():
        return None
    found = Survey(size=size)
    for epoch, segment in last.items():
        lines = list(records_of(medium, segment, disk))
        if not lines or any(isinstance(each, Unreadable) for _, each in lines):
            return None
        at, record = lines[-1]
        if not isinstance(record, SealedRecord) or record.seq != reached[epoch]:
            return None
        found.chains[epoch] = Chain(record.seq, record.hash)
        found.ends[epoch] = (segment, at + len(record.to_bytes()))
    return found


def ranges(numbers: set[int]) -> Iterator[tuple[int, int]]:
    """Sorted, as inclusive ranges."""
    first = last = 0
    for number in sorted(numbers):
        if first and number == last + 1:
            last = number
            continue
        if first:
            yield first, last
        first = last = number
    if first:
        yield first, last
