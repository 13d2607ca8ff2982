"""The running seal of an open book: kept in the same transaction as each change, never mended where it is broken.

    seals.arm(connection)        before a transaction begins: from now on this connection reports what it changes
    seals.settle(connection)     at its end, before the commit: the sums take it in
    seals.note(sealed)           after the commit: so do the witness's slots

What a transaction, a savepoint or a failed statement takes back, it takes back of the report too: the report is a
table of the connection's own. A seal whose tag is not ours is left as it stands, so that nothing written later
makes an edit fit.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from app.store.prepared import run_text
from app.store.sealing.marks import (
    MODULUS,
    SEAL,
    SIZE,
    SealedTable,
    change_under,
    mark_under,
    sealed_tables,
    shape_of,
    sums_of,
    written,
)
from app.store.sealing.witness import Sealed, SealWitness

_ARMED, _SEALED = "reports its rows", "seal of this transaction"
_ONE = 8 + SIZE
_ROWS, _TAG = 1 << 64, 32
_STORY = 20
"""Beginnings that are remembered."""
_READ = f"SELECT generation, names, sums, shape, story, tag FROM main.{SEAL} WHERE id = 1"
_READ_TAG = f"SELECT tag FROM main.{SEAL} WHERE id = 1"
_WRITE = f"UPDATE main.{SEAL} SET generation = ?, sums = ?, tag = ? WHERE id = 1"


@dataclass(frozen=True, slots=True)
class Seal:
    """As it stands in the book."""

    generation: int
    names: str
    sums: bytes
    shape: str
    story: str
    tag: bytes

    @property
    def beginnings(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = json.loads(self.story)
        return told


class Seals:
    """`is_new`: the secret was made just now; whatever seal the book has is not of it. `bears_witness`: once what
    the witness said at the start has been told."""

    def __init__(self, key: bytes, witness: SealWitness, *, is_new: bool) -> None:
        self.witness, self.is_new = witness, is_new
        self.bears_witness = False
        self._known: Seal | None = None            # that we wrote last
        self._mark = mark_under(key)
        self._change = change_under(self._mark)
        self._tag_key = hmac.digest(key, b"quay-mot-cua seal", "sha256")
        self._lasting: tuple[tuple[str, ...], Any] = (), None

    # with each commit

    def arm(self, connection: Connection) -> None:
        """Let this connection report each row it changes. Outside of a transaction; nothing for a book without a
        seal."""
        if self.is_to_arm(connection):
            self._arm(connection)

    def is_to_arm(self, connection: Connection) -> bool:
        """Whether the book has a seal and this connection does not report yet: another program may have sealed it
        just now."""
        if connection.info.get(_ARMED) is self:
            return False
        driver = _driver(connection)
        named = driver.execute(f"SELECT 1 FROM main.sqlite_master WHERE name = '{SEAL}'").fetchone()
        return named is not None and driver.execute(_READ_TAG).fetchone() is not None

    def _arm(self, connection: Connection) -> None:
        driver = _driver(connection)
        driver.create_function("seal_mark", -1, self._mark, deterministic=True)
        driver.create_function("seal_change", -1, self._change, deterministic=True)
        run_text(connection, "BEGIN")
        run_text(connection, "CREATE TEMP TABLE IF NOT EXISTS seal_log (name, rows, mark)")
        for table in sealed_tables(driver):
            for verb in _REPORTS:
                run_text(connection, _trigger(table, verb))
        run_text(connection, "COMMIT")
        connection.info[_ARMED] = self

    def settle(self, connection: Connection) -> None:
        """Take what was reported into the seal; nothing where the seal is not ours.

        In the middle of a long transaction too: what was reported so far need not be remembered any more.
        """
        if connection.info.get(_ARMED) is not self:
            return
        driver = _driver(connection)
        log = driver.execute("SELECT name, rows, mark FROM seal_log WHERE mark IS NOT NULL").fetchall()
        if not log:
            return
        driver.execute("DELETE FROM seal_log")
        seal = self._read_ours(connection)
        if seal is None:
            return
        sums, places = bytearray(seal.sums), _places(seal.names)
        for name, rows, mark in log:
            at = places[name] * _ONE
            held, more = int.from_bytes(sums[at + 8:at + _ONE]), int.from_bytes(mark)
            if rows:                               # below zero only after an edit
                sums[at:at + 8] = ((int.from_bytes(sums[at:at + 8]) + rows) % _ROWS).to_bytes(8)
            sums[at + 8:at + _ONE] = ((held - more if rows < 0 else held + more) % MODULUS).to_bytes(SIZE)
        after, generation = bytes(sums), seal.generation + 1
        sealed = Sealed(generation, self._tag(generation, seal.names, after, seal.shape, seal.story))
        run_text(connection, _WRITE, (sealed.generation, after, sealed.tag))
        self._known = Seal(generation, seal.names, after, seal.shape, seal.story, sealed.tag)
        connection.info[_SEALED] = sealed

    def close(self) -> None:
        """The program ends."""
        self.witness.close()

    def note(self, sealed: Sealed) -> None:
        """That commit is done."""
        if self.bears_witness:
            self.witness.note(sealed)

    # the whole seal

    def read(self, connection: Connection) -> Seal | None:
        """None where the book has none."""
        row = _driver(connection).execute(_READ).fetchone()
        return None if row is None else Seal(*row)

    def _read_ours(self, connection: Connection) -> Seal | None:
        """The seal as it stands, when it is ours. Most often it is the one that we wrote last, and known by its
        tag: nobody else can have made that."""
        known = self._known
        if known is not None:
            row = _driver(connection).execute(_READ_TAG).fetchone()
            if row is not None and row[0] == known.tag:
                return known
        seal = self.read(connection)
        return seal if seal is not None and self.is_ours(seal) else None

    def is_ours(self, seal: Seal) -> bool:
        wanted = self._tag(seal.generation, seal.names, seal.sums, seal.shape, seal.story)
        return hmac.compare_digest(wanted, seal.tag)

    def broken(
        self, connection: Connection, on_rows: Callable[[], object] = lambda: None
    ) -> tuple[str, ...]:
        """Tables whose rows are not those that were sealed; `book_seal` where the seal itself is not ours, and
        `sqlite_master` where the schema is another. Reads every row; `on_rows` as for `sums_of`."""
        seal = self.read(connection)
        if seal is None or not self.is_ours(seal):
            return (SEAL,)
        driver = _driver(connection)
        names, sums = written(sums_of(driver, sealed_tables(driver), self._mark, on_rows))
        here, sealed = _by_name(names, sums), _by_name(seal.names, seal.sums)
        found = [name for name in sorted({*here, *sealed}) if here.get(name) != sealed.get(name)]
        return (*found, *(("sqlite_master",) if shape_of(driver) != seal.shape else ()))

    def begin(self, connection: Connection, beginning: Mapping[str, Any]) -> Sealed:
        """Seal every row as it stands; `beginning` is told ever after: {"at", "why", …}. Reads every row."""
        driver, seal = _driver(connection), self.read(connection)
        known = self.witness.read()
        generation = max(seal.generation if seal else 0, known.generation if known else 0) + 1
        names, sums = written(sums_of(driver, sealed_tables(driver), self._mark))
        return self._write(connection, generation, names, sums, shape_of(driver), _told(seal, beginning))

    def go_on(self, connection: Connection, seal: Seal, beginning: Mapping[str, Any]) -> Sealed:
        """The seal as it stands, with one line more in its story, and newer than the witness knows."""
        known = self.witness.read()
        generation = max(seal.generation, known.generation if known else 0) + 1
        return self._write(connection, generation, seal.names, seal.sums, seal.shape, _told(seal, beginning))

    @contextmanager
    def emptying(self, connection: Connection, names: Collection[str]) -> Iterator[None]:
        """While these tables are emptied to be worked out anew: no row is reported, and they are sealed as empty.

        No other: a table that somebody else emptied must stay told, whatever is done beside it.
        """
        self.settle(connection)
        driver = _driver(connection)
        tables = [table for table in sealed_tables(driver) if table.name in names]
        for table in tables:
            driver.execute(f'DROP TRIGGER temp."seal_{table.name}_DELETE"')
        yield
        for table in tables:
            driver.execute(_trigger(table, "DELETE"))
        seal = self.read(connection)
        if seal is None or not self.is_ours(seal):
            return
        sums = bytearray(seal.sums)
        for table in tables:
            at = _places(seal.names)[table.name] * _ONE
            sums[at:at + _ONE] = bytes(_ONE)
        self._write(connection, seal.generation, seal.names, bytes(sums), seal.shape, seal.story)

    def _write(
        self, connection: Connection, generation: int, names: str, sums: bytes, shape: str, story: str,
    ) -> Sealed:
        tag = self._tag(generation, names, sums, shape, story)
        _driver(connection).execute(
            f"INSERT OR REPLACE INTO main.{SEAL} (id, generation, names, sums, shape, story, tag) "
            "VALUES (1, ?, ?, ?, ?, ?, ?)", (generation, names, sums, shape, story, tag),
        )
        return Sealed(generation, tag)

    def _tag(self, generation: int, names: str, sums: bytes, shape: str, story: str) -> bytes:
        if self._lasting[0] != (names, shape, story):          # what seldom changes is not hashed with each commit
            own = hashlib.blake2b(key=self._tag_key, digest_size=_TAG)
            for text in (names, shape, story):
                part = text.encode()
                own.update(len(part).to_bytes(8) + part)
            self._lasting = (names, shape, story), own
        own = self._lasting[1].copy()
        own.update(generation.to_bytes(8) + sums)
        tag: bytes = own.digest()
        return tag


@contextmanager
def emptying(connection: Connection, names: Collection[str]) -> Iterator[None]:
    """`Seals.emptying` where this connection has a seal to keep."""
    seals: Seals | None = connection.info.get(_ARMED)
    if seals is None:
        yield
        return
    with seals.emptying(connection, names):
        yield


def settle(connection: Connection) -> None:
    """`Seals.settle` where this connection has a seal to keep."""
    seals: Seals | None = connection.info.get(_ARMED)
    if seals is not None:
        seals.settle(connection)


def seal_mark(connection: Connection) -> str:
    """What tells this state of the book from every other; "" for a book without a seal."""
    driver = _driver(connection)
    if driver.execute(f"SELECT 1 FROM main.sqlite_master WHERE name = '{SEAL}'").fetchone() is None:
        return ""
    row = driver.execute(_READ).fetchone()
    return "" if row is None else f"{row[0]}:{row[5].hex()}"


def take_sealed(connection: Connection) -> Sealed | None:
    """The seal of this transaction, and forget it: the connection goes back to others."""
    sealed: Sealed | None = connection.info.pop(_SEALED, None)
    return sealed


_REPORTS = {
    "INSERT": "1, seal_mark({new})", "DELETE": "-1, seal_mark({old})", "UPDATE": "0, seal_change({new}, {old})",
}


def _trigger(table: SealedTable, verb: str) -> str:
    report = _REPORTS[verb].format(new=table.of("NEW"), old=table.of("OLD"))
    return (
        f'CREATE TEMP TRIGGER IF NOT EXISTS "seal_{table.name}_{verb}" AFTER {verb} ON main."{table.name}" '
        f"BEGIN INSERT INTO seal_log VALUES ('{table.name}', {report}); END"
    )


@lru_cache(maxsize=4)
def _places(names: str) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(names.split(","))}


def _by_name(names: str, sums: bytes) -> dict[str, bytes]:
    return {name: sums[at * _ONE:(at + 1) * _ONE] for name, at in _places(names).items()}


def _told(seal: Seal | None, beginning: Mapping[str, Any]) -> str:
    before = seal.beginnings if seal is not None else []
    return json.dumps([*before, dict(beginning)][-_STORY:], ensure_ascii=False)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
