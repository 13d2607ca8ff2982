"""Edits of any table and file by somebody with the key of the book: the separate verifier finds and names each.

    python -m tests.faults.tamper [--edits 5000] [--seed 1]

What changes nothing that a person or the program could ever read is counted apart, and nothing else is: a book
whose every row, schema and number is what it was (a page that is free, a file laid out anew); the inside of the
index of names, where each word and each beginning of a word still finds the same dossiers; a line of a count that
counts nothing; a key whose digits are written in capitals.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.book_verifier import sentence
from tests.faults.command import command
from tests.faults.power_cuts import fast_folder
from tests.faults.tamper_edits import EDITS, book_of, files_of
from tests.faults.tamper_office import Worked, verified, worked_office

TOLD = 250
"""Edits after which a word is said: all of them take half an hour."""
COUNTS = ("rollup_due", "rollup_late", "rollup_received", "rollup_reports", "rollup_scans", "rollup_work")


@dataclass(slots=True)
class Figures:
    edits: int = 0
    found: Counter[str] = field(default_factory=Counter)           # by what was said
    nothing: Counter[str] = field(default_factory=Counter)         # edits that change nothing, by what they were
    missed: list[str] = field(default_factory=list)
    wordless: list[str] = field(default_factory=list)              # found, and no sentence says so
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return not (self.missed or self.wordless) and bool(self.found)


def run(edits: int, seed: int, folder: Path, office: Worked | None = None) -> Figures:
    figures, noise, started = Figures(), random.Random(seed), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="qmc-tamper-", dir=fast_folder()) as place:
        worked = office or worked_office(Path(place) / "worked")
        assert not verified(worked.now).breaks, "an honest book is whole"
        content = _content(_copied(worked.now, Path(place) / "plain"))
        with suppress(KeyboardInterrupt):          # what was tried until then is told
            while figures.edits < edits:
                _one(worked, Path(place) / "edited", noise, content, figures)
    figures.seconds = time.perf_counter() - started
    return figures


def _one(worked: Worked, place: Path, noise: random.Random, content: dict[str, Any], figures: Figures) -> None:
    home = _copied(worked.now, place)
    (edit,) = noise.choices(list(EDITS), weights=list(EDITS.values()))
    did = edit(home, worked.before, noise)
    if did is None:
        return
    figures.edits += 1
    _judge(home, did, content, figures)
    if figures.edits % TOLD == 0:
        sys.stderr.write(f"{figures.edits} edits, {len(figures.missed)} missed\n")


def _judge(home: Path, did: str, content: dict[str, Any], figures: Figures) -> None:
    breaks = verified(home).breaks
    for each in breaks:
        if each.what != "key_lost" and not (sentence(each, "vi") and sentence(each, "en")):
            figures.wordless.append(f"{did}: {each.what}")
    if breaks:
        figures.found[breaks[0].what] += 1
        return
    why = _nothing(home, content)
    if why:
        figures.nothing[f"{why}: {did.split()[0]}"] += 1
    else:
        figures.missed.append(did)


def _nothing(home: Path, content: dict[str, Any]) -> str:
    """Why this edit changes nothing; "" when it does."""
    now = _content(home)
    differing = {name for name in {*now, *content} if now.get(name) != content.get(name)}
    if not differing:
        return "all reads as it was"
    if all(name.startswith("dossier_names_") for name in differing):
        return "the index finds the same"
    if all(name in COUNTS and _counting(now[name]) == _counting(content[name]) for name in differing):
        return "a count of nothing"
    return ""


def _content(home: Path) -> dict[str, Any]:
    """Everything that can be read: rows by table, schema, numbers, other files by their bytes."""
    read: dict[str, Any] = {
        str(file.relative_to(home)): _said(file) for file in files_of(home)
        if file.name not in ("counter.db", "counter.db-wal", "counter.db-shm") and file.suffix != ".seals"
    }
    with book_of(home) as book:
        for (name,) in book.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        ).fetchall():
            order = "rowid, *" if name == "feed_entries" else "*"
            read[name] = sorted(map(repr, book.execute(f'SELECT {order} FROM "{name}"')))
        read["schema"] = sorted(map(repr, book.execute("SELECT type, name, sql FROM sqlite_master")))
        numbers = ("user_version", "application_id")
        read["numbers"] = [book.execute(f"PRAGMA {name}").fetchone() for name in numbers]
    return read


def _said(file: Path) -> bytes:
    """A key is what its digits say, in small letters or capitals."""
    raw = file.read_bytes()
    return bytes.fromhex(raw.decode()) if file.parent.name == "keys" and file.suffix in (".key", ".seal") else raw


def _counting(rows: list[str]) -> list[str]:
    return [row for row in rows if not row.rstrip(")").endswith(" 0")]


def _copied(source: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return target


def main() -> int:
    return command("edits by an administrator: found and named", run, ("edits", 5_000))


if __name__ == "__main__":
    sys.exit(main())
