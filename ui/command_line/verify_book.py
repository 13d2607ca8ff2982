"""`python -m app verify --data FOLDER`: the book, its scans, backups and witnesses, by the verifier that shares no
code with this program. The office is not opened: nothing is written, and a book that does not open is told of too.
While a window, a courier or a command has the book open, it says so and looks at nothing; the window itself asks
with `--steps`, and hears of what is found twice alone.

    {"ok": false, "reason": "book_changed", "looked": {"tables": 67, …},
     "breaks": [{"where": "money_entries", "what": "table_changed", "vi": "…", "en": "…"}], "notes": […]}
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.book_verifier import (
    STEPS,
    Break,
    Places,
    Secrets,
    check_program,
    sentence,
    verify_book,
    verify_open_book,
)
from app.errors import EnvironmentFault
from app.own_program import is_installed
from app.paths import DataFolder
from app.store.hold import BookHold
from app.store.keys import find_key, find_seal_key
from app.store.witness import machine_name
from ui.command_line.answer import Said
from ui.command_line.folder import data_folder, key_places


def verify_book_of(said: Said) -> Mapping[str, Any]:
    """Every finding in words: Vietnamese on stderr, both languages in the answer. Raises EnvironmentFault
    `database_key_lost`, `book_in_use`."""
    folder = data_folder(said)
    store, keys = key_places()
    key = find_key(folder.database, store, keys)
    places = places_of(folder, key.witness)
    secrets = Secrets(key.key, find_seal_key(key, store) or b"", machine_name())
    with _held(folder.database, is_shared=said.steps):
        found = verify_open_book(places, secrets, _tell) if said.steps else verify_book(places, secrets)
    check_program(Path(sys.executable).parent if is_installed() else None, found)
    for each in (*found.breaks, *found.notes):
        sys.stderr.write(sentence(each, "vi") + "\n")
    return {
        "ok": not found.breaks, **({"reason": "book_changed"} if found.breaks else {}), "looked": found.looked,
        "breaks": _told(found.breaks), "notes": _told(found.notes),
    }


@contextmanager
def _held(book: Path, *, is_shared: bool) -> Iterator[None]:
    """Nobody has the book open meanwhile: work that goes on would look like edits, since scans, backups, second
    copy and witnesses are read one after the other. Shared, nobody puts another book in its place. Raises
    EnvironmentFault `book_in_use`.

    Where nothing can be written there is no lock, and nobody at work either.
    """
    try:
        hold = BookHold(book)
    except EnvironmentFault as fault:
        if fault.code != "data_folder_unwritable":
            raise
        yield
        return
    try:
        if is_shared:
            hold.share()
        else:
            hold.take_alone()
        yield
    finally:
        hold.close()


def _tell(name: str) -> None:
    line = {"event": "step", "what": name, "done": STEPS.index(name), "of": len(STEPS)}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def places_of(folder: DataFolder, witness: Path, medium: Path | None = None) -> Places:
    """Where the book's own things lie, and those beside the keys. `medium`: of the second copy, where it is in."""
    return Places(folder.database, folder.scans, folder.backups, witness, witness.with_suffix(".seals"),
                  witness.with_suffix(".tries"), medium)


def _told(found: Sequence[Break]) -> list[dict[str, Any]]:
    return [
        {"where": each.where, "what": each.what, **{name: str(value) for name, value in each.values.items()},
         "vi": sentence(each, "vi"), "en": sentence(each, "en")}
        for each in found
    ]
