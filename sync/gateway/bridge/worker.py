"""One round of the bridge: read what is new, say what is due, hear what is asked for.

No transaction is open while the line is waited for. What is done is committed before the next question: killed
anywhere, the next round finds a row that says what may have been sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from sync.gateway.bridge import queue as rows
from sync.gateway.bridge.configuration import Configuration, Progress
from sync.gateway.bridge.conversation import (
    Ask,
    Conversation,
    Doubt,
    KeepRows,
    LookUp,
    Lost,
    Outcome,
    Reply,
    Result,
    Said,
    Tell,
    tell_dossier,
    tell_progress,
)
from sync.gateway.bridge.dossier import Dossier
from sync.gateway.bridge.dossier_message import Message, dossier_message
from sync.gateway.bridge.figures import note
from sync.gateway.bridge.files_arrived import note_lacking, queue_completed
from sync.gateway.bridge.heard import ask_back
from sync.gateway.bridge.line import Line, LoginRefused
from sync.gateway.bridge.material import read_dossier
from sync.gateway.bridge.progress_message import progress_rows, unsent
from sync.gateway.bridge.queue import DOSSIER, Claimed
from sync.gateway.bridge.reading import read_offices
from sync.gateway.bridge.values import Unsayable, digest
from sync.gateway.database import Database
from sync.gateway.logs import say, say_fault
from sync.gateway.times import Clock, stamp

MOST_FAILURES = 3
"""Lost answers in a row after which a round ends: it is the line, not the dossier."""
_TURNS_IN_A_CLAIM = 8


@dataclass(slots=True)
class Round:
    """What one round did. `trouble`: why it ended before everything was said, "" when it did not."""

    read: int = 0
    done: Counter[str] = field(default_factory=Counter)
    posted: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Bridge:
    """What a round works with. `mint` gives a name that no other claim has."""

    database: Database
    line: Line
    configuration: Configuration
    clock: Clock
    mint: Callable[[], str]

    def run(self, should_stop: Callable[[], bool] = lambda: False) -> Round:
        """Until nothing is due, the line fails, or it is told to stop."""
        done = Round()
        done.read = read_offices(self.database, stamp(self.clock()))
        with self.database.writing() as connection:
            queue_completed(connection, stamp(self.clock()))
        try:
            self._say_what_is_due(done, should_stop)
            if not done.trouble and not should_stop():
                heard = ask_back(self.database, self.line, self.configuration, self.clock)
                done.posted = heard.posted
                done.trouble = "line" if heard.is_line_down else ""
        except LoginRefused as refused:
            done.trouble = "login_refused"
            say("bridge_login_refused", code=refused.code)
        with self.database.writing() as connection:
            note(connection, "trouble", stamp(self.clock()), done.trouble)
        return done

    def _say_what_is_due(self, done: Round, should_stop: Callable[[], bool]) -> None:
        failures = 0
        seconds = self.configuration.timeout_seconds * _TURNS_IN_A_CLAIM + 60
        while not should_stop():
            with self.database.writing() as connection:
                claimed = rows.claim(connection, self.clock(), seconds, self.mint())
            if claimed is None:
                return
            outcome = self._say_one(claimed)
            done.done[outcome.result] += 1
            failures = failures + 1 if outcome.result is Result.LATER else 0
            if failures >= MOST_FAILURES:
                done.trouble = f"line_{outcome.reason}"
                return

    def _say_one(self, claimed: Claimed) -> Outcome:
        try:
            with self.database.reading() as connection:
                prepared = _prepare(connection, claimed, self.configuration)
        except Unsayable as error:
            reason = f"{error.reason} {error.where}".strip()
            prepared = Outcome(Result.REFUSED, reason, is_unsure=claimed.is_unsure)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # A fault in telling one dossier must not keep ten thousand others from being told.
            say_fault(claimed.key, error)
            prepared = Outcome(Result.REFUSED, "not_told", is_unsure=claimed.is_unsure)
        if isinstance(prepared, Outcome):
            with self.database.writing() as connection:
                _settle_unsent(connection, claimed, self.clock(), prepared)
            return prepared
        try:
            outcome = self._converse(claimed, prepared.conversation)
        except LoginRefused:
            with self.database.writing() as connection:
                rows.settle_unsent(connection, claimed, self.clock(), Outcome(
                    Result.LATER, "login_refused", is_unsure=claimed.is_unsure))
            raise
        with self.database.writing() as connection:
            if outcome.result is Result.SENT:
                self._settle(connection, claimed, prepared, outcome)
            else:
                _settle_unsent(connection, claimed, self.clock(), outcome)
        return outcome

    def _converse(self, claimed: Claimed, conversation: Conversation) -> Outcome:
        reply: Reply = None
        while True:
            try:
                ask = conversation.send(reply)
            except StopIteration as ended:
                outcome: Outcome = ended.value
                return outcome
            reply = self._do(claimed, ask)
            if reply is None and isinstance(ask, Doubt):
                conversation.close()
                return Outcome(Result.LATER, "claim_lost", is_unsure=True)

    def _do(self, claimed: Claimed, ask: Ask) -> Reply:
        """The reply; for a Doubt that was written down an empty Said."""
        if isinstance(ask, Doubt):
            with self.database.writing() as connection:
                is_ours = rows.note_doubt(connection, claimed)
            return Said("", "") if is_ours else None
        if isinstance(ask, KeepRows):
            with self.database.writing() as connection:
                rows.keep_rows(connection, claimed, ask.digests)
            return None
        reply = self.line.ask(ask)
        at = stamp(self.clock())
        is_lost = isinstance(reply, Lost)
        code, words = (reply.reason, "") if isinstance(reply, Lost) else (reply.code, reply.text)
        with self.database.writing() as connection:
            rows.keep_exchange(connection, claimed, ask.name, at, "lost" if is_lost else "answered", code, words,
                               _digest_of(ask))
            if not is_lost:
                note(connection, "last_answer", at, code)
        return reply

    def _settle(self, connection: Connection, claimed: Claimed, said: _Prepared, outcome: Outcome) -> None:
        at, message = stamp(self.clock()), said.message
        if claimed.service != DOSSIER or message is None:
            rows.settle_sent(connection, claimed, at, answer=outcome.answer, is_news=said.is_news)
            return
        rows.settle_sent(connection, claimed, at, code=message.code, digest=message.digest, status=message.status,
                         cuts=message.cuts, answer=outcome.answer, is_news=said.is_news)
        note_lacking(connection, claimed.key)
        if self.configuration.progress != Progress.OFF:
            rows.begin_progress(connection, claimed.key, at)
        if message.cuts and said.is_news:
            say("bridge_cut", dossier=claimed.key, fields=list(message.cuts))


@dataclass(frozen=True, slots=True)
class _Prepared:
    conversation: Conversation
    message: Message | None = None
    is_news: bool = True


def _prepare(connection: Connection, claimed: Claimed, configuration: Configuration) -> _Prepared | Outcome:
    """Raises Unsayable."""
    dossier = read_dossier(connection, claimed.key)
    if claimed.service == DOSSIER:
        return _prepare_dossier(dossier, claimed, configuration)
    chunks = unsent(progress_rows(dossier, configuration), claimed.sent_rows)
    conversation = tell_progress(
        dossier.code_there(configuration), chunks, configuration.answers, is_unsure=claimed.is_unsure)
    return _Prepared(conversation, is_news=bool(chunks))


def _prepare_dossier(dossier: Dossier, claimed: Claimed, configuration: Configuration) -> _Prepared | Outcome:
    message = dossier_message(dossier, configuration)
    if claimed.code is not None and claimed.code != message.code:
        return Outcome(Result.REFUSED, "code_changed", is_unsure=claimed.is_unsure)
    if claimed.sent_digest == message.digest and not claimed.is_unsure:
        return _Prepared(_nothing_new(), message, is_news=False)
    return _Prepared(tell_dossier(
        message, configuration.answers, is_there=claimed.code is not None, is_unsure=claimed.is_unsure,
        is_filed_there=bool(dossier.national_code),
    ), message)


def _nothing_new() -> Conversation:
    """They have all of it: what happened since does not show in the message."""
    yield from ()
    return Outcome(Result.SENT)


def _settle_unsent(connection: Connection, claimed: Claimed, now: datetime, outcome: Outcome) -> None:
    rows.settle_unsent(connection, claimed, now, outcome)
    event = "bridge_refused" if outcome.result is Result.REFUSED else "bridge_later"
    say(event, dossier=claimed.key, service=claimed.service, reason=outcome.reason)


def _digest_of(ask: Ask) -> str:
    match ask:
        case LookUp():
            return digest(ask.code)
        case Tell():
            return ask.message.digest
        case _:
            return digest([dict(row) for row in getattr(ask, "rows", ())])
