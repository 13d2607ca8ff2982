"""A digitised paper to be looked at: its versions, who checked them, and where their files are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.domain.digitised import Document, QualityCheck
from app.errors import Refusal
from app.services.stored_dossier import StoredDossier, read_dossier
from app.services.stored_operation import read_operation
from app.services.stored_papers import PaperVersion, papers_of_dossier, versions_of
from app.store.tables import files


class Custody(Enum):
    """Who holds the files of a version, as this counter knows."""

    WAITING = "waiting"            # here, the province does not hold all of them yet
    PROVINCE = "province"          # the province holds every one
    PURGED = "purged"              # the province holds every one; one of them at least has left this machine
    ELSEWHERE = "elsewhere"        # another counter digitised it: its files never were on this machine


@dataclass(frozen=True, slots=True)
class FiledVersion:
    """One digitisation with what was said of it since. `staff`: the clerk's id; `since`: of PROVINCE, PURGED."""

    paper: PaperVersion
    staff: str
    checks: QualityCheck           # those of the last check, else of the filing
    checked_by: str
    checked_at: datetime | None
    custody: Custody
    since: datetime | None

    @property
    def number(self) -> int:
        return self.paper.version

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.paper.documents

    @property
    def pages(self) -> int:
        return sum(each.pages for each in self.documents)


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A requirement of a dossier with everything that was digitised under it, the newest first; at least one."""

    code: str
    requirement: str
    place: int                     # 1, 2, 3 … in the checklist; 0: not in it (the result, or taken out)
    name: str
    versions: tuple[FiledVersion, ...]

    @property
    def newest(self) -> FiledVersion:
        return self.versions[0]

    def version(self, number: int) -> FiledVersion | None:
        return next((each for each in self.versions if each.number == number), None)


def filed_paper(connection: Connection, code: str, requirement: str) -> FiledPaper:
    """What is digitised of `requirement`. Raises `dossier_unknown`, `paper_not_digitised`."""
    stored = read_dossier(connection, code)
    line = next(
        (each for each in papers_of_dossier(connection, stored) if each.requirement == requirement), None
    )
    if line is None or line.version == 0:
        raise Refusal("paper_not_digitised", code=stored.body.code)
    found = versions_of(connection, stored.body.code, requirement)
    held = _confirmed(connection, (each.sha256 for version in found for each in version.documents))
    versions = []
    for version in found:
        is_newest = version.version == line.version
        custody, since = _custody(version.documents, held)
        versions.append(FiledVersion(
            paper=version,
            staff=read_operation(connection, version.op_id).header.staff,
            checks=line.checks if is_newest else version.checks,
            checked_by=line.checked_by if is_newest else "",
            checked_at=line.checked_at if is_newest else None,
            custody=custody, since=since,
        ))
    name = line.name or found[0].about.name
    return FiledPaper(stored.body.code, requirement, _place(stored, requirement), name, tuple(versions))


def _place(stored: StoredDossier, requirement: str) -> int:
    given = [paper.requirement for paper in stored.body.intake.papers]
    return given.index(requirement) + 1 if requirement in given else 0


class _Held(NamedTuple):
    confirmed_at: datetime | None
    purged_at: datetime | None


def _confirmed(connection: Connection, contents: Iterable[str]) -> dict[str, _Held]:
    """When the province had each of these files whole and when it left, of those that this counter brings."""
    rows = connection.execute(
        select(files.c.sha256, files.c.confirmed_at, files.c.purged_at)
        .where(files.c.sha256.in_(set(contents)), files.c.send_since.is_not(None))
    )
    return {row.sha256: _Held(row.confirmed_at, row.purged_at) for row in rows}


def _custody(documents: Sequence[Document], held: Mapping[str, _Held]) -> tuple[Custody, datetime | None]:
    if not all(each.sha256 in held for each in documents):
        return Custody.ELSEWHERE, None
    left = [each for each in (held[one.sha256].purged_at for one in documents) if each is not None]
    if left:
        return Custody.PURGED, max(left)
    times = [held[each.sha256].confirmed_at for each in documents]
    known = [each for each in times if each is not None]
    return (Custody.PROVINCE, max(known)) if known and len(known) == len(times) else (Custody.WAITING, None)
