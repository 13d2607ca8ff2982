"""A line and a book that answer the core of a contact from an acknowledgement.

The core asks as it asks over the line; the province's answers were given days ago. What they do not hold is asked
for by the next bundle: then the contact ends with `bundle_goes_on`, and what was taken until then stays taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.clock import Clock
from app.domain.identifiers import Randomness
from app.errors import KnownError
from app.services import bundles
from app.services.file_courier import confirm
from app.store.database import Database
from sync.book import Book
from sync.bundle.word import Word
from sync.contract.feed import FeedPage, OperationsPage
from sync.contract.messages import EpochAnswer, HelloAnswer, PackageNote
from sync.contract.push import ItemAnswer, Outcome, PushAnswer
from sync.core import asks
from sync.core.asks import Ask, Met, Standing, Waiting
from sync.errors import CallPerson, HelloAgain, TryLater
from sync.packages import fetch_packages
from sync.report import Done


class BundleBook(Book):
    """The book, but for three asks: nothing more can be sent by this road, and its clock says nothing of ours."""

    def __init__(self, database: Database, clock: Clock, randomness: Randomness, done: Done, word: Word) -> None:
        super().__init__(database, clock, randomness, done)
        self._said = word.said

    def reply(self, ask: Ask) -> Any:
        """As `Book.answer`."""
        match ask:
            case asks.NoteContact():
                return self._note_contact(ask.answer)
            case asks.ReadOffer():
                return None                        # neighbours' operations go over their own line, or by hand
            case asks.ReadWaiting():
                return self._kept_beside(ask)
            case _:
                assert isinstance(ask, asks.BookAsk)
                return self.answer(ask)

    def _kept_beside(self, ask: asks.ReadWaiting) -> Sequence[Waiting]:
        """Of what waits only what the province speaks of: a branch that lies there beside the chain."""
        standing: Standing = self.answer(asks.ReadStanding())
        fork = next((each.fork for each in standing.epochs if each.epoch == ask.epoch), 0)
        if not fork or ask.after < fork - 1:
            return ()
        found: Sequence[Waiting] = self.answer(ask)
        return [each for each in found if each.seq <= self._said.kept.get(ask.epoch, 0)]

    def _note_contact(self, answer: HelloAnswer) -> None:
        with self.database.writing() as connection:
            bundles.note_word(connection, datetime.fromisoformat(answer.server_time))
            self.take_greeting(connection, answer, self._clock.now())

    def confirm_files(self) -> bool:
        """Documents that the province has whole and checked; True: no other road is waited for."""
        with self.database.writing() as connection:
            confirm(connection, self._said.files, self._clock.now())
        self._done.files_sent += len(self._said.files)
        return True


class BundleLine:
    """The province's answers, as they stand in the acknowledgement."""

    def __init__(self, book: BundleBook, clock: Clock, word: Word, done: Done) -> None:
        self._book, self._clock, self._word, self._done = book, clock, word, done

    def reply(self, ask: Ask) -> Any:
        """Raises what `sync.errors` names; `bundle_goes_on` for what is not in it."""
        match ask:
            case asks.SayHello():
                return Met(self._hello())
            case asks.SendBatch():
                return self._sent(ask)
            case asks.SendFlight():
                return [self._sent(each) for each in ask.batches]
            case asks.FetchFeed():
                return self._feed(ask.incarnation, ask.position)
            case asks.FetchOwn():
                return self._own(ask)
            case asks.AskEpoch():
                return self._epoch()
            case asks.FetchPackages():
                return self._packages(ask.notes)
            case asks.SendFiles():
                return self._book.confirm_files()
            case _:
                raise TypeError(f"no answer to {ask!r}")

    def _hello(self) -> HelloAnswer:
        said = self._word.said
        if said.hello is None:
            raise CallPerson("stale_epoch", epoch=self._book.counter.epoch, current_epoch=said.current_epoch)
        return said.hello

    def _sent(self, ask: asks.SendBatch) -> PushAnswer:
        items = tuple(
            ItemAnswer(line, Outcome.FORK, each.epoch, each.seq) for line, each in enumerate(ask.batch)
        )
        hello = self._hello()
        return PushAnswer(hello.incarnation, hello.server_time, items, hello.have)

    def _feed(self, incarnation: str, position: int) -> FeedPage:
        if incarnation != self._hello().incarnation:
            raise HelloAgain("incarnation_changed")
        page = self._word.feed_behind(position)
        if page is not None:
            return page
        upto = self._word.feed_upto
        if upto is not None and position < upto:   # ours is an older disk than the one that made the bundle
            raise TryLater("bundle_goes_on")
        return FeedPage(incarnation, position, (), False)

    def _own(self, ask: asks.FetchOwn) -> OperationsPage:
        page = self._word.own_behind(ask.epoch, ask.after)
        if page is not None:
            return page
        at = self._word.hash_behind(ask.epoch, ask.after)
        if at is None:
            raise TryLater("bundle_goes_on")
        one: Mapping[str, Any] = {"seq": ask.after + 1, "hash": at}
        return OperationsPage(ask.epoch, (one,), True)

    def _epoch(self) -> EpochAnswer:
        answer = self._word.said.epoch
        if answer is None:                         # the request is in the book: the next bundle carries it
            raise TryLater("bundle_goes_on")
        return answer

    def _packages(self, notes: Sequence[PackageNote]) -> Sequence[KnownError]:
        troubles: list[KnownError] = []
        here = tuple(note for note in notes if self._word.has_package(note.kind, note.version))
        self._done.packages += fetch_packages(
            self._book.database, self._word, self._book.counter, here, self._clock.now(), troubles
        )
        return troubles
