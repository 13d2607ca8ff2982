"""kill -9 at random instants of scanning and storing: no row without its file, no page lost that was shown.

A child takes pages in, prepares them and files them under their requirements, on a real encrypted book and store;
what the window would show goes to a pipe once its transaction is committed. The parent kills the child at a random
instant and starts the next on the same folder. Checked at the end: every page that was shown is there with its
very bytes, every row has its file and every file opens, every paper shown as filed has its documents, chain and
signatures are whole, replaying the journal gives the same tables, and what the kills left lying is swept at the
next start or counted by the check.

    python -m tests.faults.kill_scan [--kills 500] [--seed 1]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, func, select

from app.domain.digitised import PDF, PaperAbout, QualityCheck
from app.domain.identifiers import uuid7
from app.domain.scanning import Finding
from app.errors import EnvironmentFault
from app.services.digitise import FiledStack, file_paper
from app.services.rebuild import rebuild
from app.services.scan_check import ORPHAN_AGE, check_scans, settle_check
from app.services.scan_tray import keep_page, note_prepared, pages
from app.store.blobs import BlobStore
from app.store.tables import (
    dossier_scans,
    files,
    paper_documents,
    paper_states,
    rollup_scans,
    scanned_pages,
)
from tests.faults.lives import chain_breaks, one_life
from tests.office import Office, Province, SetClock, make_template, reopen, sample_intake

LONGEST_LIFE = 0.4
"""Seconds a child lives at most. Four of five are counted from when their folder is open and die in the middle of
a page; the others are counted from their birth and die while opening and sweeping."""

OPEN = "open\n"

PAGES = 3
"""Per requirement; each filed as one document."""

PROJECTION = (paper_states, paper_documents, dossier_scans, rollup_scans, files)


@dataclass(slots=True)
class Figures:
    kills: int = 0
    pages_shown: int = 0
    papers_shown: int = 0
    rows: int = 0
    swept: int = 0                 # of writing that never ended, when the next program opened the folder
    pages_lost: int = 0
    papers_lost: int = 0
    rows_without_file: int = 0
    damaged: int = 0
    chain_breaks: int = 0
    file_findings: int = 0
    tables_differ: int = 0
    left_lying: int = 0            # orphans or leftovers that the check could not take away
    orphans: int = 0
    seconds: float = 0.0
    shown: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not any((
            self.pages_lost, self.papers_lost, self.rows_without_file, self.damaged, self.chain_breaks,
            self.file_findings, self.tables_differ, self.left_lying,
        ))


def run(kills: int, seed: int, folder: Path) -> Figures:
    """Kill `kills` children and check book and store after the last one."""
    noise = random.Random(seed)
    province = Province(Ed25519PrivateKey.generate())
    make_template(folder, province, device="quay-1", lo=1, hi=9_999)
    figures = Figures()
    started = time.perf_counter()
    incoming = folder / "office" / "scans" / "incoming"
    for turn in range(kills):
        life = noise.uniform(0.005, LONGEST_LIFE)
        work = partial(_scan_for_ever, folder, province, turn)
        said = one_life(work, life, counted_from=OPEN if turn % 5 else "")
        figures.shown += [line for line in said if line != OPEN.strip()]
        figures.kills += 1
        figures.swept += len(list(incoming.iterdir())) if incoming.is_dir() else 0
    figures.seconds = time.perf_counter() - started
    office = reopen(folder, province, SetClock())
    try:
        _check(office, figures)
    finally:
        office.application.close()
    return figures


def page_content(name: str) -> bytes:
    """Bytes of a page that can be made again from its name; one of three has several chunks."""
    size = 150_000 if hashlib.sha256(name.encode()).digest()[0] % 3 == 0 else 20_000
    return random.Random(name).randbytes(size)


def _scan_for_ever(folder: Path, province: Province, turn: int, window: int) -> None:
    office = reopen(folder, province, SetClock(), seed=turn)
    os.write(window, OPEN.encode())
    number = 0
    while True:
        number += 1
        intent = f"life-{turn}-{number}"
        kept = [_page(office, intent, "1", ordinal, window) for ordinal in range(1, PAGES + 1)]
        intake = sample_intake(intent)
        code = office.receive(intake).dossier.code     # pages may come before the dossier
        _file(office, code, intent, "1", kept, window)
        kept = [_page(office, intent, "2", ordinal, window) for ordinal in range(1, PAGES + 1)]
        _file(office, code, intent, "2", kept, window)


def _page(office: Office, intent: str, batch: str, ordinal: int, window: int) -> str:
    application, now = office.application, office.clock.now()
    page_id = uuid7(now, office.noise.randbytes)
    name = f"{intent}/{batch}/{ordinal}"
    with application.database.writing() as connection:
        keep_page(
            connection, application.blobs, page_id=page_id, intent=intent, batch=batch, ordinal=ordinal,
            source="file", content=page_content(name), mime="image/png", now=now,
        )
    _say(window, f"page {page_id} {name}")
    with application.database.writing() as connection:
        note_prepared(
            connection, application.blobs, page_id, page_content(f"{name} prepared"), "image/jpeg",
            page_content(f"{name} small")[:900], Finding(1654, 2339, 200),
        )
    _say(window, f"prepared {page_id} {name}")
    return page_id


def _file(office: Office, code: str, intent: str, requirement: str, kept: list[str], window: int) -> None:
    application = office.application
    document = application.blobs.put(b"%PDF-1.7 " + page_content(f"{intent}/{requirement} document"), PDF)
    with application.database.writing() as connection:
        file_paper(
            connection, application.blobs, application.enrolled, office.clerk, code, requirement=requirement,
            stacks=(FiledStack(tuple(kept), document),), about=PaperAbout(), checks=QualityCheck(),
            intent=f"{intent}/{requirement}", now=office.clock.now(), randomness=office.noise.randbytes,
        )
    _say(window, f"filed {code} {requirement} {document.sha256}")


def _say(window: int, line: str) -> None:
    os.write(window, f"{line}\n".encode())


def _check(office: Office, figures: Figures) -> None:
    database, blobs = office.application.database, office.application.blobs
    with database.reading() as connection:
        _check_shown(connection, office, figures)
        figures.chain_breaks = chain_breaks(connection, office.application.enrolled.key.public_key())
        figures.rows = connection.execute(select(func.count()).select_from(scanned_pages)).scalar_one()
    figures.file_findings = len(database.integrity_findings())
    for sha256 in [file.sha256 for file in blobs.walk()]:
        old = office.clock.now().timestamp() - 2 * ORPHAN_AGE.total_seconds()
        os.utime(blobs.path_of(sha256), (old, old))
    with database.reading() as connection:
        found = check_scans(connection, blobs, lambda *_: None, office.clock.now())
    figures.rows_without_file, figures.damaged = len(found.missing), len(found.damaged)
    figures.orphans = len(found.orphans)
    with database.writing() as connection:
        settle_check(connection, blobs, found)
    with database.reading() as connection:
        again = check_scans(connection, blobs, lambda *_: None, office.clock.now())
    figures.left_lying = len(again.orphans) + again.leftovers + (again.checked != len(list(blobs.walk())))
    with database.writing() as connection:
        lived = _tables(connection)
        rebuild(connection)
        figures.tables_differ = sum(lived[name] != rows for name, rows in _tables(connection).items())


def _check_shown(connection: Connection, office: Office, figures: Figures) -> None:
    blobs = office.application.blobs
    documents = {row.sha256 for row in connection.execute(select(paper_documents.c.sha256))}
    for line in figures.shown:
        kind, *words = line.split(" ")
        if kind == "filed":
            figures.papers_shown += 1
            figures.papers_lost += words[2] not in documents or not blobs.has(words[2])
            continue
        figures.pages_shown += kind == "page"
        page = next((each for each in pages(connection, words[1].split("/")[0]) if each.id == words[0]), None)
        shown = words[1] if kind == "page" else f"{words[1]} prepared"
        blob = None if page is None else page.original if kind == "page" else page.prepared
        figures.pages_lost += blob is None or not _is_there(blobs, blob.sha256, page_content(shown))


def _is_there(blobs: BlobStore, sha256: str, content: bytes) -> bool:
    try:
        return blobs.read(sha256) == content
    except EnvironmentFault:
        return False


def _tables(connection: Connection) -> dict[str, list[Any]]:
    return {
        table.name: list(connection.execute(select(table).order_by(*table.primary_key.columns)))
        for table in PROJECTION
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qmc-kill-scan-") as folder:
        found = run(said.kills, said.seed, Path(folder))
    print(f"kills {found.kills} · pages shown {found.pages_shown} · rows {found.rows} · papers filed "
          f"{found.papers_shown} · {found.kills / found.seconds:.1f} kills/s")
    print(f"pages lost {found.pages_lost} · papers lost {found.papers_lost} · rows without file "
          f"{found.rows_without_file} · damaged {found.damaged} · chain breaks {found.chain_breaks} · "
          f"book findings {found.file_findings} · tables differ {found.tables_differ}")
    print(f"half files swept at the next start {found.swept} · orphans found and removed {found.orphans} · "
          f"left lying {found.left_lying}")
    print("clean" if found.is_clean else "VIOLATED")
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
