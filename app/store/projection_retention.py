"""From operations to what has left this machine: the rows of files stay and say since when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from app.domain.operation import Operation
from app.domain.retention import UNLISTED
from app.store.prepared import Prepared
from app.store.tables import dossier_versions, files, pickups, postings

_PURGE = Prepared(
    update(files)
    # A page that came again since the line was written is here, also when the line is replayed.
    .where(files.c.sha256 == bindparam("content"), files.c.kept_at <= bindparam("at"),
           files.c.purged_at.is_(None))
    .values(purged_at=bindparam("at"))
)


def purge_scans(connection: Connection, operation: Operation, is_own: bool) -> None:
    """These contents left this machine; another counter's line is about another machine."""
    if not is_own:
        return
    at = datetime.fromisoformat(operation.header.wall_time)
    for sha256 in digests_of(operation):
        _PURGE.run(connection, {"content": sha256, "at": at})


def unlist(connection: Connection, dossier: int, code: str) -> None:
    """What else lists show of its people: before and after of corrections, receivers, pick-ups. Money stays: the
    cash book is kept by the law on accounts."""
    connection.execute(
        update(dossier_versions).where(dossier_versions.c.dossier == dossier).values(changes="[]", reason="")
    )
    connection.execute(update(postings).where(postings.c.dossier == dossier).values(receiver=UNLISTED, note=""))
    connection.execute(
        update(pickups).where(pickups.c.code == code, pickups.c.code != "")
        .values(name=UNLISTED, phone="", address="", note="")
    )


def digests_of(operation: Operation) -> tuple[str, ...]:
    """The contents that a scans.purged operation names."""
    return tuple(str(sha256) for each in operation.body["dossiers"] for sha256 in each["digests"])


def purged_files(connection: Connection) -> frozenset[str]:
    """Every content that has left this machine and did not come again."""
    return frozenset(connection.execute(select(files.c.sha256).where(files.c.purged_at.is_not(None))).scalars())
