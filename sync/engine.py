"""One contact with the province: drives `sync.core` with the real book and the real line.

The core decides, this does: each ask of the book is one transaction, each ask of the line one request. `run_once`
is a plain function; `worker` says when.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from datetime import timedelta
from threading import Event
from typing import Any, TypeVar

from app.clock import Clock
from app.domain.identifiers import Randomness
from app.errors import EnvironmentFault, KnownError
from app.services import courier
from app.services.counter import Counter, load_counter
from app.store.blobs import BlobStore
from app.store.database import Database
from sync.backoff import delay
from sync.book import Book
from sync.client import GatewayClient, MakeClient
from sync.core.asks import Ask, BookAsk, LineAsk, Pause, ReadStanding, SendFiles
from sync.core.catching import catch_up
from sync.core.contact import contact
from sync.core.sending import send_all
from sync.errors import CallPerson, TryLater
from sync.files import FileRun, Tell
from sync.line import Line
from sync.reconcile import compare_when_due
from sync.recovery_key import prove_recovery_when_due
from sync.report import CycleReport, Done, Left
from sync.retention import purge_when_due

T = TypeVar("T")


def run_once(
    database: Database,
    clock: Clock,
    *,
    blobs: BlobStore | None = None,
    tell: Tell = lambda event: None,
    make_client: MakeClient = GatewayClient,
    uniform: Callable[[float, float], float] = random.uniform,
    randomness: Randomness = secrets.token_bytes,
    monotonic: Callable[[], float] = time.monotonic,
    pause: Callable[[float], bool] = lambda seconds: not Event().wait(seconds),
    book_key: bytes | None = None,
) -> CycleReport:
    """One whole contact and its report; what stood in its way is in the report and in the book, not raised.

    Documents go out from `blobs` once the records are there (without it they only wait); `tell` hears how far they
    are. `pause` lets a second or two go by; False when the program is to end instead. With `book_key` the province
    is given that key, sealed, until it has proved that it can give it back. Raises only what nobody foresaw (a
    programmer's error) and a book that cannot even be read.
    """
    with database.reading() as connection:
        counter = load_counter(connection)
        gateway = courier.gateway_of(connection)
    if counter is None or gateway is None:
        return CycleReport(problem="not_enrolled", needs_person=True)
    done = Done()
    book = Book(database, clock, randomness, done)
    with Line(book, clock, make_client, monotonic, done) as line:

        def send_files(incarnation: str) -> bool:
            if blobs is None:
                return True
            return FileRun(
                database, blobs, line.client, line.connect, book.counter, incarnation, clock, done,
                lambda: drive(records(incarnation), book, line), lambda: drive(news(incarnation), book, line),
                tell, monotonic,
            ).upload_all()

        try:
            is_all = drive(contact(), book, line, send_files, pause)
        except KnownError as error:
            return _failed(database, book.counter, clock, error, done, uniform)
        compare_when_due(database, lambda: line.client, book.counter, clock, has_sent=done.sent > 0)
        if book_key is not None:
            prove_recovery_when_due(database, lambda: line.client, book.counter, book_key, clock, randomness)
    if blobs is not None and is_all:
        purge_when_due(database, blobs, book.counter, clock, randomness)
    return done.report(_left(database, book.counter), next_try_seconds=None if is_all else 0.0)


def drive(
    steps: Generator[Ask, Any, T], book: Book, line: Line, send_files: Callable[[str], bool] = lambda _: True,
    pause: Callable[[float], bool] = lambda _: False,
) -> T:
    """Ask for ask, each by the book or by the line, until the generator ends."""

    def answer(ask: Ask) -> Any:
        if isinstance(ask, SendFiles):
            return send_files(ask.incarnation)
        if isinstance(ask, Pause):
            return pause(ask.seconds)
        if isinstance(ask, LineAsk):
            return line.answer(ask)
        assert isinstance(ask, BookAsk)
        return book.answer(ask)

    return run(steps, answer)


def run(steps: Generator[Ask, Any, T], answer: Callable[[Ask], Any]) -> T:
    """Ask for ask until the generator ends; what an answer says no with is thrown into it."""
    said: Any = None
    refused: KnownError | None = None
    while True:
        try:
            ask = steps.throw(refused) if refused is not None else steps.send(said)
        except StopIteration as end:
            found: T = end.value
            return found
        said = refused = None
        try:
            said = answer(ask)
        except KnownError as error:
            refused = error


def records(incarnation: str) -> Generator[Ask, Any, None]:
    """Everything that waits, sent: for what was written while documents are on their way."""
    yield from send_all((yield ReadStanding()), incarnation)


def news(incarnation: str) -> Generator[Ask, Any, None]:
    """What the feed brings while documents are on their way; what waits for a person, the next contact says."""
    with suppress(CallPerson):
        yield from catch_up(incarnation)


def _failed(
    database: Database, counter: Counter, clock: Clock, error: KnownError, done: Done,
    uniform: Callable[[float, float], float],
) -> CycleReport:
    now = clock.now()
    needs_person = not isinstance(error, TryLater)
    with database.reading() as connection:
        before = courier.outbox(connection, counter).last_problem
    attempts = before["attempts"] if before and before["code"] == error.code else 0
    asked = error.after if isinstance(error, TryLater) else None
    wait = delay(attempts + 1, uniform, asked)
    with suppress(EnvironmentFault), database.writing() as connection:     # a full disk takes no note of itself
        courier.note_problem(connection, error.code, _plain(error), now, now + timedelta(seconds=wait))
    return done.report(
        _left(database, counter), problem=error.code, needs_person=needs_person, next_try_seconds=wait,
    )


def _plain(error: KnownError) -> dict[str, str | int]:
    return {name: value for name, value in error.values.items() if isinstance(value, str | int)}


def _left(database: Database, counter: Counter) -> Left:
    with database.reading() as connection:
        box = courier.outbox(connection, counter)
    return Left(box.unsent, box.files_waiting, box.file_bytes_waiting)
