"""The fate of each printed paper but the receipt: asked for with the act, printed after the commit.

The job is born in the transaction that makes it necessary, so a power cut leaves an act and an open job, never a
paper without an act.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select, update

from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Type
from app.domain.papers import CopyMark
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.papers.builders import build
from app.services.stored_operation import read_operation
from app.store import journal as book
from app.store.tables import paper_prints

PrintState = Literal["waiting", "sent", "printed", "failed"]


@dataclass(frozen=True, slots=True)
class PaperPrint:
    """One print: `values` is all that the printing room needs, `mark` says that it is a copy."""

    job: str
    paper: str
    code: str
    values: Any
    mark: CopyMark | None


@dataclass(frozen=True, slots=True)
class OpenPaperPrint:
    """A print that has not ended well, for the reprint list and the report after a restart."""

    job: str
    paper: str
    code: str
    copy_number: int
    state: PrintState
    reason: str
    asked_at: datetime


def ask_print(
    connection: Connection, *, paper: str, op_id: str, code: str, clerk_name: str, now: datetime,
    copy_number: int = 0,
) -> str:
    """A print that must come to an end; called in the transaction of the act. The same act asks once: its job."""
    job = f"paper:{op_id}:{paper}:{code}:{copy_number}"
    known = connection.execute(select(paper_prints.c.job).where(paper_prints.c.job == job)).first()
    if known is None:
        connection.execute(insert(paper_prints), {
            "job": job, "paper": paper, "op_id": op_id, "code": code, "copy_number": copy_number,
            "state": "waiting", "reason": "", "clerk_name": clerk_name, "asked_at": now, "changed_at": now,
        })
    return job


def ask_print_again(
    connection: Connection, counter: Counter, clerk: Clerk, job: str, *, intent: str, now: datetime,
    randomness: Randomness,
) -> str:
    """One more print of the same paper, journalled: BẢN SAO, how many, when, who. The same intent is one print."""
    row = connection.execute(select(paper_prints).where(paper_prints.c.job == job)).one()
    known = book.by_intent(connection, intent)
    if known is not None:
        number = int(known.body["copy_number"])
    else:
        printed = connection.execute(
            select(func.max(paper_prints.c.copy_number)).where(
                paper_prints.c.op_id == row.op_id, paper_prints.c.paper == row.paper,
                paper_prints.c.code == row.code,
            )
        ).scalar_one()
        number = printed + 1
        book.append(connection, counter.author(clerk), book.Event(
            op_id=uuid7(now, randomness), type=Type.PAPER_PRINTED, intent=intent,
            body={
                "about": row.op_id, "paper": row.paper, "code": row.code, "copy_number": number,
                "clerk_name": clerk.name,
            },
            now=now, business_date=today_at_counter(connection, now),
        ))
    return ask_print(
        connection, paper=row.paper, op_id=row.op_id, code=row.code, clerk_name=clerk.name, now=now,
        copy_number=number,
    )


def paper_print(connection: Connection, counter: Counter, job: str) -> PaperPrint:
    """The paper of a job, from the stored operation. Raises `paper_unknown`, `operation_unknown`."""
    row = connection.execute(select(paper_prints).where(paper_prints.c.job == job)).one()
    values = build(connection, counter, row.paper, read_operation(connection, row.op_id), row.code)
    mark = None
    if row.copy_number > 0:
        mark = CopyMark(row.copy_number, row.asked_at.astimezone(VIETNAM), row.clerk_name)
    return PaperPrint(job, row.paper, row.code, values, mark)


def note_paper_print(
    connection: Connection, job: str, state: PrintState, now: datetime, reason: str = ""
) -> None:
    """What the printer or the clerk said of a job. `reason` is an error code, "" when there is none."""
    connection.execute(
        update(paper_prints).where(paper_prints.c.job == job).values(state=state, reason=reason, changed_at=now)
    )


def open_paper_prints(connection: Connection) -> tuple[OpenPaperPrint, ...]:
    """Prints that have not ended well, oldest first."""
    rows = connection.execute(
        select(paper_prints).where(paper_prints.c.state != "printed").order_by(paper_prints.c.asked_at)
    )
    return tuple(map(_open, rows))


def prints_of(connection: Connection, op_id: str) -> tuple[OpenPaperPrint, ...]:
    """Every print of this operation's papers, for printing one again."""
    rows = connection.execute(
        select(paper_prints).where(paper_prints.c.op_id == op_id).order_by(paper_prints.c.asked_at)
    )
    return tuple(map(_open, rows))


def _open(row: Any) -> OpenPaperPrint:
    return OpenPaperPrint(
        row.job, row.paper, row.code, row.copy_number, row.state, row.reason, row.asked_at
    )
