"""Label of a result on the shelf, from its arrival or from its being shelved again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.life.states import Holder, MoneyState
from app.domain.operation import Operation
from app.domain.route_papers import ShelfLabel
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.life.past import past_of


def shelf_label(connection: Connection, counter: Counter, operation: Operation, code: str) -> ShelfLabel:
    """No citizen's name stands on it."""
    past = past_of(connection, operation, code)
    procedure, life = past.body.intake.procedure, past.after
    assert procedure is not None
    return ShelfLabel(
        code=past.body.code,
        shelf=life.shelf,
        procedure_name=procedure.name,
        arrived_on=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM).date(),
        owes=life.money is MoneyState.DUE,
        is_by_post=life.is_posted_back,
        originals=sum(one.holder is Holder.COUNTER for one in life.originals),
    )
