"""One contact with the province: hello, push, pull, documents. `run_once` is a plain function; `worker` says when.

Each step leaves the book consistent, so a contact may break off anywhere and the next one goes on from what
both sides say they hold, never from what one of them remembers.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from app.clock import Clock
from app.domain.vietnam_time import local
from app.errors import EnvironmentFault, KnownError, Refusal
from app.services import courier
from app.services.counter import Counter, load_counter
from app.services.days import today_at_counter
from app.services.numbers import close_days
from app.store.blobs import BlobStore
from app.store.database import Database
from sync import __version__
from sync.backoff import delay
from sync.client import GatewayClient
from sync.contract.messages import Cursor, Head, Hello, HelloAnswer, LeaseUsage
from sync.errors import CallPerson, HelloAgain, TryLater
from sync.files import FileRun, Tell
from sync.pull import fetch_packages, pull_feed, store_leases
from sync.push import push_all
from sync.report import CycleReport, Done, Left

SCHEMAS = {"operation": 1}
ROUNDS = 3
"""How often a contact starts over when the province says that it is not where we thought."""

MakeClient = Callable[[str, str], GatewayClient]


def run_once(
    database: Database,
    clock: Clock,
    *,
    blobs: BlobStore | None = None,
    tell: Tell = lambda event: None,
    make_client: MakeClient = GatewayClient,
    uniform: Callable[[float, float], float] = random.uniform,
    randomness: Callable[[int], bytes] = random.randbytes,
    monotonic: Callable[[], float] = time.monotonic,
) -> CycleReport:
    """One whole contact and its report; what stood in its way is in the report and in the book, not raised.

    Documents go out from `blobs` once the records are there (without it they only wait); `tell` hears how far they
    are. Raises only what nobody foresaw (a programmer's error) and a book that cannot even be read.
    """
    with database.reading() as connection:
        counter = load_counter(connection)
        gateway = courier.gateway_of(connection)
    if counter is None or gateway is None:
        return CycleReport(problem="not_enrolled", needs_person=True)
    done = Done()
    is_all = True
    with make_client(gateway.url, gateway.token) as client:

        def send_files(incarnation: str) -> bool:
            if blobs is None:
                return True
            return FileRun(
                database, blobs, client, lambda: make_client(gateway.url, gateway.token), counter, incarnation,
                clock, done, lambda: push_all(database, client, counter, incarnation, clock, done), tell,
                monotonic,
            ).upload_all()

        try:
            for _ in range(ROUNDS):
                try:
                    is_all = _contact(database, client, counter, clock, done, randomness, send_files)
                    break
                except HelloAgain:
                    continue
            else:
                raise TryLater("province_unsettled")
        except KnownError as error:
            return _failed(database, counter, clock, error, done, uniform)
    return done.report(_left(database, counter), next_try_seconds=None if is_all else 0.0)


def _contact(
    database: Database, client: GatewayClient, counter: Counter, clock: Clock, done: Done,
    randomness: Callable[[int], bytes], send_files: Callable[[str], bool],
) -> bool:
    """Whether nothing was left behind for want of time."""
    sent_at = clock.now()
    answer = client.hello(_hello(database, counter, sent_at))
    received_at = clock.now()
    server_time = _moment(answer.server_time)
    _agree(database, counter, answer, received_at)
    middle = sent_at + (received_at - sent_at) / 2
    with database.writing() as connection:
        courier.note_contact(connection, received_at, int((server_time - middle).total_seconds() * 1000))
        # A day is over when the province's clock says so too: ours may stand in another year, and the numbers
        # of a closed day are gone for ever.
        today = min(local(server_time).date(), today_at_counter(connection, received_at))
        close_days(connection, counter, today, received_at, randomness)
    troubles: list[KnownError] = []                # a lease or package that is refused stops nothing else
    done.leases += store_leases(database, counter, answer.leases, troubles)
    push_all(database, client, counter, answer.incarnation, clock, done)
    done.entries += pull_feed(database, client, counter, answer.incarnation, clock)
    done.packages += fetch_packages(database, client, counter, answer.packages, clock.now(), troubles)
    is_all = send_files(answer.incarnation)
    if troubles:
        raise troubles[0]
    return is_all


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise TryLater("answer_unreadable", where="server_time", what="not_a_moment") from error
    if moment.tzinfo is None:
        raise TryLater("answer_unreadable", where="server_time", what="no_zone")
    return moment


def _hello(database: Database, counter: Counter, now: datetime) -> Hello:
    with database.reading() as connection:
        state = courier.contact_state(connection, counter)
    return Hello(
        device=counter.device,
        epoch=counter.epoch,
        head=Head(state.head_seq, state.head_hash) if state.head_seq else None,
        cursor=Cursor(state.cursor.incarnation, state.cursor.position) if state.cursor else None,
        incarnation=state.cursor.incarnation if state.cursor else None,
        app=__version__,
        schemas=SCHEMAS,
        t_wall=now.astimezone(UTC).isoformat(timespec="milliseconds"),
        lease_usage=tuple(LeaseUsage(*line) for line in state.lease_usage),
    )


def _agree(database: Database, counter: Counter, answer: HelloAnswer, now: datetime) -> None:
    """What do you hold, what do we hold: confirm, send again, or stop and call a person."""
    if answer.current_epoch != counter.epoch:
        raise CallPerson("stale_epoch", current=answer.current_epoch)
    have = answer.have.get(counter.epoch)
    with database.writing() as connection:
        try:
            courier.agree(connection, counter, have.seq if have else 0, have.hash if have else "", now)
        except Refusal as error:
            raise CallPerson(error.code, **error.values) from error


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
