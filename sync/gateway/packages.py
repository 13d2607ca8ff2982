"""Catalogue and calendar packages: whole, versioned, signed; a version never changes its content."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import date

from sqlalchemy import Connection, insert, select

from sync.contract.messages import PackageNote, b64, package_text
from sync.contract.problems import Code
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal
from sync.gateway.tables import packages

OFFERED = 3
"""Versions of a kind that hello names: the newest and two to fall back on."""


def keep_package(
    connection: Connection, seal: Seal, kind: str, version: str, valid_from: date, content: bytes, at: str,
) -> PackageNote:
    """Sign and keep a package. The same bytes again change nothing.

    Raises ProblemRaised `package_not_json`, `package_differs` (that version exists with other content).
    """
    try:
        json.loads(content)
    except ValueError as error:
        raise ProblemRaised("package_not_json", 400) from error
    sha256 = hashlib.sha256(content).hexdigest()
    known = connection.execute(
        select(packages.c.sha256).where(packages.c.kind == kind, packages.c.version == version)
    ).scalar()
    if known is not None and known != sha256:
        raise ProblemRaised("package_differs", 409, kind=kind, version=version)
    if known is None:
        signed = seal.sign(package_text(kind, version, sha256, valid_from.isoformat()))
        connection.execute(insert(packages).values(
            kind=kind, version=version, sha256=sha256, valid_from=valid_from.isoformat(), size=len(content),
            signature=signed.signature_bytes, zipped=gzip.compress(content, mtime=0), added_at=at,
        ))
    return next(note for note in _notes(connection) if (note.kind, note.version) == (kind, version))


def package_notes(connection: Connection) -> tuple[PackageNote, ...]:
    """The newest versions of each kind, newest first."""
    offered: dict[str, int] = {}
    chosen = []
    for note in _notes(connection):
        offered[note.kind] = offered.get(note.kind, 0) + 1
        if offered[note.kind] <= OFFERED:
            chosen.append(note)
    return tuple(chosen)


def zipped_package(connection: Connection, kind: str, version: str) -> bytes:
    """The gzip'd JSON. Raises ProblemRaised `unknown_package`."""
    zipped = connection.execute(
        select(packages.c.zipped).where(packages.c.kind == kind, packages.c.version == version)
    ).scalar()
    if zipped is None:
        raise ProblemRaised(Code.UNKNOWN_PACKAGE, 404)
    return bytes(zipped)


def _notes(connection: Connection) -> list[PackageNote]:
    rows = connection.execute(
        select(packages.c.kind, packages.c.version, packages.c.sha256, packages.c.valid_from, packages.c.size,
               packages.c.signature)
        .order_by(packages.c.kind, packages.c.added_at.desc(), packages.c.version.desc())
    )
    return [PackageNote(row.kind, row.version, row.sha256, row.valid_from, row.size, b64(bytes(row.signature)))
            for row in rows]
