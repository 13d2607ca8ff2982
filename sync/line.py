"""The line's side of a contact: each ask of the line is one request to the gateway, measured as it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import singledispatchmethod
from types import TracebackType
from typing import Any

from app.clock import Clock
from app.errors import KnownError
from app.services import courier
from app.services.counter import Counter
from app.services.known_problems import held_problems
from app.services.people.grants import held_payloads
from app.store.database import Database
from sync import __version__
from sync.book import Book
from sync.client import GatewayClient, MakeClient, signing
from sync.contract.feed import Entry, FeedPage, OperationsPage, positions_of
from sync.contract.grant_text import grants_digest
from sync.contract.known_problem import problems_digest
from sync.contract.messages import Cursor, EpochAnswer, Head, Hello, LeaseUsage, Signed, b64
from sync.contract.operation_text import read
from sync.contract.push import Item, Outcome, PlainItem, PushAnswer, SealedItem, pack, unpacked_size
from sync.core import asks
from sync.core.asks import LineAsk, Met, Waiting
from sync.core.pace import Pace
from sync.errors import TryLater
from sync.packages import fetch_packages
from sync.pinning import pinned_ca
from sync.report import Done
from sync.signing import Signer, signer_of

SCHEMAS = {"operation": 1}
LINE_BROKE = frozenset({"line_down", "line_timeout", "line_broken", "answer_unreadable"})


class Line:
    """Answers what `sync.core` asks of the line. Use as a context manager; a new token makes a new `client`."""

    def __init__(
        self, book: Book, clock: Clock, make_client: MakeClient, monotonic: Callable[[], float], done: Done
    ) -> None:
        self._book, self._clock, self._done = book, clock, done
        self._make, self._monotonic = make_client, monotonic
        self._token = ""
        self._signer: Signer | None = None
        self._client: GatewayClient | None = None
        self._beside: list[GatewayClient] = []         # for batches on their way at once

    def __enter__(self) -> Line:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        for client in (*self._beside, *([self._client] if self._client is not None else [])):
            client.close()
        self._beside, self._client = [], None

    def connect(self) -> GatewayClient:
        """A connection of its own, for documents; the caller closes it."""
        url, token = self._gateway()
        return self._signing()(url, token)

    @property
    def client(self) -> GatewayClient:
        """The contact's own connection."""
        url, token = self._gateway()
        if self._client is None or token != self._token:
            self._close()
            self._client, self._token = self._signing()(url, token), token
        return self._client

    def _signing(self) -> MakeClient:
        """Clients that sign for the epoch we are in, and share what they learn of the province's time."""
        counter = self._book.counter
        if self._signer is None or self._signer.epoch != counter.epoch:
            self._signer = signer_of(counter, self._clock.now(), self._monotonic)
        return signing(self._make, self._signer, pinned_ca(self._book.database))

    def _gateway(self) -> tuple[str, str]:
        with self._book.database.reading() as connection:
            gateway = courier.gateway_of(connection)
        assert gateway is not None                 # an enrolled counter has one
        return gateway.url, gateway.token

    @singledispatchmethod
    def answer(self, ask: LineAsk) -> Any:
        """Ask the province. Raises what `sync.errors` names."""
        raise TypeError(f"no answer to {ask!r}")

    @answer.register
    def _(self, ask: asks.SayHello) -> Met:
        sent_at, began = self._clock.now(), self._monotonic()
        hello = hello_of(self._book.database, self._book.counter, sent_at, with_leases=ask.with_leases)
        answer = self.client.hello(hello)
        self._book.met_at = sent_at, self._clock.now()
        _check_moment(answer.server_time)
        self._measure(lambda pace: pace.waited(self._monotonic() - began))
        return Met(answer)

    @answer.register
    def _(self, ask: asks.SendBatch) -> PushAnswer:
        body, began = _packed(ask), self._monotonic()
        try:
            answer = self.client.push_packed(body)
        except TryLater as error:
            if error.code in LINE_BROKE:
                self._measure(Pace.broke)
            raise
        seconds, plain = self._monotonic() - began, unpacked_size(body)
        self._measure(lambda pace: pace.after(len(body), seconds, plain))
        self._count(ask, answer)
        return answer

    @answer.register
    def _(self, ask: asks.SendFlight) -> Sequence[PushAnswer | KnownError]:
        bodies = [_packed(each) for each in ask.batches]
        follows: list[tuple[int, int] | None] = [None]
        follows += [(each.batch[-1].epoch, each.batch[-1].seq) for each in ask.batches[:-1]]
        clients, began = self._clients(len(bodies)), self._monotonic()
        with ThreadPoolExecutor(len(bodies), "push") as threads:
            said = _landed(clients, [threads.submit(_pushed, *each) for each in
                                     zip(clients, bodies, follows, strict=True)])
        seconds = self._monotonic() - began
        if any(isinstance(each, KnownError) and each.code in LINE_BROKE for each in said):
            self._measure(Pace.broke)
        elif all(isinstance(each, PushAnswer) for each in said):
            sent, plain = sum(map(len, bodies)), sum(map(unpacked_size, bodies))
            self._measure(lambda pace: pace.after(sent, seconds, plain))
        for batch, answer in zip(ask.batches, said, strict=True):
            if isinstance(answer, PushAnswer):
                self._count(batch, answer)
        return said

    def _clients(self, count: int) -> Sequence[GatewayClient]:
        """The contact's own connection and as many beside it."""
        own = self.client                              # a new token has closed those beside it
        while len(self._beside) < count - 1:
            self._beside.append(self.connect())
        return own, *self._beside[:count - 1]

    def _measure(self, learn: Callable[[Pace], Pace]) -> None:
        before = self._book.answer(asks.ReadPace())
        after = learn(before)
        if after != before:
            self._book.note_pace(after)

    def _count(self, ask: asks.SendBatch, answer: PushAnswer) -> None:
        is_own = ask.head.device == self._book.counter.device
        for sent, said in zip(ask.batch, answer.items, strict=False):
            if not is_own:
                self._done.offered += said.outcome == Outcome.TAKEN
            elif said.outcome == Outcome.TAKEN:
                self._done.sent += 1
                self._done.set_aside += (sent.epoch, sent.seq) in ask.sealed
            elif said.outcome == Outcome.ALREADY:
                self._done.already += 1

    @answer.register
    def _(self, ask: asks.FetchFeed) -> FeedPage:
        page = self.client.feed(ask.incarnation, ask.position, own_runs=True)
        whole = spelled_out(page, self._book.own_hashes)
        # A run whose end is not as we wrote it: a fork or an older disk, and every single hash matters.
        return whole if whole is not None else self.client.feed(ask.incarnation, ask.position)

    @answer.register
    def _(self, ask: asks.FetchOwn) -> OperationsPage:
        return self.client.own_operations(ask.epoch, ask.after, ask.limit)

    @answer.register
    def _(self, ask: asks.AskEpoch) -> EpochAnswer:
        return self.client.new_epoch(ask.request)

    @answer.register
    def _(self, ask: asks.FetchPackages) -> Sequence[KnownError]:
        troubles: list[KnownError] = []
        self._done.packages += fetch_packages(
            self._book.database, self.client, self._book.counter, tuple(ask.notes), self._clock.now(), troubles
        )
        return troubles


def spelled_out(page: FeedPage, own_hashes: Callable[[str, int, int, int], Sequence[str]]) -> FeedPage | None:
    """The page with each of our own operations alone; None when we do not hold a run just so.

    `own_hashes` gives those of (device, epoch, seq from, seq to), as far as there are any.
    """
    entries: list[Entry] = []
    for each in page.entries:
        if positions_of(each) == 1:
            entries.append(each)
            continue
        body = {name: value for name, value in each.body.items() if name != "seq_to"}
        first, last = each.body["seq"], each.body["seq_to"]
        device, epoch = body.get("device"), body.get("epoch")
        if not isinstance(device, str) or type(epoch) is not int:
            return None
        hashes = own_hashes(device, epoch, first, last)
        if len(hashes) != last - first + 1 or hashes[-1] != body.get("hash"):
            return None
        entries += (
            Entry(each.position + nth, each.kind, each.actor, each.at, {**body, "seq": first + nth, "hash": hash_})
            for nth, hash_ in enumerate(hashes)
        )
    return FeedPage(page.incarnation, page.position, tuple(entries), page.more)


def hello_of(database: Database, counter: Counter, now: datetime, *, with_leases: bool) -> Hello:
    """Who we are and how far, as the book stands."""
    with database.reading() as connection:
        state = courier.contact_state(connection, counter)
        held = courier.held_leases(connection, counter) if with_leases else ()
        grants = held_payloads(connection) if counter.has_sign_in else None
        problems = held_problems(connection)
    head = state.epochs[-1]
    return Hello(
        device=counter.device,
        epoch=counter.epoch,
        head=Head(head.head_seq, head.head_hash) if head.head_seq else None,
        cursor=Cursor(state.cursor.incarnation, state.cursor.position) if state.cursor else None,
        incarnation=state.cursor.incarnation if state.cursor else None,
        app=__version__,
        schemas=SCHEMAS,
        t_wall=wall_text(now),
        lease_usage=tuple(LeaseUsage(*line) for line in state.lease_usage),
        held_leases=tuple(Signed(payload, b64(signature)) for payload, signature in held),
        grants=grants_digest(grants) if grants else None,
        problems=problems_digest(problems),
    )


def wall_text(moment: datetime) -> str:
    """A moment as messages carry it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _packed(ask: asks.SendBatch) -> bytes:
    items = [item_of(each, is_sealed=(each.epoch, each.seq) in ask.sealed) for each in ask.batch]
    return pack(ask.head, items)


def _pushed(client: GatewayClient, body: bytes, follows: tuple[int, int] | None) -> PushAnswer | KnownError:
    try:
        return client.push_packed(body, follows)
    except KnownError as error:
        return error


def _landed(
    clients: Sequence[GatewayClient], flying: Sequence[Future[PushAnswer | KnownError]],
) -> Sequence[PushAnswer | KnownError]:
    """What was said to each. When one is lost, those behind it wait at the province for what does not come: they
    are called back, and share its fate unless they were answered already."""
    said: list[PushAnswer | KnownError] = []
    lost: KnownError | None = None
    for nth, each in enumerate(flying):
        word = each.result()
        if lost is not None and isinstance(word, KnownError):
            word = lost                            # what they heard is only that we cut them
        elif isinstance(word, KnownError):
            lost = word
            for client in clients[nth + 1:]:
                client.cut()
        said.append(word)
    return said


def item_of(each: Waiting, *, is_sealed: bool) -> Item:
    """An operation as it travels."""
    if is_sealed:
        return SealedItem(each.payload.encode(), each.signature, each.epoch, each.seq, _prev(each.payload))
    return PlainItem(each.payload, each.signature)


def _prev(payload: str) -> str | None:
    """What it follows, where that can be read from it."""
    try:
        return read(payload).prev
    except ValueError:
        return None


def _check_moment(text: str) -> None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise TryLater("answer_unreadable", where="server_time", what="not_a_moment") from error
    if moment.tzinfo is None:
        raise TryLater("answer_unreadable", where="server_time", what="no_zone")
