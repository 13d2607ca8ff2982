"""Documents that do not go out, with the dossier and the paper they belong to: what the clerk is shown of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.services.file_courier import asides
from app.services.reuse import same_content
from app.services.stored_dossier import read_dossier


@dataclass(frozen=True, slots=True)
class AsideFile:
    """`reason` is a code of `FileAside`; `code` and `paper` are "" where no dossier is known to have it.

    `next_try`: the first contact after it tries again by itself.
    """

    sha256: str
    code: str
    paper: str
    reason: str
    since: datetime
    next_try: datetime


def aside_files(connection: Connection, limit: int) -> tuple[AsideFile, ...]:
    """The `limit` longest set aside, oldest first."""
    held = sorted(asides(connection).items(), key=lambda each: (each[1].since, each[0]))
    return tuple(
        AsideFile(sha256, *_whose(connection, sha256), aside.code, aside.since, aside.next_try)
        for sha256, aside in held[:limit]
    )


def _whose(connection: Connection, sha256: str) -> tuple[str, str]:
    """(dossier code, name of the paper) of the first dossier that has this document."""
    for found in same_content(connection, sha256):
        if found.code is not None and found.requirement:
            papers = read_dossier(connection, found.code).body.intake.papers
            return found.code, next((each.name for each in papers if each.requirement == found.requirement), "")
    return "", ""
