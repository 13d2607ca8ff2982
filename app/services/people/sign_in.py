"""Signing in without a line: one try at a time, counted before it is judged, slow on purpose.

    sign_ins = SignIns(database, TryFile(…), book_key, clock, randomness)     one for the life of a program
    sign_ins.sign_in(counter, "nv-1", "her secret")                           not in the GUI thread

Journalled is what changes who may act here: a first or another secret, a lock, its end, and that another clerk
works here now. The same clerk who comes back from a cup of tea is no line: each act bears its author anyway.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from app.clock import Clock
from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Type
from app.domain.people.grant import Grant, Standing
from app.domain.people.lockout import is_locked, left_to_wait, tries_left
from app.domain.people.roles import Act
from app.domain.people.secret import read_code, read_secret, secret_fault
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.people.rights import require
from app.services.people.tries import Kept, count_wrong, keep, note_wrong, read_kept
from app.services.people.verifier import TODAY, Cost, is_cheap, is_code, is_secret, make_verifier, pepper_of
from app.store import journal as book
from app.store.database import Database
from app.store.settings import read_setting, write_setting
from app.store.tries import TryFile

ACTING = "acting_clerk"
"""Setting: id of who signed in last."""


class What(StrEnum):
    """`what` of an operation `sign_in.noted`; data, so a name keeps its meaning."""

    IN = "in"
    SECRET_SET = "secret_set"
    LOCKED = "locked"
    UNLOCKED = "unlocked"


class Asks(StrEnum):
    """What a clerk is asked for at this counter."""

    SECRET = "secret"
    CODE = "code"                  # her personal code, and a secret that she chooses
    NOTHING = "nothing"            # she cannot sign in: no grant that holds, or no code was made out for her


@dataclass(frozen=True, slots=True)
class State:
    """How one clerk stands before a try. `wait` in whole seconds."""

    clerk: Clerk
    asks: Asks
    standing: Standing
    wait: int
    is_locked: bool
    may_unlock: bool


class SignIns:
    """Remembers when a secret was last wrong, by a clock that nobody sets; after a start everybody waits anew."""

    def __init__(
        self, database: Database, beside: TryFile, book_key: bytes, clock: Clock, randomness: Randomness,
        cost: Cost = TODAY,
    ) -> None:
        self._database, self._beside, self._clock, self._randomness = database, beside, clock, randomness
        self._pepper, self._cost = pepper_of(book_key), cost
        self._since: dict[str, float] = {}         # the last wrong try
        self._seen: dict[str, int] = {}            # how many there were then
        self._started = clock.monotonic()
        self._lock = threading.Lock()              # a second try waits for the first one's judgement

    def states(self, counter: Counter) -> tuple[State, ...]:
        """Everybody for whom the province says anything, in the order of the office's list."""
        with self._database.reading() as connection:
            return tuple(self._state(connection, counter, clerk) for clerk in counter.clerks)

    def sign_in(self, counter: Counter, clerk_id: str, secret: str) -> None:
        """She is who she says, and works here from now on.

        Raises `secret_wrong` {left}, `sign_in_wait` {seconds, name}, `sign_in_locked` {name},
        `personal_code_needed` {name}, `personal_code_missing` {name}, `grant_…` {name}, `clerk_unknown`.
        """
        self._prove(counter, clerk_id, secret, self._note_in)

    def confirm(self, counter: Counter, clerk_id: str, secret: str, act: Act) -> None:
        """She stands by as the second person and may do `act`; who works here stays. Raises as `sign_in`, and
        `act_not_allowed` {act, name} before a try is counted."""
        with self._database.reading() as connection:
            require(connection, counter, counter.clerk(clerk_id), act, self._clock.now())
        self._prove(counter, clerk_id, secret, lambda *_: None)

    def take_up(self, counter: Counter, clerk_id: str, code: str, secret: str) -> None:
        """Begin with the personal code and a secret of her own; she works here from now on.

        Raises what `secret_fault` names before a try is counted, `personal_code_wrong` {left},
        `personal_code_used` {name}, and as `sign_in`.
        """
        clerk = counter.clerk(clerk_id)
        self._refuse_bad(clerk, secret, code)
        grant = self._grant(counter, clerk)
        with self._database.reading() as connection:
            if read_kept(connection, clerk_id).serial >= grant.serial > 0:
                raise Refusal("personal_code_used", name=clerk.name)
        if not grant.activation:
            raise Refusal("personal_code_missing", name=clerk.name)
        with self._lock:
            self._try(counter, clerk, grant.serial, lambda: is_code(code, grant.activation), "personal_code_wrong")
            verifier = make_verifier(secret, self._pepper, self._cost, self._randomness)
            with self._database.writing() as connection:
                note_wrong(connection, self._beside, clerk_id, grant.serial, 0, grant.made)
                keep(connection, clerk_id, replace(read_kept(connection, clerk_id), serial=grant.serial,
                                                   verifier=verifier))
                self._note(connection, counter, clerk, What.SECRET_SET, clerk)
                self._note_in(connection, counter, clerk)

    def change_secret(self, counter: Counter, clerk_id: str, secret: str, wanted: str) -> None:
        """Another secret for who knows the old one. Raises as `take_up` and `sign_in`."""
        clerk = counter.clerk(clerk_id)
        self._refuse_bad(clerk, wanted, secret)

        def change(connection: Connection, counter: Counter, clerk: Clerk) -> None:
            kept = read_kept(connection, clerk.id)
            keep(connection, clerk.id, replace(kept, verifier=verifier))
            self._note(connection, counter, clerk, What.SECRET_SET, clerk)

        verifier = make_verifier(wanted, self._pepper, self._cost, self._randomness)
        self._prove(counter, clerk_id, secret, change)

    def unlock(self, counter: Counter, lead_id: str, secret: str, clerk_id: str) -> None:
        """A shift lead lets a clerk try again. Raises as `confirm`, for the lead."""
        clerk, lead = counter.clerk(clerk_id), counter.clerk(lead_id)
        self.confirm(counter, lead_id, secret, Act.UNLOCK)
        with self._lock, self._database.writing() as connection:
            note_wrong(connection, self._beside, clerk_id, self._serial(connection, counter, clerk), 0)
            self._note(connection, counter, lead, What.UNLOCKED, clerk)
            self._seen[clerk_id] = 0

    def sit_down(self, counter: Counter, clerk_id: str) -> None:
        """She has just proved herself (`confirm`) to take the shift over, and works here from now on."""
        with self._database.writing() as connection:
            self._note_in(connection, counter, counter.clerk(clerk_id))

    def was_used(self) -> bool:
        """Whether somebody has typed a secret on this machine, by the file beside the keys."""
        return self._beside.read() is not None

    def used_with(self) -> date | None:
        """The province's day of the newest grant with which somebody did, by the same file."""
        return self._beside.used_with()

    def acting(self) -> str:
        """Id of who signed in last; "" before anybody has."""
        with self._database.reading() as connection:
            return str(read_setting(connection, ACTING, ""))

    # inside

    def _prove(
        self, counter: Counter, clerk_id: str, secret: str, then: Callable[[Connection, Counter, Clerk], None],
    ) -> None:
        clerk = counter.clerk(clerk_id)
        grant = self._grant(counter, clerk)
        with self._database.reading() as connection:
            kept = read_kept(connection, clerk_id)
        if grant.serial > kept.serial or not kept.verifier:
            raise Refusal("personal_code_needed" if grant.activation else "personal_code_missing", name=clerk.name)
        with self._lock:
            self._try(counter, clerk, kept.serial, lambda: is_secret(secret, kept.verifier, self._pepper),
                      "secret_wrong")
            renewed = self._renewed(kept, secret)
            with self._database.writing() as connection:
                note_wrong(connection, self._beside, clerk_id, kept.serial, 0, grant.made)
                if renewed is not kept:
                    keep(connection, clerk_id, replace(read_kept(connection, clerk_id), verifier=renewed.verifier))
                then(connection, counter, clerk)

    def _try(self, counter: Counter, clerk: Clerk, serial: int, judge: Callable[[], bool], refusal: str) -> None:
        """Returns when `judge` says yes; the count is the caller's to take back."""
        with self._database.writing() as connection:
            before = count_wrong(connection, self._beside, clerk.id, serial)
            self._refuse_waiting(clerk, before)
            wrong = before + 1
            note_wrong(connection, self._beside, clerk.id, serial, wrong)
        if judge():
            self._seen[clerk.id] = 0
            return
        self._seen[clerk.id], self._since[clerk.id] = wrong, self._clock.monotonic()
        if is_locked(wrong):
            with self._database.writing() as connection:
                self._note(connection, counter, None, What.LOCKED, clerk)
            raise Refusal("sign_in_locked", name=clerk.name)
        raise Refusal(refusal, left=tries_left(wrong))

    def _refuse_waiting(self, clerk: Clerk, wrong: int) -> None:
        if is_locked(wrong):
            raise Refusal("sign_in_locked", name=clerk.name)
        wait = self._wait(clerk.id, wrong)
        if wait:
            raise Refusal("sign_in_wait", seconds=wait, name=clerk.name)

    def _wait(self, clerk_id: str, wrong: int) -> int:
        if self._seen.setdefault(clerk_id, wrong) != wrong:        # counted by another window of this book
            self._seen[clerk_id], self._since[clerk_id] = wrong, self._clock.monotonic()
        return left_to_wait(wrong, self._clock.monotonic() - self._since.get(clerk_id, self._started))

    def _state(self, connection: Connection, counter: Counter, clerk: Clerk) -> State:
        rights = counter.rights(clerk)
        standing = Standing.GOOD if rights is None else rights.on(today_at_counter(connection, self._clock.now()))
        kept, grant = read_kept(connection, clerk.id), _grant_of(counter, clerk)
        asks = Asks.NOTHING
        if standing is Standing.GOOD and grant is not None:
            if kept.verifier and kept.serial >= grant.serial:
                asks = Asks.SECRET
            elif grant.activation:
                asks = Asks.CODE
        serial = kept.serial if asks is Asks.SECRET or grant is None else grant.serial
        wrong = count_wrong(connection, self._beside, clerk.id, serial)
        may_unlock = rights is not None and asks is Asks.SECRET and Act.UNLOCK in rights.acts
        return State(clerk, asks, standing, self._wait(clerk.id, wrong), is_locked(wrong),
                     may_unlock and not is_locked(wrong))

    def _grant(self, counter: Counter, clerk: Clerk) -> Grant:
        """Hers, holding today. Raises `grant_…` {name}."""
        with self._database.reading() as connection:
            require(connection, counter, clerk, Act.SIGN_IN, self._clock.now())
        grant = _grant_of(counter, clerk)
        if grant is None:
            raise Refusal("grant_missing", name=clerk.name)
        return grant

    def _serial(self, connection: Connection, counter: Counter, clerk: Clerk) -> int:
        """Of the secret or code that she is asked for."""
        grant = _grant_of(counter, clerk)
        return max(read_kept(connection, clerk.id).serial, grant.serial if grant is not None else 0)

    def _renewed(self, kept: Kept, secret: str) -> Kept:
        if not is_cheap(kept.verifier, self._cost):
            return kept
        return replace(kept, verifier=make_verifier(secret, self._pepper, self._cost, self._randomness))

    def _refuse_bad(self, clerk: Clerk, secret: str, other: str) -> None:
        fault = secret_fault(secret, (clerk.id, clerk.name, *clerk.accounts.values()))
        if fault:
            raise Refusal(fault)
        if read_secret(secret) == read_secret(other) or read_code(secret) == read_code(other):
            raise Refusal("secret_same")

    def _note_in(self, connection: Connection, counter: Counter, clerk: Clerk) -> None:
        if read_setting(connection, ACTING, "") != clerk.id:
            write_setting(connection, ACTING, clerk.id)
            self._note(connection, counter, clerk, What.IN, clerk)

    def _note(self, connection: Connection, counter: Counter, by: Clerk | None, what: What, about: Clerk) -> None:
        """One line. A book that may write none (it is an older one) keeps nobody from her form for that."""
        now = self._clock.now()
        event_id = uuid7(now, self._randomness)
        with suppress(Refusal):
            book.append(connection, counter.author(by), book.Event(
                op_id=event_id, type=Type.SIGN_IN_NOTED, intent=event_id, now=now,
                business_date=today_at_counter(connection, now),
                body={"what": str(what), "clerk": about.id, "clerk_name": about.name,
                      "by_name": by.name if by is not None else ""},
            ))


def _grant_of(counter: Counter, clerk: Clerk) -> Grant | None:
    return counter.granted.good.get(clerk.id) if counter.granted is not None else None
