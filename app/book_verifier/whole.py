"""All looks at one book, each on its own: what one cannot read does not hide what the next finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from app.book_verifier.counts import check_counts, check_names
from app.book_verifier.files import check_backups, check_folder, check_scans, check_tries
from app.book_verifier.findings import Findings, Places, Secrets
from app.book_verifier.lines import (
    Heads,
    check_heads,
    check_journal,
    check_province,
    check_witness,
    settings_of,
)
from app.book_verifier.medium import check_medium
from app.book_verifier.opening import UNREADABLE, check_pages, reading
from app.book_verifier.rows import SealBook, check_generation, check_rows, check_story

STEPS = (
    "pages", "rows", "counts", "names", "journal", "others", "medium", "commits", "scans", "backups", "tries",
)
"""What `on_step` is told, in this order."""
OnStep = Callable[[str], object]


def verify_book(places: Places, secrets: Secrets, on_step: OnStep = lambda name: None) -> Findings:
    """Look at everything once; nothing is written. Nobody has the book open. `on_step` is told what comes next."""
    return _verified(places, secrets, on_step, is_open=False)


def verify_open_book(places: Places, secrets: Secrets, on_step: OnStep = lambda name: None) -> Findings:
    """The same of a book that others have open.

    The book is read as it stood at one moment, what lies beside it a little later: a backup that was taken, a
    scan that left, a secret that was mistyped between the two looks like an edit. So what speaks against the book
    is looked for again, from another moment, and told when it is still there: an edit does not go away.
    """
    found = _verified(places, secrets, on_step, is_open=True)
    if not found.breaks:
        return found
    again = _verified(places, secrets, on_step, is_open=True)
    before = {(each.where, each.what) for each in found.breaks}
    again.breaks = [each for each in again.breaks if (each.where, each.what) in before]
    return again


def _verified(places: Places, secrets: Secrets, on_step: OnStep, *, is_open: bool) -> Findings:
    found = Findings()
    name = places.book.name
    check_folder(places, found)
    if not places.book.exists():
        found.add(name, "file_missing")
        return found
    before = _Before(_bytes(places.witness), _bytes(places.seals))
    try:
        with reading(places.book, secrets.book) as connection:
            _look(connection, places, secrets, before, found, on_step, is_open=is_open)
    except (OSError, *UNREADABLE) as error:
        found.add(name, "book_unreadable", said=str(error))
    return found


class _Before(NamedTuple):
    """The witnesses as they were before the book was looked at: in a book that is being written they run ahead."""

    journal: bytes | None
    seals: bytes | None


def _look(
    connection: Any, places: Places, secrets: Secrets, before: _Before, found: Findings,
    on_step: OnStep, *, is_open: bool,
) -> None:
    heads: Heads = {}
    seal: SealBook | None = None

    def each(name: str, where: str, look: Callable[[], object]) -> None:
        on_step(name)
        try:
            look()
        except Exception as error:  # whatever an edit makes of a value, it hides nothing of what is looked at next
            found.add(where, "unreadable", said=f"{type(error).__name__}: {error}")

    def rows() -> None:
        nonlocal seal
        seal = check_rows(connection, secrets.seal, found)

    def journal() -> None:
        heads.update(check_journal(connection, found))

    def others() -> None:
        is_watched = settings_of(connection, "sync_state").get("witness") is not None
        if is_watched or before.journal is not None:
            check_witness(places.witness.name, before.journal, secrets.book, secrets.machine, heads, found)
        check_heads(connection, heads, found)
        check_province(connection, found)

    def medium() -> None:
        own = settings_of(connection)
        device, place = (own.get("device") or {}).get("id"), (own.get("second_copy") or {}).get("place")
        folder = places.medium or (Path(place) / f"quay-mot-cua-{device}" if place else None)
        if folder is not None and folder.is_dir():             # one that is away tells nothing
            check_medium(connection, folder, secrets.book, heads, found, is_open=is_open)

    def commits() -> None:
        if seal is not None:
            check_generation(seal, places.seals.name, before.seals, secrets.seal, secrets.machine, found)
            check_story(seal, heads, found)

    each("pages", places.book.name, lambda: check_pages(connection, places.book, found))
    each("rows", "book_seal", rows)
    each("counts", "rollup_reports", lambda: check_counts(connection, found))
    each("names", "dossier_names", lambda: check_names(connection, found))
    each("journal", "journal", journal)
    each("others", "journal", others)
    each("medium", "second copy", medium)
    each("commits", "book_seal", commits)
    each("scans", "files", lambda: check_scans(connection, places.scans, secrets.book, found))
    each("backups", "backups", lambda: check_backups(connection, places.backups, secrets, found))
    each("tries", places.tries.name, lambda: check_tries(connection, places.tries, secrets.book, found))


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
