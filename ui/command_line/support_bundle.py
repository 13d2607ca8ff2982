"""`python -m app support-bundle --to FILE`: how this machine stands, sealed for the province; no person in it.

Also where the book does not open: then with what lies beside it. JSON on stdout as of every command.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import PySide6

from app.bootstrap import Application
from app.domain.self_check import Checked
from app.errors import EnvironmentFault, KnownError
from app.own_program import installed_facts, is_installed
from app.paths import DataFolder
from app.practice import is_practice
from app.program_log import read_log
from app.self_test import sqlite_in_use
from app.services.backup.names import backups_in, book_id
from app.services.disk_room import MEGABYTE, free_bytes
from app.services.support.facts import book_facts
from app.services.support.standing import machine_standing
from app.store.database import log_size
from sync.contract import PROTOCOL
from sync.support.bundle import LOG_LINES, known_counter, reader_of, write_bundle
from ui.command_line.answer import Said
from ui.command_line.folder import data_folder, open_for_command
from ui.command_line.self_check import look_at, looks_of
from ui.support_sign import SupportSign, slips_of


def support_bundle(said: Said) -> Mapping[str, Any]:
    """Raises `support_no_key`, `file_unwritable`; what is wrong with the book is no refusal but stands inside."""
    folder = data_folder(said)
    office, problem = _office(folder)
    try:
        reader = _reader(folder, office)
        facts = gather(folder, office, problem)
        file = write_bundle(facts, reader, said.to.absolute() if said.to else folder.root)
    finally:
        if office is not None:
            office.close()
    return {"ok": True, "file": str(file), "bytes": file.stat().st_size, "support": facts["support"],
            "problem": facts["book"]["problem"]}


def gather(folder: DataFolder, office: Application | None, problem: str) -> dict[str, Any]:
    """Every fact of `support_shape` that can be had; `problem`: the code of what keeps the book shut."""
    now = office.clock.now() if office is not None else datetime.now(UTC)
    slips = slips_of(folder)
    sign = SupportSign(slips, installed_facts().get("version", ""), lambda: now, is_practice())
    facts: dict[str, Any] = {
        "made_at": now.isoformat(timespec="seconds"), "program": _program(),
        "counter": known_counter(folder), "book": {}, "errors": [
            {"at": each.at.isoformat(), "code": each.code, "support": each.support} for each in slips.read()],
        "log": read_log(folder.log, LOG_LINES),
    }
    if office is not None:
        found, problem = _of_book(office, now, sign)
        facts |= found
    facts["book"] = {**facts["book"], "problem": problem or None, **_files(folder)}
    here = backups_in(folder.backups, book_id(folder.database)) if folder.backups.is_dir() else ()
    newest = here[0].at.isoformat() if here else None
    facts["backups"] = {**facts.get("backups", {}), "here": len(here), "newest": newest}
    return {**facts, "support": sign.code_for(problem)}


def _of_book(office: Application, now: datetime, sign: SupportSign) -> tuple[dict[str, Any], str]:
    """All that an open book can still be asked for, and the code of what is wrong with it, "" for nothing."""
    facts, fault = book_facts(office.database, office.counter, office.book_key, now)
    if office.counter is not None:
        try:
            with office.database.reading() as connection:
                sign.stand(machine_standing(connection, office.counter, office.folder.root, now))
        except EnvironmentFault as met:
            fault = fault or met
    facts["book"] = {**facts.get("book", {}), "key_place": office.key_place}
    facts.setdefault("sync", {})["protocol"] = PROTOCOL
    found: list[Checked] = [look_at(part, look) for part, look in looks_of(office)]
    facts["check"] = [
        {"part": str(each.part), "state": str(each.state), "found": each.found, "code": each.values.get("code")}
        for each in found
    ]
    if fault is not None:
        return facts, fault.code
    # A page that nothing above has asked for: the check reads all of them.
    return facts, next((str(each.values["code"]) for each in found if each.found == "damaged"), "")


def _office(folder: DataFolder) -> tuple[Application | None, str]:
    """The opened office, or the code of what keeps it shut; nothing is brought to a newer state for it."""
    if not folder.database.exists():
        return None, "book_lost"
    try:
        return open_for_command(folder), ""
    except KnownError as error:
        return None, error.code


def _reader(folder: DataFolder, office: Application | None) -> bytes:
    """Raises `support_no_key`. The page with the key may be the damaged one: it lies beside the book too."""
    try:
        return reader_of(folder, office.database if office is not None else None)
    except EnvironmentFault:
        return reader_of(folder, None)


def _program() -> dict[str, Any]:
    facts = installed_facts()
    return {
        "version": facts.get("version"), "commit": facts.get("commit"), "python": platform.python_version(),
        "qt": PySide6.__version__, "sqlite": sqlite_in_use(), "system": platform.system(),
        "release": platform.release(), "is_installed": is_installed(), "is_practice": is_practice(),
    }


def _files(folder: DataFolder) -> dict[str, Any]:
    def size(file: Path) -> int | None:
        try:
            return file.stat().st_size
        except OSError:
            return None

    try:
        free: int | None = free_bytes(folder.root) // MEGABYTE
    except OSError:
        free = None
    return {"size": size(folder.database), "log_size": log_size(folder.database), "free_mb": free}
