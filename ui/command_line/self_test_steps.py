"""The steps of `--self-test`. Each returns what it found, or raises: a KnownError, or StepFailed with a word."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from app.errors import KnownError
from app.own_program import HELPERS, helper_command, helper_environment, installed_facts, is_installed
from app.paths import DataFolder
from ui.command_line.self_test import StepFailed

Told = Mapping[str, Any]

_ROOMS = ("app", "sync", "ui")
_OF_ANOTHER_SYSTEM = ("psycopg", "psycopg_pool", "nacl", "comtypes", "winreg", "msvcrt")
"""What a module may lack here without fault: the province's database driver, the other system's libraries."""
_SHEET = (827, 1169)                       # A4 at 100 dpi


def program() -> Told:
    """What this program says of itself."""
    from app.self_test import sqlite_in_use

    return {"is_installed": is_installed(), **installed_facts(), "python": platform.python_version(),
            "system": platform.platform(), "sqlite": sqlite_in_use(), "program": sys.executable}


def modules() -> Told:
    """Every module of ours can be loaded: what PyInstaller did not see would be missed on some later day."""
    loaded = 0
    for room in _ROOMS:
        for found in walk_packages(import_module(room).__path__, f"{room}."):
            if found.name in HELPERS or found.name.endswith(".__main__") or ".migrations." in found.name:
                continue
            try:
                import_module(found.name)
            except ModuleNotFoundError as error:
                if (error.name or "").split(".")[0] not in _OF_ANOTHER_SYSTEM:
                    raise
            loaded += 1
    return {"modules": loaded}


def empty_book(folder: Path) -> Told:
    """A new book: encrypted, at the newest revision, nothing of it readable without its key."""
    from app.store.migrate import HEAD, current_revision
    from ui.command_line.folder import open_folder

    office = open_folder(DataFolder(folder))
    try:
        revision = current_revision(office.database)
    finally:
        office.close()
    if revision != HEAD:
        raise StepFailed(f"revision {revision}")
    if b"SQLite format 3" in office.folder.database.read_bytes()[:64]:
        raise StepFailed("the book is not encrypted")
    return {"revision": revision}


def old_books(folder: Path, keys: Path) -> Told:
    """A book of every earlier revision opens, after a backup, as one of the newest."""
    from app.self_test import make_old_book, old_revisions
    from app.services.backup.names import Why, backups_in
    from app.store.migrate import HEAD, current_revision
    from ui.command_line.folder import open_folder

    brought = []
    for revision in old_revisions():
        place = DataFolder(folder / revision)
        make_old_book(place, revision, keys)
        office = open_folder(place)
        try:
            if current_revision(office.database) != HEAD:
                raise StepFailed(f"the book of {revision} stayed behind")
        finally:
            office.close()
        if not any(each.why == Why.BEFORE_UPGRADE for each in backups_in(place.backups)):
            raise StepFailed(f"the book of {revision} was changed without a backup")
        brought.append(revision)
    return {"from": brought, "to": HEAD}


def given_book(folder: DataFolder, copy: Path, keys: Path | None) -> Told:
    """A copy of a book as it lies, brought to this version and read through. The book itself is only read."""
    from app.bootstrap import open_application
    from app.services.book_check import check_book
    from app.store.keys import system_key_store

    copy.mkdir(parents=True)
    for name in ("counter.db", "counter.db-wal", "counter.id"):
        if (folder.root / name).exists():
            shutil.copyfile(folder.root / name, copy / name)
    office = open_application(
        DataFolder(copy), key_store=None if keys else system_key_store(), key_folder=keys
    )
    try:
        found = check_book(office.database, office.enrolled, office.clock.now())
    finally:
        office.close()
    if not found.is_whole:
        raise StepFailed("the book is damaged")
    return {"operations": found.operations}


def light_table() -> Told:
    """A skewed page is straightened, made small, and becomes a PDF, in the confined process for foreign bytes."""
    from datetime import UTC, datetime
    from io import BytesIO

    from PIL import Image, ImageDraw

    from app.domain.scanning import Treatment
    from app.imaging.prepared import DocumentAbout, PageForPdf
    from app.imaging.table_process import LightTable

    sheet = Image.new("L", _SHEET, 255)
    ink = ImageDraw.Draw(sheet)
    for line in range(12):
        ink.rectangle((90, 120 + 60 * line, 700, 132 + 60 * line), fill=20)
    written = BytesIO()
    sheet.rotate(2, fillcolor=255).convert("RGB").save(written, "PNG", dpi=(100, 100))
    with LightTable(children=1) as table:
        page = table.prepare(written.getvalue(), Treatment("text"))
        pdf = table.document(
            [PageForPdf(page.content, page.mime)], DocumentAbout("Tự kiểm tra", datetime.now(UTC)))
    if not pdf.startswith(b"%PDF"):
        raise StepFailed("no PDF came out")
    return {"page_bytes": len(page.content), "document_bytes": len(pdf)}


def scanners() -> Told:
    """Which scanners answer; the system's own test device, where it is there, scans a page."""
    from app.devices.scanning.run import ScanRun, list_sources
    from app.domain.scanning import Feed, ScanSettings

    try:
        found = list_sources()
    except KnownError as error:            # a PC without a scanner is whole
        return {"sources": 0, "said": error.code}
    tests = [each for each in found if each.id.startswith("sane:test")]
    if not tests:
        return {"sources": len(found), "test_device": False}
    pages: list[int] = []
    ends: list[KnownError | None] = []
    over = threading.Event()

    def on_end(error: KnownError | None) -> None:
        ends.append(error)
        over.set()

    ScanRun().start(tests[0].id, ScanSettings(feed=Feed.FLATBED, dpi=100, most_pages=1),
                    lambda content, mime: pages.append(len(content)), on_end)
    if not over.wait(90):
        raise StepFailed("the test device did not end")
    if ends[0] is not None:
        raise ends[0]
    return {"sources": len(found), "test_device": True, "pages": len(pages)}


def window(demo: DataFolder) -> Told:
    """The main job through the real window, out of sight: dossiers without a line, receipts, then the contact."""
    from ui.demo_office import make_demo_office
    from ui.demo_play import PEOPLE, play

    make_demo_office(demo, is_remembered=False)
    if play(demo):
        raise StepFailed("the province does not hold what was received")
    return {"dossiers": len(PEOPLE), "held_by_province": True}


def receipts(demo: DataFolder) -> Told:
    """What was printed answers to a reader: both codes of every slip, as a printer of 203 dpi would set them."""
    from app.printing.decode_back import codes_on_pages

    read = []
    for paper in sorted(demo.papers.glob("*.pdf")):
        found = codes_on_pages(paper.read_bytes())[0]
        if len(found) != 2 or len({text for _, text in found}) != 1:
            raise StepFailed(f"{paper.name}: {len(found)} codes could be read")
        read.append(next(text for _, text in found))
    if not read:
        raise StepFailed("no receipt was printed")
    return {"codes": read}


def journal(demo: DataFolder, export: Path) -> Told:
    """The book read through, its journal exported and verified by the verifier that shares nothing with it."""
    from app import verifier
    from app.services.book_check import check_book
    from app.store.journal import export_lines
    from ui.command_line.folder import open_folder

    office = open_folder(demo)
    try:
        counter, now = office.enrolled, office.clock.now()
        checked = check_book(office.database, counter, now)
        public = counter.key.public_key().public_bytes_raw()
        with office.database.reading() as connection:
            lines = list(export_lines(connection, counter.device, public, now))
    finally:
        office.close()
    export.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    found = verifier.verify_file(export).to_json()
    if not checked.is_whole or not found["ok"]:
        raise StepFailed("the book does not hold together")
    return {"operations": checked.operations}


def practice(folder: Path) -> Told:
    """The practice room with its book and its province, in a process of its own, which says first what it is."""
    done = subprocess.run(
        helper_command("app", ["practice", "--prepare", "--data", str(folder)]), env=helper_environment(),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False)
    said = json.loads((done.stdout.splitlines() or ["{}"])[-1])
    if done.returncode or not said.get("ok"):
        raise StepFailed(f"practice did not open: {said.get('reason', '')} {done.stderr[-500:]}")
    return {"operations": said["operations"]}


def gateway(folder: DataFolder, url: str, code: str, ca: Path | None) -> Told:
    """Join the given province, store one dossier of an invented person, and be told by it that it has it."""
    from ui.command_line.house import enrol, sync
    from ui.command_line.parser import parse
    from ui.command_line.receive import receive
    from ui.demo_play import PEOPLE

    here = ["--data", str(folder.root)]
    own = ["--ca", str(ca)] if ca is not None else []
    enrol(parse(["enrol", url, code, "--name", "self-test", *own, *here]))
    sync(parse(["sync", *here]))                         # packages may still be on their way
    received = receive(parse(["receive", "--card", PEOPLE[0].card, "--procedure", _procedure(folder), "--phone",
                              PEOPLE[0].phone, *here]))
    contact = sync(parse(["sync", *here]))
    left = _unsent(folder)
    if not contact["ok"] or left:
        raise StepFailed(f"{left} operations stay unsent: {contact.get('reason', '')}")
    return {"code": received["code"], "unsent": left}


def _procedure(folder: DataFolder) -> str:
    """The first procedure of an agency whose numbers this counter holds."""
    from app.services.days import today_at_counter
    from app.services.numbers import leases_left
    from ui.command_line.folder import open_folder

    office = open_folder(folder)
    try:
        with office.database.reading() as connection:
            today = today_at_counter(connection, office.clock.now())
            held = {each.agency for each in leases_left(connection, office.enrolled, today) if each.left_today}
        codes = [each.code for each in office.catalogue.procedures if each.agency in held]
    finally:
        office.close()
    if not codes:
        raise StepFailed("the province gave no numbers for today")
    return codes[0]


def _unsent(folder: DataFolder) -> int:
    from app.services.courier import outbox
    from ui.command_line.folder import open_folder

    office = open_folder(folder)
    try:
        with office.database.reading() as connection:
            return outbox(connection, office.enrolled).unsent
    finally:
        office.close()
