"""What lies open in the window, in a small file beside the book: after a crash it tells what was happening.

The note names a page, a sheet, a dossier's code and how far the journal was; no person and nothing that was typed.
It is replaced whole and not synced: a killed process leaves the newest one, a power cut perhaps the one before. A
clean end takes it away; one that is found at a start is what was happening when the program stopped.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.domain.operation import Type, parse
from app.domain.vietnam_time import local
from app.paths import DataFolder
from app.services.counter import Counter
from app.store import journal as book

_NAME = "at-work.json"
_FORMER = "at-work.former.json"
_WORD = re.compile(r"[a-z_]{0,60}")
_CODE = re.compile(r"[A-Z0-9.\-]{0,40}")
QUIET = frozenset({
    Type.CLOCK_JUMPED, Type.NUMBERS_CLOSED, Type.NOTICE_SEEN, Type.SIGN_IN_NOTED, Type.BACKUP_TRIED,
    Type.SCANS_PURGED, Type.PERSONS_UNLISTED, Type.DATA_ASKED, Type.PERSON_REVEALED,
})
"""What the machine writes by itself, or what only looks: no answer to "is my work saved"."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """`page`, `sheet`: what lay open, by name; `code`: of which dossier. `seq`: last own operation when that was
    opened; `began_seq`: when the program began."""

    at: datetime
    page: str = ""
    sheet: str = ""
    code: str = ""
    epoch: int = 0
    began_seq: int = 0
    seq: int = 0


@dataclass(frozen=True, slots=True)
class SavedAct:
    """An operation of that run. `is_after`: written after what lay open was opened, so perhaps that very act."""

    at: datetime
    type: str
    code: str
    is_after: bool


def begin(folder: DataFolder, now: datetime) -> AtWork | None:
    """A run begins; what the one before left lying, None when it ended cleanly. Asked again it says the same."""
    note = folder.root / _NAME
    if note.exists():
        with suppress(OSError):
            note.replace(folder.root / _FORMER)
    return former(folder)


def former(folder: DataFolder) -> AtWork | None:
    """What lay open when the program stopped last, until a run has ended cleanly since."""
    try:
        said = json.loads((folder.root / _FORMER).read_text(encoding="utf-8"))
        found = AtWork(**{**said, "at": datetime.fromisoformat(said["at"])})
        is_sound = all(_WORD.fullmatch(word) for word in (found.page, found.sheet)) and _CODE.fullmatch(found.code)
        return found if is_sound and found.at.tzinfo is not None else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note(folder: DataFolder, at_work: AtWork) -> None:
    """This lies open now. A disk that refuses costs the note and nothing else."""
    sound = replace(at_work, code=at_work.code if _CODE.fullmatch(at_work.code) else "")
    part = folder.root / f"{_NAME}.{os.getpid()}.part"
    try:
        part.write_text(json.dumps({**asdict(sound), "at": sound.at.isoformat()}), encoding="utf-8")
        part.replace(folder.root / _NAME)
    except OSError:
        _remove(part)


def end(folder: DataFolder) -> None:
    """A clean end: nothing is told at the next start."""
    _remove(folder.root / _NAME)
    _remove(folder.root / _FORMER)


def own_seq(connection: Connection, counter: Counter) -> int:
    """Last own operation of this epoch."""
    return book.head(connection, counter.device, counter.epoch).seq


def saved_in(connection: Connection, counter: Counter, run: AtWork) -> tuple[SavedAct, ...]:
    """The acts that the run stored, the newest first; what the machine does by itself is left out."""
    if run.epoch != counter.epoch:
        return ()
    found: list[SavedAct] = []
    rows = book.after(connection, counter.device, counter.epoch, max(run.began_seq, run.seq - 50), 500)
    for row in rows:
        operation = parse(row.payload, row.signature)
        header, body = operation.header, operation.body
        if header.type in QUIET:
            continue
        at = local(datetime.fromisoformat(header.wall_time))
        found.append(SavedAct(at, header.type, header.number or _code_in(body), row.seq > run.seq))
    return tuple(found[::-1])


def _code_in(body: Mapping[str, Any]) -> str:
    """The dossier an operation is about, the first of several; "" where it is about none."""
    lines = body.get("lines")
    first = lines[0] if isinstance(lines, list) and lines and isinstance(lines[0], dict) else {}
    code = body.get("code") or first.get("code") or ""
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()
