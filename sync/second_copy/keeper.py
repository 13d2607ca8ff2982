"""Bring the medium up to the book: seal, append, sync, read back; only what was read back counts as kept.

The same call does everything there is: the first copy of a whole book, one new reception, what was made while the
stick was unplugged, a record that went bad, records that a new province key cannot open yet. It is done again
after every commit and does nothing when nothing is lacking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.clock import Clock
from app.domain.operation import parse
from app.errors import EnvironmentFault
from app.services import second_copy as known
from app.services.counter import Counter, load_counter
from app.services.second_copy import Chosen, KeptSoFar
from app.store import journal as book
from app.store.database import Database
from sync.contract.sealed import SealedRecord, seal_operation
from sync.contract.sealing import derived_key, mark_of
from sync.second_copy.disk import MediumDisk, medium_fault
from sync.second_copy.lock import one_at_a_time
from sync.second_copy.medium import SEGMENT_BYTES, Medium, Segment, find_medium, size_of
from sync.second_copy.public_keys import key_file, key_text
from sync.second_copy.survey import Chain, Survey, glance, survey
from sync.second_copy.witness import Compared, compare

PURPOSE = b"second copy"
BATCH, BATCH_BYTES = 200, 2 * 1024 * 1024
"""Operations that are written, synced and read back at once; one always goes, however large."""
CHECK_EVERY = timedelta(days=7)
"""A medium is read from end to end so often, whether or not anything seems wrong with it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one call did: operations written, and places found damaged when the medium was last read whole."""

    written: int = 0
    damaged: int = 0


def own_seal_key(book_key: bytes) -> X25519PrivateKey:
    """This machine's own key to its second copy; the book's key outlives the data folder, and so does this one."""
    return derived_key(book_key, PURPOSE)


class Keeper:
    """One book and its medium. `keep` may be called from one thread at a time, and by several programs."""

    def __init__(self, database: Database, book_key: bytes, clock: Clock, disk: MediumDisk | None = None) -> None:
        self._database, self._book_key, self._clock = database, book_key, clock
        self._own = own_seal_key(book_key).public_key().public_bytes_raw()
        self._disk = disk or MediumDisk()
        self._held: Held | None = None

    def keep(self, *, is_thorough: bool = False) -> Kept:
        """Everything that the medium lacks. `is_thorough`: read all of it first.

        Raises EnvironmentFault second_copy_… with what stands in the way, which the book then remembers too; what
        was read back before stays counted. `second_copy_busy`, which is not remembered: another program does it.
        """
        with self._database.reading() as connection:
            counter = load_counter(connection)
            chosen = known.chosen(connection)
            province = known.province_seal_key(connection)
            had_problem = known.problem(connection) is not None
        if counter is None or chosen is None:
            self._held = None
            return Kept()
        readers = (self._own,) if province is None else (self._own, province)
        try:
            with one_at_a_time(self._database.path):
                kept = self._keep(counter, chosen, readers, is_thorough)
        except OSError as error:
            raise self._noted(medium_fault(error)) from error
        except EnvironmentFault as fault:
            raise self._noted(fault) from fault.__cause__
        if had_problem:
            self._note("", {})
        return kept

    def _keep(self, counter: Counter, chosen: Chosen, readers: tuple[bytes, ...], is_thorough: bool) -> Kept:
        medium = find_medium(chosen.place, counter.device, chosen.medium, self._disk)
        heads = self._heads(counter)
        held = self._held
        if held is None or is_thorough or not held.is_as_left(medium, readers, heads, self._disk):
            held = self._look(medium, counter, readers, is_thorough)
        self._held = None                              # what lies there after a failure is known by reading alone
        written = 0
        for epoch, first, last in _lacking(held, heads):
            written += self._copy(held, counter, epoch, first, last)
        if written or is_thorough:
            self._count(held)
        self._held = held
        if held.compared.forked:
            raise EnvironmentFault("second_copy_parted", amount=len(held.compared.forked))
        if held.compared.ahead:
            more = sum(held.found.chains[epoch].head - heads.get(epoch, 0) for epoch in held.compared.ahead)
            raise EnvironmentFault("second_copy_ahead", amount=more)
        return Kept(written, held.damaged)

    def _look(self, medium: Medium, counter: Counter, readers: tuple[bytes, ...], is_thorough: bool) -> Held:
        """What lies there, by its end alone when the book remembers it so, and whether it knows more than we."""
        now = self._clock.now()
        with self._database.reading() as connection:
            noted = known.kept_so_far(connection)
        found = None
        damaged, checked_at = 0, now
        is_known = noted is not None and (noted.medium, noted.readers) == (medium.id, _marks(readers))
        if noted is not None and is_known and not is_thorough:
            damaged, checked_at = noted.damaged, noted.checked_at
            if timedelta(0) <= now - checked_at < CHECK_EVERY:
                found = glance(medium, noted.reached, noted.size, self._disk)
        if found is None:
            found = survey(medium, readers, self._disk)
            damaged, checked_at = found.damaged, now
        with self._database.writing() as connection:
            compared = compare(connection, counter, found, now)
        held = Held(medium, readers, found, compared, damaged, checked_at)
        self._keep_public_key(medium, counter)
        self._count(held)
        return held

    def _copy(self, held: Held, counter: Counter, epoch: int, first: int, last: int) -> int:
        """From `first` on as much as goes at once, until `last` is read back."""
        written = 0
        while first + written <= last:
            after = first + written - 1
            with self._database.reading() as connection:
                rows = book.after(connection, counter.device, epoch, after, min(BATCH, last - after))
            records: list[SealedRecord] = []
            size = 0
            for row in rows:
                size += len(row.payload)
                if records and size > BATCH_BYTES:
                    break
                records.append(_sealed(counter.device, epoch, row.payload, row.signature, held.readers))
            if not records or [each.seq for each in records] != [after + 1 + n for n in range(len(records))]:
                raise EnvironmentFault("second_copy_parted", amount=1)
            self._append(held, epoch, records)
            written += len(records)
        return written

    def _append(self, held: Held, epoch: int, records: Sequence[SealedRecord]) -> None:
        """Write, sync, read back; the same stick must be there before and after."""
        medium, found = held.medium, held.found
        content = b"".join(record.to_bytes() for record in records)
        segment, end = found.ends.get(epoch, (Segment(epoch, 1), 0))
        if end >= SEGMENT_BYTES:
            segment, end = Segment(epoch, segment.number + 1), 0
        file = medium.folder / segment.name
        self._disk.write_at(file, end, content)
        if self._disk.read(file, end) != content:
            raise EnvironmentFault("second_copy_broken")
        find_medium(medium.folder.parent, medium.device, medium.id, self._disk)
        found.chains.setdefault(epoch, Chain()).add(records[0].seq, records[-1].seq, records[-1].hash)
        found.ends[epoch] = (segment, end + len(content))
        found.size = size_of(medium, self._disk)

    def _count(self, held: Held) -> None:
        reached = {
            epoch: chain.reached for epoch, chain in held.found.chains.items() if epoch not in held.compared.forked
        }
        with self._database.writing() as connection:
            known.note_kept(connection, KeptSoFar(
                held.medium.id, reached, held.found.size, _marks(held.readers), len(held.readers) > 1,
                self._clock.now(), held.checked_at, held.damaged,
            ))

    def _heads(self, counter: Counter) -> dict[int, int]:
        with self._database.reading() as connection:
            return known.own_heads(connection, counter)

    def _keep_public_key(self, medium: Medium, counter: Counter) -> None:
        """So that a book from before this epoch can check what it brings back."""
        name = key_file(counter.epoch)
        if name not in self._disk.names(medium.folder):
            public = counter.key.public_key().public_bytes_raw()
            with suppress(FileExistsError):
                self._disk.write_new(medium.folder / name, key_text(counter.epoch, public, self._book_key))

    def _noted(self, fault: EnvironmentFault) -> EnvironmentFault:
        if fault.code != "second_copy_busy":
            self._note(fault.code, fault.values)
        return fault

    def _note(self, code: str, values: Mapping[str, object]) -> None:
        with suppress(EnvironmentFault), self._database.writing() as connection:
            known.note_problem(connection, code, values, self._clock.now())


@dataclass(slots=True)
class Held:
    """A medium as it was last read or written by us."""

    medium: Medium
    readers: tuple[bytes, ...]
    found: Survey
    compared: Compared
    damaged: int
    checked_at: datetime

    def is_as_left(
        self, medium: Medium, readers: tuple[bytes, ...], heads: Mapping[int, int], disk: MediumDisk
    ) -> bool:
        """Nobody else wrote there, nobody asks for other readers, and what it held more of has not come back."""
        return (
            (medium, readers) == (self.medium, self.readers)
            and size_of(medium, disk) == self.found.size
            and all(heads.get(epoch, 0) < self.found.chains[epoch].head for epoch in self.compared.ahead)
        )


def _lacking(held: Held, heads: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """(epoch, first, last) of what is to be written, oldest first; nothing where medium and book part."""
    for epoch, head in heads.items():
        if epoch in held.compared.ahead | held.compared.forked:
            continue
        chain = held.found.chains.get(epoch, Chain())
        yield from ((epoch, first, last) for first, last in (*chain.lacking, (chain.head + 1, head)))


def _sealed(device: str, epoch: int, payload: str, signature: bytes, readers: Sequence[bytes]) -> SealedRecord:
    header = parse(payload, signature).header
    return seal_operation(device, epoch, header.seq, header.prev, payload.encode(), signature, readers)


def _marks(readers: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(mark_of(reader).hex() for reader in readers)
