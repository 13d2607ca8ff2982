"""Label for the sleeve of one original; `code` of the print job is "<dossier code> <id of the original>"."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.operation import Operation
from app.domain.route_papers import OriginalLabel
from app.domain.vietnam_time import VIETNAM
from app.errors import Refusal
from app.services.counter import Counter
from app.services.results.known import find_here
from app.services.results.original_ledger import number_of


def original_label(connection: Connection, counter: Counter, operation: Operation, code: str) -> OriginalLabel:
    """Raises `original_unknown` when a correction took the original off the dossier meanwhile."""
    dossier, _, name = code.partition(" ")
    held = find_here(connection, dossier)
    one = held.life.original(name)
    if one is None:
        raise Refusal("original_unknown", code=held.code)
    same = [each for each in held.life.originals if each.requirement == one.requirement]
    return OriginalLabel(
        code=held.code, requirement=one.requirement, number=number_of(one), count=len(same), name=one.name,
        received_on=held.body.received_at.astimezone(VIETNAM).date(),
    )
