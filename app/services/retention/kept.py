"""What is known here of dossiers whose scans lie on this machine, and which contents nobody else needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from app.domain.dossier import State
from app.domain.life.facts import Kind
from app.domain.life.states import Custody, Delivery, MoneyState
from app.domain.operation import Type
from app.domain.retention import UNLISTED, Hold, Kept, Policy, list_holds, scan_holds
from app.domain.vietnam_time import local
from app.services.courier import confirmed_seq
from app.services.forks import branches
from app.services.scan_tray import PageState
from app.store import projection
from app.store.projection_life import read_dossier_text
from app.store.tables import (
    day_differences,
    dossier_versions,
    dossiers,
    files,
    journal,
    life_events,
    money_entries,
    obstacles,
    paper_documents,
    paper_states,
    parked_operations,
    postings,
    scanned_pages,
    verdicts,
    worklist,
)

_AT_ONCE = 500
_PARTS = ("original", "prepared", "thumbnail", "text")
_NAMED = or_(*(scanned_pages.c[name] == files.c.sha256 for name in _PARTS))


@dataclass(frozen=True, slots=True)
class Standing:
    """`contents`: everything scanned of it that is still here, its documents and the pages behind them."""

    id: int
    code: str
    kept: Kept
    contents: tuple[str, ...]


class Standings:
    """Reads each dossier once; valid inside one transaction."""

    def __init__(self, connection: Connection, policy: Policy, today: date) -> None:
        self._connection, self._policy, self._today = connection, policy, today
        self._holds: dict[int, frozenset[Hold]] = {}
        self._standing: dict[int, Standing] = {}
        self._received: dict[str, int | None] = {}
        self._branches = branches(connection)
        self._confirmed: dict[tuple[str, int], int] = {}

    def holds(self, dossier: int) -> frozenset[Hold]:
        """What keeps this dossier's scans here."""
        if dossier not in self._holds:
            self._holds[dossier] = scan_holds(self.read(dossier).kept, self._policy, self._today)
        return self._holds[dossier]

    def list_holds(self, dossier: int) -> frozenset[Hold]:
        """What keeps its people in lists and search."""
        return list_holds(self.read(dossier).kept, self._policy, self._today)

    def read(self, dossier: int) -> Standing:
        """What is known of it."""
        if dossier not in self._standing:
            self._standing[dossier] = self._read(dossier)
        return self._standing[dossier]

    def _read(self, dossier: int) -> Standing:
        connection = self._connection
        row = connection.execute(select(dossiers).where(dossiers.c.id == dossier)).one()
        documents = _documents(connection, dossier)
        intent = _intent(connection, dossier)
        lines = _lines(connection, dossier, row.code, row.code_key)
        latest = max((each.confirmed_at for each in documents if each.confirmed_at), default=None)
        return Standing(dossier, row.code, Kept(
            is_own=row.is_own,
            has_stage_ahead=_has_stage_ahead(connection, dossier, row.op_id),
            state=State(row.state), delivery=Delivery(row.delivery), custody=Custody(row.custody),
            money=MoneyState(row.money),
            finished_on=_day(row.moved_at), confirmed_on=_day(latest),
            work=_open_matters(connection, dossier, row.code),
            unsent=self._unsent(lines), sent_back=_sent_back(connection, lines),
            files_open=sum(1 for each in documents if each.confirmed_at is None or each.send_since is None),
            pages_open=_waiting_pages(connection, intent),
        ), _contents(connection, documents, intent))

    def needed_elsewhere(self, sha256: str) -> bool:
        """Whether a dossier that has to keep its scans, or a page that belongs to none, names this content."""
        connection = self._connection
        named = connection.execute(
            select(paper_documents.c.dossier).where(paper_documents.c.sha256 == sha256).distinct()
        ).scalars().all()
        if any(self.holds(dossier) for dossier in named):
            return True
        pages = connection.execute(
            select(scanned_pages.c.state, journal.c.op_id, journal.c.type, journal.c.number)
            .outerjoin(journal, journal.c.intent == scanned_pages.c.intent)
            .where(or_(*(scanned_pages.c[name] == sha256 for name in _PARTS)))
            .distinct()
        ).all()
        return any(self._needs(each) for each in pages)

    def _needs(self, page: Any) -> bool:
        if page.state != PageState.FILED or page.type != Type.DOSSIER_RECEIVED:
            return True
        if page.op_id not in self._received:
            self._received[page.op_id] = _received_by(self._connection, page.op_id, page.number)
        dossier = self._received[page.op_id]
        return dossier is None or bool(self.holds(dossier))

    def _unsent(self, lines: Sequence[str]) -> int:
        """Of our own ones, those that the province has not got; on a branch it holds other bytes."""
        rows = _in_parts(self._connection, lines, lambda part: select(
            journal.c.device, journal.c.epoch, journal.c.seq).where(journal.c.op_id.in_(part)))
        return sum(1 for row in rows if row.seq > self._upto(row.device, row.epoch))

    def _upto(self, device: str, epoch: int) -> int:
        if (device, epoch) not in self._confirmed:
            reached = confirmed_seq(self._connection, device, epoch)
            branch = self._branches.get(epoch)
            self._confirmed[device, epoch] = min(reached, branch.seq - 1) if branch else reached
        return self._confirmed[device, epoch]


def candidates(connection: Connection, *, after: int, finished_before: datetime, limit: int) -> list[int]:
    """Our own dossiers with files on this machine whose state last changed before then, behind `after`."""
    has_files = (
        select(paper_documents.c.dossier)
        .join(files, files.c.sha256 == paper_documents.c.sha256)
        .where(paper_documents.c.dossier == dossiers.c.id, files.c.purged_at.is_(None))
        .exists()
    )
    return list(connection.execute(
        select(dossiers.c.id)
        .where(dossiers.c.id > after, dossiers.c.is_own, ~dossiers.c.is_open,
               dossiers.c.moved_at <= finished_before, has_files)
        .order_by(dossiers.c.id).limit(limit)
    ).scalars())


def listed(connection: Connection, *, after: int, finished_before: datetime, limit: int) -> list[int]:
    """Our own dossiers that still show their people and whose state last changed before then, behind `after`."""
    return list(connection.execute(
        select(dossiers.c.id)
        .where(dossiers.c.id > after, dossiers.c.is_own, ~dossiers.c.is_open,
               dossiers.c.applicant_name != UNLISTED, dossiers.c.moved_at <= finished_before)
        .order_by(dossiers.c.id).limit(limit)
    ).scalars())


def _documents(connection: Connection, dossier: int) -> Sequence[Any]:
    """Its files of every version that this counter has to do with; another counter's were never here."""
    return connection.execute(
        select(files.c.sha256, files.c.send_since, files.c.confirmed_at, files.c.purged_at)
        .where(files.c.sha256.in_(
            select(paper_documents.c.sha256).where(paper_documents.c.dossier == dossier)))
        .order_by(files.c.sha256)
    ).all()


def _contents(
    connection: Connection, documents: Sequence[Any], intent: str
) -> tuple[str, ...]:
    """The documents, and of each page that stands in one all that was kept; not what has left already."""
    here = {each.sha256 for each in documents if each.purged_at is None}
    behind = connection.execute(
        select(files.c.sha256).distinct()
        .select_from(scanned_pages).join(files, _NAMED)
        .where(scanned_pages.c.intent == intent, scanned_pages.c.state == int(PageState.FILED),
               files.c.purged_at.is_(None))
    ).scalars()
    return tuple(sorted(here | set(behind)))


def _intent(connection: Connection, dossier: int) -> str:
    """The form it was received from, by which its pages are known; "" where the line is not ours."""
    found = connection.execute(
        select(journal.c.intent)
        .join(dossier_versions, dossier_versions.c.op_id == journal.c.op_id)
        .where(dossier_versions.c.dossier == dossier, journal.c.type == Type.DOSSIER_RECEIVED)
    ).scalar_one_or_none()
    return found or ""


def _received_by(connection: Connection, op_id: str, code: str) -> int | None:
    """The dossier that this reception made, by its number: no index leads from the operation to it."""
    dossier = projection.find_dossier(connection, code)
    made = select(dossier_versions.c.dossier).where(
        dossier_versions.c.dossier == dossier, dossier_versions.c.op_id == op_id)
    return connection.execute(made).scalar_one_or_none() if dossier is not None else None


def _lines(connection: Connection, dossier: int, code: str, code_key: str) -> tuple[str, ...]:
    """Operations about this dossier, whoever made them."""
    found: set[str] = set()
    for query in (
        select(dossier_versions.c.op_id).where(dossier_versions.c.dossier == dossier),
        select(life_events.c.id).where(life_events.c.dossier == dossier),
        select(paper_documents.c.op_id).where(paper_documents.c.dossier == dossier),
        select(paper_states.c.checked_op).where(paper_states.c.dossier == dossier),
        select(postings.c.op_id).where(postings.c.dossier == dossier),
        select(money_entries.c.op_id).where(money_entries.c.code_key == code_key, money_entries.c.code_key != ""),
        select(journal.c.op_id).where(journal.c.number == code),
    ):
        found.update(each for each in connection.execute(query).scalars() if each)
    return tuple(sorted(found))


def _sent_back(connection: Connection, lines: Sequence[str]) -> int:
    """Lines that the province refused, holds or breaks on, and that nobody has dealt with."""
    open_ = _in_parts(connection, lines, lambda part: select(verdicts.c.op_id).where(
        verdicts.c.op_id.in_(part), verdicts.c.is_closed == 0))
    parked = _in_parts(connection, lines, lambda part: select(parked_operations.c.op_id).where(
        parked_operations.c.op_id.in_(part)))
    return len({row.op_id for row in (*open_, *parked)})


def _has_stage_ahead(connection: Connection, dossier: int, op_id: str) -> bool:
    try:
        due = read_dossier_text(connection, op_id)["due"]
    except LookupError:
        return True                        # what cannot be read says nothing of being over
    if not due.get("second_stage"):
        return False
    begun = select(life_events.c.id).where(
        life_events.c.dossier == dossier, life_events.c.kind == str(Kind.STAGE_BEGUN))
    return connection.execute(begun).first() is None


def _open_matters(connection: Connection, dossier: int, code: str) -> int:
    """Work lists it stands in, obstacles nobody has closed, days on which the province counts it otherwise."""
    return sum(int(connection.execute(query).scalar_one()) for query in (
        select(func.count()).select_from(worklist).where(worklist.c.dossier == dossier),
        select(func.count()).select_from(obstacles).where(obstacles.c.code == code, ~obstacles.c.is_closed),
        select(func.count()).select_from(day_differences).where(day_differences.c.code == code),
    ))


def _waiting_pages(connection: Connection, intent: str) -> int:
    query = select(func.count()).select_from(scanned_pages).where(
        scanned_pages.c.intent == intent, scanned_pages.c.state == int(PageState.WAITING))
    return int(connection.execute(query).scalar_one())


def _in_parts(
    connection: Connection, lines: Sequence[str], query: Callable[[Sequence[str]], Select[Any]]
) -> Iterator[Row[Any]]:
    for start in range(0, len(lines), _AT_ONCE):
        yield from connection.execute(query(lines[start:start + _AT_ONCE]))


def _day(moment: datetime | None) -> date | None:
    return local(moment).date() if moment is not None else None
