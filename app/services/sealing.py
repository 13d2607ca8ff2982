"""The seal over the book at every start and across an upgrade: what it does not explain is told ever after.

    sealing.look(database)         before anybody writes;      sealing.tell(database, now)     soon after
    before = sealing.before_steps(connection);  …;  sealing.after_steps(connection, before, now)

An edit is not looked for here, that takes as long as reading the book: the nightly look and the verifier do it.
Here is seen in an instant that the book has had fewer commits than the witness beside the keys counted, that the
witness or the secret is gone, that a book without a seal stands where one had been. Each is a line in the seal's
story, with how far the journal's witness knew the journal then: once those operations are back, the line is no
fault any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, inspect

from app.store.database import Database
from app.store.sealing.marks import SEAL
from app.store.sealing.seals import Seal, Seals
from app.store.sealing.witness import Sealed
from app.store.witness import LocalWitness


class Why(StrEnum):
    """Why a line stands in the story of the seal; data, so a name keeps its meaning."""

    BEGUN = "begun"                            # the first seal of this book
    BEGUN_AGAIN = "begun_again"                # a book without a seal, though this machine had sealed one
    UPGRADED = "upgraded"
    OLDER = "older"                            # the witness counted more commits
    WITNESS_MISSING = "witness_missing"
    SECRET_MISSING = "secret_missing"


@dataclass(frozen=True, slots=True)
class BeforeSteps:
    """How the seal stood before an upgrade: `broken` tables, and why it cannot simply go on."""

    broken: tuple[str, ...]
    why: Why
    values: dict[str, Any]


class Sealing:
    """The seal of one book, and the witness of its journal."""

    def __init__(self, seals: Seals, journal: LocalWitness) -> None:
        self.seals, self._journal = seals, journal
        self._told: tuple[Why, dict[str, Any]] | None = None

    def look(self, database: Database) -> None:
        """What speaks against this book, before anything is written; from now on every commit is sealed."""
        with database.reading() as connection:
            self._told = self._found(self.seals.read(connection))
        database.seal_with(self.seals)

    def tell(self, database: Database, now: datetime) -> None:
        """Into the story with what was found; from now on the witness is told of every commit."""
        if self._told is not None:
            with database.writing() as connection:
                self._set_right(connection, *self._told, now)
        with database.reading() as connection:
            seal = self.seals.read(connection)
        if seal is not None and self.seals.is_ours(seal):
            self._bear_witness(Sealed(seal.generation, seal.tag))
        self.seals.bears_witness = True

    def before_steps(self, connection: Connection) -> BeforeSteps:
        """What an upgrade must not cover up. Reads every row of a book that has a seal."""
        has_seal = inspect(connection).has_table(SEAL)
        seal = self.seals.read(connection) if has_seal else None
        why, values = self._found(seal) or (Why.UPGRADED, {})
        is_known = seal is not None and not self.seals.is_new
        return BeforeSteps(self.seals.broken(connection) if is_known else (), why, values)

    def after_steps(self, connection: Connection, before: BeforeSteps, now: datetime) -> None:
        """Every row sealed as the steps left it."""
        self.seals.begin(connection, self._line(before.why, now, {**before.values, "broken": list(before.broken)}))

    # inside

    def _found(self, seal: Seal | None) -> tuple[Why, dict[str, Any]] | None:
        """Why the seal cannot simply go on; None when it can, or when it is not ours and stays as it is."""
        if seal is None:
            return (Why.BEGUN if self.seals.is_new else Why.BEGUN_AGAIN), {}
        if not self.seals.is_ours(seal):
            return (Why.SECRET_MISSING, {}) if self.seals.is_new else None
        known = self.seals.witness.read()
        if known is None:
            return None if self.seals.is_new else (Why.WITNESS_MISSING, {})        # sealed by the upgrade just now
        if known.generation > seal.generation or (
            known.generation == seal.generation and known.tag != seal.tag
        ):
            return Why.OLDER, {"generation": seal.generation, "witnessed": known.generation}
        return None

    def _set_right(self, connection: Connection, why: Why, values: dict[str, Any], now: datetime) -> None:
        """In the write lock, so that of two programs that start at once one finds it done."""
        seal = self.seals.read(connection)
        is_ours = seal is not None and self.seals.is_ours(seal)
        if seal is not None and is_ours and why not in (Why.OLDER, Why.WITNESS_MISSING):
            return
        line = self._line(why, now, values)
        if seal is None or not is_ours:
            self.seals.begin(connection, line)
        elif seal.beginnings[-1:] != [line]:
            self.seals.go_on(connection, seal, line)

    def _bear_witness(self, sealed: Sealed) -> None:
        known = self.seals.witness.read()
        if known is None:
            try:
                self.seals.witness.begin(sealed)
            except OSError:
                return                             # told at the next start
        elif known != sealed:
            self.seals.witness.note(sealed)

    def _line(self, why: Why, now: datetime, values: dict[str, Any]) -> dict[str, Any]:
        known = self._journal.read()
        head = None if known is None else [known[1].epoch, known[1].seq, known[1].hash]
        return {"at": now.isoformat(), "why": str(why), "known": head, **values}
