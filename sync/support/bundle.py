"""A support bundle of this machine: for whom it is sealed, and how it gets into a file.

The province's seal key stands in the book. A book that does not open cannot say it, and just then a bundle is
wanted; so the key, which is public, lies in a small file beside the book too. Who changes that file reads the next
bundle, in which no person stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.errors import EnvironmentFault, Refusal
from app.paths import DataFolder
from app.services.counter import Counter
from app.services.second_copy import province_seal_key
from app.store.database import Database
from app.whole_file import put_whole, whole_file
from sync.contract.support_bundle import SUFFIX, SupportFault, make_bundle

LOG_LINES = 2_000
_KEY_FILE = "support-key.json"


def keep_key(folder: DataFolder, database: Database, counter: Counter) -> None:
    """Lay the public key beside the book, where it is not there yet. A disk that refuses changes nothing."""
    with database.reading() as connection:
        key = province_seal_key(connection)
    if key is None:
        return
    said = {"seal_key": key.hex(), "device": counter.device, "office": counter.office_id, "epoch": counter.epoch}
    if _beside(folder) == said:
        return
    with suppress(OSError):
        put_whole(folder.root / _KEY_FILE, json.dumps(said).encode())


def reader_of(folder: DataFolder, database: Database | None) -> bytes:
    """The raw public key a bundle is sealed for. Raises EnvironmentFault `support_no_key`."""
    found: bytes | None = None
    if database is not None:
        with database.reading() as connection:
            found = province_seal_key(connection)
    if found is None:
        with suppress(KeyError, ValueError, TypeError):
            found = bytes.fromhex(_beside(folder)["seal_key"])
    if found is None or len(found) != 32:
        raise EnvironmentFault("support_no_key")
    return found


def known_counter(folder: DataFolder) -> Mapping[str, Any]:
    """Device, office and epoch as they were last known, for a book that does not open."""
    said = _beside(folder)
    return {name: said[name] for name in ("device", "office", "epoch") if name in said}


def write_bundle(facts: Mapping[str, Any], reader: bytes, target: Path) -> Path:
    """The file, whole or not there; a folder gets a name by device and moment.

    Raises Refusal `file_unwritable` (file).
    """
    try:
        content = make_bundle(facts, reader)
    except SupportFault:                           # the log is all that can be so long
        content = make_bundle({**facts, "log": None, "errors": None}, reader)
    if target.is_dir():
        moment = str(facts.get("made_at", ""))[:19].replace("-", "").replace(":", "").replace("T", "-")
        target = target / f"ho-tro-{facts.get('counter', {}).get('device', 'may')}-{moment}{SUFFIX}"
    try:
        with whole_file(target) as file:
            file.write(content)
    except OSError as error:
        raise Refusal("file_unwritable", file=target.name) from error
    return target


def _beside(folder: DataFolder) -> dict[str, Any]:
    try:
        said = json.loads((folder.root / _KEY_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
