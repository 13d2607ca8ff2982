"""What a row counts for under the seal, and which tables are under it.

The mark of a row is BLAKE2b of 128 bits, keyed, over the values as they are stored, each with its kind and length
(the form of Python's `marshal`, version 2, which has stood since Python 2.5). A table's sum is that of its rows'
marks modulo 2^128: adding a row adds its mark, so that order does not count and a change costs two marks.
"""

from __future__ import annotations

import hashlib
import hmac
import marshal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SIZE = 16
MODULUS = 1 << (8 * SIZE)
RECOUNTED = frozenset({
    "rollup_due", "rollup_late", "rollup_received", "rollup_reports", "rollup_scans", "rollup_work",
})
"""Counts that triggers keep: half of what a reception writes, and the verifier counts them anew."""
NAMES_INDEX = "dossier_names"
SEAL = "book_seal"

_TEXT = """CASE WHEN substr({text}, 1, 10) = '{{"sealed":' THEN {text} END"""
"""Of an operation: its hash, which is under the seal, speaks for a text in clear, but not for one that was sealed
to the province."""

Mark = Callable[..., bytes]
Sums = dict[str, tuple[int, int]]
"""(rows, sum of their marks) by table."""


@dataclass(frozen=True, slots=True)
class SealedTable:
    """`columns`: what counts of each row, in order."""

    name: str
    columns: tuple[str, ...]

    def of(self, row: str = "") -> str:
        """The values as an SQL list: of `NEW`, `OLD`, or of the table itself. The name stands first."""
        before = f"{row}." if row else ""
        values = (f'{before}"{name}"' for name in self.columns)
        if self.name == "journal":
            values = (_TEXT.format(text=value) if value.endswith('"payload"') else value for value in values)
        return ", ".join((f"'{self.name}'", *values))


def mark_under(key: bytes) -> Mark:
    """The function that marks a row: (table's name, value …) → 16 bytes."""
    of_rows = hmac.digest(key, b"quay-mot-cua rows", "sha256")

    def mark(*row: Any) -> bytes:
        return hashlib.blake2b(marshal.dumps(row, 2), key=of_rows, digest_size=SIZE).digest()

    return mark


def change_under(mark: Mark) -> Mark:
    """(row after, row before) → the difference of their marks; None where nothing has changed."""
    def change(*rows: Any) -> bytes | None:
        half = len(rows) // 2
        after, before = mark(*rows[:half]), mark(*rows[half:])
        if after == before:
            return None
        return ((int.from_bytes(after) - int.from_bytes(before)) % MODULUS).to_bytes(SIZE)

    return change  # type: ignore[return-value]


def sealed_tables(driver: Any) -> tuple[SealedTable, ...]:
    """Of the book as `driver` sees it, by name."""
    columns: dict[str, list[str]] = {}
    for table, column in driver.execute(
        "SELECT m.name, c.name FROM main.sqlite_master AS m JOIN pragma_table_info(m.name, 'main') AS c "
        "WHERE m.type = 'table' ORDER BY m.name, c.cid"
    ):
        columns.setdefault(str(table), []).append(str(column))
    return tuple(
        SealedTable(name, _counting(name, found)) for name, found in sorted(columns.items()) if _is_sealed(name)
    )


def sums_of(
    driver: Any, tables: Iterable[SealedTable], mark: Mark, on_rows: Callable[[], object] = lambda: None
) -> Sums:
    """Read every row of these tables; some microseconds for each. `on_rows` is called now and then; what it raises
    ends the reading."""
    found: Sums = {}
    for table in tables:
        rows = total = 0
        for row in driver.execute(f'SELECT {table.of()} FROM main."{table.name}"'):
            if rows % 1_000 == 0:
                on_rows()
            rows += 1
            total += int.from_bytes(mark(*row))
        found[table.name] = (rows, total % MODULUS)
    return found


def shape_of(driver: Any) -> str:
    """SHA-256 of everything that is no row: tables, indexes, triggers and the two numbers in the file's head."""
    own = hashlib.sha256()
    for line in driver.execute("SELECT type, name, tbl_name, sql FROM main.sqlite_master ORDER BY type, name"):
        own.update(marshal.dumps(tuple(line), 2))
    for pragma in ("user_version", "application_id"):
        own.update(marshal.dumps(driver.execute(f"PRAGMA main.{pragma}").fetchone()[0], 2))
    return own.hexdigest()


def written(sums: Mapping[str, tuple[int, int]]) -> tuple[str, bytes]:
    """Names and sums as the seal holds them."""
    names = sorted(sums)
    return ",".join(names), b"".join(sums[name][0].to_bytes(8) + sums[name][1].to_bytes(SIZE) for name in names)


def _counting(name: str, columns: Sequence[str]) -> tuple[str, ...]:
    if name == "feed_entries":                     # replayed in this order
        return ("rowid", *columns)
    return tuple(columns)


def _is_sealed(name: str) -> bool:
    return not (name in RECOUNTED or name == SEAL or name.startswith(("sqlite_", NAMES_INDEX)))
