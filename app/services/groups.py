"""Many dossiers handed in in one go: one person's, or one procedure's. Each has its own number and receipt.

The group is nothing but the mark that its dossiers share; what belongs to it, what is to be taken in all and what
the annex lists is read from them. An annex is printed from the reception that was the last of the group by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from app.domain.dossier import DossierBody
from app.domain.intake import FeeTiming, Intake
from app.domain.paper_number import PaperKind
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.papers.prints import OpenPaperPrint, ask_print, prints_of
from app.services.results.numbering import number_after
from app.services.stored_dossier import read_body
from app.store import projection
from app.store.tables import dossier_groups, dossier_versions, dossiers, paper_prints

PAPER = "group_annex"


@dataclass(frozen=True, slots=True)
class Member:
    """One dossier of a group. `fee` in đồng is what it costs, None where one amount is not known here."""

    code: str
    applicant_name: str
    procedure_name: str
    agency_name: str
    received_at: datetime
    fee: int | None
    timing: FeeTiming


@dataclass(frozen=True, slots=True)
class Basket:
    """The group in the order of reception, and what is to be taken in all, in đồng."""

    group: str
    members: tuple[Member, ...]

    @property
    def now(self) -> int:
        """Known amounts that are taken at reception (thu trước)."""
        return sum(each.fee or 0 for each in self.members if each.timing is FeeTiming.BEFORE)

    @property
    def later(self) -> int:
        """Known amounts that are taken before the result is given out (thu sau)."""
        return sum(each.fee or 0 for each in self.members if each.timing is FeeTiming.AFTER)

    @property
    def unknown(self) -> int:
        """Dossiers of which an amount is not known here."""
        return sum(each.fee is None for each in self.members)


def read_basket(connection: Connection, group: str) -> Basket:
    """Empty for a group that nobody has received a dossier into."""
    return Basket(group, tuple(map(_member, bodies_of(connection, group))))


def bodies_of(connection: Connection, group: str) -> tuple[DossierBody, ...]:
    """The dossiers as their newest versions state them, in the order of reception."""
    rows = connection.execute(
        select(dossiers.c.op_id).join(dossier_groups, dossier_groups.c.dossier == dossiers.c.id)
        .where(dossier_groups.c.group_id == group)
        .order_by(dossiers.c.received_at, dossiers.c.epoch, dossiers.c.seq, dossiers.c.code)
    ).scalars().all()
    return tuple(read_body(connection, op_id) for op_id in rows)


def group_of(connection: Connection, code: str) -> str:
    """The group that the dossier came in, "" when it came alone or is not here."""
    row_id = projection.find_dossier(connection, code)
    found = connection.execute(
        select(dossier_groups.c.group_id).where(dossier_groups.c.dossier == row_id)
    ).scalars().first()
    return found or ""


def group_size(connection: Connection, code: str) -> int:
    """How many dossiers were handed in in one go with this one, itself among them; 0 when it came alone."""
    group = group_of(connection, code)
    if not group:
        return 0
    members = select(func.count()).select_from(dossier_groups).where(dossier_groups.c.group_id == group)
    return int(connection.execute(members).scalar_one())


def ask_annex(connection: Connection, counter: Counter, clerk: Clerk, group: str, *, now: datetime) -> str:
    """The print job of the group's annex as it stands now; asked again without a new dossier, the same job.

    Raises `group_empty`.
    """
    last = _receptions(connection, group)[-1:]
    if not last:
        raise Refusal("group_empty")
    known = _jobs(connection, last[0])
    if known:
        return known[0].job
    number = number_after(_given(connection), counter, PaperKind.GROUP, today_at_counter(connection, now))
    return ask_print(connection, paper=PAPER, op_id=last[0], code=number, clerk_name=clerk.name, now=now)


def annexes_of(connection: Connection, group: str) -> tuple[OpenPaperPrint, ...]:
    """Every print of this group's annexes on this counter, oldest first: for printing one again."""
    return tuple(job for op_id in _receptions(connection, group) for job in _jobs(connection, op_id))


def fee_of(intake: Intake) -> int | None:
    """What the dossier costs, in đồng; 0 when it is exempt, None while one amount is not known here."""
    if intake.fee_timing is FeeTiming.EXEMPT:
        return 0
    amounts = [fee.amount for fee in intake.fees]
    return None if None in amounts else sum(amount or 0 for amount in amounts)


def _member(body: DossierBody) -> Member:
    intake = body.intake
    assert intake.procedure is not None and intake.applicant is not None
    return Member(
        body.code, intake.applicant.name, intake.procedure.name, intake.procedure.agency_name, body.received_at,
        fee_of(intake), intake.fee_timing,
    )


def _receptions(connection: Connection, group: str) -> tuple[str, ...]:
    """Operations that received the group's dossiers, in their order."""
    return tuple(connection.execute(
        select(dossier_versions.c.op_id)
        .join(dossiers, dossiers.c.id == dossier_versions.c.dossier)
        .join(dossier_groups, dossier_groups.c.dossier == dossiers.c.id)
        .where(dossier_groups.c.group_id == group, dossier_versions.c.version == 1)
        .order_by(dossiers.c.received_at, dossiers.c.epoch, dossiers.c.seq, dossiers.c.code)
    ).scalars())


def _given(connection: Connection) -> tuple[str, ...]:
    """Numbers of all annexes; they stand on their prints, no operation of their own bears them."""
    return tuple(connection.execute(select(paper_prints.c.code).where(paper_prints.c.paper == PAPER)).scalars())


def _jobs(connection: Connection, op_id: str) -> tuple[OpenPaperPrint, ...]:
    return tuple(job for job in prints_of(connection, op_id) if job.paper == PAPER)
