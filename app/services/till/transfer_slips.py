"""A slip for a citizen who transfers at home or with the telephone at the counter."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.till.entries import TransferState
from app.errors import Refusal
from app.services.counter import Clerk
from app.services.papers.prints import ask_print
from app.services.till.statements import transfer

PAPER = "transfer_slip"


def ask_transfer_slip(connection: Connection, clerk: Clerk, op_id: str, *, now: datetime) -> str:
    """The job that prints the slip of a transfer that still waits; asked twice it is one.

    Raises `transfer_unknown`, `transfer_not_waiting`: nobody must pay twice, or for what was made void.
    """
    found = transfer(connection, op_id)
    if found is None:
        raise Refusal("transfer_unknown")
    if found.state is not TransferState.CLAIMED:
        raise Refusal("transfer_not_waiting")
    return ask_print(connection, paper=PAPER, op_id=op_id, code=found.called, clerk_name=clerk.name, now=now)
