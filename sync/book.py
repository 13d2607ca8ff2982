"""The counter's side of a contact: each ask of the book, done by the services in one transaction."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import singledispatchmethod
from typing import Any

from sqlalchemy import Connection

from app.clock import Clock
from app.domain.identifiers import Randomness
from app.domain.operation import parse
from app.domain.vietnam_time import local
from app.errors import KnownError, Refusal
from app.services import courier, epochs, forks, mass_change, second_copy, standing
from app.services import feed as book_feed
from app.services.counter import Counter, load_counter
from app.services.days import today_at_counter
from app.services.feed import BESIDE_THE_TEXT, Cursor, FeedLine
from app.services.known_problems import take_problems
from app.services.numbers import close_days, store_lease
from app.services.people.grants import take_grants, take_revoked
from app.services.people.switch import take_off
from app.services.went_on import note_went_on
from app.store.database import Database
from app.store.epochs import epochs_of
from app.store.held import HeldOperation, author_key, devices_held, heads_held, held_behind
from app.store.held_apart import chains_apart, held_apart, note_given
from app.store.settings import write_setting
from sync.contract.codec import MalformedMessage, from_json
from sync.contract.feed import Entry, FeedPage, Kind, operation_of
from sync.contract.messages import (
    EnrolAnswer,
    Head,
    HelloAnswer,
    NewEpoch,
    Signed,
    b64,
    epoch_text,
    seal_key_text,
    unb64,
)
from sync.contract.push import PlainItem
from sync.core import asks
from sync.core.asks import BookAsk, EpochStanding, HeldFeed, Offered, Standing, Waiting, Weight
from sync.core.pace import Pace
from sync.errors import CallPerson
from sync.report import Done
from sync.signed import is_signed


class Book:
    """Answers what `sync.core` asks of the book. `counter` is read again when a new epoch begins."""

    def __init__(self, database: Database, clock: Clock, randomness: Randomness, done: Done) -> None:
        self.database = database
        self._clock, self._randomness, self._done = clock, randomness, done
        self.counter = self._load()
        self.met_at: tuple[datetime, datetime] | None = None       # when the last hello was asked and answered
        self._weighed: tuple[mass_change.Change, ...] = ()         # until the first page of that window is taken

    def _load(self) -> Counter:
        with self.database.reading() as connection:
            counter = load_counter(connection)
        if counter is None:
            raise Refusal("not_enrolled")
        return counter

    @singledispatchmethod
    def answer(self, ask: BookAsk) -> Any:
        """Do what is asked, as one transaction, and say what came of it."""
        raise TypeError(f"no answer to {ask!r}")

    # where we stand

    @answer.register
    def _(self, ask: asks.ReadStanding) -> Standing:
        with self.database.reading() as connection:
            state = courier.contact_state(connection, self.counter)
            requested = epochs.requested_epoch(connection, self.counter)
        return Standing(
            self.counter.device, self.counter.epoch,
            tuple(
                EpochStanding(
                    each.epoch, Head(each.head_seq, each.head_hash), each.confirmed, each.fork, each.kept
                )
                for each in state.epochs
            ),
            state.stopped, state.stopped_values, state.asked_epoch, requested,
        )

    @answer.register
    def _(self, ask: asks.HashAt) -> str:
        with self.database.reading() as connection:
            return epochs.own_hash(connection, self.counter, ask.epoch, ask.seq)

    @answer.register
    def _(self, ask: asks.NoteContact) -> None:
        server_time = datetime.fromisoformat(ask.answer.server_time)
        sent_at, received_at = self.met_at or (self._clock.now(),) * 2
        middle = sent_at + (received_at - sent_at) / 2
        with self.database.writing() as connection:
            courier.note_contact(connection, received_at, int((server_time - middle).total_seconds() * 1000))
            self.take_greeting(connection, ask.answer, received_at)

    def take_greeting(self, connection: Connection, answer: HelloAnswer, now: datetime) -> None:
        """What a greeting changes in the book, on whatever road it came."""
        keep_seal_key(connection, self.counter, answer.seal_key)
        keep_grants(connection, self.counter, answer)
        keep_problems(connection, self.counter, answer, now)
        cursor = book_feed.read_cursor(connection)
        if cursor is not None and cursor.incarnation != answer.incarnation:
            forks.keep_again(connection)
        if standing.numbers_stopped(connection) is not None:
            return
        # A day is over when the province's clock says so too: ours may stand in another year, and the numbers
        # of a closed day are gone for ever.
        their_day = local(datetime.fromisoformat(answer.server_time)).date()
        today = min(their_day, today_at_counter(connection, now))
        close_days(connection, self.counter, today, now, self._randomness)

    @answer.register
    def _(self, ask: asks.StoreLeases) -> Sequence[KnownError]:
        return self.keep_leases(ask.leases)

    def keep_leases(self, leases: Sequence[Signed]) -> list[KnownError]:
        """Each lease that is new. A wrong signature is refused, named in the answer, and stops no other lease."""
        troubles: list[KnownError] = []
        with self.database.writing() as connection:
            for lease in leases:
                try:
                    self._done.leases += store_lease(
                        connection, self.counter, lease.payload, lease.signature_bytes
                    )
                except Refusal as error:
                    troubles.append(CallPerson(error.code, **error.values))
                except ValueError:                 # the signature is no base64
                    troubles.append(CallPerson("lease_signature_wrong"))
        return troubles

    # what goes out

    @answer.register
    def _(self, ask: asks.ReadWaiting) -> Sequence[Waiting]:
        with self.database.reading() as connection:
            found = courier.waiting(connection, self.counter, epoch=ask.epoch, after=ask.after, limit=ask.limit)
        return [Waiting(ask.epoch, each.seq, each.op_id, each.payload, each.signature) for each in found]

    @answer.register
    def _(self, ask: asks.Confirm) -> None:
        with self.database.writing() as connection:
            courier.confirm(connection, self.counter, ask.epoch, ask.upto, self._clock.now())

    @answer.register
    def _(self, ask: asks.ResendFrom) -> None:
        with self.database.writing() as connection:
            courier.resend_from(connection, self.counter, ask.epoch, ask.upto)

    @answer.register
    def _(self, ask: asks.SetAside) -> None:
        with self.database.writing() as connection:
            courier.set_aside(connection, ask.each.seq, ask.each.op_id, ask.code, self._clock.now())

    @answer.register
    def _(self, ask: asks.ReadPace) -> Pace:
        with self.database.reading() as connection:
            return Pace.stored(courier.read_pace(connection))

    def note_pace(self, pace: Pace) -> None:
        """What the last requests told of the line."""
        with self.database.writing() as connection:
            courier.note_pace(connection, pace.as_stored)

    def own_hashes(self, device: str, epoch: int, first: int, last: int) -> Sequence[str]:
        """Of our own operations first..last of that epoch, as far as we hold them; none of another device."""
        if device != self.counter.device:
            return ()
        with self.database.reading() as connection:
            return epochs.own_hashes(connection, self.counter, epoch, first, last)

    @answer.register
    def _(self, ask: asks.ReadOffer) -> Offered | None:
        with self.database.reading() as connection:
            # Of a forked epoch the chain is another's: we hold it from the feed, as we hold a neighbour's.
            written_here = {(self.counter.device, epoch) for epoch in epochs_of(connection, self.counter.epoch)
                            if epoch not in forks.branches(connection)}
            apart = chains_apart(connection) - written_here - ask.but
            for device in devices_held(connection):
                theirs = ask.held.get(device, {})
                for epoch, newest in heads_held(connection, device).items():
                    after = theirs[epoch].seq if epoch in theirs else 0
                    if newest <= after or (device, epoch) in ask.but | written_here:
                        continue
                    found = held_behind(connection, device, epoch, after, ask.limit)
                    if (device, epoch) in apart and not _follows(found, theirs.get(epoch)):
                        continue
                    key = _author_key(connection, found) if epoch not in theirs else None
                    if found and (epoch in theirs or key is not None):
                        return Offered(device, _waiting(epoch, found), key)
        return self._held_apart(ask, apart) if apart else None

    def _held_apart(self, ask: asks.ReadOffer, apart: frozenset[tuple[str, int]]) -> Offered | None:
        with self.database.writing() as connection:
            for device, epoch in sorted(apart):
                if epoch not in ask.held.get(device, {}):
                    continue                       # the chain goes first, with the key
                found = held_apart(connection, device, epoch, ask.incarnation, ask.limit)
                if found:
                    return Offered(device, _waiting(epoch, found), is_branch=True)
        return None

    @answer.register
    def _(self, ask: asks.NoteGiven) -> None:
        with self.database.writing() as connection:
            note_given(connection, ask.device, ask.epoch, ask.incarnation, ask.op_id)

    # forks, older disks, epochs

    @answer.register
    def _(self, ask: asks.StopNumbers) -> None:
        with self.database.writing() as connection:
            standing.stop_numbers(connection, ask.reason, ask.values, self._clock.now())

    @answer.register
    def _(self, ask: asks.NoteFork) -> None:
        with self.database.writing() as connection:
            forks.note_fork(connection, ask.epoch, ask.seq, self._clock.now())

    @answer.register
    def _(self, ask: asks.NoteKept) -> None:
        with self.database.writing() as connection:
            forks.note_kept(connection, ask.epoch, ask.upto)

    @answer.register
    def _(self, ask: asks.ImportOwn) -> int:
        found = [epochs.OwnOperation(*_own(each)) for each in ask.items]
        try:
            with self.database.writing() as connection:
                new = epochs.import_own(connection, self.counter, ask.epoch, found)
        except Refusal as error:
            raise CallPerson(error.code, **error.values) from error
        self._done.recovered += new
        return new

    @answer.register
    def _(self, ask: asks.PrepareEpoch) -> NewEpoch:
        with self.database.writing() as connection:
            pending = epochs.prepare_epoch(connection, self.counter, ask.reason, self._randomness)
        public = b64(pending.key.public_key().public_bytes_raw())
        proof = b64(pending.key.sign(epoch_text(pending.request, pending.epoch, public).encode()))
        return NewEpoch(pending.request, pending.epoch, pending.reason, public, proof)

    @answer.register
    def _(self, ask: asks.TakeEpoch) -> None:
        try:
            with self.database.writing() as connection:
                reason = epochs.take_epoch(connection, self.counter, ask.answer.epoch, ask.answer.token)
                note_went_on(connection, reason, ask.answer.epoch, self._clock.now())
        except Refusal as error:
            raise CallPerson(error.code, **error.values) from error
        self.counter = self._load()
        self.keep_leases(ask.answer.leases)

    # what comes in

    @answer.register
    def _(self, ask: asks.ReadFeed) -> HeldFeed:
        with self.database.reading() as connection:
            held = book_feed.read_cursor(connection)
        return HeldFeed(held.incarnation, held.position) if held else HeldFeed("", 0)

    @answer.register
    def _(self, ask: asks.WeighPages) -> Weight:
        with self.database.reading() as connection:
            self._weighed = self._changed(connection, ask.pages)
            day = mass_change.weigh_day(connection, self._weighed, self._clock.now())
            return Weight(len(self._weighed), mass_change.open_dossiers(connection), day.changed, day.open)

    def _changed(self, connection: Connection, pages: Sequence[FeedPage]) -> tuple[mass_change.Change, ...]:
        accepted = mass_change.accepted_upto(connection, pages[0].incarnation)
        return mass_change.changes(connection, (
            line_of(page.incarnation, entry)
            for page in pages for entry in page.entries if entry.position > accepted
        ))

    @answer.register
    def _(self, ask: asks.HoldPull) -> None:
        with self.database.writing() as connection:
            changed = self._changed(connection, ask.pages)
            mass_change.hold_pull(connection, ask.pages[0].incarnation, ask.pages[-1].position, changed,
                                  self._clock.now())

    @answer.register
    def _(self, ask: asks.TakePage) -> int:
        page = ask.page
        lines = [line_of(page.incarnation, entry) for entry in page.entries]
        with self.database.writing() as connection:
            fresh = book_feed.take_page(
                connection, lines, Cursor(page.incarnation, page.position), self._clock.now(),
                device=self.counter.device,
            )
            mass_change.note_changed(connection, self._weighed, self._clock.now())
            mass_change.release_pull(connection)
        self._weighed = ()
        self._done.entries += fresh
        return fresh


def keep_seal_key(connection: Connection, counter: Counter, signed: Signed | None) -> None:
    """Remember the province's sealing key; one that it did not sign, or signed as something else, is passed by."""
    if signed is None or not is_signed(counter.province_key, signed):
        return
    public = signed.payload.partition("\n")[2]
    if signed.payload == seal_key_text(public):
        write_setting(connection, second_copy.PROVINCE_KEY, unb64(public).hex())


def keep_grants(connection: Connection, counter: Counter, answer: HelloAnswer | EnrolAnswer) -> None:
    """Hold what the province says of who works here; an answer without grants says that nothing has changed."""
    if isinstance(answer, HelloAnswer) and counter.has_sign_in:
        take_revoked(connection, (each.id for each in answer.revocations if each.kind == "clerk"))
    if isinstance(answer, HelloAnswer) and answer.sign_in_off is not None:
        off = answer.sign_in_off
        take_off(connection, counter.province_key, off.payload, off.signature_bytes, counter.office_id)
        return
    if answer.grants is None:
        return
    said = ((each.payload, each.signature_bytes) for each in answer.grants)
    take_grants(connection, counter.province_key, said, counter.office_id)


def keep_problems(connection: Connection, counter: Counter, answer: HelloAnswer, now: datetime) -> None:
    """Hold what the province says is wrong with the program; no list in the answer: nothing has changed."""
    if answer.known_problems is not None:
        said = ((each.payload, each.signature_bytes) for each in answer.known_problems)
        take_problems(connection, counter.province_key, said, now)


def _waiting(epoch: int, found: Sequence[HeldOperation]) -> list[Waiting]:
    return [Waiting(epoch, each.seq, each.op_id, each.payload, each.signature) for each in found]


def _follows(found: Sequence[HeldOperation], theirs: Head | None) -> bool:
    """Whether the first of these goes on from where the province's chain ends."""
    if not found or theirs is None or not theirs.seq:
        return True
    return parse(found[0].payload, b"").header.prev == theirs.hash


def _author_key(connection: Connection, found: Sequence[HeldOperation]) -> Signed | None:
    """The province's word that came with the first operation of an epoch, if that is among them."""
    said = author_key(connection, found[0].op_id) if found and found[0].seq == 1 else None
    try:
        return from_json(Signed, said) if said is not None else None
    except MalformedMessage:
        return None


def line_of(incarnation: str, entry: Entry) -> FeedLine:
    """An entry as the book takes it; one that cannot be read is kept as it is and holds up no other.

    What went sealed because the province broke on it is an operation like any other here, if it is text.
    """
    payload, signature = "", b""
    body: Mapping[str, Any] = entry.body
    if entry.kind == Kind.OPERATION:
        with suppress(MalformedMessage, UnicodeDecodeError):
            item = operation_of(entry.body)
            if item is not None:
                text = item.payload if isinstance(item, PlainItem) else item.payload.decode()
                payload, signature = text, item.signature
                body = {name: body[name] for name in BESIDE_THE_TEXT if body.get(name)}
    return FeedLine(
        incarnation, entry.position, entry.kind, entry.actor, entry.at, dict(body), payload, signature,
    )


def _own(item: Mapping[str, Any]) -> tuple[str, bytes]:
    """Text and signature of one of our operations as the province gives it back."""
    try:
        signature = unb64(item["s"])
        text = item["p"] if "p" in item else base64.b64decode(item["b"], validate=True).decode()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CallPerson("own_not_signed", seq=int(item.get("seq", 0))) from error
    return str(text), signature

