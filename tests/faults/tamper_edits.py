"""Edits by an administrator who has the key of the book: with SQL, of schema and file numbers, of any file.

Each is done on a copy of a closed folder and says what it did; None where the dice chose what cannot be done there
(a row of an empty table). He knows what he does: append-only triggers are put back as they were, a line of the
journal is signed anew with the device's own key, which lies in the book.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlcipher3 import dbapi2 as sqlcipher

from app.book_verifier.opening import reading
from app.store.keys import find_key

Edit = Callable[[Path, Path, random.Random], str | None]
"""(home, the same as it was before, dice) → what was done."""
LOCKS = frozenset({"counter.open", "counter.copying"})
"""Empty files that only hold a lock."""


@contextmanager
def book_of(home: Path, name: str = "office/counter.db") -> Iterator[Any]:
    """The book as he opens it, without the guards of its tables; they stand again when he leaves."""
    key = find_key(home / "office" / "counter.db", None, home / "keys").key
    connection = sqlcipher.connect(str(home / name), isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        yield connection
        here = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for _, sql in guards:
            if sql.split(" ON ", 1)[1].split()[0].strip('"') in here:
                connection.execute(sql)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def tables_of(connection: Any) -> list[str]:
    return [row[0] for row in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")]


# rows

def change_value(home: Path, before: Path, noise: random.Random) -> str | None:
    with book_of(home) as book:
        table = noise.choice(tables_of(book))
        where = _some_row(book, table, noise)
        if where is None:
            return None
        column = noise.choice(_columns(book, table))
        (held,) = book.execute(f'SELECT "{column}" FROM "{table}" WHERE {where}').fetchone()
        try:
            book.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ? WHERE {where}', (_other(held, noise),))
        except sqlcipher.DatabaseError:
            return None
        return f"change {table}.{column}"


def delete_row(home: Path, before: Path, noise: random.Random) -> str | None:
    with book_of(home) as book:
        table = noise.choice(tables_of(book))
        where = _some_row(book, table, noise)
        if where is None:
            return None
        book.execute(f'DELETE FROM "{table}" WHERE {where}')
        return f"delete {table}"


def double_row(home: Path, before: Path, noise: random.Random) -> str | None:
    """The same once more, under another key."""
    with book_of(home) as book:
        table = noise.choice(tables_of(book))
        where = _some_row(book, table, noise)
        if where is None:
            return None
        row = list(book.execute(f'SELECT * FROM "{table}" WHERE {where}').fetchone())
        info = book.execute(f'PRAGMA table_info("{table}")').fetchall()
        for at, line in enumerate(info):
            if line[5] or noise.random() < 0.3:
                row[at] = _other(row[at], noise)
        try:
            book.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({", ".join("?" * len(row))})', row)
        except sqlcipher.DatabaseError:
            return None
        return f"double {table}"


def swap_values(home: Path, before: Path, noise: random.Random) -> str | None:
    with book_of(home) as book:
        table = noise.choice(tables_of(book))
        column = noise.choice(_columns(book, table))
        one, two = _some_row(book, table, noise), _some_row(book, table, noise)
        if one is None or two is None or one == two:
            return None
        read = f'SELECT "{column}" FROM "{table}" WHERE '
        (a,), (b,) = book.execute(read + one).fetchone(), book.execute(read + two).fetchone()
        try:
            book.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ? WHERE {one}', (b,))
            book.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ? WHERE {two}', (a,))
        except sqlcipher.DatabaseError:
            return None
        return f"swap {table}.{column}"


def empty_table(home: Path, before: Path, noise: random.Random) -> str | None:
    with book_of(home) as book:
        table = noise.choice(tables_of(book))
        book.execute(f'DELETE FROM "{table}"')
        return f"empty {table}"


def older_table(home: Path, before: Path, noise: random.Random) -> str | None:
    """One table as it was before, all others as they are; the seal too, if the dice say so."""
    key = find_key(home / "office" / "counter.db", None, home / "keys").key
    with reading(before / "office" / "counter.db", key) as old, book_of(home) as book:
        table = noise.choice(tables_of(book))
        rows = old.execute(f'SELECT * FROM "{table}"').fetchall()
        book.execute(f'DELETE FROM "{table}"')
        marks = ", ".join("?" * len(_columns(book, table)))
        book.executemany(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', [tuple(row) for row in rows])
        return f"older {table}"


# the schema

def drop_thing(home: Path, before: Path, noise: random.Random) -> str | None:
    """A table, an index or a trigger."""
    key = find_key(home / "office" / "counter.db", None, home / "keys").key
    connection = sqlcipher.connect(str(home / "office" / "counter.db"), isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        kind, name = noise.choice(connection.execute(
            "SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'dossier_names_*' "
            "ORDER BY name").fetchall())
        connection.execute(f'DROP {kind} "{name}"')
        return f"drop {kind} {name}"
    finally:
        connection.close()


def add_thing(home: Path, before: Path, noise: random.Random) -> str | None:
    with book_of(home) as book:
        table = noise.choice([name for name in tables_of(book) if not name.startswith("dossier_names_")])
        column = noise.choice(_columns(book, table))
        what = noise.choice((
            f"CREATE TABLE extra_{noise.randrange(99)} (a)", f'CREATE INDEX extra ON "{table}" ("{column}")',
            f'CREATE VIEW extra AS SELECT * FROM "{table}"', f'ALTER TABLE "{table}" ADD COLUMN extra VARCHAR',
            f'CREATE TRIGGER extra AFTER INSERT ON "{table}" BEGIN SELECT 1; END',
        ))
        book.execute(what)
        return what.split("(")[0]


def set_number(home: Path, before: Path, noise: random.Random) -> str | None:
    """The two numbers in the head of the file."""
    with book_of(home) as book:
        pragma = noise.choice(("user_version", "application_id"))
        book.execute(f"PRAGMA {pragma} = {noise.randrange(1, 1 << 30)}")
        return pragma


# what only he can do who knows the house

def sign_anew(home: Path, before: Path, noise: random.Random) -> str | None:
    """The newest lines of the journal with another text: hashed, chained and signed as the device would."""
    with book_of(home) as book:
        (raw,) = book.execute("SELECT value FROM settings WHERE name = 'device'").fetchone()
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(json.loads(raw)["key"]))
        rows = book.execute("SELECT position, payload FROM journal ORDER BY seq").fetchall()
        first = noise.randrange(len(rows))
        prev = None
        for at, (position, payload) in enumerate(rows[first:]):
            inner = json.loads(payload)
            if at == 0:
                inner["wall_time"] = f"2026-11-2{noise.randrange(3)}T01:00:00.{noise.randrange(999):03}+00:00"
            if prev is not None:
                inner["prev"] = prev
            text = json.dumps(inner, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            prev = hashlib.sha256(text.encode()).hexdigest()
            book.execute("UPDATE journal SET payload = ?, hash = ?, signature = ? WHERE position = ?",
                         (text, prev, key.sign(text.encode()), position))
        return f"sign anew from {first}"


def blank_line(home: Path, before: Path, noise: random.Random) -> str | None:
    """A line of the journal whose text says that it was put out of sight; its hash and signature stay."""
    with book_of(home) as book:
        where = _some_row(book, "journal", noise)
        begin = noise.choice(('{"sealed":', '{"sealed": ', '{ "sealed":', ' {"sealed":'))
        text: str | bytes = f'{begin}"{noise.randbytes(8).hex()}"}}'
        text = str(text).encode() if noise.random() < 0.5 else text
        book.execute(f"UPDATE journal SET payload = ? WHERE {where}", (text,))
        return f"blank {text!r}"


def whole_older(home: Path, before: Path, noise: random.Random) -> str | None:
    """The book, or the whole folder of the office, as it was; what lies beside the keys stays."""
    if noise.random() < 0.5:
        shutil.copyfile(before / "office" / "counter.db", home / "office" / "counter.db")
        return "older book"
    shutil.rmtree(home / "office")
    shutil.copytree(before / "office", home / "office")
    return "older folder"


def edit_backup(home: Path, before: Path, noise: random.Random) -> str | None:
    """A value in a backup, or one backup under another's name."""
    there = sorted((home / "office" / "backups").glob("*.db"))
    if len(there) > 1 and noise.random() < 0.3:
        shutil.copyfile(there[0], there[1])
        return "backup under another's name"
    file = noise.choice(there)
    with book_of(home, f"office/backups/{file.name}") as book:
        table = noise.choice(("settings", "drafts", "money_entries", "dossiers", "leases"))
        where = _some_row(book, table, noise)
        if where is None:
            return None
        book.execute(f'DELETE FROM "{table}" WHERE {where}')
        return f"backup's {table}"


def lay_in_wait(home: Path, before: Path, noise: random.Random) -> str | None:
    """A book that takes the place of this one at the next start."""
    shutil.copyfile(before / "office" / "counter.db", home / "office" / "counter.restoring")
    (home / "office" / "restoring.json").write_text('{"aside": "x"}')
    return "a book in wait"


# files

def edit_file(home: Path, before: Path, noise: random.Random) -> str | None:
    """Bytes changed, cut, added; the file gone, as it was before, or another one in its place."""
    files = files_of(home)
    file = noise.choice(files)
    named, raw = str(file.relative_to(home)), file.read_bytes()
    match noise.choice(("flip", "flip", "cut", "lengthen", "remove", "older", "other")):
        case "flip" if raw:
            content = bytearray(raw)
            for _ in range(noise.choice((1, 1, 2, 64))):
                content[noise.randrange(len(content))] ^= noise.randrange(1, 256)
            file.write_bytes(content)
            return f"flip {named}"
        case "cut" if raw:
            file.write_bytes(raw[:noise.randrange(len(raw))])
            return f"cut {named}"
        case "lengthen":
            file.write_bytes(raw + noise.randbytes(noise.choice((1, 16, 4096))))
            return f"lengthen {named}"
        case "remove":
            file.unlink()
            return f"remove {named}"
        case "older" if (before / named).exists():
            shutil.copyfile(before / named, file)
            return f"older {named}"
        case "other":
            file.write_bytes(noise.choice(files).read_bytes())
            return f"other {named}"
    return None


def files_of(home: Path) -> list[Path]:
    return sorted(file for file in home.rglob("*") if file.is_file() and file.name not in LOCKS)


EDITS: dict[Edit, int] = {
    change_value: 30, delete_row: 12, double_row: 10, swap_values: 8, empty_table: 4, older_table: 6,
    drop_thing: 4, add_thing: 4, set_number: 2, sign_anew: 3, blank_line: 3, whole_older: 2, edit_backup: 3,
    lay_in_wait: 1, edit_file: 25,
}


def _columns(book: Any, table: str) -> list[str]:
    return [row[1] for row in book.execute(f'PRAGMA table_info("{table}")')]


def _some_row(book: Any, table: str, noise: random.Random) -> str | None:
    """A condition that is true of one row, by chance."""
    keys = [row[1] for row in book.execute(f'PRAGMA table_info("{table}")') if row[5]]
    named = ", ".join(f'quote("{key}")' for key in keys) or "rowid"
    rows = book.execute(f'SELECT {named} FROM "{table}"').fetchall()
    if not rows:
        return None
    held = zip(keys or ["rowid"], noise.choice(rows), strict=True)
    return " AND ".join(f'"{key}" = {value}' for key, value in held)


def _other(held: Any, noise: random.Random) -> Any:
    """Another value of the same kind."""
    match held:
        case None:
            return noise.choice(("x", 1, "2026-11-23"))
        case int():
            return noise.choice((held + 1, held - 1, -held - 1, held + 86_400, held * 10 + 1))
        case float():
            return held + 1
        case bytes() if held:
            at = noise.randrange(len(held))
            return held[:at] + bytes([held[at] ^ noise.randrange(1, 256)]) + held[at + 1:]
        case str() if held and noise.random() < 0.8:
            at = noise.randrange(len(held))
            other = noise.choice([each for each in "aZ0 ưđ" if each != held[at]])
            return held[:at] + other + held[at + 1:]
        case str():
            return held + noise.choice(("x", " ", "\0"))
        case _:
            return b"\x00"
