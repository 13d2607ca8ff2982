"""`python -m app backup | rehearse | restore`: the book as one file, tried, and put back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from app.bootstrap import Application
from app.domain.people.roles import Act
from app.errors import EnvironmentFault, Refusal
from app.services.backup.asides import clear_asides
from app.services.backup.known import HERE, MEDIUM, keep_lying, note_lying, note_trouble
from app.services.backup.mend import sweep_mending
from app.services.backup.names import Backup, Why, backups_in, book_id, read_name
from app.services.backup.one_at_a_time import one_backup_at_a_time
from app.services.backup.rehearse import Rehearsed, note_tried, rehearse, sweep_rehearsals
from app.services.backup.restore import ask_restore
from app.services.backup.scans import copy_scans
from app.services.backup.take import Place, Source, Taken, take_backup
from app.services.counter import Clerk
from app.services.second_copy import chosen
from sync.second_copy.backup_place import FOLDER, SCANS, SPARE, backups_at, take_on_medium
from ui.command_line.acting import acting_clerk
from ui.command_line.answer import Said
from ui.command_line.folder import data_folder, opened

Step = Callable[[str, str, int, int], object]
"""(where, "book" or "scans", done, altogether)"""


def backup(said: Said) -> Mapping[str, Any]:
    """Here, then on the second medium where there is one; or at `--to` alone."""
    with opened(said) as office, one_backup_at_a_time(office.database.path):
        step = _telling if said.steps else _silent
        sweep_rehearsals(office.folder.root)
        sweep_mending(office.folder.root)
        if said.to is not None:
            return {"ok": True, "file": str(_elsewhere(office, said.to.absolute(), step).backup.file)}
        why = Why.CLOSE if said.at_close else Why.ASKED
        source, now = Source(office.database, office.book_key), office.clock.now()
        done: dict[str, Any] = {"ok": True, "here": None, "medium": None, "problems": {}}
        trials: tuple[tuple[str, Callable[[], Taken | None]], ...] = (
            (HERE, lambda: take_backup(
                source, Place(office.folder.backups), why, now, lambda at, of: step(HERE, "book", at, of))),
            (MEDIUM, lambda: take_on_medium(
                source, office.blobs, why, now, lambda what, at, of: step(MEDIUM, what, at, of))),
        )
        for where, take in trials:                 # what stands in the way of one must not keep us from the other
            try:
                taken = take()
            except EnvironmentFault as fault:
                done["problems"][where] = {"code": fault.code, "values": _plain(fault)}
                _note(office, where, fault)
                continue
            _note(office, where, None)
            if taken is not None and where == HERE:
                with office.database.writing() as connection:
                    note_lying(connection, taken.backup.file.name, taken.seal, taken.gone)
            done[where] = str(taken.backup.file) if taken is not None else None
        if done[HERE] is not None:                 # the book in use was just read through, and stands twice
            clear_asides(office.folder, office.database, office.book_key)
        return {**done, "ok": not done["problems"]}


def rehearsal(said: Said) -> Mapping[str, Any]:
    """The newest backup here and the newest on the medium, opened as if they were needed."""
    with opened(said) as office, one_backup_at_a_time(office.database.path):
        tried: list[dict[str, Any]] = []
        # The window journals it itself, for its clerk.
        clerk = None if said.steps else acting_clerk(office, "", Act.BACK_UP)
        for where, each in newest_backups(office):
            step = partial(_telling if said.steps else _silent, where, "tried", 0, 0)
            done = rehearse(each, office.book_key, office.database, office.folder.root, office.clock.now(), step)
            if clerk is not None:
                _journal(office, clerk, done, where)
            tried.append({"where": where, "file": str(each.file), **_figures(done)})
        if not tried:
            raise Refusal("backup_none")
        return {"ok": all(not each["problem"] for each in tried), "tried": tried}


def restore(said: Said) -> Mapping[str, Any]:
    """Put a backup in the place of a book that is damaged or gone: a file, or the newest good one of a folder."""
    from ui.operations.restore import restore_all

    folder = data_folder(said)
    place: Path | None = said.place.absolute() if said.place else None
    if place is not None and place.is_file():
        found = read_name(place)
        candidates: tuple[Backup, ...] = (found,) if found is not None else ()
    else:
        candidates = backups_in(place or folder.backups)
    if not candidates:
        raise Refusal("backup_none")
    if said.yes:
        ask_restore(folder)
    done = restore_all(folder, candidates[0])
    return {"ok": True, **asdict(done)}


def newest_backups(office: Application) -> tuple[tuple[str, Backup], ...]:
    """(where, newest) of each place that has one. A medium that is away has none."""
    book = book_id(office.database.path)
    with office.database.reading() as connection:
        place = chosen(connection)
    folders = [(HERE, office.folder.backups)]
    if place is not None:
        folders.append((MEDIUM, backups_at(place.place, office.enrolled.device)))
    found = ((where, backups_in(folder, book)) for where, folder in folders)
    return tuple((where, each[0]) for where, each in found if each)


def _elsewhere(office: Application, place: Path, step: Step) -> Taken:
    taken = take_backup(
        Source(office.database, office.book_key), Place(place / FOLDER, SPARE), Why.ASKED, office.clock.now(),
        lambda at, of: step(MEDIUM, "book", at, of),
    )
    copy_scans(office.blobs, place / SCANS, lambda at, of: step(MEDIUM, "scans", at, of))
    return taken


def _note(office: Application, where: str, fault: EnvironmentFault | None) -> None:
    code, values = ("", {}) if fault is None else (fault.code, fault.values)
    with office.database.writing() as connection:
        note_trouble(connection, where, code, values, office.clock.now())
        if where == HERE and code == "backup_no_room":         # older ones may have given way to it all the same
            keep_lying(connection, {each.file.name for each in backups_in(office.folder.backups)})


def _journal(office: Application, clerk: Clerk, done: Rehearsed, where: str) -> None:
    with office.database.writing() as connection:
        note_tried(
            connection, office.enrolled, clerk, done, where,
            intent=f"rehearsal:{office.randomness(8).hex()}", now=office.clock.now(), randomness=office.randomness,
        )


def _figures(done: Rehearsed) -> dict[str, Any]:
    return {
        "at": done.backup.at.isoformat(), "operations": done.operations, "dossiers": done.dossiers,
        "newer": done.newer, "problem": done.problem,
    }


def _plain(fault: EnvironmentFault) -> dict[str, Any]:
    return {name: value for name, value in fault.values.items() if isinstance(value, str | int)}


def _telling(where: str, what: str, done: int, of: int) -> None:
    line = {"event": "step", "where": where, "what": what, "done": done, "of": of}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _silent(where: str, what: str, done: int, of: int) -> None:
    return None
