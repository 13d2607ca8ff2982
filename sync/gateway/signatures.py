"""Who signed a request, whether it had to be signed, and that it comes once.

The signature stands beside the token, never in its place: what a token may do is decided in the path's own
transaction (`sessions`). A token belongs to one (device, epoch) with one key for ever, so what is known of one
that signs is remembered in the process; whether it may still speak is not.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, and_, delete, func, select

from sync.contract.signatures import (
    ALWAYS,
    SIGNATURE,
    SIGNATURE_INPUT,
    WINDOW_SECONDS,
    Asked,
    SignatureCode,
    SignatureNote,
    covered_of,
    read_input,
    read_signature,
    signed_text,
)
from sync.gateway.database import Database, insert_new
from sync.gateway.problem import ProblemRaised
from sync.gateway.sessions import token_hash
from sync.gateway.signature_tables import nonces, signers, signing_began
from sync.gateway.tables import epochs
from sync.gateway.times import stamp

KEPT_SECONDS = 2 * WINDOW_SECONDS
"""Of a nonce: one window would do if the clocks of all gateway machines agreed to the second."""

_REMEMBERED = 4_096
_SWEEP_SECONDS = 60


class Rule(StrEnum):
    """Who must sign. In all of them: a counter that has signed once never speaks unsigned again."""

    ALL = "all"
    NEW = "new"                                    # epochs begun since this database knows signatures
    KNOWN = "known"                                # nobody else: while counters of before are still being enrolled


@dataclass(frozen=True, slots=True)
class Signer:
    """A (device, epoch) that holds a token. `is_new`: begun since this database knows signatures (`Rule.NEW`)."""

    device: str
    epoch: int
    public_key: bytes
    has_signed: bool
    is_new: bool


@dataclass
class Signatures:
    """The rule of one process; safe to ask from several threads."""

    database: Database
    rule: Rule
    _known: dict[bytes, Signer] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _swept_at: float = 0.0

    def admit(self, token: str, asked: Asked, now: datetime) -> str | None:
        """The Content-Digest that the body must have; None for a request that need not be signed.

        Raises ProblemRaised `signature_missing`, `signature_wrong`, `clock_differs`, `request_replayed`. A token
        that nobody has is passed on: the path says so.
        """
        signer = self._signer(token)
        if signer is None:
            return None
        if SIGNATURE.lower() not in asked.headers and SIGNATURE_INPUT.lower() not in asked.headers:
            if signer.has_signed or self.rule is Rule.ALL or (self.rule is Rule.NEW and signer.is_new):
                raise ProblemRaised(SignatureCode.MISSING, 401)
            return None
        note = check_signature(asked, signer)
        moment = int(now.timestamp())
        if abs(moment - note.created) > WINDOW_SECONDS:
            raise ProblemRaised(SignatureCode.CLOCK_DIFFERS, 401, server_time=stamp(now))
        with self.database.writing() as connection:
            _spend(connection, signer, note, stamp(now))
        if not signer.has_signed:
            self._remember(token, Signer(signer.device, signer.epoch, signer.public_key, True, signer.is_new))
        self._sweep(moment)
        return asked.headers["content-digest"]

    def _signer(self, token: str) -> Signer | None:
        known = self._known.get(token_hash(token))
        if known is not None:
            return known
        with self.database.reading() as connection:
            found = signer_of(connection, token)
        if found is not None and found.has_signed:             # of the others, another process may know more
            self._remember(token, found)
        return found

    def _remember(self, token: str, signer: Signer) -> None:
        with self._lock:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[token_hash(token)] = signer

    def _sweep(self, moment: int) -> None:
        with self._lock:
            if moment - self._swept_at < _SWEEP_SECONDS:
                return
            self._swept_at = moment
        with self.database.writing() as connection:
            connection.execute(delete(nonces).where(nonces.c.created < moment - KEPT_SECONDS))


def signer_of(connection: Connection, token: str) -> Signer | None:
    """Whose token it is."""
    row = connection.execute(
        select(epochs.c.device, epochs.c.epoch, epochs.c.public_key, epochs.c.started_at, signers.c.since,
               select(func.max(signing_began.c.after)).scalar_subquery().label("began"))
        .outerjoin(signers, and_(signers.c.device == epochs.c.device, signers.c.epoch == epochs.c.epoch))
        .where(epochs.c.token_hash == token_hash(token))
    ).one_or_none()
    if row is None:
        return None
    return Signer(row.device, row.epoch, bytes(row.public_key), row.since is not None, row.started_at > row.began)


def check_signature(asked: Asked, signer: Signer) -> SignatureNote:
    """What the signer says of this request, when its key signed all that the request means.

    Raises ProblemRaised `signature_wrong`; {what} tells the operator's log which rule, never which bytes.
    """
    try:
        note = read_input(asked.headers.get(SIGNATURE_INPUT.lower(), ""))
        signature = read_signature(asked.headers.get(SIGNATURE.lower(), ""))
        text = signed_text(asked, note)
    except ValueError as error:
        raise _wrong(str(error)) from error
    if (note.device, note.epoch) != (signer.device, signer.epoch):
        raise _wrong("keyid")
    if not {*covered_of(asked), *ALWAYS} <= set(note.covered):
        raise _wrong("not_covered")
    try:
        Ed25519PublicKey.from_public_bytes(signer.public_key).verify(signature, text)
    except InvalidSignature as error:
        raise _wrong("key") from error
    return note


def _wrong(what: str) -> ProblemRaised:
    return ProblemRaised(SignatureCode.WRONG, 401, what=what[:64])


def _spend(connection: Connection, signer: Signer, note: SignatureNote, at: str) -> None:
    if connection.dialect.name == "postgresql":
        # Not waited for: what a power cut loses is a moment in which a request could be said again, and every
        # request is one that may be (that is how counters survive lost answers).
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
    if not insert_new(connection, nonces, device=signer.device, nonce=note.nonce, created=note.created):
        raise ProblemRaised(SignatureCode.REPLAYED, 401)
    if not signer.has_signed:
        insert_new(connection, signers, device=signer.device, epoch=signer.epoch, since=at)
