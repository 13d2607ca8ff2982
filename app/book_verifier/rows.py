"""Every row against the running seal: BLAKE2b of each row, summed by table, under a secret beside the keys.

    mark  = BLAKE2b-128(HMAC-SHA-256(secret, "quay-mot-cua rows"), marshal version 2 of (table, value …))
    tag   = BLAKE2b-256(HMAC-SHA-256(secret, "quay-mot-cua seal"), length and bytes of names, of shape, of story;
            generation, sums)

A row counts with its columns in order; of the journal without a text in clear, which its hash speaks for, of the
feed with the order of arrival before. Counts, the index of names and the seal itself are under no seal.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import marshal
import struct
from collections.abc import Iterator
from typing import Any

from app.book_verifier.findings import Findings

COUNTS = ("rollup_due", "rollup_late", "rollup_received", "rollup_reports", "rollup_scans", "rollup_work")
_ENTRY = 24
_SLOT, _SLOTS = struct.Struct(">5s16sQ32s16s"), 8
SEAL = "book_seal"
LAG = 2
"""Commits that a witness may be behind: of two programs that were killed between a commit and its note."""
_SEALED_TEXT = """CASE WHEN substr("payload", 1, 10) = '{"sealed":' THEN "payload" END"""


class SealBook:
    """The seal of one file, as far as it can be believed."""

    def __init__(self, connection: Any, secret: bytes) -> None:
        self._connection, self._secret = connection, secret
        self.generation, self.names, self.sums, self.shape, self.story, self.tag = 0, "", b"", "", "[]", b""
        row = None
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'book_seal'").fetchone():
            row = connection.execute(
                "SELECT generation, names, sums, shape, story, tag FROM book_seal ORDER BY id <> 1"
            ).fetchall()
        self.is_there = bool(row)
        if row:
            self.generation, self.names, self.sums, self.shape, self.story, self.tag = row[0]
        self.is_one = [line[0] for line in connection.execute("SELECT id FROM book_seal")] == [1] if row else False

    def is_genuine(self) -> bool:
        """Whether the secret made it."""
        own = hashlib.blake2b(key=self._key(b"quay-mot-cua seal"), digest_size=32)
        for text in (self.names, self.shape, self.story):
            part = text.encode()
            own.update(len(part).to_bytes(8, "big") + part)
        own.update(self.generation.to_bytes(8, "big") + self.sums)
        return self.is_one and hmac.compare_digest(own.digest(), self.tag)

    def differing(self) -> Iterator[tuple[str, int, int]]:
        """(table, rows sealed, rows there) of each that is not as it was sealed; -1: no such table."""
        sealed = {name: self.sums[at * _ENTRY:(at + 1) * _ENTRY] for at, name in enumerate(self.names.split(","))}
        here = set(self._tables())
        for name in sorted({*sealed, *here}):
            wanted = int.from_bytes(sealed[name][:8], "big") if name in sealed else -1
            if name not in here:
                yield name, wanted, -1
                continue
            rows, total = self._summed(name)
            if name not in sealed or rows.to_bytes(8, "big") + total.to_bytes(16, "big") != sealed[name]:
                yield name, wanted, rows

    def shape_here(self) -> str:
        """SHA-256 of schema and file numbers."""
        own = hashlib.sha256()
        for line in self._connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        ):
            own.update(marshal.dumps(tuple(line), 2))
        for pragma in ("user_version", "application_id"):
            own.update(marshal.dumps(self._connection.execute(f"PRAGMA {pragma}").fetchone()[0], 2))
        return own.hexdigest()

    def _tables(self) -> Iterator[str]:
        for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name not in COUNTS and name != SEAL and not name.startswith(("sqlite_", "dossier_names")):
                yield name

    def _summed(self, table: str) -> tuple[int, int]:
        quoted = table.replace('"', '""')
        columns = [row[1] for row in self._connection.execute(f'PRAGMA table_info("{quoted}")')]
        listed = [f'"{column}"' for column in columns]
        if table == "journal":
            listed[columns.index("payload")] = _SEALED_TEXT
        elif table == "feed_entries":
            listed.insert(0, "rowid")
        key, rows, total = self._key(b"quay-mot-cua rows"), 0, 0
        for row in self._connection.execute(f'SELECT {", ".join(listed)} FROM "{quoted}"'):
            rows += 1
            own = hashlib.blake2b(marshal.dumps((table, *row), 2), key=key, digest_size=16)
            total += int.from_bytes(own.digest(), "big")
        return rows, total % 2**128

    def _key(self, purpose: bytes) -> bytes:
        return hmac.new(self._secret, purpose, hashlib.sha256).digest()


def check_rows(connection: Any, secret: bytes, found: Findings) -> SealBook | None:
    """Every table of the book; None where its seal says nothing."""
    seal = SealBook(connection, secret)
    if not seal.is_there:
        found.add(SEAL, "seal_missing")
        return None
    if not secret:
        found.add(SEAL, "seal_secret_missing")
        return None
    if not seal.is_genuine():
        found.add(SEAL, "seal_false")
        return None
    for table, sealed, there in seal.differing():
        what = "table_missing" if there < 0 else "table_added" if sealed < 0 else "table_changed"
        found.add(table, what, sealed=sealed, there=there)
        found.count("tables")
    if seal.shape_here() != seal.shape:
        found.add("sqlite_master", "schema_changed")
    found.count("tables", len(seal.names.split(",")))
    return seal


def check_generation(
    seal: SealBook, name: str, content: bytes | None, secret: bytes, machine: str, found: Findings
) -> None:
    """Against the slots beside the keys: a book with fewer commits than were counted is an older one. `content` of
    the file `name`, read before the book was."""
    if content is None:
        found.add(name, "file_missing")
        return
    slots = list(_slots(content, secret, machine))
    good = [each for each in slots if each is not None]
    if len(good) != len(slots):
        found.add(name, "witness_changed", slots=len(slots) - len(good))
    newest = max(good, default=(0, b""))
    if newest[0] > seal.generation:
        found.add("counter.db", "book_older", ours=seal.generation, theirs=newest[0])
    elif newest[0] == seal.generation and newest[1] != seal.tag:
        found.add("counter.db", "book_other")
    elif newest[0] < seal.generation - LAG:
        found.add(name, "witness_older", knows=newest[0], ours=seal.generation)


def _slots(content: bytes, secret: bytes, machine: str) -> Iterator[tuple[int, bytes] | None]:
    key = hmac.new(secret, b"quay-mot-cua seals", hashlib.sha256).digest()
    own = hashlib.sha256(machine.encode()).digest()[:16]
    for at in range(0, max(len(content), _SLOT.size * _SLOTS), _SLOT.size):
        raw = content[at:at + _SLOT.size]
        if len(raw) != _SLOT.size or at >= _SLOT.size * _SLOTS:
            yield None
            continue
        magic, named, generation, tag, check = _SLOT.unpack(raw)
        wanted = hmac.new(key, raw[:-16], hashlib.sha256).digest()[:16]
        is_good = magic == b"QMCS1" and named == own and hmac.compare_digest(check, wanted)
        yield (generation, tag) if is_good else None


def check_story(seal: SealBook, heads: dict[tuple[int, int], str], found: Findings) -> None:
    """What was told when the seal was begun anew. `heads`: hash of each own operation by (epoch, seq)."""
    for line in json.loads(seal.story):
        why, at, known = str(line["why"]), str(line["at"]), line.get("known")
        for table in line.get("broken", ()):
            found.add(str(table), "broken_before_upgrade", at=at)
        is_back = known is not None and (known[1] == 0 or heads.get((known[0], known[1])) == known[2])
        if why == "begun" and known is not None and known[1] > 0:
            found.note(SEAL, "told_begun", at=at)          # the book is older than its seal
        elif why == "begun_again" or (why == "secret_missing" and known is not None):
            found.add(SEAL, "sealed_anew", at=at)          # on this machine, which had sealed it before
        elif why in ("older", "witness_missing", "secret_missing"):
            if is_back:
                found.note("counter.db", f"told_{why}", at=at)
            else:
                found.add("counter.db", f"lacks_{why}", at=at)
