"""Whether a folder that was found after a power cut holds what was promised, and holds together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from app.errors import KnownError
from app.services.scan_check import check_scans
from app.services.scan_tray import pages
from app.store.blobs import BlobStore
from app.store.tables import dossiers, leases, number_fates, paper_documents, print_jobs
from tests.faults.book_checks import halves, read_journal, rebuilt_differs
from tests.faults.lives import chain_breaks
from tests.faults.power_day import PROVINCE, page_content, reopen_older
from tests.faults.powerless_disk import Image
from tests.office import MORNING, Office, SetClock, reopen, sample_intake

TWO_DAYS_ON = MORNING + timedelta(days=2)


class Judge:
    """Looks at images of one recording; what two images have in common is looked at once."""

    def __init__(self, promised: Sequence[str]) -> None:
        self._promised = list(promised)
        self._seen: set[bytes] = set()
        self._sound: set[tuple[bytes, int]] = set()

    @property
    def different(self) -> int:
        """How many different books were found sound."""
        return len({mark for mark, _ in self._sound})

    def is_new(self, image: Image, said: Sequence[str]) -> bool:
        """Whether this very folder, under these very promises, was not looked at before."""
        mark = hashlib.blake2b(len(said).to_bytes(4))
        for path in sorted(image):
            mark.update(path.encode() + b"\0" + len(image[path]).to_bytes(8))
            mark.update(image[path])
        is_new = mark.digest() not in self._seen
        self._seen.add(mark.digest())
        return is_new

    def findings(self, folder: Path, said: Sequence[str]) -> Iterator[str]:
        """What is wrong with the image in `folder`, after `said` was said."""
        promised = [*self._promised, *said]
        try:
            yield from self._started(folder, promised)
            yield from _backups(folder, promised)
        except KnownError as error:
            yield f"the program does not start: {error.code}"
        except (SQLAlchemyError, ValueError, AssertionError) as error:
            yield f"what was opened cannot be read: {type(error).__name__} {error}".splitlines()[0]

    def _started(self, folder: Path, promised: Sequence[str]) -> Iterator[str]:
        found = b""
        if (folder / "office" / "counter.db").exists():
            database = reopen_older(folder)
            try:
                yield from database.integrity_findings()
                with database.reading() as connection:
                    found = mark_of(connection, folder / "office" / "scans")
            finally:
                database.close()
            if (found, len(promised)) in self._sound:       # the same rows and scans, under the same promises
                return
        office = reopen(folder, PROVINCE, SetClock(TWO_DAYS_ON), seed=99)
        try:
            if office.application.counter is None:
                if promised:
                    yield "enrolled, and it knows nothing of it"
                else:
                    self._sound.add((found, 0))
                return
            with office.application.database.reading() as connection:
                faults = list(_broken_promises(connection, office.application.blobs, promised))
            faults += _unsound(office)
        finally:
            office.application.close()
        yield from faults
        if not faults:
            self._sound.add((found, len(promised)))


def _broken_promises(connection: Connection, blobs: BlobStore, promised: Sequence[str]) -> Iterator[str]:
    codes = set(connection.execute(select(dossiers.c.code)).scalars())
    printed = set(connection.execute(select(print_jobs.c.job).where(print_jobs.c.state == "printed")).scalars())
    documents = set(connection.execute(select(paper_documents.c.sha256)).scalars())
    days = set(connection.execute(select(number_fates.c.business_date)).scalars())
    for line in promised:
        kind, *words = line.split(" ")
        match kind:
            case "paper":
                is_kept = words[0] in codes
            case "printed":
                is_kept = words[0] in printed
            case "closed":
                is_kept = words[0] in days
            case "page":
                is_kept = _is_page_there(connection, blobs, *words)
            case "filed":
                is_kept = words[1] in documents and bool(blobs.read(words[1]))
            case _:
                is_kept = kind in {"enrolled", "upgraded"}
        if not is_kept:
            yield f"a promise is broken: {kind}"


def _is_page_there(connection: Connection, blobs: BlobStore, page_id: str, name: str) -> bool:
    held = next((page for page in pages(connection, name.split("/")[0]) if page.id == page_id), None)
    return held is not None and blobs.read(held.original.sha256) == page_content(name)


def _unsound(office: Office) -> Iterator[str]:
    """What does not hold together, whatever was promised; and whether work goes on."""
    database = office.application.database
    with database.reading() as connection:
        found = check_scans(connection, office.application.blobs, lambda *_: None, TWO_DAYS_ON)
    for name, wrong in (("rows without file", found.missing), ("files damaged", found.damaged),
                        ("files that the start should have swept", found.leftovers)):
        if wrong:
            yield name
    with database.writing() as connection:
        if chain_breaks(connection, office.application.enrolled.key.public_key()):
            yield "the chain is broken"
        yield from halves(connection, read_journal(connection))
        yield from rebuilt_differs(connection)
        before = set(connection.execute(select(dossiers.c.code)).scalars())
        has_numbers = connection.execute(select(leases.c.lease_id)).first() is not None
    if has_numbers and office.receive(sample_intake("sau khi có điện")).dossier.code in before:
        yield "a number is given out twice"


def mark_of(connection: Connection, scans: Path) -> bytes:
    """Every row of every table and every stored scan, as one value."""
    mark = hashlib.blake2b()
    driver: Any = connection.connection.driver_connection
    names = driver.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
        "AND name <> 'book_seal' ORDER BY name"
    ).fetchall()
    for (name,) in names:
        mark.update(f"{name} {driver.execute(f'SELECT * FROM {name}').fetchall()}".encode())
    for file in sorted(each for each in scans.rglob("*") if each.is_file()):
        mark.update(file.name.encode() + file.read_bytes())
    return mark.digest()


def _backups(folder: Path, promised: Sequence[str]) -> Iterator[str]:
    """A copy that was made before an upgrade bears its name only when it is whole."""
    book = folder / "office" / "counter.db"
    for copy in (folder / "office" / "backups").glob("before-*.db"):
        for suffix in ("", "-wal", "-shm"):
            book.with_name(book.name + suffix).unlink(missing_ok=True)
        log = copy.with_name(copy.name + "-wal")
        copy.replace(book)
        if log.exists():
            log.replace(book.with_name(book.name + "-wal"))
        try:
            opened = reopen_older(folder)
        except KnownError as error:
            yield f"the copy before the upgrade does not open: {error.code}"
            continue
        with opened.reading() as connection:
            codes = set(connection.execute(select(dossiers.c.code)).scalars())
        if not {line.split(" ")[1] for line in promised[:3] if line.startswith("paper ")} <= codes:
            yield "the copy before the upgrade is not whole"
        opened.close()
