"""Dossiers that were told while some of their files were on the way: told again once more of them are here."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Select, func, select, update

from sync.gateway.bridge.queue import touch
from sync.gateway.bridge.tables import dossiers
from sync.gateway.file_tables import attachments, stored_files


def note_lacking(connection: Connection, key: str) -> None:
    """How many of its files were not here when it was told."""
    count = connection.execute(_lacking().where(attachments.c.number_key == key)).one_or_none()
    connection.execute(update(dossiers).where(dossiers.c.number_key == key)
                       .values(lacking=count.lacking if count else 0))


def queue_completed(connection: Connection, at: str) -> int:
    """Queue those that lack fewer than then; how many."""
    then: Mapping[str, int] = {row.number_key: row.lacking for row in connection.execute(
        select(dossiers.c.number_key, dossiers.c.lacking).where(dossiers.c.lacking > 0))}
    if not then:
        return 0
    of = select(dossiers.c.number_key).where(dossiers.c.lacking > 0)
    now = {row.number_key: row.lacking for row in connection.execute(
        _lacking().where(attachments.c.number_key.in_(of)))}
    fewer = [key for key, count in then.items() if now.get(key, 0) < count]
    touch(connection, fewer, at)
    for key in fewer:
        note_lacking(connection, key)
    return len(fewer)


def _lacking() -> Select[tuple[str | None, int]]:
    return (
        select(attachments.c.number_key, func.count(attachments.c.sha256.distinct()).label("lacking"))
        .outerjoin(stored_files, stored_files.c.sha256 == attachments.c.sha256)
        .where(stored_files.c.sha256.is_(None)).group_by(attachments.c.number_key)
    )
