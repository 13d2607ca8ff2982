"""What a version that could not take the book over leaves for the one before it, which goes on working.

One small file in the data folder: which version, when, why. It holds codes and values, never a sentence, and goes
when a later start succeeds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.errors import KnownError
from app.paths import DataFolder
from app.store.durable import fsync_file

NAME = "upgrade-refused.json"
WAITS = frozenset({"upgrade_waits_cash", "book_in_use"})
"""Nothing is wrong: the next start may succeed."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why version `program` did not take over."""

    program: str
    at: datetime
    code: str
    values: Mapping[str, Any]


def leave_word(folder: DataFolder, program: str, error: KnownError, now: datetime) -> None:
    """A folder that cannot be written gets no word; the version before says what it sees itself."""
    plain = {name: value for name, value in error.values.items() if isinstance(value, str | int)}
    said = {"program": program, "at": now.isoformat(), "code": error.code, "values": plain}
    with suppress(OSError):
        part = _file(folder).with_suffix(".part")
        part.write_text(json.dumps(said), encoding="utf-8")
        fsync_file(part)
        part.replace(_file(folder))


def read_word(folder: DataFolder) -> Refused | None:
    """None where nothing was left, or nothing that can be read."""
    try:
        said = json.loads(_file(folder).read_text(encoding="utf-8"))
        return Refused(
            str(said["program"]), datetime.fromisoformat(said["at"]), str(said["code"]), dict(said["values"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def take_word_back(folder: DataFolder) -> None:
    """The book is open with the newest version."""
    with suppress(OSError):
        _file(folder).unlink(missing_ok=True)


def _file(folder: DataFolder) -> Path:
    return folder.root / NAME
