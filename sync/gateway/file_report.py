"""How complete the dossiers are: a dossier is when every file that its operations name is here."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, func, select

from sync.gateway.file_tables import attachments, stored_files, uploads
from sync.gateway.tables import operations


def files_report(connection: Connection, office: str | None = None) -> dict[str, Any]:
    """Files named, here, on their way; and the dossiers that still lack some, by printed code.

    Counts contents: the same scan in two dossiers of an office is one file, missing in both until it is here.
    """
    scope = attachments.c.office == office if office else attachments.c.office.is_not(None)
    named = connection.execute(
        select(attachments.c.office, attachments.c.sha256, attachments.c.number_key, stored_files.c.size)
        .outerjoin(stored_files, stored_files.c.sha256 == attachments.c.sha256).where(scope).distinct()
    ).all()
    missing: dict[str, set[str]] = defaultdict(set)
    of_dossiers: set[str] = set()
    for row in named:
        if row.number_key is not None:
            of_dossiers.add(row.number_key)
            if row.size is None:
                missing[row.number_key].add(row.sha256)
    contents = {(row.office, row.sha256): row.size for row in named}
    printed = _printed(connection, missing)
    begun = select(func.count()).select_from(uploads)
    return {
        "named": len(contents),
        "complete": sum(size is not None for size in contents.values()),
        "missing": sum(size is None for size in contents.values()),
        "begun": connection.execute(begun.where(uploads.c.office == office) if office else begun).scalar_one(),
        "bytes": sum({sha256: size or 0 for (_, sha256), size in contents.items()}.values()),
        "dossiers_with_files": len(of_dossiers),
        "dossiers_complete": len(of_dossiers - missing.keys()),
        "dossiers_incomplete": {printed.get(key, key): len(lacks) for key, lacks in sorted(missing.items())},
    }


def _printed(connection: Connection, keys: dict[str, set[str]]) -> dict[str, str]:
    """The code on the receipt, where the dossier itself is here."""
    found: dict[str, str] = {}
    wanted = sorted(keys)
    for first in range(0, len(wanted), 500):
        rows = connection.execute(
            select(operations.c.number_key, operations.c.number)
            .where(operations.c.number_key.in_(wanted[first:first + 500])))
        found |= {row.number_key: row.number for row in rows}
    return found
