"""Whether the disk still has what the rows say: after a restore, and now and then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from sync.gateway.file_store import FileStore
from sync.gateway.file_tables import stored_files, uploads

OLD = timedelta(hours=24)
"""A draft without a row may belong to a request that is under way; not after so long."""


def check_files(connection: Connection, store: FileStore, now: datetime, *, content: bool) -> dict[str, Any]:
    """Take back the word for files that are gone or, with `content`, damaged; sweep drafts that nobody grows.

    Counters were told that these files are here: they send them again after `restored`.
    """
    missing, damaged, checked = [], [], 0
    for row in connection.execute(select(stored_files).order_by(stored_files.c.sha256)).all():
        checked += 1
        if not store.has(row.sha256, row.size):
            missing.append(row.sha256)
        elif content and not store.is_sound(row.sha256):
            damaged.append(row.sha256)
            store.set_apart(row.sha256)
        else:
            continue
        connection.execute(delete(stored_files).where(stored_files.c.sha256 == row.sha256))
    known = set(connection.execute(select(uploads.c.draft)).scalars())
    abandoned = [name for name, grew in store.drafts().items() if name not in known and now - grew > OLD]
    for name in abandoned:
        store.drop(name)
    return {
        "checked": checked, "missing": missing, "damaged": damaged, "drafts_swept": len(abandoned),
        "send_again_with": "restored" if missing or damaged else None,
    }
