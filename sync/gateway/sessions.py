"""Who asks: a bearer token names one (device, epoch). Tokens are kept as hashes only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, select

from sync.contract.problems import Code
from sync.gateway.problem import ProblemRaised
from sync.gateway.tables import devices, epochs


@dataclass(frozen=True, slots=True)
class Session:
    """A counter that showed a token we gave."""

    device: str
    epoch: int
    office: str
    counter: str
    current_epoch: int

    @property
    def is_stale(self) -> bool:
        """Its place was taken by a newer epoch of the same counter."""
        return self.epoch != self.current_epoch

    def refuse_stale(self) -> None:
        if self.is_stale:
            raise ProblemRaised(Code.STALE_EPOCH, 409, epoch=self.epoch, current_epoch=self.current_epoch)


def token_hash(token: str) -> bytes:
    """Plain SHA-256 does: a token is 256 random bits, there is nothing to guess."""
    return hashlib.sha256(token.encode()).digest()


def bearer(header: str | None) -> str:
    """The token of an Authorization header. Raises ProblemRaised `not_enrolled`."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token or not token.isascii() or len(token) > 200:
        raise ProblemRaised(Code.NOT_ENROLLED, 401)
    return token


def session_of(connection: Connection, token: str) -> Session:
    """Raises ProblemRaised `not_enrolled` or `device_revoked`."""
    row = connection.execute(
        select(epochs.c.device, epochs.c.epoch, devices.c.office, devices.c.counter, devices.c.current_epoch,
               devices.c.revoked_upto)
        .join(devices, devices.c.id == epochs.c.device)
        .where(epochs.c.token_hash == token_hash(token))
    ).one_or_none()
    if row is None:
        raise ProblemRaised(Code.NOT_ENROLLED, 401)
    if row.epoch <= row.revoked_upto:
        raise ProblemRaised(Code.DEVICE_REVOKED, 403)
    return Session(row.device, row.epoch, row.office, row.counter, row.current_epoch)
